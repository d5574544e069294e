"""From a broker's star to the winner on the storskjerm, each on a screen of its own."""

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import axe, sign_in, watch
from .test_broker import send, write

pytestmark = [pytest.mark.browser, pytest.mark.patient]

SCROLL = "[document.documentElement.scrollWidth, innerWidth]"


@pytest.fixture
def new_page(browser: Browser, browser_context_args, no_errors_in_the_browser):
    contexts = []

    def make(username: str, width: int, height: int) -> Page:
        context = browser.new_context(**browser_context_args, viewport={"width": width, "height": height})
        watch(context, no_errors_in_the_browser)
        contexts.append(context)
        page = context.new_page()
        sign_in(page, username)
        return page

    yield make
    for context in contexts:
        context.close()


def test_from_a_star_to_the_winner_on_the_storskjerm(new_page):
    broker = new_page("megler", 1080, 810)
    broker.goto("/demo/megler/")
    write(broker, "Stjerneavtalen")
    send(broker)
    star = broker.get_by_role("button", name="Foreslå til pris")
    star.click()
    expect(broker.get_by_role("button", name="Foreslått til pris")).to_have_attribute("aria-pressed", "true")
    assert axe(broker) == []

    jury = new_page("arrangor", 390, 844)
    jury.goto("/demo/kontrollrom/priser/")
    assert axe(jury) == []
    jury.get_by_role("button", name="+ Årets avtale").click()
    jury.get_by_role("link", name="Velg vinner").click()
    assert axe(jury) == []
    assert len(set(jury.evaluate(SCROLL))) == 1
    jury.get_by_label("Søk i avtaler og deltakere").press_sequentially("stjerneav")
    expect(jury.get_by_role("listitem")).to_have_count(1)
    expect(jury.get_by_role("listitem")).to_contain_text("1 stjerne")
    jury.get_by_role("button").filter(has_text="Stjerneavtalen").click()

    screen = new_page("arrangor", 1920, 1080)
    jury.goto("/demo/kontrollrom/")
    jury.get_by_role("button", name="Resultat").click()
    screen.goto("/demo/storskjerm/")
    expect(screen.locator("[data-prize]")).to_have_count(0)
    control = jury.locator("#control-prizes")
    control.get_by_text("Vis på skjermen").click()
    expect(screen.locator("[data-prize]")).to_have_count(0)
    control.get_by_role("button", name="Ja: vis «Årets avtale»").click()
    expect(screen.locator("[data-prize='Årets avtale']")).to_contain_text("Stjerneavtalen")
    expect(control.get_by_role("button", name="Ta bort fra skjermen")).to_be_visible()
    assert axe(jury) == []
    jury.locator("#control-prizes").get_by_role("button", name="Ta bort fra skjermen").click()
    expect(screen.locator("[data-prize]")).to_have_count(0)


@pytest.fixture(autouse=True)
def lost_networks_are_no_errors(no_errors_in_the_browser):
    yield
    no_errors_in_the_browser[:] = [error for error in no_errors_in_the_browser if "net::ERR_" not in error]


def test_a_star_that_does_not_reach_the_server_says_so_and_can_be_tried_again(new_page):
    broker = new_page("megler", 390, 844)
    broker.goto("/demo/megler/")
    write(broker)
    send(broker)
    # On a telephone the star lies where «Registrer avtale» lay: a tap so soon would be that one's second.
    broker.wait_for_timeout(800)
    broker.context.set_offline(True)
    broker.get_by_role("button", name="Foreslå til pris").click()
    expect(broker.locator("#star")).to_contain_text("Ikke lagret. Prøv igjen.")
    broker.context.set_offline(False)
    broker.locator("#star").click()
    expect(broker.locator("#star")).to_contain_text("Foreslått til pris")
