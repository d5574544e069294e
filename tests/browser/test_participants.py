"""The organiser's participants in the browser: live search, lists that grow, axe."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import axe, sign_in

LIST = "/demo/deltakere/"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def organiser(page):
    sign_in(page, "arrangor")
    return page


def has_sideways_scroll(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_the_list_narrows_while_someone_types_and_keeps_focus_and_address(organiser):
    organiser.goto(LIST)
    organiser.get_by_label("Søk i navn, tilbud og behov").press_sequentially("kiwano")
    rows = organiser.locator("tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Kafé Kiwano")
    expect(organiser.get_by_label("Søk i navn, tilbud og behov")).to_be_focused()
    expect(organiser).to_have_url(re.compile(r"/demo/deltakere/\?q=kiwano$"))
    organiser.get_by_label("Offentlig").check(force=True)
    expect(organiser.get_by_role("heading", name="Ingen treff på «kiwano»")).to_be_visible()
    expect(organiser.get_by_label("Offentlig")).to_be_focused()
    organiser.reload()
    expect(organiser.get_by_role("heading", name="Ingen treff på «kiwano»")).to_be_visible()


def test_what_folds_out_over_the_page_goes_away_by_escape(organiser):
    organiser.set_viewport_size({"width": 1080, "height": 810})
    organiser.goto(LIST)
    for summary, inside in (("Last ned", "Regneark (.xlsx)"), ("Meny", "Kontrollrom")):
        way_in = organiser.locator("summary", has_text=summary)
        way_in.focus()
        organiser.keyboard.press("Enter")
        link = organiser.locator("details[open]").get_by_role("link", name=inside)
        link.focus()
        organiser.keyboard.press("Escape")
        expect(link).to_be_hidden()
        expect(way_in).to_be_focused()


def test_the_first_name_of_the_list_is_to_be_seen_on_a_phone_without_a_scroll(organiser):
    organiser.set_viewport_size(PHONE)
    organiser.goto(LIST)
    box = organiser.locator(".participants__name a").first.bounding_box()
    assert box["y"] < PHONE["height"] * 0.6
    ways = organiser.locator(".list-actions > *").evaluate_all("all => new Set(all.map((e) => e.offsetTop)).size")
    assert (ways, has_sideways_scroll(organiser)) == (1, False)
    narrowing = organiser.get_by_label("Vis", exact=True)
    expect(narrowing).to_be_hidden()
    organiser.locator(".filters__fold summary").press("Enter")
    narrowing.select_option(value="kommet")
    expect(organiser.locator(".filters__fold summary")).to_contain_text("1")


def test_sorting_with_the_keyboard_keeps_the_focus_where_it_is(organiser):
    organiser.goto(LIST)
    head = organiser.get_by_role("link", name="Tilbud", exact=True)
    for direction in ("descending", "ascending"):
        head.focus()
        organiser.keyboard.press("Enter")
        expect(organiser.locator(f"[aria-sort={direction}]")).to_have_text("Tilbud")
        expect(head).to_be_focused()


@pytest.mark.parametrize("width", [1080, 1920])
def test_a_long_address_and_a_long_title_are_read_in_whole_in_their_fields(organiser, width):
    organiser.set_viewport_size({"width": width, "height": 1080})
    organiser.goto(LIST)
    organiser.locator(".participants__name a").first.click()
    cut = []
    for field, text in (
        ("#id_contacts-0-email", "guro.aasmundsen@frivilligsentralen.no"),
        ("#id_offers-0-title", "Bollekurs for barn, åtte om gangen"),
    ):
        organiser.fill(field, text)
        cut.append(organiser.locator(field).evaluate("field => field.scrollWidth > field.clientWidth"))
    assert cut == [False, False]


def test_another_row_comes_on_the_spot_and_what_is_struck_out_is_not_kept(organiser):
    organiser.goto(f"{LIST}ny/")
    expect(organiser.locator("#id_name")).to_be_focused()
    organiser.keyboard.type("Luftskipets Venner")
    organiser.get_by_text("Frivillig organisasjon").click()
    organiser.get_by_role("button", name="Legg til behov").click()
    expect(organiser.locator("#id_needs-1-title")).to_be_focused()
    for row, title in ((0, "Naust"), (1, "Vester")):
        organiser.locator(f"#id_needs-{row}-title").fill(title)
        organiser.locator(f"#id_needs-{row}-category").select_option(label="Lokaler")
    organiser.locator("#id_needs-1-DELETE").check()
    organiser.get_by_role("button", name="Lagre og legg til en til").click()
    expect(organiser.get_by_role("status").get_by_text("er lagret.")).to_be_visible()
    organiser.get_by_role("link", name="Luftskipets Venner").click()
    expect(organiser.locator("#id_needs-0-title")).to_have_value("Naust")
    expect(organiser.locator("#id_needs-1-title")).to_have_count(0)


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["desk", "phone"])
def test_the_pages_pass_axe_and_fit_the_window(organiser, viewport):
    if viewport:
        organiser.set_viewport_size(viewport)
    organiser.goto(LIST)
    first = organiser.locator("tbody a").first.get_attribute("href")
    addresses = (LIST, f"{LIST}?status=registered", f"{LIST}?q=finnesikke", f"{LIST}ny/", first, f"{first}fjern/")
    for address in addresses:
        organiser.goto(address)
        assert (address, axe(organiser), has_sideways_scroll(organiser)) == (address, [], False)
