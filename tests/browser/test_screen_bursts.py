"""Bursts and moments in a real browser: each agreement has its turn, the number is true at once, none comes twice."""

import pytest
from playwright.sync_api import Page, expect

from .screens import REGISTER_MANY, open_screen, register, root, set_event, shown
from .server import Server

pytestmark = [pytest.mark.browser, pytest.mark.patient]

# What stood large on the page, all the time.
RECORD = """() => {
  window.stood = {};
  window.groups = 0;
  setInterval(() => {
    const large = [...document.querySelectorAll('.hero [data-agreement]')];
    window.groups = Math.max(window.groups, large.length);
    for (const each of large) window.stood[each.dataset.agreement] = (window.stood[each.dataset.agreement] ?? 0) + 100;
  }, 100);
}"""


def register_many(server: Server, number: int, every: float = 0) -> list[int]:
    """That many agreements by the verb, one each `every` seconds."""
    return server.ask(REGISTER_MANY.format(number=number, every=every))


def hero(page: Page) -> list[int]:
    return [
        int(one) for one in page.locator(".hero [data-agreement]").evaluate_all("e => e.map(x => x.dataset.agreement)")
    ]


def follow_by_hand(page: Page, server: Server) -> list[int]:
    """Open the screen with a clock that stands; returns what it shows."""
    page.clock.install()
    open_screen(page)
    page.clock.run_for(500)
    return shown(page)


def test_many_at_once_have_their_turn_and_the_number_is_true_at_once(page: Page, server: Server):
    follow_by_hand(page, server)
    register_many(server, 5)
    expect(page.locator("[data-total]")).to_have_text("52")
    page.clock.run_for(60_000)  # the fiftieth has filled the screen, and the five have had their turn
    before = shown(page)
    new = register_many(server, 5)
    expect(page.locator("[data-total]")).to_have_text("57")
    page.clock.run_for(500)
    assert hero(page) == new[:1]
    assert shown(page) == [new[0], *before][:6]
    page.clock.run_for(6000)
    assert hero(page) == new[1:2]
    page.clock.run_for(12_000)
    assert hero(page) == new[3:4]
    page.clock.run_for(6000)  # only one waits: eight seconds
    assert hero(page) == new[3:4]
    page.clock.run_for(2500)
    assert hero(page) == new[4:]
    page.clock.run_for(10_000)
    assert shown(page) == [*new[::-1], *before][:6]


def test_past_thirty_seconds_behind_three_stand_together_and_all_have_been_seen(page: Page, server: Server):
    follow_by_hand(page, server)
    page.evaluate(RECORD)
    new = register_many(server, 25)
    expect(page.locator("[data-total]")).to_have_text("72")
    page.clock.run_for(120_000)
    stood = page.evaluate("window.stood")
    assert [number for number in new if str(number) not in stood] == []
    assert min(stood[str(number)] for number in new) >= 5900
    assert page.evaluate("window.groups") == 3
    assert shown(page) == new[::-1][:6]


def test_sixty_agreements_in_sixty_seconds_have_all_stood_on_the_screen(page: Page, server: Server):
    """By the clock of the machine: one a second, and the screen catches up in groups of three."""
    open_screen(page)
    page.evaluate(RECORD)
    new = register_many(server, 60, every=0.9)
    expect(page.locator("[data-total]")).to_have_text("107")
    expect(page.locator(f".hero [data-agreement='{new[-1]}']")).to_be_visible(timeout=300_000)
    page.wait_for_timeout(12_000)
    stood = page.evaluate("window.stood")
    assert [number for number in new if str(number) not in stood] == []
    assert shown(page) == new[::-1][:6]


def test_what_is_hidden_or_withdrawn_leaves_queue_and_screen_within_a_second(page: Page, server: Server):
    follow_by_hand(page, server)
    register_many(server, 5)
    expect(page.locator("[data-total]")).to_have_text("52")
    page.clock.run_for(60_000)
    new = register_many(server, 4)
    expect(page.locator("[data-total]")).to_have_text("56")
    page.clock.run_for(500)
    assert hero(page) == new[:1]
    hide(server, new[0], new[2])
    page.clock.run_for(500)
    expect(page.locator(f".hero [data-agreement='{new[1]}']")).to_be_visible()
    assert new[0] not in shown(page)
    page.clock.run_for(9000)
    assert hero(page) == new[3:]
    page.clock.run_for(9000)
    assert shown(page)[:2] == [new[3], new[1]]
    hide(server, new[3])
    expect(page.locator(f".hero [data-agreement='{new[1]}']")).to_be_visible()
    assert new[3] not in shown(page)


def hide(server: Server, *numbers: int) -> None:
    server.ask(
        "import json\nfrom django.utils import timezone\nfrom agreements.correcting import withdraw\n"
        f"from borsen.models import Event\nfor number in {numbers!r}:\n"
        "    agreement = Event.objects.get(slug='demo').agreements.get(number=number)\n"
        "    withdraw(agreement=agreement, by=None, now=timezone.now())\nprint(json.dumps(1))"
    )


def test_a_page_that_was_away_shows_the_truth_and_replays_nothing(page: Page, server: Server):
    open_screen(page)
    server.kill()
    expect(root(page)).to_have_attribute("data-connection", "lost", timeout=5000)
    server.start()
    new = register_many(server, 12)
    expect(root(page)).to_have_attribute("data-connection", "live", timeout=15_000)
    expect(page.locator(f".hero [data-agreement='{new[-1]}']")).to_be_visible()
    assert shown(page) == new[::-1][:6]


def test_a_tab_that_was_out_of_sight_for_five_minutes_shows_the_truth_at_once(page: Page, server: Server):
    page.add_init_script(
        "for (const [name, value] of [['hidden', () => Boolean(window.away)],"
        " ['visibilityState', () => (window.away ? 'hidden' : 'visible')]])"
        " Object.defineProperty(Document.prototype, name, { get: value });"
        "window.look = (away) => { window.away = away; document.dispatchEvent(new Event('visibilitychange')); };"
    )
    follow_by_hand(page, server)
    page.evaluate("look(true)")
    new = register_many(server, 20)
    expect(page.locator("[data-total]")).to_have_text("67")
    page.clock.run_for(300_000)
    new += register_many(server, 20)
    expect(page.locator("[data-total]")).to_have_text("87")
    page.evaluate("look(false)")
    page.clock.run_for(1000)
    assert shown(page) == new[::-1][:6]


# --- moments


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("opening", "opened_at=now, closes_at=now + timedelta(hours=1)"),
        ("minutes", "closes_at=now + timedelta(minutes=5, seconds=-1)"),
        ("seconds", "closes_at=now + timedelta(seconds=9)"),
        ("closing", "closed_at=now"),
    ],
)
def test_the_gong_and_the_last_minutes_fill_the_screen_and_leave_it(page: Page, server: Server, name: str, fields: str):
    open_screen(page)
    moment = page.locator("[data-moment]")
    expect(moment).to_be_hidden()
    set_event(server, fields)
    expect(moment).to_be_visible()
    expect(moment).to_have_attribute("data-moment", name)
    box = moment.bounding_box() or {}
    assert (box["width"], box["height"]) == (1280, 720)
    expect(moment).to_be_hidden(timeout=15_000)


def test_a_milestone_comes_once_on_each_screen_and_not_when_it_is_too_late(page: Page, server: Server):
    open_screen(page)
    moment = page.locator("[data-moment]")
    register_many(server, 3)
    expect(moment).to_be_visible()
    expect(moment).to_have_text("50 avtaler!", use_inner_text=True)
    page.reload()
    expect(root(page)).to_have_attribute("data-connection", "live")
    register(server, ["", ""], ["Suppe", ""])
    expect(page.locator("[data-total]")).to_have_text("51")
    page.wait_for_timeout(600)
    expect(moment).to_be_hidden()
    page.evaluate("sessionStorage.clear()")
    server.ask(
        "import json\nfrom datetime import timedelta\nfrom django.db.models import F\nfrom borsen.models import Event\n"
        "found = Event.objects.get(slug='demo').agreements\n"
        "found.update(registered_at=F('registered_at') - timedelta(minutes=1))\nprint(json.dumps(1))"
    )
    page.reload()
    expect(root(page)).to_have_attribute("data-connection", "live")
    register(server, ["", ""], ["Boller", ""])
    expect(page.locator("[data-total]")).to_have_text("52")
    page.wait_for_timeout(600)
    expect(moment).to_be_hidden()


def test_the_goal_is_told_as_a_goal(page: Page, server: Server):
    set_event(server, "goal=48")
    open_screen(page)
    register(server, ["", ""], ["Suppe", ""])
    expect(page.locator("[data-moment]")).to_contain_text("Målet er nådd!")


MINUTES_LEFT = """
from django.utils import timezone
from borsen.models import Event
print(int((Event.objects.get(slug="demo").planned_end - timezone.now()).total_seconds() // 60))
"""


def test_the_pages_own_clock_may_be_wrong(page: Page, server: Server):
    page.clock.install(time="2020-01-01T00:00:00Z")
    open_screen(page)
    page.clock.run_for(10_500)  # a heartbeat, by which it sets its clock
    expect(root(page)).to_have_attribute("data-phase", "open")
    minutes = int(page.locator("[data-left]").inner_text().split(":")[0])
    assert abs(minutes - server.ask(MINUTES_LEFT)) <= 1


def test_nothing_moves_for_who_asked_for_less_motion(page: Page, server: Server):
    page.emulate_media(reduced_motion="reduce")
    open_screen(page)
    register(server, ["", ""], ["Suppe", ""])
    expect(page.locator("[data-total]")).to_have_text("48")
    names = page.evaluate("document.getAnimations().map(each => each.animationName)")
    assert set(names) <= {"fade"}
