"""Børskatalogen as people use it: searched on a phone, filtered with the keyboard, printed from a laptop."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import axe, sign_in

pytestmark = pytest.mark.browser


def in_the_catalogue(page: Page) -> Page:
    sign_in(page, "megler")
    page.goto("/demo/katalog/")
    return page


@pytest.fixture
def catalogue(page: Page) -> Page:
    return in_the_catalogue(page)


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1080, 810), (390, 844)])
def test_it_is_readable_at_every_size(catalogue: Page, width: int, height: int):
    catalogue.set_viewport_size({"width": width, "height": height})
    expect(catalogue.get_by_role("heading", name="Børskatalog")).to_be_visible()
    assert catalogue.evaluate("document.documentElement.scrollWidth") == width
    assert axe(catalogue) == []


def test_what_is_typed_narrows_it_with_the_counts_and_the_address(catalogue: Page):
    catalogue.get_by_label("Søk i katalogen").fill("kafe lokale")
    expect(catalogue.locator(".offer")).to_have_count(1)
    expect(catalogue.locator(".offer")).to_contain_text("Kafélokalet på mandager")
    expect(catalogue.locator("[data-count='vis-tilbud']")).to_have_text("1")
    expect(catalogue.get_by_role("status").filter(has_text="1 treff")).to_have_count(1)
    expect(catalogue).to_have_url(re.compile(r"\?q=kafe\+lokale$"))


def test_needs_and_a_category_are_chosen_with_the_keyboard(catalogue: Page):
    catalogue.get_by_role("radio", name=re.compile("tilbud")).focus()
    catalogue.keyboard.press("ArrowRight")
    expect(catalogue).to_have_url(re.compile(r"\?vis=behov$"))
    expect(catalogue.get_by_role("radio", name=re.compile("behov"))).to_be_checked()


def test_it_is_downloaded_to_be_printed(catalogue: Page):
    with catalogue.expect_download() as download:
        catalogue.get_by_role("link", name="Skriv ut katalogen (PDF)").click()
    assert download.value.suggested_filename == "borskatalog-demo.pdf"


def test_without_script_it_is_searched_all_the_same(browser: Browser, browser_context_args, server):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = in_the_catalogue(context.new_page())
    page.get_by_label("Søk i katalogen").fill("kafe lokale")
    page.get_by_role("button", name="Vis").click()
    expect(page.locator(".offer")).to_have_count(1)
    context.close()
