"""The door on a tablet: the queue moves, several tablets at once, and a line that is dead."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import axe, sign_in, watch

pytestmark = pytest.mark.browser

NAME = "Granfjord Kajakklubb"


def at_the_door(page: Page) -> Page:
    page.set_viewport_size({"width": 1080, "height": 810})
    sign_in(page, "arrangor")
    page.goto("/demo/innsjekk/")
    return page


@pytest.fixture
def door(page: Page) -> Page:
    return at_the_door(page)


@pytest.fixture
def other_tablet(browser: Browser, browser_context_args, no_errors_in_the_browser):
    context = browser.new_context(**browser_context_args)
    watch(context, no_errors_in_the_browser)
    yield at_the_door(context.new_page())
    context.close()


def enter(page: Page, name: str = NAME):
    return page.get_by_role("button", name=f"Sjekk inn {name}", exact=True)


def guest(page: Page, name: str = NAME):
    return page.locator(".guest", has=page.get_by_role("heading", name=name, exact=True))


def test_one_tap_lets_in_and_the_search_is_ready_for_the_next(door: Page):
    expect(door.get_by_label("Hvem kommer?")).to_be_focused()
    door.keyboard.type("kajakk")
    enter(door).click()
    expect(door.get_by_role("status").filter(has_text=f"{NAME} er sjekket inn.")).to_be_visible()
    expect(guest(door)).to_contain_text("Inne siden")
    expect(door.locator(".door__total").first).to_contain_text("1 av 90 deltakere er her")
    assert axe(door) == []
    door.wait_for_function("document.activeElement.id === 'q'")
    door.keyboard.type("kiwano")
    expect(door.get_by_label("Hvem kommer?")).to_have_value("kiwano")
    expect(enter(door, "Kafé Kiwano")).to_be_visible()
    expect(guest(door)).to_have_count(0)


def test_how_many_came_is_counted_and_the_check_in_undone(door: Page):
    door.keyboard.type("kajakk")
    enter(door).click()
    people = guest(door).get_by_role("status").or_(guest(door).locator("output"))
    before = int(people.inner_text())
    door.get_by_role("button", name=f"En til for {NAME}").click()
    expect(people).to_have_text(str(before + 1))
    door.get_by_role("button", name=f"En færre for {NAME}").click()
    expect(people).to_have_text(str(before))
    door.get_by_role("button", name=f"Angre innsjekk av {NAME}").click()
    expect(enter(door)).to_be_visible()
    expect(door.locator(".door__total").first).to_contain_text("0 av 90 deltakere er her")


def test_what_another_tablet_does_stands_here_too_and_is_not_done_twice(door: Page, other_tablet: Page):
    for tablet in (door, other_tablet):
        tablet.get_by_label("Hvem kommer?").press_sequentially("kajakk")
        expect(enter(tablet)).to_be_visible()
    enter(other_tablet).click()
    expect(guest(other_tablet)).to_contain_text("Inne siden")
    expect(guest(door)).to_contain_text("Inne siden", timeout=15_000)
    expect(door.get_by_label("Hvem kommer?")).to_have_value("kajakk")


def test_a_tap_on_a_dead_line_is_said_not_to_have_happened(door: Page, no_errors_in_the_browser):
    door.keyboard.type("kajakk")
    expect(enter(door)).to_be_visible()
    door.context.set_offline(True)
    enter(door).click()
    expect(door.get_by_text("Vi får ikke kontakt, så det siste trykket ble ikke registrert.")).to_be_visible()
    door.context.set_offline(False)
    enter(door).click()
    expect(guest(door)).to_contain_text("Inne siden")
    expect(door.get_by_text("Vi får ikke kontakt, så det siste")).to_be_hidden()
    no_errors_in_the_browser[:] = [
        error for error in no_errors_in_the_browser if not re.search(r"net::ERR_|htmx:(sendError|afterRequest)", error)
    ]


def test_who_is_not_on_the_list_is_registered_with_the_name_that_was_searched_for(door: Page):
    door.keyboard.type("Nabolagets Vel")
    expect(door.get_by_text("Ingen på listen passer til «Nabolagets Vel».")).to_be_visible()
    door.get_by_text("Ikke på listen? Registrer en ny deltaker").click()
    expect(door.get_by_label("Navnet på deltakeren")).to_have_value("Nabolagets Vel")
    door.get_by_text("Frivillig organisasjon", exact=True).click()
    assert axe(door) == []
    door.get_by_role("button", name="Registrer og sjekk inn").click()
    expect(door.get_by_text("Nabolagets Vel er sjekket inn. 1 person er talt med.")).to_be_visible()
    expect(guest(door, "Nabolagets Vel")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 1080, 390])
def test_nothing_runs_out_of_the_page_and_targets_are_large(door: Page, width: int):
    door.set_viewport_size({"width": width, "height": 844})
    door.keyboard.type("granfjord k")
    enter(door).click()
    expect(guest(door)).to_contain_text("Inne siden")
    assert door.evaluate("document.documentElement.scrollWidth") == width
    small = door.locator(".guest button").evaluate_all(
        "all => all.map(b => b.getBoundingClientRect()).filter(b => b.height < 44 || b.width < 44).length"
    )
    assert small == 0


def test_without_script_the_door_does_its_job(browser: Browser, browser_context_args, server):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = at_the_door(context.new_page())
    page.get_by_label("Hvem kommer?").fill("kajakk")
    page.get_by_role("button", name="Søk").click()
    enter(page).click()
    expect(page.get_by_text(f"{NAME} er sjekket inn.")).to_be_visible()
    expect(guest(page)).to_contain_text("Inne siden")
    context.close()
