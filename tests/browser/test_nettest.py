"""The network test on a phone that nobody has signed in, over plain http; and the organiser's list of it."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import axe, sign_in

pytestmark = pytest.mark.patient

PHONE = {"width": 390, "height": 844}
ADDRESS = "/demo/nettest/"
THE_WHOLE_TEST = 40_000


@pytest.fixture
def phone(page: Page) -> Page:
    page.set_viewport_size(PHONE)
    return page


def line(page: Page, name: str):
    return page.locator(f"[data-line={name}]")


def states(page: Page) -> dict[str, str]:
    lines = page.locator("[data-line]:visible")
    return dict(lines.evaluate_all("lines => lines.map(line => [line.dataset.line, line.dataset.state])"))


def verdict(page: Page):
    return page.locator("[data-verdict]")


def says(element, words, **how) -> None:
    """What is seen of it, and nothing of what is hidden."""
    expect(element).to_have_text(words, use_inner_text=True, **how)


def test_a_device_is_tried_and_stands_in_the_organisers_list(phone, browser, browser_context_args):
    phone.goto(ADDRESS)
    expect(phone.get_by_text("Siden kom fram, så enheten når serveren.")).to_be_hidden()
    says(verdict(phone), "Enheten er klar. På arrangørens liste er den nr. 1.", timeout=THE_WHOLE_TEST)
    assert set(states(phone).values()) == {"good"}
    says(line(phone, "hold"), "I orden: Linjen holdt i 20 sekunder")
    says(line(phone, "trip"), re.compile(r"Svar på \d+ millisekunder"))
    assert axe(phone) == []

    context = browser.new_context(**browser_context_args)
    organiser = context.new_page()
    sign_in(organiser, "arrangor")
    organiser.goto(ADDRESS)
    expect(organiser.get_by_text("1 enhet er prøvd. Den er klar.")).to_be_visible()
    assert axe(organiser) == []
    context.close()


def test_what_fails_is_said_with_what_to_do_and_the_organiser_hears_of_it(phone):
    phone.add_init_script("indexedDB.open = () => { throw new Error('private window') }")
    phone.add_init_script("const now = Date.now; Date.now = () => now() + 5 * 60_000")
    phone.route_web_socket(re.compile("/nettest/$"), lambda socket: socket.close())
    phone.goto(ADDRESS)
    says(verdict(phone), "Enheten er ikke klar. Se hva som må ordnes. På arrangørens liste er den nr. 1.")
    assert states(phone) == {
        "page": "good",
        "post": "good",
        "trip": "good",
        "clock": "note",
        "storage": "bad",
        "socket": "bad",
    }
    says(line(phone, "clock"), re.compile(r"Klokka går 5 minutter feil\."))
    assert axe(phone) == []


def test_a_line_that_goes_dead_is_found_and_so_is_a_server_that_takes_nothing(phone, no_errors_in_the_browser):
    def answers_twice(socket) -> None:
        left = ["0", "1", "2"]
        socket.on_message(lambda said: socket.send(said) if said in left else None)

    phone.route_web_socket(re.compile("/nettest/$"), answers_twice)
    phone.route("**/nettest/svar/", lambda route: route.abort())
    phone.goto(ADDRESS)
    says(line(phone, "hold"), re.compile(r"Linjen falt ut etter 2 sekunder\."), timeout=20_000)
    says(verdict(phone), re.compile("Resultatet kom ikke fram til arrangøren. Vis fram denne skjermen.$"))
    assert states(phone)["post"] == "bad"
    no_errors_in_the_browser[:] = [error for error in no_errors_in_the_browser if "net::ERR_FAILED" not in error]


def test_without_script_the_page_says_what_that_means(browser, browser_context_args, server):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto(ADDRESS)
    expect(page.get_by_text("Siden kom fram, så enheten når serveren.")).to_be_visible()
    expect(verdict(page)).to_be_hidden()
    context.close()
