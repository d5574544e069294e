"""The stage view on a phone: the gong held in by finger and by key, others' strokes, and a server that goes away."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import axe, sign_in

pytestmark = pytest.mark.patient

PHONE = {"width": 390, "height": 844}
STAGE = "/demo/scene/"
HELD = 1500
TOO_SHORT = 500
STROKE = """
from django.utils import timezone
from borsen.models import Event
from display.gong import STROKES
print(STROKES[{name!r}](Event.objects.get(slug="demo"), timezone.now()).feed_version)
"""


@pytest.fixture(autouse=True)
def polls_that_were_cut_short(no_errors_in_the_browser):
    """htmx writes in the console that a poll got no answer, also when a stroke of the gong put an end to it."""
    yield
    cut = ("htmx:afterRequest", "htmx:sendAbort", "htmx:sendError", "htmx:timeout")
    no_errors_in_the_browser[:] = [error for error in no_errors_in_the_browser if not error.startswith(cut)]


@pytest.fixture
def phone(page: Page) -> Page:
    page.set_viewport_size(PHONE)
    sign_in(page, "arrangor")
    page.goto(STAGE)
    return page


def gong(page: Page, word: str = "Slå sluttgongen"):
    return page.get_by_role("button", name=re.compile(word))


def hold(page: Page, milliseconds: int) -> None:
    gong(page).hover()
    page.mouse.down()
    page.wait_for_timeout(milliseconds)
    page.mouse.up()


def said(page: Page):
    return page.locator("#said")


def test_the_gong_is_struck_when_it_is_held_and_not_when_it_is_let_go(phone):
    hold(phone, TOO_SHORT)
    expect(said(phone)).to_have_text("Hold inne til ringen er full.")
    expect(phone.get_by_text("Børstimen er i gang")).to_be_visible()
    hold(phone, HELD)
    expect(said(phone)).to_have_text("Sluttgongen er slått.")
    expect(phone.get_by_text("Foreløpig resultat")).to_be_visible()
    expect(gong(phone)).to_have_count(0)


@pytest.mark.parametrize("key", ["Space", "Enter"])
def test_a_key_is_held_as_a_finger_is(phone, key):
    gong(phone).focus()
    phone.keyboard.press(key, delay=TOO_SHORT)
    expect(said(phone)).to_have_text("Hold inne til ringen er full.")
    phone.keyboard.press(key, delay=HELD)
    expect(said(phone)).to_have_text("Sluttgongen er slått.")


def test_who_cannot_hold_strikes_in_two_steps(phone):
    gong(phone).dispatch_event("click")
    expect(phone.get_by_role("heading", name="Slå sluttgongen?")).to_be_visible()
    assert axe(phone) == []
    phone.get_by_role("button", name="Ja, slå sluttgongen").click()
    expect(phone).to_have_url(re.compile(f"{STAGE}$"))
    expect(phone.get_by_text("Foreløpig resultat")).to_be_visible()


def test_a_stroke_from_elsewhere_changes_the_gong_and_is_told_of(phone, server):
    server.ask(STROKE.format(name="close"))
    expect(said(phone)).to_contain_text("Sluttgongen ble slått kl.")
    expect(gong(phone)).to_have_count(0)
    server.ask(STROKE.format(name="reopen"))
    expect(said(phone)).to_have_text("Børstimen er åpnet igjen.")
    expect(gong(phone)).to_be_visible()


def test_who_strikes_a_moment_after_somebody_else_is_told_so(phone, server):
    phone.route("**/scene/?fase=**", lambda route: route.fulfill(status=204))  # no news
    server.ask(STROKE.format(name="close"))
    hold(phone, HELD)
    expect(said(phone)).to_contain_text("Sluttgongen er allerede slått, kl.")
    expect(gong(phone)).to_have_count(0)


def test_without_a_server_the_clock_goes_on_and_the_page_says_so_and_comes_back(phone, server):
    server.kill()
    contact = phone.locator("[data-contact]")
    expect(contact).to_have_text(
        re.compile(r"Ingen kontakt med serveren\. Sist oppdatert kl\. \d\d[.:]"), timeout=15_000
    )
    before = phone.locator("[data-until]").inner_text()
    hold(phone, HELD)
    expect(said(phone)).to_contain_text("Vi vet ikke om gongen ble slått")
    expect(gong(phone)).to_be_enabled()
    assert phone.locator("[data-until]").inner_text() != before
    server.start()
    expect(contact).to_be_empty(timeout=15_000)


def test_without_script_the_gong_is_a_link_to_a_page_that_asks(browser, browser_context_args, server):
    context = browser.new_context(**browser_context_args, java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    sign_in(page, "arrangor")
    page.goto(STAGE)
    expect(page.get_by_role("button")).to_have_count(0)
    page.get_by_role("link", name="Slå sluttgongen").click()
    page.get_by_role("button", name="Ja, slå sluttgongen").click()
    expect(page.get_by_text("Sluttgongen er slått.")).to_be_visible()
    context.close()


@pytest.mark.parametrize("size", [PHONE, {"width": 810, "height": 1080}, {"width": 1080, "height": 810}])
def test_nothing_runs_out_of_the_page_and_the_gong_is_in_view(phone, size):
    phone.set_viewport_size(size)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(gong(phone)).to_be_in_viewport(ratio=1)
    assert axe(phone) == []
