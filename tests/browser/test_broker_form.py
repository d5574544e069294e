"""The broker's form in real Chromium: who, what, first contact, walk-ins; and that it is one screen."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import axe, sign_in
from .test_broker import ALL, choose, party, send, write

SIZES = [(1080, 810), (1366, 1024), (810, 1080), (768, 1024)]
SCROLL = "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
LAST = (
    "import json; from agreements.models import Agreement; row = Agreement.objects.order_by('-number')[0];"
    "print(json.dumps({'first': row.first_contact.name, 'by': str(row.first_contact_by), 'time': row.first_time,"
    " 'challenge': row.challenge and row.challenge.text, 'payment': row.not_payment,"
    " 'parties': [[p.participant.name, p.participant.sector, p.participant.source, str(p.contact or '')]"
    " for p in row.parties.order_by('position')]}))"
)
NEWS_AFTER = 5200  # milliseconds: static/js/broker/directory.js, and a little more
MANY_CONTACTS = (
    "import json; from participants.models import Contact, Participant;"
    "who = Participant.objects.get(name='Granfjord Radioamatører');"
    "rows = [Contact.objects.create(participant=who, name=name) for name in ('Siri Strand', 'Ola Nordmann')];"
    "other = Participant.objects.get(name='Kafé Kiwano'); other.contacts.all().delete();"
    "rows.append(Contact.objects.create(participant=other, name='Siri  strand'));"
    "print(json.dumps(len(rows)))"
)


@pytest.fixture
def broker(page):
    page.set_viewport_size({"width": 1080, "height": 810})
    sign_in(page, "megler")
    page.goto("/demo/megler/")
    page.locator("#entry[data-has-list]").wait_for()
    return page


def option(page, name):
    return page.get_by_role("option", name=re.compile(f"(?<!«){re.escape(name)}"))


def walk_in(page, number, name, kind="Bedrift"):
    party(page, number).press_sequentially(name)
    option(page, f"Registrer «{name}» som ny deltaker").click()
    page.get_by_role("button", name=kind, exact=True).click()
    page.get_by_role("button", name="Bruk den nye deltakeren").click()


def registered(page):
    expect(page.get_by_role("heading", name="Registrert som nr.")).to_be_visible()


# --- finding a party


def test_a_contact_and_words_of_the_organisation_find_it_and_the_hit_says_why(broker):
    party(broker, 1).press_sequentially("arne fra radioamatørene")
    expect(option(broker, "Granfjord Radioamatører")).to_contain_text("Kontakt: Arne Vikmo")
    party(broker, 1).fill("arne fra kajakk")
    expect(option(broker, "Granfjord")).to_have_count(0)


def test_two_of_the_same_name_are_told_apart_by_where_they_are_and_not_chosen_by_themselves(broker, server):
    server.ask(
        "import json; from borsen.models import Event; from participants.models import Participant;"
        "event = Event.objects.get(slug='demo');"
        "[Participant.objects.create(event=event, name='Fotoklubben', sector='voluntary',"
        " place=place, status='approved') for place in ('Bord 71', 'Bord 72')]; print(json.dumps(True))"
    )
    broker.reload()
    party(broker, 1).press_sequentially("fotoklubben")
    expect(option(broker, "Fotoklubben")).to_contain_text(["Bord 71", "Bord 72"])
    broker.get_by_label("Part 1 gir", exact=True).focus()
    expect(broker.get_by_text("«fotoklubben» er ikke valgt.")).to_be_visible()


def test_whom_the_broker_used_last_comes_first_also_after_the_page_was_closed(broker, server):
    write(broker)
    send(broker)
    registered(broker)
    broker.reload()
    party(broker, 1).click()
    first = broker.get_by_role("option")
    expect(first.nth(0)).to_contain_text("Granfjord Radioamatører")
    expect(first.nth(0)).to_contain_text("Sist brukt")
    expect(first.nth(1)).to_contain_text("Bruktbutikken «Andre Runde»")
    expect(first.nth(2)).not_to_contain_text("Sist brukt")


def test_the_search_works_when_the_list_cannot_be_fetched(broker, context, no_errors_in_the_browser):
    choose(broker, 1, "radio", "Granfjord Radioamatører")
    context.route("**/megler/deltakere/", lambda route: route.abort())
    broker.reload()
    choose(broker, 2, "runde", "Bruktbutikken «Andre Runde»")
    expect(party(broker, 1)).to_have_value("Granfjord Radioamatører")
    no_errors_in_the_browser.clear()


# --- from field to field


def test_enter_goes_on_to_what_is_empty_and_never_sends(broker, server):
    before = len(server.ask(ALL))
    press = broker.keyboard.press
    party(broker, 1).focus()
    broker.keyboard.type("radioama")
    press("Enter")
    expect(party(broker, 2)).to_be_focused()
    broker.keyboard.type("runde")
    press("Enter")
    expect(broker.locator("[data-chips]").first).to_be_focused()
    broker.get_by_label("Part 1 gir", exact=True).focus()
    broker.keyboard.type("Kurs")
    press("Enter")
    expect(broker.get_by_label("Part 2 gir", exact=True)).to_be_focused()
    press("Enter")
    expect(broker.get_by_role("radio", name="Lokaler")).to_be_focused()
    press("Space")
    broker.get_by_label("Kort om avtalen", exact=True).focus()
    press("Enter")
    expect(broker.locator("#send")).to_be_focused()
    assert len(server.ask(ALL)) == before
    press("Enter")
    registered(broker)


def test_each_field_asks_for_the_keyboard_that_fits(broker):
    def of(locator):
        return locator.evaluate("e => [e.inputMode, e.autocapitalize, e.enterKeyHint, e.spellcheck]")

    party(broker, 1).click()
    assert of(party(broker, 1)) == ["text", "none", "next", False]
    assert party(broker, 1).get_attribute("autocorrect") == "off"
    assert of(broker.get_by_label("Part 1 gir", exact=True)) == ["text", "sentences", "next", True]
    assert of(broker.get_by_label("Kort om avtalen", exact=True)) == ["text", "sentences", "done", True]


def test_the_form_is_emptied_with_one_tap_and_back_with_another(broker):
    write(broker)
    broker.get_by_role("button", name="Tøm", exact=True).click()
    expect(party(broker, 1)).to_have_value("")
    expect(broker.get_by_label("Kort om avtalen", exact=True)).to_have_value("")
    broker.wait_for_timeout(600)
    broker.get_by_role("button", name="Angre tømming").click()
    expect(party(broker, 1)).to_have_value("Granfjord Radioamatører")
    expect(broker.get_by_label("Kort om avtalen", exact=True)).to_have_value("Radioverksted i bruktbutikken")
    expect(broker.get_by_role("radio", name="Praktisk hjelp og dugnad")).to_be_checked()


def test_the_counter_counts_down_the_line_on_the_storskjerm_and_then_to_the_limit(broker):
    summary, count = broker.get_by_label("Kort om avtalen", exact=True), broker.locator('[data-count="summary"]')
    summary.fill("x" * 20)
    expect(count).to_have_text("Plass til 8 tegn til i listen på skjermen")
    summary.fill("x" * 29)
    expect(count).to_have_text("Kortes av i listen på skjermen · 29 av 120 tegn")
    summary.fill("x" * 121)
    expect(count).to_have_text("121 av 120 tegn")
    broker.get_by_label("Part 2 gir", exact=True).fill("kake")
    expect(broker.locator('[data-count="gives"]').nth(1)).to_have_text("4 av 200 tegn")


# --- what is said of the agreement


def test_first_contact_and_what_is_said_of_the_agreement_arrive_as_chosen(broker, server):
    write(broker)
    broker.get_by_role("button", name=re.compile("tar kontakt innen")).click()
    assert axe(broker) == []
    broker.get_by_role("radio", name="Bruktbutikken «Andre Runde»").check()
    broker.get_by_role("button", name="1 uke").click()
    by = broker.get_by_label("Innen").input_value()
    broker.keyboard.press("Escape")
    expect(broker.locator("#first-contact")).to_be_hidden()
    expect(broker.locator("[data-first-contact]")).to_have_text("Bruktbutikken «Andre Runde»")
    broker.get_by_role("button", name="Mer om avtalen").click()
    broker.get_by_text("Nei", exact=True).click()
    challenge = broker.get_by_label("Problemstilling").locator("option").nth(1).inner_text()
    broker.get_by_label("Problemstilling").select_option(challenge)
    assert axe(broker) == []
    broker.reload()  # the draft holds it all
    send(broker)
    registered(broker)
    said = server.ask(LAST)
    assert {name: said[name] for name in ("first", "by", "time", "challenge")} == {
        "first": "Bruktbutikken «Andre Runde»",
        "by": by,
        "time": "yes",
        "challenge": challenge,
    }


def test_whether_they_know_each_other_is_taken_back_by_the_same_tap(broker):
    broker.get_by_role("button", name="Mer om avtalen").click()
    yes = broker.get_by_role("radio", name="Ja", exact=True)
    broker.get_by_text("Ja", exact=True).click()
    expect(yes).to_be_checked()
    broker.get_by_text("Ja", exact=True).click()
    expect(yes).not_to_be_checked()


def test_who_is_chosen_gets_the_contacts_of_a_newer_list(broker, server):
    choose(broker, 1, "radio", "Granfjord Radioamatører")
    expect(broker.get_by_text("Hvem avtalte dette?")).to_have_count(0)
    server.ask(MANY_CONTACTS)
    # Looking for somebody who is not on the list asks for a newer one, but not sooner than this after the last.
    broker.wait_for_timeout(NEWS_AFTER)
    party(broker, 2).press_sequentially("finnes ikke")
    expect(broker.get_by_text("Hvem avtalte dette?")).to_have_count(1)
    expect(broker.get_by_role("button", name="Siri Strand")).to_be_visible()
    expect(party(broker, 1)).to_have_value("Granfjord Radioamatører")


def test_one_of_several_contacts_is_tapped_and_tapped_away(broker, server):
    server.ask(MANY_CONTACTS)
    broker.reload()
    write(broker)
    siri = broker.get_by_role("group", name="Hvem avtalte dette?").get_by_role("button", name="Siri Strand")
    expect(broker.get_by_text("Hvem avtalte dette?")).to_have_count(1)  # the other has one contact only
    siri.click()
    expect(siri).to_have_attribute("aria-pressed", "true")
    siri.click()
    expect(siri).to_have_attribute("aria-pressed", "false")
    siri.click()
    assert axe(broker) == []
    send(broker)
    registered(broker)
    assert [row[3] for row in server.ask(LAST)["parties"]] == ["Siri Strand", ""]


def test_one_person_behind_both_parties_is_asked_about_before_anything_is_sent(broker, server):
    server.ask(MANY_CONTACTS)
    broker.reload()
    before = len(server.ask(ALL))
    choose(broker, 1, "radio", "Granfjord Radioamatører")
    choose(broker, 2, "kiwano", "Kafé Kiwano")
    broker.get_by_label("Part 1 gir", exact=True).fill("Kurs")
    broker.locator("#entry").get_by_text("Tid for andre", exact=True).click()
    broker.get_by_role("button", name="Siri Strand").click()
    sent = []
    broker.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    send(broker)
    expect(broker.get_by_role("alert")).to_contain_text(re.compile("Siri +strand står bak", re.IGNORECASE))
    assert sent == []
    assert axe(broker) == []
    broker.get_by_role("button", name="Ja, registrer").click()
    registered(broker)
    assert len(server.ask(ALL)) == before + 1


def test_money_is_caught_at_its_field_also_without_a_server_and_can_be_said_not_to_be_payment(
    broker, server, no_errors_in_the_browser
):
    write(broker)
    server.kill()
    tick = broker.get_by_label("Det er ikke betaling mellom partene")
    expect(tick).to_be_hidden()
    broker.get_by_label("Part 1 gir", exact=True).fill("Radioer for 500 kr")
    send(broker)
    expect(broker.get_by_text("«500 kr»")).to_be_visible()
    expect(broker.get_by_label("Part 1 gir", exact=True)).to_have_attribute("aria-invalid", "true")
    expect(tick).to_be_visible()
    assert axe(broker) == []
    server.start()
    tick.check()
    send(broker)
    registered(broker)
    assert server.ask(LAST)["payment"] is True
    no_errors_in_the_browser.clear()


# --- who came without being on the list


def test_a_walk_in_becomes_a_party_and_nothing_that_was_typed_is_lost(broker, server):
    broker.get_by_label("Part 2 gir", exact=True).fill("Kaffe til alle")
    broker.locator("#entry").get_by_text("Tid for andre", exact=True).click()
    party(broker, 1).press_sequentially("Kafé Kiwamo")
    option(broker, "som ny deltaker").click()
    expect(broker.get_by_label("Navnet på deltakeren")).to_have_value("Kafé Kiwamo")
    expect(broker.get_by_text("Mente du:")).to_be_visible()
    assert axe(broker) == []
    broker.get_by_role("button", name="Bruk den nye deltakeren").click()
    expect(broker.get_by_text("Velg hva slags deltaker det er.")).to_be_visible()
    broker.get_by_role("button", name="Bedrift", exact=True).click()
    broker.get_by_label("Kontaktperson").fill("Mona Lie")
    broker.get_by_role("button", name="Bruk den nye deltakeren").click()
    expect(party(broker, 1)).to_have_value("Kafé Kiwamo")
    expect(broker.get_by_label("Part 2 gir", exact=True)).to_have_value("Kaffe til alle")
    broker.reload()
    expect(party(broker, 1)).to_have_value("Kafé Kiwamo")
    choose(broker, 2, "runde", "Bruktbutikken «Andre Runde»")
    send(broker)
    registered(broker)
    assert server.ask(LAST)["parties"] == [
        ["Kafé Kiwamo", "business", "walk_in", "Mona Lie"],
        ["Bruktbutikken «Andre Runde»", "business", "demo", ""],
    ]


def test_the_panel_gives_back_what_was_typed_and_offers_who_was_meant(broker):
    party(broker, 1).press_sequentially("Kafe Kiwan")
    option(broker, "Registrer «Kafe Kiwan» som ny deltaker").click()
    broker.keyboard.press("Escape")
    expect(party(broker, 1)).to_have_value("Kafe Kiwan")
    expect(party(broker, 1)).to_be_focused()
    party(broker, 1).press_sequentially("x")
    option(broker, "Registrer «Kafe Kiwanx» som ny deltaker").click()
    broker.get_by_role("button", name=re.compile("^Kafé Kiwano")).click()
    expect(party(broker, 1)).to_have_value("Kafé Kiwano")


def test_a_walk_in_without_a_server_is_found_again_and_is_one_participant_in_the_end(
    broker, server, no_errors_in_the_browser
):
    party(broker, 1).click()
    expect(option(broker, "Bakeriet")).to_be_visible()
    server.kill()
    walk_in(broker, 1, "Nabolagets Sykkelverksted")
    choose(broker, 2, "runde", "Bruktbutikken «Andre Runde»")
    broker.get_by_label("Part 1 gir", exact=True).fill("Sykkelkurs")
    broker.locator("#entry").get_by_text("Tid for andre", exact=True).click()
    send(broker)
    expect(broker.get_by_role("heading", name="Lagret på nettbrettet")).to_be_visible()
    broker.get_by_role("button", name="Ny avtale").click()
    choose(broker, 1, "sykkelverk", "Nabolagets Sykkelverksted")
    choose(broker, 2, "kiwano", "Kafé Kiwano")
    broker.get_by_label("Part 1 gir", exact=True).fill("Sykkelvask")
    broker.locator("#entry").get_by_text("Tid for andre", exact=True).click()
    send(broker)
    expect(broker.get_by_role("heading", name="Lagret på nettbrettet")).to_be_visible()
    server.start()
    expect(broker.locator("#connection")).to_contain_text(re.compile("Tilkoblet|Sendt"), timeout=40_000)
    count = (
        "import json; from participants.models import Participant;"
        "rows = Participant.objects.filter(name='Nabolagets Sykkelverksted');"
        "print(json.dumps([rows.count(), rows[0].agreements.count() if hasattr(rows[0], 'agreements')"
        " else rows[0].party_set.count() if hasattr(rows[0], 'party_set') else rows[0].parties.count()]))"
    )
    assert server.ask(count) == [1, 2]
    no_errors_in_the_browser.clear()


# --- one screen


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_everything_is_one_screen_in_every_state_and_size(broker, server, width, height):
    server.ask(MANY_CONTACTS)
    broker.set_viewport_size({"width": width, "height": height})
    broker.reload()
    found = {"empty": broker.evaluate(SCROLL)}
    send(broker)
    broker.wait_for_timeout(200)
    found["errors"] = broker.evaluate(SCROLL)
    write(broker)
    broker.wait_for_timeout(200)
    found["written"] = broker.evaluate(SCROLL)
    broker.get_by_role("button", name="Mer om avtalen").click()
    broker.wait_for_timeout(200)
    found["more"] = broker.evaluate(SCROLL)
    assert found == {state: [width, height] for state in found}
    assert axe(broker) == []


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_four_parties_and_a_walk_in_are_one_screen(broker, width, height):
    broker.set_viewport_size({"width": width, "height": height})
    choose(broker, 1, "radio", "Granfjord Radioamatører")
    choose(broker, 2, "runde", "Bruktbutikken «Andre Runde»")
    party(broker, 1).fill("Hobbyklubben")
    option(broker, "som ny deltaker").click()
    broker.wait_for_timeout(200)
    assert broker.evaluate(SCROLL) == [width, height]
    broker.get_by_role("button", name="Avbryt").click()
    party(broker, 1).fill("radioama")
    party(broker, 1).press("Enter")
    for number, letters, name in ((3, "kiwano", "Kafé Kiwano"), (4, "kajakk", "Granfjord Kajakklubb")):
        broker.get_by_role("button", name="+ Legg til part").click()
        choose(broker, number, letters, name)
    broker.wait_for_timeout(200)
    assert broker.evaluate(SCROLL) == [width, height]
    assert axe(broker) == []


IN_SIGHT = """button => {
  const box = button.getBoundingClientRect();
  const middle = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return box.top >= 0 && box.bottom <= innerHeight && button.contains(middle);
}"""


@pytest.mark.parametrize(("width", "height"), [*SIZES, (390, 844)])
def test_the_button_is_in_sight_also_with_four_parties_and_a_message_at_each(broker, width, height):
    broker.set_viewport_size({"width": width, "height": height})
    who = ("Granfjord Radioamatører", "Bruktbutikken «Andre Runde»", "Kafé Kiwano", "Granfjord Kajakklubb")
    for number, name in enumerate(who, start=1):
        if number > 2:
            broker.get_by_role("button", name="+ Legg til part").click()
        choose(broker, number, name[-8:].lower(), name)
        broker.get_by_label(f"Part {number} gir", exact=True).fill(f"{number}00 kr")
    send(broker)
    expect(broker.get_by_text("Penger er aldri med på børsen")).to_have_count(4)
    broker.wait_for_timeout(200)
    assert broker.locator("#send").evaluate(IN_SIGHT) is True
    broker.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    assert broker.locator("#send").evaluate(IN_SIGHT) is True


def test_whether_it_is_payment_is_no_longer_asked_when_the_words_are_gone(broker):
    write(broker)
    broker.get_by_label("Part 1 gir", exact=True).fill("500 kr")
    send(broker)
    expect(broker.get_by_label("Det er ikke betaling mellom partene")).to_be_visible()
    broker.get_by_label("Part 1 gir", exact=True).fill("500 kroner")
    expect(broker.get_by_label("Det er ikke betaling mellom partene")).to_be_visible()
    broker.get_by_label("Part 1 gir", exact=True).fill("Kurs")
    expect(broker.get_by_label("Det er ikke betaling mellom partene")).to_be_hidden()


SEEN = """(field) => {
  const top = window.visualViewport.offsetTop;
  const bottom = top + window.visualViewport.height;
  const inside = (box) => box.top >= top - 1 && box.bottom <= bottom + 1;
  const button = document.getElementById("send").getBoundingClientRect();
  const list = [...document.querySelectorAll("u-datalist")].find((list) => !list.hidden)?.getBoundingClientRect();
  const whole = (box) => inside(box) && box.bottom <= list.bottom + 1 && list.bottom <= button.top + 1;
  const rows = [...document.querySelectorAll("u-option")].map((row) => row.getBoundingClientRect());
  return {
    field: inside(field.getBoundingClientRect()) && field.getBoundingClientRect().bottom <= button.top,
    button: inside(button) && button.height >= 44,
    rows: list ? rows.filter((box) => box.height && whole(box)).length : 0,
  };
}"""
# Safari leaves the page as it was and says through visualViewport alone how much of it the keyboard has left.
COVERED = """Object.defineProperty(VisualViewport.prototype, "height", {
  configurable: true, get: () => (window.keyboard ? 400 : window.innerHeight) });"""


@pytest.mark.parametrize("width", [1080, 810])
@pytest.mark.parametrize("browser_kind", ["lower window", "covered page"])
def test_with_400_pixels_left_the_field_its_suggestions_and_the_button_are_seen(broker, width, browser_kind):
    if browser_kind == "lower window":
        broker.set_viewport_size({"width": width, "height": 400})
    else:
        broker.set_viewport_size({"width": width, "height": 1890 - width})
        broker.add_init_script(COVERED)
    broker.reload()

    def keyboard(*, up):
        if browser_kind == "covered page":
            broker.evaluate("up => { window.keyboard = up; visualViewport.dispatchEvent(new Event('resize')); }", up)

    keyboard(up=True)
    for number in (1, 2):
        party(broker, number).focus()
        broker.keyboard.type("granfjord")
        broker.wait_for_timeout(400)
        seen = party(broker, number).evaluate(SEEN)
        assert (seen["field"], seen["button"]) == (True, True), (number, seen)
        assert seen["rows"] >= 3, (number, seen)
        broker.keyboard.press("Escape")
    for label in ("Part 1 gir", "Part 2 gir", "Kort om avtalen"):
        field = broker.get_by_label(label, exact=True)
        field.evaluate("field => field.focus({ preventScroll: true })")
        broker.wait_for_timeout(200)
        seen = field.evaluate(SEEN)
        assert (seen["field"], seen["button"]) == (True, True), (label, seen)
    keyboard(up=False)
    if browser_kind == "covered page":
        expect(broker.locator(".bar")).to_be_visible()


def test_names_of_120_letters_and_an_empty_event_stay_on_the_screen(broker, server):
    name = (
        "Stiftelsen for bevaring av kystkulturens håndverk, " + "fellesskapsopplevelser og " * 2 + "møteplassutvikling"
    )
    code = (
        "import json; from participants.models import Participant;"
        "print(json.dumps(Participant.objects.filter(name='Granfjord Radioamatører').update(name={!r})))"
    )
    server.ask(code.format(name[:120]))
    for width, height in SIZES:
        broker.set_viewport_size({"width": width, "height": height})
        broker.reload()
        if party(broker, 1).input_value() == "":
            party(broker, 1).press_sequentially("kystkultur")
            option(broker, "Stiftelsen").click()
        broker.wait_for_timeout(300)
        assert broker.evaluate(SCROLL) == [width, height]
    server.ask(
        "import json; from participants.models import Participant;"
        "print(json.dumps(Participant.objects.update(status='cancelled')))"
    )
    broker.reload()
    broker.wait_for_timeout(500)
    party(broker, 2).click()
    expect(broker.get_by_role("option")).to_contain_text(["Registrer en ny deltaker"])
    assert axe(broker) == []
