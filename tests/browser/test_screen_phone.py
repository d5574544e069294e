"""The storskjerm on a phone: a list that can be scrolled, stopped, narrowed to one organisation, and read aloud."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import axe
from .screens import open_screen, register
from .server import Server

pytestmark = [pytest.mark.browser, pytest.mark.patient]

PHONE = {"width": 390, "height": 844}
ROWS = ".log__list [data-agreement]"


@pytest.fixture(autouse=True)
def narrow(page: Page) -> None:
    page.set_viewport_size(PHONE)


def numbers(page: Page) -> list[int]:
    return page.locator(ROWS).evaluate_all("all => all.map(each => Number(each.dataset.agreement))")


def test_all_agreements_can_be_scrolled_through_and_new_ones_come_on_top(page: Page, server: Server):
    open_screen(page)
    expect(page.locator(ROWS)).to_have_count(30)
    assert axe(page) == []
    page.get_by_role("button", name="Vis flere").click()
    expect(page.locator(ROWS)).to_have_count(47)
    expect(page.get_by_role("button", name="Vis flere")).to_be_hidden()
    assert numbers(page) == list(range(47, 0, -1))
    register(server, ["", ""], ["Suppe til turen", ""])
    page.get_by_role("button", name="1 ny avtale").click()  # what is being read does not move by itself
    expect(page.locator(ROWS)).to_have_count(48)
    assert numbers(page)[0] == 48
    expect(page.locator("[data-log-voice]")).to_be_empty()


def test_a_stopped_list_says_how_many_are_new_and_shows_them_when_asked(page: Page, server: Server):
    open_screen(page)
    expect(page.locator(ROWS)).to_have_count(30)
    page.get_by_role("button", name="Stopp listen").click()
    register(server, ["", ""], ["Suppe", ""])
    fresh = page.get_by_role("button", name="1 ny avtale")
    expect(fresh).to_be_visible()
    assert numbers(page)[0] == 47
    fresh.click()
    expect(page.locator(ROWS).first).to_have_attribute("data-agreement", "48")
    expect(fresh).to_be_hidden()


def test_the_list_of_one_organisation_is_remembered_and_stays_its_own(page: Page, server: Server):
    open_screen(page)
    choice = page.get_by_label("Min organisasjon")
    expect(choice.locator("option")).not_to_have_count(1)
    name = choice.locator("option").nth(1).inner_text()
    choice.select_option(index=1)
    expect(page.locator(ROWS)).not_to_have_count(30)
    assert all(name in row for row in page.locator(ROWS).all_inner_texts())
    count = page.locator(ROWS).count()
    assert count > 0
    page.reload()
    expect(choice.locator("option:checked")).to_have_text(name)
    expect(page.locator(ROWS)).to_have_count(count)
    choice.select_option(label="Alle")
    expect(page.locator(ROWS)).to_have_count(30)


def test_new_agreements_are_read_aloud_only_when_asked(page: Page, server: Server):
    open_screen(page)
    expect(page.locator(ROWS)).to_have_count(30)
    page.get_by_label("Les opp nye avtaler").check()
    register(server, ["", ""], ["Suppe", ""], "Suppe til turen")
    expect(page.locator("[data-log-voice]")).to_have_text("Suppe til turen")


def test_a_wide_screen_fetches_no_list(page: Page, server: Server):
    page.set_viewport_size({"width": 1280, "height": 720})
    fetched = []
    page.on("request", lambda request: fetched.append(request.url) if "liste" in request.url else None)
    open_screen(page)
    page.wait_for_timeout(300)
    expect(page.locator("[data-log]")).to_be_hidden()
    assert fetched == []
