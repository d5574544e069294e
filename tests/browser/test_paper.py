"""A pile of paper forms in the browser: the keyboard alone, also without script, on phones, axe."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import axe, sign_in
from .test_participants import PHONE, has_sideways_scroll

PAPER = "/demo/avtaler/papir/"
CAFE, RADIO = "Kafé Kiwano", "Granfjord Radioamatører"


@pytest.fixture
def organiser(page):
    sign_in(page, "arrangor")
    return page


def told_of(status, errors):
    """How often the browser logged an answer that the test expects; they are taken out of what it fails on."""
    expected = [error for error in errors if f"status of {status}" in error]
    errors[:] = [error for error in errors if error not in expected]
    return len(expected)


def fill_in(page, *, gives="Tolv kaker"):
    """From the serial to the category, as it is typed at a desk."""
    keys = page.keyboard
    for text in ("7", "", "", CAFE, gives, "", "", "radioam", "Reparasjon", "", "", "Lok"):
        keys.type(text)
        keys.press("Tab")


def test_one_form_after_the_other_with_the_keyboard_alone(organiser):
    organiser.goto(PAPER)
    expect(organiser.get_by_label("Skjema nr.")).to_be_focused()
    fill_in(organiser)
    organiser.get_by_label("Kort om avtalen").press("Enter")
    said = organiser.get_by_role("status").get_by_text(re.compile(r"Registrert som nr\. \d+"))
    expect(said).to_contain_text(f"{CAFE} og {RADIO}")
    expect(organiser.get_by_label("Skjema nr.")).to_have_value("P-08")
    expect(organiser.get_by_label("Klokka")).to_be_focused()
    expect(organiser.locator(".paper__latest li")).to_have_count(1)


def test_a_probable_double_is_asked_about_and_enter_does_not_answer(organiser, no_errors_in_the_browser):
    organiser.goto(PAPER)
    fill_in(organiser)
    organiser.get_by_label("Kort om avtalen").press("Enter")
    expect(organiser.locator(".paper__latest li")).to_have_count(1)
    organiser.goto(PAPER)
    fill_in(organiser, gives="Noe helt annet")
    question = organiser.get_by_role("heading", name=re.compile("Er dette den samme avtalen"))
    for _ in range(2):
        organiser.get_by_label("Part 1 gir").press("Enter")
        expect(question).to_be_visible()
    expect(organiser.locator(".paper__latest li")).to_have_count(1)
    organiser.get_by_role("button", name="Nei, registrer som en ny").press("Enter")
    expect(organiser.locator(".paper__latest li")).to_have_count(2)
    organiser.get_by_role("button", name=re.compile("^Angre nr")).first.press("Enter")
    expect(organiser.locator(".paper__gone")).to_have_count(1)
    assert told_of(409, no_errors_in_the_browser) == 2


def test_it_works_without_script(browser, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "arrangor")
    page.goto(PAPER)
    page.get_by_role("combobox", name="Part 1", exact=True).fill("kiwano")
    page.get_by_label("Part 1 gir").fill("Kaker")
    page.get_by_role("combobox", name="Part 2", exact=True).fill("Nye naboer")
    page.get_by_label("Kategori").select_option(label="Lokaler")
    page.get_by_role("button", name="Registrer avtale").click()
    page.get_by_label("Ny deltaker, og det er en").select_option(label="Frivillig organisasjon")
    page.get_by_role("button", name="Registrer avtale").click()
    expect(page.get_by_text(re.compile(r"Registrert som nr\. \d+: Kafé Kiwano og Nye naboer"))).to_be_visible()
    context.close()


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["desk", "phone"])
def test_the_page_passes_axe_and_fits_the_window_also_with_errors(organiser, viewport, no_errors_in_the_browser):
    if viewport:
        organiser.set_viewport_size(viewport)
    organiser.goto(PAPER)
    assert (axe(organiser), has_sideways_scroll(organiser)) == ([], False)
    organiser.get_by_role("combobox", name="Part 1", exact=True).fill("Granfjord")
    organiser.get_by_role("combobox", name="Part 2", exact=True).fill("W" * 200)
    organiser.get_by_role("button", name="Registrer avtale").click()
    expect(organiser.get_by_text("Flere passer til «Granfjord»")).to_be_visible()
    assert (axe(organiser), has_sideways_scroll(organiser)) == ([], False)
    assert told_of(422, no_errors_in_the_browser) == 1
