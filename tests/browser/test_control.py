"""The control room in a real browser: it follows by itself, and nothing that someone is in the middle of is lost."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import axe, sign_in, watch
from .server import Server

pytestmark = [pytest.mark.browser, pytest.mark.patient]

POLL = 10_000  # three seconds and some patience

DO = """
import json
from django.utils import timezone
from agreements.models import Agreement
from borsen.devices import make_device
from borsen.feed_version import advance, locked
from borsen.help_calls import ask_for_help
from borsen.models import Event, User
event, now = Event.objects.get(slug="demo"), timezone.now()
megler = User.objects.get(username="megler")
{code}
with locked(event) as event:
    advance(event)
print(json.dumps(1))
"""
CALL = (
    'device = make_device(event=event, user=megler, role="broker", label="iPad")\n'
    "ask_for_help(event=event, user=megler, device=device, now=now)"
)
HOLD_BACK = 'event.agreements.filter(number=3).update(needs_review="Børstimen var slutt.")'
CLOSE = "from borsen.clock import close_hour\nclose_hour(event=event, now=now)"


IN_THE_WAY = """() => {
  scrollTo(0, 0);
  const {left, right, top, bottom} = document.querySelector("[data-contact]").getBoundingClientRect();
  return [...document.querySelectorAll("#messages, .control__run, .control__lists, .control__screen")]
    .filter((one) => one.offsetHeight).map((one) => [one.className, one.getBoundingClientRect()])
    .filter(([, one]) => one.left < right && one.right > left && one.top < bottom && one.bottom > top)
    .map(([name]) => name);
}"""


def do(server: Server, code: str) -> None:
    server.ask(DO.format(code=code))


def enter(page: Page, width: int = 390, height: int = 844) -> None:
    page.set_viewport_size({"width": width, "height": height})
    sign_in(page, "arrangor")
    page.goto("/demo/kontrollrom/")


@pytest.mark.parametrize("size", [(390, 844), (1080, 810)])
def test_calls_and_what_must_be_looked_at_come_by_themselves_and_the_title_counts_them(
    page: Page, server: Server, size
):
    enter(page, *size)
    expect(page).to_have_title(re.compile(r"^Kontrollrom"))
    do(server, f"{HOLD_BACK}\n{CALL}")
    expect(page.locator(".calls__call")).to_contain_text("(iPad) trenger hjelp", timeout=POLL)
    expect(page).to_have_title(re.compile(r"^\(2\) Kontrollrom"))
    expect(page.get_by_text("1 avtale må ses på")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Jeg kommer").click()
    expect(page.locator("#messages")).to_contain_text("får vite at du kommer")
    page.get_by_role("button", name="I orden, vis den").click()
    expect(page.locator("#messages")).to_contain_text("Avtale nr. 3 er i orden")
    expect(page).to_have_title(re.compile(r"^Kontrollrom"))
    page.get_by_role("button", name="Angre").click()
    expect(page.get_by_text("1 avtale må ses på")).to_be_visible()


def test_a_half_typed_why_survives_the_poll_and_even_the_closing_gong(page: Page, server: Server):
    enter(page)
    do(server, HOLD_BACK)
    page.get_by_role("link", name="Ta bort eller trekk").click(timeout=POLL)
    dialog = page.get_by_role("dialog")
    # The moment in which the library puts focus where the dialog begins; nobody types as fast as that.
    expect(dialog.get_by_role("heading")).to_be_focused()
    expect(page.locator("#question-dialog")).not_to_have_class(re.compile("htmx-"))
    why = dialog.get_by_label("Hvorfor?")
    why.press_sequentially("Navngir en be")
    do(server, f"{CALL}\n{CLOSE}")
    expect(page.locator(".calls__call")).to_have_count(1, timeout=POLL)
    expect(page.locator(".control__phase")).to_have_text("Foreløpig resultat")
    expect(why).to_have_value("Navngir en be")
    expect(why).to_be_focused()
    assert axe(page) == []
    dialog.get_by_role("button", name="Ta bort fra skjermen").click()
    expect(page.locator("#messages")).to_contain_text("er tatt bort fra skjermen. Den gjelder fortsatt.")
    expect(page).to_have_url(re.compile("/kontrollrom/$"))


def test_what_stands_open_stays_open_and_focused_while_the_lists_change(page: Page, server: Server):
    enter(page)
    row = page.locator(".entry").nth(2)
    row.locator("summary").click()
    own_id = row.get_attribute("id")
    do(server, 'Agreement.objects.filter(event=event).exclude(number=1).update(summary="Nytt navn på alt")')
    expect(page.locator(".entry").first).to_contain_text("Nytt navn på alt", timeout=POLL)
    expect(page.locator(f"#{own_id}")).to_have_attribute("open", "")
    expect(page.locator(f"#{own_id} summary")).to_be_focused()


def test_one_tap_and_a_second_hide_an_agreement_from_the_screen_within_a_second_and_bring_it_back(
    page: Page, server: Server, browser: Browser, browser_context_args, no_errors_in_the_browser
):
    context = browser.new_context(**browser_context_args)
    watch(context, no_errors_in_the_browser)
    screen = context.new_page()
    screen.goto("/demo/storskjerm/")
    expect(screen.locator("html")).to_have_attribute("data-connection", "live")
    enter(page)
    row = page.locator(".entry").nth(1)
    number = row.locator(".deal__number").inner_text()
    shown = screen.locator(f"[data-agreement='{number}']")
    expect(shown).to_have_count(1)
    row.locator("summary").click()
    row.get_by_role("button", name="Ta bort fra skjermen").click()
    expect(page.locator("#messages")).to_contain_text(f"Avtale nr. {number} er tatt bort fra skjermen")
    expect(shown).to_have_count(0, timeout=1500)
    page.get_by_role("button", name="Angre").click()
    expect(page.locator("#messages")).to_contain_text("igjen")
    expect(shown).to_have_count(1, timeout=1500)
    context.close()


def test_without_script_the_question_is_a_page_and_everything_works(
    server: Server, browser: Browser, browser_context_args
):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    do(server, HOLD_BACK)
    enter(page)
    page.get_by_role("link", name="Ta bort eller trekk").click()
    page.get_by_label("Hvorfor?").fill("Feil part")
    page.get_by_role("button", name="Avtalen gjelder ikke").click()
    expect(page.locator("#messages")).to_contain_text("Avtale nr. 3 er trukket og teller ikke lenger.")
    expect(page).to_have_url(re.compile("/kontrollrom/$"))
    page.get_by_role("button", name="Angre").click()
    expect(page.get_by_text("1 avtale må ses på")).to_be_visible()
    page.get_by_role("button", name="I orden, vis den").click()
    expect(page.locator("#messages")).to_contain_text("Avtale nr. 3 er i orden")
    context.close()


def test_the_screens_in_the_hall_stand_there_with_what_they_show_and_telephones_do_not(
    page: Page, browser: Browser, browser_context_args, no_errors_in_the_browser
):
    screens = [(1920, 1080), (390, 844)]
    contexts = [
        browser.new_context(**browser_context_args, viewport={"width": width, "height": height})
        for width, height in screens
    ]
    for context in contexts:
        watch(context, no_errors_in_the_browser)
        context.new_page().goto("/demo/storskjerm/")
    big = contexts[0].pages[0]
    big.mouse.move(900, 500)
    big.get_by_role("button", name="Start", exact=True).click()
    enter(page)
    lines = page.locator("#control-screens li")
    expect(lines).to_have_count(1, timeout=30_000)
    expect(lines).to_contain_text("Storskjermen, 1920 × 1080", timeout=30_000)
    expect(lines).to_contain_text("Viser Børs, nr. 47")
    expect(lines).to_contain_text("Tilkoblet nå")
    assert axe(page) == []
    for context in contexts:
        context.close()


def test_a_dead_line_is_said_with_when_it_was_last_right_and_a_tap_leaves_the_page_standing(
    page: Page, no_errors_in_the_browser
):
    enter(page)
    page.get_by_role("button", name="Velkommen", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("Storskjermen viser nå")
    contact = page.locator("[data-contact]")
    expect(contact).to_have_text("")
    page.context.set_offline(True)
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(contact).to_have_text(re.compile(r"^Ingen kontakt med serveren\. Sist oppdatert kl\. \d\d[.:]\d\d[.:]\d\d$"))
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for width in (390, 1080):
        page.set_viewport_size({"width": width, "height": 810})
        assert page.evaluate(IN_THE_WAY) == []
    expect(page.get_by_role("heading", name="Storskjermen", exact=True)).to_be_visible()
    page.context.set_offline(False)
    expect(contact).to_have_text("", timeout=POLL)
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(page.get_by_role("button", name="Pause", exact=True)).to_have_attribute("aria-pressed", "true")
    no_errors_in_the_browser[:] = [
        error for error in no_errors_in_the_browser if not re.search(r"net::ERR_|htmx:(sendError|afterRequest)", error)
    ]
