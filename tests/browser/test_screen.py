"""The storskjerm in a real browser: it follows the broker, survives the server, and nothing runs out of its box."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import axe, sign_in, watch
from .screens import LONG, loose_in_every_size, open_screen, register, root, shown
from .server import Server

pytestmark = [pytest.mark.browser, pytest.mark.every_database]


def register_at_the_desk(page: Page, one: str, other: str, gives: str) -> int:
    """An agreement as a broker makes it; returns its number."""
    page.goto("/demo/megler/")
    for number, name in ((1, one), (2, other)):
        box = page.get_by_role("combobox", name=f"Part {number}", exact=True)
        box.click()
        box.press_sequentially(name[:12])
        page.get_by_role("option", name=re.compile(f"(?<!«){re.escape(name)}")).first.click()
    page.get_by_label("Part 1 gir", exact=True).fill(gives)
    page.get_by_role("radio", name="Transport").check()
    with page.expect_response(lambda response: response.url.endswith("/avtaler/ny/")) as answered:
        page.get_by_role("button", name="Registrer avtale").click()
    assert answered.value.status == 201
    return answered.value.json()["number"]


def test_the_screen_follows_the_broker_and_survives_the_servers_death(
    page: Page, server: Server, browser: Browser, browser_context_args, no_errors_in_the_browser
):
    desk_context = browser.new_context(**browser_context_args)
    watch(desk_context, no_errors_in_the_browser)
    desk = desk_context.new_page()
    sign_in(desk, "megler")
    open_screen(page)
    before, total = shown(page), int(page.locator("[data-total]").inner_text())
    page.evaluate("window.neverReloaded = true")

    first = register_at_the_desk(desk, "Kafé Kiwano", "Turlaget Granfjord", "Suppe til turen")
    hero = page.locator(".hero [data-agreement]")
    expect(hero).to_have_attribute("data-agreement", str(first))
    expect(hero).to_contain_text("Suppe til turen")
    expect(page.locator("[data-total]")).to_have_text(str(total + 1))

    server.kill()
    expect(root(page)).to_have_attribute("data-connection", "lost", timeout=5000)
    expect(page.locator("[data-contact]")).to_contain_text("Sist oppdatert kl.")
    assert shown(page)[0] == first
    server.start()
    second = register_at_the_desk(desk, "Bakeriet på Hjørnet", "Turlaget Granfjord", "Boller til turen")
    expect(hero).to_have_attribute("data-agreement", str(second), timeout=15_000)
    expect(root(page)).to_have_attribute("data-connection", "live")
    expect(page.locator("[data-contact]")).to_be_hidden()

    assert shown(page) == [second, first, *before][: len(before)]
    expect(page.locator("[data-total]")).to_have_text(str(total + 2))
    assert page.evaluate("window.neverReloaded") is True
    desk_context.close()
    # The page's tries while the server was away are the only errors.
    no_errors_in_the_browser[:] = [error for error in no_errors_in_the_browser if "WebSocket" not in error]


def test_the_longest_texts_stay_in_their_boxes(page: Page, server: Server):
    long = f"{LONG} {'x' * 7}"
    assert len(long) == 120
    open_screen(page)
    for names, gives in (
        ([long, "W" * 120], ["Lån av lokale " * 14, "W" * 200]),
        ([long, "Đ" * 60, "Kor"], ["x " * 90, "", "Synger"]),
        ([long, LONG, "Kor", long, "Kaféen"], ["Alt mulig " * 15, "", "Synger", "W" * 150, ""]),
    ):
        number = register(server, names, gives, "W" * 119)
        # The one before it stands for eight seconds, and the fiftieth fills the screen first.
        hero = page.locator(".hero [data-agreement]")
        expect(hero).to_have_attribute("data-agreement", str(number), timeout=40_000)
        page.wait_for_timeout(1000)  # the fields have met
        assert loose_in_every_size(page) == {}


@pytest.mark.parametrize("stage", ["registration", "live", "over"])
def test_every_stage_is_accessible_and_stays_in_its_boxes(page: Page, server: Server, stage: str):
    if stage != "live":
        server.manage("demo", "--stage", stage)
    for query in ("", "?lys"):
        open_screen(page, query)
        assert loose_in_every_size(page) == {}
        assert axe(page) == []


def test_the_gong_of_the_control_room_moves_the_screen(
    page: Page, server: Server, browser: Browser, browser_context_args, no_errors_in_the_browser
):
    context = browser.new_context(**browser_context_args)
    watch(context, no_errors_in_the_browser)
    control = context.new_page()
    control.set_viewport_size({"width": 390, "height": 844})
    sign_in(control, "arrangor")
    control.goto("/demo/kontrollrom/")
    assert axe(control) == []
    assert control.evaluate("document.documentElement.scrollWidth <= innerWidth")
    open_screen(page)
    clock = page.locator("[data-left]")
    before = clock.inner_text()
    control.get_by_role("button", name="5 minutter til").click()
    expect(control.locator("#messages")).to_contain_text("5 minutter til")
    expect(clock).not_to_have_text(before)
    assert minutes(clock.inner_text()) >= minutes(before) + 4

    control.get_by_text("Slå sluttgongen", exact=True).click()
    control.get_by_role("button", name="Ja: Slå sluttgongen").click()
    expect(root(page)).to_have_attribute("data-phase", "grace")
    expect(page.get_by_text("Foreløpig resultat")).to_be_visible()
    control.get_by_text("Åpne børstimen igjen", exact=True).click()
    control.get_by_role("button", name="Ja: Åpne børstimen igjen").click()
    expect(root(page)).to_have_attribute("data-phase", "open")
    context.close()


def minutes(clock: str) -> int:
    return int(clock.partition(":")[0])


def test_the_provisional_result_becomes_final_by_the_clock_alone(page: Page, server: Server):
    server.ask(
        "import json\nfrom datetime import timedelta\nfrom django.utils import timezone\n"
        "from borsen.clock import close_hour\nfrom borsen.models import Event\n"
        "event = Event.objects.get(slug='demo')\n"
        "grace = timedelta(minutes=event.grace_minutes)\n"
        "close_hour(event=event, now=timezone.now() - grace + timedelta(seconds=8))\nprint(json.dumps(1))"
    )
    open_screen(page)
    expect(page.get_by_text("Foreløpig resultat")).to_be_visible()
    expect(root(page)).to_have_attribute("data-phase", "over", timeout=12_000)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".header__result")).to_have_text("Gongen har gått", use_inner_text=True)


def test_the_ticker_steps_and_can_be_stopped(page: Page, server: Server):
    page.clock.install()
    open_screen(page)
    needs = page.locator(".ticker__need")
    first, second = needs.nth(0).inner_text(), needs.nth(1).inner_text()
    page.clock.run_for(6500)
    expect(needs.nth(0)).to_have_text(second)
    expect(needs.last).to_have_text(first)
    page.get_by_role("button", name="Trenger nå").click()
    page.clock.run_for(20_000)
    expect(needs.nth(0)).to_have_text(second)


def test_without_script_the_page_is_whole(browser: Browser, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto("/demo/storskjerm/")
    expect(page.locator("[data-total]")).to_have_text(re.compile(r"^\d+$"))
    expect(page.locator(".hero [data-agreement]")).to_be_visible()
    expect(page.locator("[data-left]")).to_have_text(re.compile(r"^\d+:\d\d$"))
    context.close()


def test_a_half_dead_link_is_noticed_by_its_silence(page: Page, server: Server):
    """An open socket that says nothing more: no close event ever comes (floors.md §5)."""
    silent = []

    def hold(route) -> None:
        upstream = route.connect_to_server()
        upstream.on_message(lambda message: None if silent else route.send(message))

    page.route_web_socket(re.compile(r"/ws/"), hold)
    page.clock.install()
    open_screen(page)
    silent.append(True)
    number = register(server, ["", ""], ["Suppe", ""])
    page.clock.run_for(9_000)
    expect(root(page)).to_have_attribute("data-connection", "live")
    page.clock.run_for(5_200)
    expect(root(page)).to_have_attribute("data-connection", "lost")
    silent.clear()
    page.clock.run_for(1_600)
    expect(page.locator(".hero [data-agreement]")).to_have_attribute("data-agreement", str(number))
    expect(root(page)).to_have_attribute("data-connection", "live")
