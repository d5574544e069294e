"""The address of a børs."""

import pytest

from borsen.slugs import is_free, reserved, suggested
from tests.factories import make_event

pytestmark = pytest.mark.django_db


def test_the_products_own_first_segments_are_reserved():
    assert reserved() >= {"healthz", "konto", "ny", "static", "ws"}
    assert not any(segment.startswith("<") for segment in reserved())


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Frivilligbørs i Årdal", "frivilligbors-i-ardal"),
        ("Ærlig talt: Øyfest!", "aerlig-talt-oyfest"),
        ("Kárášjohka / Ŋálggis", "karasjohka-nalggis"),
        ("Ny", "ny-2"),
        ("!!!", "bors"),
        ("x" * 120, "x" * 50),
    ],
)
def test_a_suggestion_is_made_of_the_name(name, slug):
    assert suggested(name) == slug


def test_a_suggestion_is_free():
    make_event("granfjord")
    make_event("granfjord-2")
    assert suggested("Granfjord") == "granfjord-3"
    assert (is_free("granfjord"), is_free("konto"), is_free("granfjord-3")) == (False, False, True)
    assert not is_free("demo")  # remade by a command, whatever it was
