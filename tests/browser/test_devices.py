"""Signing in by card, as the organiser and a broker with a tablet do it: plain http, two browsers."""

import io

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from .conftest import axe, sign_in, watch

pytestmark = pytest.mark.every_database

IPAD = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/16.0 Safari/605.1.15"
TABLET = {"viewport": {"width": 810, "height": 1080}, "has_touch": True, "user_agent": IPAD}


@pytest.fixture
def organiser(page: Page) -> Page:
    sign_in(page, "arrangor")
    return page


@pytest.fixture
def new_tablet(browser: Browser, server, no_errors_in_the_browser):
    """A maker of pages in browsers of their own."""
    made = []

    def make(**options) -> Page:
        context = browser.new_context(base_url=server.url, locale="nb-NO", timezone_id="Europe/Oslo", **options)
        watch(context, no_errors_in_the_browser)
        made.append(context)
        return context.new_page()

    yield make
    for context in made:
        context.close()


@pytest.fixture
def tablet(new_tablet) -> Page:
    return new_tablet(**TABLET)


def make_card(organiser: Page, name: str) -> tuple[str, str]:
    """Where the card's QR code leads, and its typed code; the organiser stands on the card's page afterwards."""
    organiser.goto("/demo/innstillinger/folk/")
    form = organiser.locator("form", has=organiser.get_by_role("button", name="Lag kortet"))
    form.get_by_label("Navn").fill(name)
    form.get_by_role("button", name="Lag kortet").click()
    link = organiser.get_by_role("link", name="Prøv kortet på denne maskinen").get_attribute("href")
    return link, organiser.locator(".face__code").inner_text().split()[-1]


def status_of(tablet: Page) -> int:
    return tablet.evaluate(
        "fetch('/demo/megler/status/', {headers: {Accept: 'application/json'}}).then(answer => answer.status)"
    )


def test_a_scanned_card_waits_at_the_door_comes_in_when_it_opens_and_can_be_sent_out(
    organiser, tablet, no_errors_in_the_browser
):
    link, _code = make_card(organiser, "Berit Moen")
    tablet.goto(link)
    expect(tablet.get_by_role("heading", name="Døra er stengt")).to_be_visible()
    assert "#" not in tablet.url
    assert axe(tablet) == []

    organiser.get_by_role("button", name="Slipp inn enheter").click()
    tablet.wait_for_url("**/demo/megler/", timeout=8000)

    organiser.goto("/demo/innstillinger/enheter/")
    row = organiser.locator(".device", has_text="Berit Moen")
    expect(row).to_contain_text("iPad")
    assert axe(organiser) == []
    assert status_of(tablet) == 200
    row.get_by_role("button", name="Send ut").click()
    expect(organiser.get_by_text("Berit Moen – iPad er sendt ut.")).to_be_visible()
    assert status_of(tablet) == 401
    no_errors_in_the_browser[:] = [error for error in no_errors_in_the_browser if "401" not in error]


def test_a_typed_code_lets_in_and_the_organiser_sees_it_without_reloading(organiser, tablet):
    _link, code = make_card(organiser, "Berit Moen")
    organiser.get_by_role("button", name="Slipp inn enheter").click()
    organiser.goto("/demo/innstillinger/enheter/")
    expect(organiser.get_by_text("Ingen har kommet inn ennå.")).to_be_visible()
    tablet.goto("/demo/inn/")
    tablet.get_by_label("Skriv koden på kortet").fill("AAAA-AAAA")
    tablet.get_by_role("button", name="Logg inn").click()
    expect(tablet.get_by_role("heading", name="Koden stemmer ikke")).to_be_visible()
    tablet.keyboard.type(code.lower().replace("-", " "))
    tablet.keyboard.press("Enter")
    tablet.wait_for_url("**/demo/megler/")
    expect(organiser.locator(".device", has_text="Berit Moen")).to_contain_text("Ny", timeout=8000)


def test_without_script_the_code_works_too(organiser, new_tablet, no_errors_in_the_browser):
    _link, code = make_card(organiser, "Berit Moen")
    plain = new_tablet(java_script_enabled=False)
    plain.goto("/demo/inn/")
    plain.get_by_label("Skriv koden på kortet").fill(code)
    plain.get_by_role("button", name="Logg inn").click()
    expect(plain.get_by_role("heading", name="Døra er stengt")).to_be_visible()
    organiser.get_by_role("button", name="Slipp inn enheter").click()
    expect(organiser.get_by_role("heading", name="Døra er åpen")).to_be_visible()
    plain.get_by_role("button", name="Logg inn").click()
    assert plain.url.endswith("/demo/megler/")
    # Without script the answer is a page with its own status; the browser writes that down.
    no_errors_in_the_browser[:] = [error for error in no_errors_in_the_browser if "423" not in error]


def test_who_is_signed_in_is_asked_and_stays_who_they_are_unless_they_say_so(organiser):
    link, _code = make_card(organiser, "Berit Moen")
    organiser.get_by_role("button", name="Slipp inn enheter").click()
    expect(organiser.get_by_role("heading", name="Døra er åpen")).to_be_visible()
    organiser.goto(link)
    expect(organiser.get_by_role("heading", name="Bytt til Berit Moen, børsmegler?")).to_be_visible()
    assert axe(organiser) == []
    organiser.get_by_role("link", name="Nei, gå videre som før").click()
    organiser.goto("/demo/innstillinger/enheter/")
    expect(organiser.get_by_text("Ingen har kommet inn ennå.")).to_be_visible()
    organiser.goto(link)
    organiser.get_by_role("button", name="Bytt til Berit Moen").click()
    organiser.wait_for_url("**/demo/megler/")


def test_a_tablet_that_waits_comes_in_also_when_the_server_was_away_meanwhile(organiser, tablet, server):
    link, _code = make_card(organiser, "Berit Moen")
    organiser.get_by_role("button", name="Slipp inn enheter").click()
    expect(organiser.get_by_role("heading", name="Døra er åpen")).to_be_visible()
    tablet.goto("/demo/inn/")
    server.kill()
    tablet.evaluate("token => location.hash = token", link.split("#")[1])
    expect(tablet.get_by_role("heading", name="Får ikke kontakt")).to_be_visible()
    server.start()
    tablet.wait_for_url("**/demo/megler/", timeout=15000)


def test_eight_cards_are_on_a_sheet_of_paper_and_the_ninth_on_the_next(organiser, server):
    code = """
from django.utils import timezone
from borsen.cards import make_card_holder
from borsen.models import Event
event = Event.objects.get(slug="demo")
for number in range(%d):
    name = f"Et ganske langt navn på en megler i Granfjord {number}"
    make_card_holder(event=event, name=name, role="broker", now=timezone.now())
print(0)
"""
    organiser.goto("/demo/innstillinger/folk/")
    server.ask(code % 7)  # with the demo's own broker eight
    organiser.get_by_role("button", name="Skriv ut alle kortene").click()
    organiser.wait_for_url("**/kort/")
    assert axe(organiser) == []
    assert pages_of(organiser) == 1
    server.ask(code.replace("Granfjord {", "Nabobygda {") % 1)
    organiser.reload()
    assert pages_of(organiser) == 2


def pages_of(page: Page) -> int:
    return len(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages)
