"""Norwegian order and comparison, the same on every database."""

import pytest

from borsen.collation import folded, norwegian_key


def test_names_sort_with_ae_oe_aa_last():
    names = ["Åse", "Zoo", "Ørland", "Anna", "Ære", "Østby", "öl", "Änglar"]
    assert sorted(names, key=norwegian_key) == ["Anna", "Zoo", "Ære", "Änglar", "Ørland", "Østby", "öl", "Åse"]


def test_accents_quotes_and_case_do_not_decide_the_order():
    names = ["«Andre Runde»", "andre bil", "Čáhppesjohka", "Cafe", "Đặng", "Dal"]
    assert sorted(names, key=norwegian_key) == ["andre bil", "«Andre Runde»", "Cafe", "Čáhppesjohka", "Dal", "Đặng"]


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("ØRLAND", "ørland"), ("  Kafé   Kiwano ", "kafé kiwano"), ("A\u030ase", "åse"), ("STRASSE", "straße")],
)
def test_folding_makes_typed_and_stored_alike(typed, stored):
    assert folded(typed) == folded(stored)
