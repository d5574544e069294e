"""How little it takes to register an agreement, counted by a script that does it as a broker does.

Counted in Chromium at 1080×810, from an empty form to the number: 6 taps and 10 typed characters (at most 8 and 12).
The taps: part 1, its hit, the hit of part 2 (its field is waiting), an offer of each party, «Registrer avtale».
"""

import pytest
from playwright.sync_api import Page, expect

from .conftest import sign_in

MOST_TAPS, MOST_CHARACTERS = 8, 12


class Finger:
    """Taps the middle of what it sees, types into the field that has focus, and counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = self.characters = 0

    def tap(self, role, name, *, exact=False) -> None:
        target = self.page.get_by_role(role, name=name, exact=exact)
        expect(target).to_be_visible()
        box = target.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= self.page.viewport_size["height"], f"{name} takes scrolling"
        self.taps += 1
        self.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def type(self, text: str) -> None:
        self.characters += len(text)
        self.page.keyboard.type(text)


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "has_touch": True, "viewport": {"width": 1080, "height": 810}}


def test_two_known_parties_with_chips_take_at_most_eight_taps_and_twelve_characters(page):
    sign_in(page, "megler")
    page.goto("/demo/megler/")
    finger = Finger(page)
    finger.tap("combobox", "Part 1", exact=True)
    finger.type("radio")
    finger.tap("option", "Granfjord Radioamatører")
    finger.type("runde")
    finger.tap("option", "Bruktbutikken «Andre Runde»")
    finger.tap("button", "Reparasjon av gamle radioer og lamper")
    finger.tap("button", "Møbler, lamper og kopper til møteplasser")
    finger.tap("button", "Registrer avtale")
    expect(page.get_by_role("heading", name="Registrert som nr.")).to_be_visible()
    assert finger.taps <= MOST_TAPS
    assert finger.characters <= MOST_CHARACTERS
    assert (finger.taps, finger.characters) == (6, 10)


def test_parties_used_last_take_two_taps_and_nothing_typed(page):
    """The second agreement of the same two: their fields, their hits, one chip, the button."""
    test_two_known_parties_with_chips_take_at_most_eight_taps_and_twelve_characters(page)
    finger = Finger(page)
    finger.tap("button", "Ny avtale")
    finger.tap("option", "Granfjord Radioamatører")
    finger.tap("option", "Bruktbutikken «Andre Runde»")
    finger.tap("button", "Kurs i egenberedskap og samband")
    finger.tap("button", "Registrer avtale")
    expect(page.locator("[data-number]")).to_have_text("48")
    assert (finger.taps, finger.characters) == (5, 0)
