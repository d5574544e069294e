"""Networks that come and go, in a real browser against a real server: every agreement exactly once, each tablet's in
order, and the broker told the truth all the way."""

import re
import time

import pytest
from playwright.sync_api import expect

from .conftest import sign_in, sign_in_by_form, watch

SIZE = {"width": 1080, "height": 810}
# The page looks again every ten and fifteen seconds; most signs of a network come sooner.
BY_ITSELF = 30_000
EVENT = "from borsen.models import Event; event = Event.objects.get(slug='demo');"
ALL = (
    "import json;" + EVENT + "rows = event.agreements.order_by('number');"
    "print(json.dumps([[row.number, row.summary, row.needs_review] for row in rows]))"
)
HOUR = "import json; from django.utils import timezone as t; from datetime import timedelta as d;" + EVENT
# The next agreement reaches the server and its answer is lost; then there is nothing, until `window.found()`.
LOSE_THE_ANSWER = """() => {
  const real = window.fetch;
  const nothing = () => Promise.reject(new TypeError("lost"));
  window.found = () => { window.fetch = real; window.dispatchEvent(new Event("online")); };
  window.fetch = async (url, options) => {
    const answer = await real(url, options);
    if (options?.method !== "POST") return answer;
    window.fetch = nothing;
    return nothing();
  };
}"""
RADIO, SHOP = "Granfjord Radioamatører", "Bruktbutikken «Andre Runde»"


@pytest.fixture
def broker(page):
    return open_form(page)


@pytest.fixture(autouse=True)
def lost_networks_are_no_errors(no_errors_in_the_browser):
    """What the browser says of requests that a test lets fail; the browser writes 4xx answers to the console too."""
    yield
    expected = re.compile(r"net::ERR_|status of (401|403|409|422|502)")
    no_errors_in_the_browser[:] = [error for error in no_errors_in_the_browser if not expected.search(error)]


@pytest.fixture
def other_tablet(browser, browser_context_args, no_errors_in_the_browser):
    context = browser.new_context(**browser_context_args)
    watch(context, no_errors_in_the_browser)
    yield open_form(context.new_page(), "arrangor")
    context.close()


def open_form(page, username="megler"):
    page.set_viewport_size(SIZE)
    sign_in(page, username)
    page.goto("/demo/megler/")
    # The list of participants lies on the device from here on; a test may take the network away.
    page.locator("#entry[data-has-list]").wait_for()
    return page


def party(page, number):
    return page.get_by_role("combobox", name=f"Part {number}", exact=True)


def write(page, summary, first=RADIO, second=SHOP):
    for number, name in ((1, first), (2, second)):
        party(page, number).fill(name)
        expect(page.get_by_role("option", name=re.compile(f"(?<!«){re.escape(name)}")).first).to_be_visible()
        party(page, number).press("Enter")
        expect(party(page, number)).to_have_value(name)
    page.get_by_label("Part 1 gir", exact=True).fill(f"Kveld: {summary}")
    page.get_by_role("radio", name="Tid for andre").check(force=True)
    page.get_by_label("Kort om avtalen", exact=True).fill(summary)


def register(page, *summaries):
    """Write and send one after the other; the last one's receipt is left standing."""
    for number, summary in enumerate(summaries):
        if number:
            page.get_by_role("button", name="Ny avtale").click()
        write(page, summary)
        page.locator("#send").click()
        expect(page.locator("#receipt")).to_be_visible(timeout=20_000)


def state(page):
    return page.locator("#connection")


def since(server, before):
    return [row[1:] for row in server.ask(ALL)[before:]]


def change(page, summary, script):
    """Change the row of the queue with this summary as it lies on the device."""
    page.evaluate(
        """([summary, script]) => new Promise((resolve) => {
          const opening = indexedDB.open("borsen-demo");
          opening.onsuccess = () => {
            const rows = opening.result.transaction("outbox", "readwrite").objectStore("outbox");
            const asked = rows.getAll();
            asked.onsuccess = () => {
              const row = asked.result.find((other) => other.summary === summary);
              if (script === "one party") row.parties.pop();
              else row.summary = script;
              rows.put(row).onsuccess = resolve;
            };
          };
        })""",
        [summary, script],
    )


def test_offline_before_submit_is_kept_and_sent_in_order_when_the_network_is_back(broker, context, server):
    before = len(server.ask(ALL))
    context.set_offline(True)
    register(broker, "Den første", "Den andre")
    expect(broker.get_by_role("heading", name="Lagret på nettbrettet")).to_be_visible()
    expect(state(broker)).to_have_text("2 venter på nett og sendes av seg selv")
    context.set_offline(False)
    expect(state(broker)).to_have_text(f"Sendt: nr. {before + 1} og {before + 2}")
    assert since(server, before) == [["Den første", ""], ["Den andre", ""]]


def test_one_that_is_sent_the_moment_the_network_is_back_comes_after_those_that_waited(broker, context, server):
    before = len(server.ask(ALL))
    context.set_offline(True)
    register(broker, "Den første", "Den andre")
    broker.get_by_role("button", name="Ny avtale").click()
    write(broker, "Den tredje")
    context.route("**/avtaler/ny/", slowly)
    context.set_offline(False)
    broker.locator("#send").click()
    expect(broker.locator("[data-number]")).to_have_text(str(before + 3))
    assert since(server, before) == [["Den første", ""], ["Den andre", ""], ["Den tredje", ""]]


def test_where_nothing_answers_the_broker_waits_once_and_not_so_long_the_next_time(broker, context, server):
    """As on a Wi-Fi that is there and leads nowhere: no error, and no answer."""
    before = len(server.ask(ALL))
    line = context.new_cdp_session(broker)
    line.send("Network.enable")
    delay(line, 120_000)
    register(broker, "Ut i det blå")
    expect(state(broker)).to_have_text("1 venter på nett og sendes av seg selv")
    broker.get_by_role("button", name="Ny avtale").click()
    write(broker, "Den neste")
    began = time.monotonic()
    broker.locator("#send").click()
    expect(broker.get_by_role("heading", name="Lagret på nettbrettet")).to_be_visible()
    assert time.monotonic() - began < 6
    delay(line, 0)
    expect(broker.locator("[data-number]")).to_have_text(str(before + 2), timeout=BY_ITSELF)
    assert since(server, before) == [["Ut i det blå", ""], ["Den neste", ""]]


def delay(line, milliseconds):
    everything = {"offline": False, "downloadThroughput": -1, "uploadThroughput": -1}
    line.send("Network.emulateNetworkConditions", everything | {"latency": milliseconds})


def slowly(route):
    time.sleep(0.4)
    route.continue_()


def test_what_is_delivered_later_is_told_without_taking_focus(broker, context, server):
    before = len(server.ask(ALL))
    context.set_offline(True)
    register(broker, "Den som ventet")
    broker.get_by_role("button", name="Ny avtale").click()
    summary = broker.get_by_label("Kort om avtalen", exact=True)
    summary.fill("Midt i den neste")
    context.set_offline(False)
    expect(state(broker)).to_have_text(f"Sendt: nr. {before + 1}")
    expect(summary).to_be_focused()
    expect(summary).to_have_value("Midt i den neste")
    assert since(server, before) == [["Den som ventet", ""]]


def test_an_answer_lost_in_the_middle_of_the_request_gives_no_second_agreement(broker, server):
    before = len(server.ask(ALL))
    broker.evaluate(LOSE_THE_ANSWER)
    register(broker, "Svaret ble borte")
    expect(broker.get_by_role("heading", name="Lagret på nettbrettet")).to_be_visible()
    expect(state(broker)).to_have_text("1 venter på nett og sendes av seg selv")
    assert since(server, before) == [["Svaret ble borte", ""]]
    broker.evaluate("window.found()")
    expect(state(broker)).to_have_text(f"Sendt: nr. {before + 1}", timeout=BY_ITSELF)
    assert since(server, before) == [["Svaret ble borte", ""]]


def test_a_server_that_was_killed_gets_everything_when_it_is_started_again(broker, server):
    before = len(server.ask(ALL))
    server.kill()
    register(broker, "Under strømbruddet", "Like etter")
    expect(state(broker)).to_have_text("2 venter på nett og sendes av seg selv")
    server.start()
    expect(state(broker)).to_have_text(f"Sendt: nr. {before + 1} og {before + 2}", timeout=BY_ITSELF)
    assert since(server, before) == [["Under strømbruddet", ""], ["Like etter", ""]]


def test_a_session_that_ended_while_there_was_no_network_is_what_it_is_said_to_wait_for(broker, context):
    context.set_offline(True)
    register(broker, "Uten nett")
    expect(broker.get_by_text("Avtalen får nummer og sendes av seg selv når nettet er tilbake.")).to_be_visible()
    expect(broker.locator("#latest")).to_contain_text("venter på nett")
    context.clear_cookies()
    context.set_offline(False)
    expect(broker.get_by_text("Den får nummer når du har logget inn igjen")).to_be_visible(timeout=BY_ITSELF)
    expect(broker.locator("#latest")).to_contain_text("venter på at du logger inn")
    expect(broker.get_by_text("venter på nett")).to_have_count(0)


def test_a_session_deleted_on_the_server_asks_to_sign_in_and_keeps_the_queue(broker, server):
    before = len(server.ask(ALL))
    server.ask(
        "import json; from django.contrib.sessions.models import Session as S; print(S.objects.all().delete()[0])"
    )
    register(broker, "Etter innlogging")
    expect(broker.get_by_text("Avtalen er ikke registrert ennå.")).to_be_visible()
    broker.get_by_role("link", name="Logg inn for å sende 1 avtale").click()
    assert since(server, before) == []
    sign_in_by_form(broker)
    broker.goto("/demo/megler/")
    expect(state(broker)).to_have_text(f"Sendt: nr. {before + 1}")
    assert since(server, before) == [["Etter innlogging", ""]]


def test_a_tab_that_was_closed_comes_back_with_the_queue_and_the_draft(broker, context, server):
    before = len(server.ask(ALL))
    context.route("**/avtaler/ny/", lambda route: route.fulfill(status=502, content_type="text/html", body="<h1>Feil"))
    register(broker, "I køen")
    broker.get_by_role("button", name="Ny avtale").click()
    write(broker, "Halvferdig")
    broker.close()
    context.unroute("**/avtaler/ny/")
    page = context.new_page()
    page.goto("/demo/megler/")
    expect(state(page)).to_have_text(f"Sendt: nr. {before + 1}", timeout=BY_ITSELF)
    expect(page.get_by_label("Kort om avtalen", exact=True)).to_have_value("Halvferdig")
    assert since(server, before) == [["I køen", ""]]


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_an_hour_wrong_tells_the_right_moment_all_the_same(page, context, server, hours):
    context.add_init_script(
        f"const off = {hours} * 3600e3;"
        "const Real = Date; const now = () => Real.now() + off;"
        "window.Date = class extends Real { constructor(...given) { given.length ? super(...given) : super(now()); }"
        " static now() { return now(); } };"
    )
    broker = open_form(page)
    left = broker.locator("#clock").inner_text()
    assert re.fullmatch(r"\d{1,2}:\d\d", left)
    posted = []
    context.on("request", lambda request: request.method == "POST" and posted.append(request.post_data or ""))
    context.set_offline(True)
    register(broker, "Med feil klokke")
    context.set_offline(False)
    expect(state(broker)).to_contain_text("Sendt: nr.")
    made_at = re.search(r"made_at=([^&]+)", posted[-1])[1].replace("%3A", ":")
    code = HOUR + f"print(json.dumps(abs((t.now() - t.datetime.fromisoformat('{made_at}')).total_seconds())))"
    assert server.ask(code) < 30


def test_two_tablets_each_keep_their_own_order(broker, context, other_tablet, server):
    before = len(server.ask(ALL))
    for tablet in (context, other_tablet.context):
        tablet.set_offline(True)
    register(broker, "A1", "A2")
    register(other_tablet, "B1", "B2")
    for tablet in (other_tablet.context, context):
        tablet.set_offline(False)
    for tablet in (broker, other_tablet):
        expect(state(tablet)).to_contain_text("Sendt: nr.")
    sent = [summary for summary, _review in since(server, before)]
    assert sorted(sent) == ["A1", "A2", "B1", "B2"]
    assert [one for one in sent if one[0] == "A"] == ["A1", "A2"]
    assert [one for one in sent if one[0] == "B"] == ["B1", "B2"]


def test_two_tabs_that_empty_the_same_queue_are_harmless(broker, context, server):
    before = len(server.ask(ALL))
    second = context.new_page()
    second.goto("/demo/megler/")
    expect(state(second)).to_have_text("Tilkoblet")
    context.set_offline(True)
    register(broker, "En", "To", "Tre")
    expect(state(second)).to_have_text("3 venter på nett og sendes av seg selv")
    context.set_offline(False)
    for tab in (broker, second):
        expect(state(tab)).to_have_text(re.compile(r"^(Tilkoblet|Sendt: nr\. .+)$"), timeout=BY_ITSELF)
    assert since(server, before) == [["En", ""], ["To", ""], ["Tre", ""]]


def test_twenty_that_waited_are_sent_once_each_and_in_order(broker, context, server):
    before = len(server.ask(ALL))
    summaries = [f"Avtale {number}" for number in range(1, 21)]
    context.set_offline(True)
    register(broker, *summaries)
    expect(state(broker)).to_have_text("20 venter på nett og sendes av seg selv")
    context.set_offline(False)
    expect(state(broker)).to_have_text(f"Sendt: nr. {before + 1}–{before + 20}", timeout=BY_ITSELF)
    assert since(server, before) == [[summary, ""] for summary in summaries]


def test_somebody_else_on_the_same_tablet_does_not_send_it_as_their_own(broker, context, server):
    before = len(server.ask(ALL))
    name = server.ask(
        "import json; from borsen.models import User; print(json.dumps(str(User.objects.get(username='megler'))))"
    )
    context.set_offline(True)
    register(broker, "Den førstes")
    broker.goto("about:blank")
    context.set_offline(False)
    context.clear_cookies()
    open_form(broker, "arrangor")
    expect(state(broker)).to_have_text(f"1 avtale venter på at {name} logger inn")
    assert since(server, before) == []
    broker.goto("about:blank")
    context.clear_cookies()
    open_form(broker, "megler")
    expect(state(broker)).to_have_text(f"Sendt: nr. {before + 1}")
    code = (
        "import json;" + EVENT + "print(json.dumps([str(row.broker) for row in event.agreements.order_by('number')]))"
    )
    assert server.ask(code)[before:] == [name]


def test_what_needs_a_look_is_told_and_numbered(broker, context, server):
    before = len(server.ask(ALL))
    context.set_offline(True)
    register(broker, "Med en avmeldt")
    server.ask(
        "import json; from participants.models import Participant;"
        f"print(Participant.objects.filter(name='{RADIO}').update(status='cancelled'))"
    )
    context.set_offline(False)
    expect(state(broker)).to_have_text(f"Sendt: nr. {before + 1} må ses på av arrangøren")
    [[summary, reason]] = since(server, before)
    assert (summary, reason.startswith(f"{RADIO} er avmeldt.")) == ("Med en avmeldt", True)


def test_a_refused_one_steps_aside_for_those_behind_it_and_can_be_copied(broker, context, server):
    before = len(server.ask(ALL))
    context.set_offline(True)
    register(broker, "Kan ikke sendes", "Den bak")
    change(broker, "Kan ikke sendes", "one party")
    context.set_offline(False)
    expect(state(broker)).to_have_text("1 avtale ble ikke tatt imot")
    assert since(server, before) == [["Den bak", ""]]
    kept = broker.locator("#latest li", has_text="Kan ikke sendes")
    kept.get_by_text("Kopier teksten").click()
    expect(kept.get_by_role("textbox")).to_have_value(re.compile("Kveld: Kan ikke sendes"))
    broker.get_by_role("button", name="Ny avtale").click()
    state(broker).get_by_role("button").click()
    broker.locator("#latest li", has_text="Kan ikke sendes").get_by_role(
        "button", name="Legg tilbake i skjemaet"
    ).click()
    expect(broker.get_by_label("Kort om avtalen", exact=True)).to_have_value("Kan ikke sendes")
    expect(state(broker)).not_to_contain_text("ikke tatt imot")


@pytest.mark.parametrize(
    ("answer", "sent"), [("Send min som en ny avtale", ["Som den sto", "Skrevet om"]), ("Behold nr.", ["Som den sto"])]
)
def test_a_conflict_shows_both_and_the_broker_chooses(broker, server, answer, sent):
    before = len(server.ask(ALL))
    broker.evaluate(LOSE_THE_ANSWER)
    register(broker, "Som den sto")
    change(broker, "Som den sto", "Skrevet om")
    broker.evaluate("window.found()")
    expect(state(broker)).to_have_text("1 avtale ble ikke tatt imot")
    kept = broker.locator("#latest li.latest__kept")
    kept.get_by_text("Se begge").click()
    expect(kept.get_by_role("heading", name="Det du skrev")).to_be_visible()
    expect(kept.get_by_role("heading", name=f"Det som står på nr. {before + 1}")).to_be_visible()
    kept.get_by_role("button", name=answer).click()
    expect(state(broker)).not_to_contain_text("ikke tatt imot")
    expect(state(broker)).to_have_text(re.compile("Tilkoblet|Sendt"))
    assert [summary for summary, _review in since(server, before)] == sent


def test_a_device_that_cannot_keep_anything_says_so(broker, context, server):
    before = len(server.ask(ALL))
    broker.evaluate(
        "() => { IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    context.set_offline(True)
    register(broker, "Bare i minnet")
    expect(state(broker)).to_have_text("1 venter på nett. Ikke lukk siden før den er sendt.")
    context.set_offline(False)
    expect(state(broker)).to_have_text(f"Sendt: nr. {before + 1}")
    assert since(server, before) == [["Bare i minnet", ""]]


def test_a_late_gong_registers_what_waits_in_order_and_the_tablets_hear_of_it_at_once(
    broker, other_tablet, context, server
):
    clear = "event.agreements.all().delete(); event.opened_at = event.closes_at = None;"
    late = "event.starts_at = t.now() - d(minutes=3); event.save(); print(json.dumps(event.feed_version))"
    server.ask(HOUR + clear + late)
    for tablet in (broker, other_tablet):
        tablet.reload()
        expect(tablet.get_by_text("Legg avtalen i kø, så registreres den når gongen slås.")).to_be_visible()
        expect(tablet.locator("#send")).to_have_text("Legg i kø til gongen")
    register(broker, "A1", "A2")
    expect(broker.get_by_role("heading", name="I kø til gongen")).to_be_visible()
    expect(state(broker)).to_have_text("2 venter på gongen")
    register(other_tablet, "B1", "B2")
    other_tablet.get_by_role("button", name="Ny avtale").click()
    state(other_tablet).get_by_role("button").click()
    other_tablet.locator("#latest li", has_text="B1").get_by_role("button", name="Ta tilbake").click()
    expect(other_tablet.get_by_label("Kort om avtalen", exact=True)).to_have_value("B1")
    expect(state(other_tablet)).to_have_text("1 venter på gongen")
    context.set_offline(True)
    broker.get_by_role("button", name="Ny avtale").click()
    register(broker, "A3")
    expect(state(broker)).to_have_text("1 venter på nett, 2 på gongen")
    strike = "from display.gong import STROKES; STROKES['open'](event, t.now()); print(1)"
    server.ask(HOUR + strike)
    expect(state(other_tablet)).to_have_text("Sendt: nr. 3", timeout=8_000)
    expect(other_tablet.locator("#send")).to_have_text("Registrer avtale")
    context.set_offline(False)
    expect(state(broker)).to_have_text("Sendt: nr. 1, 2 og 4")
    assert since(server, 0) == [["A1", ""], ["A2", ""], ["B2", ""], ["A3", ""]]
