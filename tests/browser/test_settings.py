"""The organiser sets up registration, logos and invitations in the browser, at a desk and on a phone."""

import pytest
from playwright.sync_api import expect

from .conftest import axe, sign_in

PHONE = {"width": 390, "height": 844}
PAGE = "/demo/innstillinger/pamelding/"
PAGES = (PAGE, "/demo/innstillinger/vertskap/", "/demo/innstillinger/kategorier/", "/ny/?fra=demo")


def has_sideways_scroll(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["desk", "phone"])
def test_the_pages_pass_axe_and_fit_the_window(page, viewport):
    sign_in(page, "arrangor")
    if viewport:
        page.set_viewport_size(viewport)
    found = []
    for address in PAGES:
        page.goto(address)
        found.append((address, axe(page), has_sideways_scroll(page)))
    assert [each for each in found if each[1:] != ([], False)] == []


def test_the_registration_is_opened_and_closed_with_one_tap_on_a_phone(page):
    sign_in(page, "arrangor")
    page.set_viewport_size(PHONE)
    page.goto("/demo/innstillinger/")
    page.get_by_role("link", name="Påmelding og forside").first.click()
    page.get_by_role("button", name="Steng påmeldingen").click()
    expect(page.get_by_role("heading", name="Påmeldingen er stengt")).to_be_visible()
    page.get_by_role("button", name="Steng forsiden").click()
    expect(page.get_by_role("heading", name="Forsiden er stengt")).to_be_visible()
    page.get_by_role("button", name="Åpne påmeldingen").click()
    expect(page.get_by_role("heading", name="Påmeldingen er åpen")).to_be_visible()
    expect(page.get_by_role("heading", name="Forsiden er åpen")).to_be_visible()


def test_what_is_typed_and_not_saved_yet_stays_when_the_registration_is_closed_or_opened(page):
    sign_in(page, "arrangor")
    page.goto(PAGE)
    page.get_by_label("Takk etter børsen").fill("Takk for i dag!")
    page.get_by_role("button", name="Steng påmeldingen").click()
    expect(page.get_by_role("heading", name="Påmeldingen er stengt")).to_be_visible()
    expect(page.locator("#messages")).to_contain_text("Påmeldingen er stengt.")
    expect(page.get_by_role("button", name="Åpne påmeldingen")).to_be_focused()
    expect(page.get_by_label("Takk etter børsen")).to_have_value("Takk for i dag!")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Påmeldingen er åpen")).to_be_visible()
    page.get_by_role("button", name="Lagre endringene").click()
    expect(page.get_by_text("Endringene er lagret.")).to_be_visible()
    expect(page.get_by_label("Takk etter børsen")).to_have_value("Takk for i dag!")


def test_without_script_the_page_says_that_the_switches_save_nothing_else(page, browser, browser_context_args):
    sign_in(page, "arrangor")
    context = browser.new_context(
        **browser_context_args, java_script_enabled=False, storage_state=page.context.storage_state()
    )
    plain = context.new_page()
    plain.goto(PAGE)
    said = plain.locator(".switches__unsaved")
    expect(said).to_be_visible()
    assert said.inner_text() == "Knappene her lagrer ikke det du har skrevet lenger nede på siden. Lagre det først."
    context.close()
    page.goto(PAGE)
    expect(page.locator(".switches__unsaved")).to_have_count(0)


def test_an_open_tab_does_not_undo_what_another_page_saved(page, context):
    sign_in(page, "arrangor")
    page.goto("/demo/innstillinger/")
    other = context.new_page()
    other.goto(PAGE)
    other.get_by_label("Takk etter børsen").fill("Takk for i dag!")
    other.get_by_role("button", name="Lagre endringene").click()
    expect(other.get_by_text("Endringene er lagret.")).to_be_visible()
    page.get_by_role("button", name="Lagre endringene").click()
    expect(page.get_by_text("Endringene er lagret.")).to_be_visible()
    other.reload()
    expect(other.get_by_label("Takk etter børsen")).to_have_value("Takk for i dag!")


def test_a_category_is_moved_several_places_from_the_keyboard(page):
    sign_in(page, "arrangor")
    page.goto("/demo/innstillinger/kategorier/")
    page.get_by_role("button", name="Flytt Lokaler ned").focus()
    for place in (2, 3):
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"Flyttet til plass {place}.")).to_be_visible()
        expect(page.get_by_role("button", name="Flytt Lokaler ned")).to_be_focused()
