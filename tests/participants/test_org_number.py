"""Organisation numbers."""

import pytest

from participants.org_number import NotAnOrgNumber, cleaned, shown


@pytest.mark.parametrize(
    "typed", ["974760673", "974 760 673", "974.760.673", "NO974760673MVA", " 974\u00a0760\u00a0673 "]
)
def test_a_number_is_read_however_it_is_typed(typed):
    assert cleaned(typed) == "974760673"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("000000000", "Et organisasjonsnummer begynner med 8 eller 9. Dette begynner med 0."),
        ("100000008", "Et organisasjonsnummer begynner med 8 eller 9. Dette begynner med 1."),
        ("974760674", "Ett av sifrene i organisasjonsnummeret er feil. Se på det en gang til."),
        ("9", "Et organisasjonsnummer har ni siffer. Her er det bare 1."),
        ("974 760 67", "Et organisasjonsnummer har ni siffer. Her er det 8."),
        ("9747606731", "Et organisasjonsnummer har ni siffer. Her er det 10."),
        (
            "01017012345",
            "Dette er så langt som et fødselsnummer, og det skal ikke stå her. Et organisasjonsnummer har ni siffer.",
        ),
        ("kommunen", "Skriv organisasjonsnummeret med ni siffer, for eksempel 974 760 673."),
    ],
)
def test_what_is_no_number_is_refused_and_said_why(typed, said):
    with pytest.raises(NotAnOrgNumber) as mistake:
        cleaned(typed)
    assert str(mistake.value) == said


def test_nothing_is_no_number_and_no_error():
    assert cleaned("  ") == ""


def test_a_number_is_shown_in_threes():
    assert (shown("974760673"), shown("")) == ("974 760 673", "")
