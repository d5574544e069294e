"""The front page of an event as who has no role there meets it, on a phone and on a large screen."""

import pytest
from playwright.sync_api import expect

from .conftest import axe, sign_in
from .screens import register, set_event

SIZES = [(1920, 1080), (1080, 810), (390, 844)]
LONG = "Frivilligbørsinteressentskapsorganisasjonsfellesskapet"
TEXTS = (
    "registration_open=True, catalogue_published=True, practical='Heis til andre etasje.',"
    " ask_whom='Sentralen 22 33 44 55', programme='11.30 Kaffe\\n12.00–13.00 Børstimen',"
    " film_url='https://film.example/', thanks='Takk for i dag!', next_date='i mars',"
    f" name='Frivilligbørs i {LONG}', theme='{LONG}', place='{LONG}'"
)
STATES = {
    "before": "opened_at=None, closes_at=None, closed_at=None, starts_at=now + timedelta(days=3)",
    "hour": "closed_at=None",
    "over": "closed_at=now - timedelta(hours=1)",
}


def sideways(page):
    found = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(width)
    return found


@pytest.mark.parametrize("state", STATES)
def test_the_front_page_is_accessible_and_never_scrolls_sideways(page, server, state):
    set_event(server, f"{TEXTS}, {STATES[state]}")
    page.goto("/demo/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(LONG)
    assert sideways(page) == []
    assert axe(page) == []


def test_a_stranger_on_a_phone_meets_one_link_and_no_menu_and_hours_that_stay_on_one_line(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/demo/")
    expect(page.get_by_role("link", name="Logg inn")).to_be_visible()
    expect(page.get_by_text("Meny", exact=True)).to_have_count(0)
    hours = page.locator(".front__banner .together")
    assert hours.evaluate("words => words.getClientRects().length") == 1
    assert hours.inner_text().startswith("kl. ")


def test_on_a_phone_the_way_to_register_is_always_at_hand(page, server):
    set_event(server, f"{TEXTS}, {STATES['before']}")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/demo/")
    join = page.get_by_role("link", name="Meld på")
    for scroll in (0, 800, 100_000):
        page.evaluate(f"scrollTo(0, {scroll})")
        box = join.bounding_box()
        assert (box["height"] >= 56, box["y"] + box["height"] <= 844, box["y"] > 700) == (True, True, True)
    # At the end of the page it covers nothing.
    last = page.locator("main > *:last-child").bounding_box()
    assert last["y"] + last["height"] <= box["y"]


def test_a_new_agreement_comes_to_an_open_page_by_itself(page, server):
    page.goto("/demo/")
    before = int(page.locator(".hat-number__figure").inner_text())
    register(server, ["", ""], ["Boller", "Sang"], "Sang mot boller")
    expect(page.locator(".newest__summary")).to_have_text("Sang mot boller")
    expect(page.locator(".hat-number__figure")).to_have_text(str(before + 1))


def test_a_text_of_the_kit_is_copied_also_where_there_is_no_clipboard(page):
    sign_in(page, "arrangor")
    page.goto("/demo/invitasjon/")
    assert sideways(page) == []
    assert axe(page) == []
    # Plain http from another machine: no navigator.clipboard.
    assert page.evaluate("navigator.clipboard === undefined")
    page.evaluate("document.addEventListener('copy', () => { window.copied = String(getSelection()) || 'field' })")
    page.get_by_role("button", name="Kopier").first.click()
    expect(page.get_by_role("status").filter(has_text="Kopiert")).to_be_visible()
    assert page.evaluate("window.copied") is not None
    field = page.locator("#text-bedrift")
    marked = field.evaluate("e => e.value.slice(e.selectionStart, e.selectionEnd)")
    assert marked == field.input_value()


def test_the_organisers_overview_is_accessible_with_wishes_and_things_to_see_to(page, server):
    set_event(server, f"wish_business=40, wish_voluntary=40, {STATES['before']}")
    sign_in(page, "arrangor")
    page.goto("/demo/")
    expect(page.get_by_text("Det mangler")).to_be_visible()
    assert sideways(page) == []
    assert axe(page) == []
