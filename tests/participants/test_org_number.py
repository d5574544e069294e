"""Organisation numbers."""

import pytest

from participants.org_number import NotAnOrgNumber, cleaned, shown


@pytest.mark.parametrize(
    "typed", ["974760673", "974 760 673", "974.760.673", "NO974760673MVA", " 974\u00a0760\u00a0673 "]
)
def test_a_number_is_read_however_it_is_typed(typed):
    assert cleaned(typed) == "974760673"


@pytest.mark.parametrize("typed", ["000000000", "100000008", "974760674", "97476067", "9747606731", "kommunen"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(NotAnOrgNumber):
        cleaned(typed)


def test_nothing_is_no_number_and_no_error():
    assert cleaned("  ") == ""


def test_a_number_is_shown_in_threes():
    assert (shown("974760673"), shown("")) == ("974 760 673", "")
