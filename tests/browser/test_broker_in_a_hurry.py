"""A broker with a queue: changes their mind, forgets the last tap, has two tabs, taps what is no longer possible."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import axe, sign_in
from .test_broker import ALL, choose, party, send, write
from .test_broker_form import LAST, SCROLL, option, registered

RADIO, SHOP, CAFE = "Granfjord Radioamatører", "Bruktbutikken «Andre Runde»", "Kafé Kiwano"
OFFER, NEED = "Reparasjon av gamle radioer og lamper", "Noen som kan reparere gamle radioer"
CHANGE = (
    "import json; from django.utils import timezone as t; from datetime import timedelta as d;"
    "from borsen.models import Event; print(json.dumps(Event.objects.filter(slug='demo').update({})))"
)
DRAFTS = """() => new Promise((resolve) => {
  const opening = indexedDB.open("borsen-demo");
  opening.onsuccess = () => {
    const asked = opening.result.transaction("drafts").objectStore("drafts").getAll();
    asked.onsuccess = () => resolve(asked.result.map((row) => row.values.summary));
  };
})"""


@pytest.fixture
def broker(page):
    page.set_viewport_size({"width": 1080, "height": 810})
    return opened(page)


@pytest.fixture(autouse=True)
def lost_networks_are_no_errors(no_errors_in_the_browser):
    yield
    expected = re.compile(r"net::ERR_|status of (403|409|422)")
    no_errors_in_the_browser[:] = [error for error in no_errors_in_the_browser if not expected.search(error)]


def opened(page):
    sign_in(page, "megler")
    page.goto("/demo/megler/")
    page.locator("#entry[data-has-list]").wait_for()
    return page


def gives(page, number):
    return page.get_by_label(f"Part {number} gir", exact=True)


def chip(page, name):
    return page.get_by_role("button", name=name)


def summary(page):
    return page.get_by_label("Kort om avtalen", exact=True)


# --- changes of mind


def test_a_need_and_then_an_offer_of_the_market_become_the_two_parties(broker):
    for kind, title in (("Trengs", "Høyt punkt til antenne"), ("Tilbys", "Møbler, lamper og kopper til møteplasser")):
        broker.get_by_role("button", name="Markedet").click()
        broker.locator("#market").get_by_text(kind).click()
        broker.get_by_label("Søk i markedet").fill(title)
        broker.locator(".market__row", has_text=title).click()
    expect(party(broker, 1)).to_have_value(RADIO)
    expect(party(broker, 2)).to_have_value(SHOP)


def test_an_offer_keeps_its_text_when_the_need_beside_it_is_taken_back(broker):
    choose(broker, 1, "radio", RADIO)
    choose(broker, 2, "runde", SHOP)
    chip(broker, OFFER).click()
    chip(broker, NEED).click()
    expect(gives(broker, 1)).to_have_value(OFFER)
    party(broker, 2).fill("")
    choose(broker, 2, "kiwano", CAFE)
    expect(gives(broker, 1)).to_have_value(OFFER)
    expect(summary(broker)).to_have_value(OFFER)
    expect(chip(broker, OFFER)).to_have_attribute("aria-pressed", "true")


def test_a_text_that_goes_gives_way_to_what_else_is_down(broker, server):
    choose(broker, 1, "radio", RADIO)
    choose(broker, 2, "runde", SHOP)
    chip(broker, NEED).click()
    chip(broker, OFFER).click()
    expect(gives(broker, 1)).to_have_value(NEED)
    chip(broker, NEED).click()
    expect(gives(broker, 1)).to_have_value(OFFER)
    expect(summary(broker)).to_have_value(OFFER)
    send(broker)
    registered(broker)
    assert server.ask(ALL)[-1][1] == OFFER


def test_who_meets_a_need_can_be_another_and_never_the_one_who_has_it(broker):
    choose(broker, 1, "radio", RADIO)
    choose(broker, 2, "runde", SHOP)
    chip(broker, NEED).click()
    party(broker, 1).fill("")
    choose(broker, 1, "kiwano", CAFE)
    expect(gives(broker, 1)).to_have_value(NEED)
    expect(chip(broker, NEED)).to_have_attribute("aria-pressed", "true")
    party(broker, 2).fill("")
    expect(gives(broker, 1)).to_have_value("")


def test_yes_it_is_registered_can_be_undone(page, server):
    page.set_viewport_size({"width": 1080, "height": 810})
    sign_in(page, "arrangor")
    page.goto("/demo/megler/")
    write(page, "Radiokveld i butikken")
    gives(page, 1).fill("Reparasjonskveld for radioer hver måned")
    gives(page, 2).fill("Hyller, benk og lamper til verkstedet")
    send(page)
    page.get_by_role("button", name="Ja, den er registrert").click()
    expect(party(page, 1)).to_be_focused()
    expect(summary(page)).to_have_value("")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Angre tømming").click()
    expect(summary(page)).to_have_value("Radiokveld i butikken")
    expect(party(page, 2)).to_have_value(SHOP)


def test_a_third_party_that_is_taken_away_takes_its_need_along(broker):
    choose(broker, 1, "kiwano", CAFE)
    choose(broker, 2, "radio", RADIO)
    broker.get_by_role("button", name="+ Legg til part").click()
    choose(broker, 3, "runde", SHOP)
    chip(broker, NEED).click()
    expect(summary(broker)).to_have_value(NEED)
    broker.get_by_role("button", name="Fjern", exact=True).click()
    expect(gives(broker, 1)).to_have_value("")
    expect(gives(broker, 2)).to_have_value("")
    expect(summary(broker)).to_have_value("")


def test_what_was_emptied_in_practice_does_not_come_back_among_the_real(broker):
    broker.locator(".bar__more summary").click()
    broker.get_by_role("button", name="Øv på skjemaet").click()
    summary(broker).fill("Bare på øvelse")
    broker.get_by_role("button", name="Tøm", exact=True).click()
    expect(broker.get_by_role("button", name="Angre tømming")).to_be_visible()
    broker.get_by_role("button", name="Avslutt øvelsen").click()
    expect(broker.get_by_role("button", name="Angre tømming")).to_have_count(0)
    expect(summary(broker)).to_have_value("")


# --- the last tap is forgotten


def test_a_whole_walk_in_is_taken_also_when_its_own_button_was_not_tapped(broker, server):
    choose(broker, 1, "kiwano", CAFE)
    party(broker, 2).press_sequentially("Nabolagets Vel")
    option(broker, "som ny deltaker").click()
    broker.get_by_role("button", name="Frivillig", exact=True).click()
    gives(broker, 1).fill("Suppe")
    broker.locator("#entry").get_by_text("Annet", exact=True).click()
    send(broker)
    registered(broker)
    assert server.ask(LAST)["parties"][1][:3] == ["Nabolagets Vel", "voluntary", "walk_in"]


def test_a_whole_walk_in_is_taken_also_where_an_agreement_is_corrected(broker, server):
    write(broker, "Suppe til laget")
    send(broker)
    registered(broker)
    number = broker.locator("[data-number]").inner_text()
    broker.goto(f"/demo/avtaler/{number}/rett/")
    party(broker, 2).fill("")
    party(broker, 2).press_sequentially("Nabolagets Vel")
    option(broker, "som ny deltaker").click()
    broker.get_by_role("button", name="Frivillig", exact=True).click()
    broker.get_by_role("button", name="Lagre rettelsen").click()
    expect(broker).to_have_url(re.compile(rf"/avtaler/{number}/$"))
    assert server.ask(LAST)["parties"][1][:3] == ["Nabolagets Vel", "voluntary", "walk_in"]


def test_a_walk_in_that_lacks_something_says_what_when_one_registers(broker):
    choose(broker, 1, "kiwano", CAFE)
    party(broker, 2).press_sequentially("Nabolagets Vel")
    option(broker, "som ny deltaker").click()
    gives(broker, 1).fill("Suppe")
    send(broker)
    expect(broker.get_by_text("Velg hva slags deltaker det er.")).to_be_visible()
    assert axe(broker) == []


def test_the_panel_of_a_walk_in_comes_back_as_it_stood(broker):
    party(broker, 1).press_sequentially("Nabolaget")
    option(broker, "som ny deltaker").click()
    broker.get_by_label("Navnet på deltakeren").fill("Nabolagets Vel")
    broker.get_by_label("Kontaktperson").fill("Mona Lie")
    broker.get_by_role("button", name="Bedrift", exact=True).click()
    broker.reload()
    expect(broker.get_by_label("Navnet på deltakeren")).to_have_value("Nabolagets Vel")
    expect(broker.get_by_label("Kontaktperson")).to_have_value("Mona Lie")
    expect(broker.get_by_role("button", name="Bedrift", exact=True)).to_have_attribute("aria-pressed", "true")
    broker.get_by_role("button", name="Tøm", exact=True).click()
    expect(broker.get_by_label("Navnet på deltakeren")).to_have_count(0)
    broker.wait_for_timeout(600)
    broker.get_by_role("button", name="Angre tømming").click()
    expect(broker.get_by_label("Navnet på deltakeren")).to_have_value("Nabolagets Vel")


# --- what cannot be


def test_a_day_that_has_passed_is_said_on_the_device_and_the_year_is_told_where_it_is_another(broker, context, server):
    write(broker)
    broker.locator(".entry__first").click()
    day = broker.locator("#id_first_contact_by")
    day.fill("2020-01-01")
    expect(broker.locator("[data-first-by]")).to_have_text("1.\u00a0januar\u00a02020")
    context.set_offline(True)
    send(broker)
    expect(broker.get_by_text("Velg en dato fra i dag og høyst ett år fram.")).to_be_visible()
    expect(broker.locator("#first-contact")).to_be_visible()
    broker.get_by_role("button", name="2 uker").click()
    send(broker)
    expect(broker.get_by_role("heading", name="Lagret på nettbrettet")).to_be_visible()


def test_what_was_said_of_the_hour_goes_when_the_hour_is_another(broker, context, server):
    server.ask(CHANGE.format("opened_at=None, closes_at=None, starts_at=t.now() + d(seconds=25)"))
    broker.reload()
    write(broker)
    context.set_offline(True)
    send(broker)
    expect(broker.get_by_text("Vi fikk ikke noe svar.")).to_be_visible()
    expect(broker.locator("#send")).to_have_text("Legg i kø til gongen", timeout=40_000)
    expect(broker.get_by_text("Vi fikk ikke noe svar.")).to_have_count(0)


def test_after_the_hour_nothing_is_offered_that_a_broker_may_not_do(broker, server):
    mend = broker.locator("#latest").get_by_role("link", name=re.compile("^Rett nr. "))
    broker.get_by_role("button", name="Markedet").click()
    broker.get_by_role("tab", name="Mine siste").click()
    expect(mend.first).to_be_visible()
    server.ask(CHANGE.format("opened_at=t.now() - d(minutes=90), closed_at=t.now() - d(minutes=30)"))
    expect(mend).to_have_count(0, timeout=30_000)
    broker.goto("/demo/avtaler/47/rett/")
    expect(broker.get_by_text("Nå er det arrangøren som retter og trekker avtaler.")).to_be_visible()
    expect(broker.get_by_text("gi deg en rolle")).to_have_count(0)


def test_the_arrows_pass_by_that_nobody_fits_and_reach_the_new_participant(broker):
    party(broker, 1).press_sequentially("xyzzy")
    expect(broker.get_by_text("Ingen deltaker passer til «xyzzy».")).to_be_visible()
    assert axe(broker) == []
    broker.keyboard.press("ArrowDown")
    broker.keyboard.press("Enter")
    expect(broker.get_by_label("Navnet på deltakeren")).to_have_value("xyzzy")


def test_taking_back_without_a_network_is_answered_where_one_looks(broker, context, server):
    server.ask(CHANGE.format("opened_at=None, closes_at=None, starts_at=t.now() - d(minutes=3)"))
    broker.reload()
    for number in range(3):
        write(broker, f"Venter {number}")
        broker.locator("#send").click()
        expect(broker.get_by_role("heading", name="I kø til gongen")).to_be_visible()
        broker.get_by_role("button", name="Ny avtale").click()
    broker.locator("#connection button").click()
    context.set_offline(True)
    broker.get_by_role("button", name="Ta tilbake").last.click()
    expect(broker.get_by_text("Vi får ikke kontakt, så avtalen kan ikke tas tilbake nå.")).to_be_in_viewport()


# --- two tabs, and focus


def test_an_empty_tab_leaves_the_draft_of_another_alone(broker, context):
    second = opened(context.new_page())
    write(broker, "Utkastet i den første")
    second.reload()
    second.locator("#entry[data-has-list]").wait_for()
    second.get_by_role("button", name="Tøm", exact=True).click()
    third = opened(context.new_page())
    third.close()
    second.close()
    summary(broker).press_sequentially("!")
    fourth = context.new_page()
    fourth.goto("about:blank")
    assert broker.evaluate(DRAFTS) == ["Utkastet i den første!"]


def test_two_tabs_keep_a_draft_each_and_the_newest_comes_first(broker, context):
    summary(broker).fill("Den første")
    second = context.new_page()
    sign_in(second, "megler")
    second.goto("/demo/megler/")
    second.locator("#entry[data-has-list]").wait_for()
    expect(summary(second)).to_have_value("Den første")
    second.get_by_role("button", name="Tøm", exact=True).click()
    summary(second).fill("Den andre")
    summary(broker).press_sequentially("!")
    assert sorted(broker.evaluate(DRAFTS)) == ["Den andre", "Den første!"]
    broker.reload()
    expect(summary(broker)).to_have_value("Den første!")


def test_a_tab_that_never_had_anything_takes_nothing_away_when_it_is_closed(broker, context):
    write(broker, "Utkastet i den første")
    other = context.new_page()
    sign_in(other, "megler")
    other.goto("/demo/avtaler/")
    assert broker.evaluate(DRAFTS) == ["Utkastet i den første"]
    empty = opened(context.new_page())
    empty.get_by_role("button", name="Tøm", exact=True).click()
    summary(broker).fill("Et annet")
    empty.reload()
    empty.close()
    assert broker.evaluate(DRAFTS) == ["Et annet"]


def test_focus_stays_on_the_page_when_a_party_is_taken_away_or_a_question_is_answered_with_no(broker):
    choose(broker, 1, "radio", RADIO)
    choose(broker, 2, "runde", SHOP)
    broker.get_by_role("button", name="+ Legg til part").click()
    choose(broker, 3, "kiwano", CAFE)
    broker.get_by_role("button", name="Fjern", exact=True).click()
    expect(broker.get_by_role("button", name="+ Legg til part")).to_be_focused()


# --- long words


def test_a_word_without_an_end_runs_out_of_no_page(broker, server):
    word = "x" * 95
    choose(broker, 1, "radio", RADIO)
    party(broker, 2).press_sequentially("Langt ")
    option(broker, "som ny deltaker").click()
    broker.get_by_label("Navnet på deltakeren").fill(f"Langt {word}")
    broker.get_by_role("button", name="Bedrift", exact=True).click()
    gives(broker, 1).fill(word)
    summary(broker).fill(f"{word}{word[:20]}")
    broker.locator("#entry").get_by_text("Annet", exact=True).click()
    send(broker)
    registered(broker)
    number = broker.locator("[data-number]").inner_text()
    found = {}
    for width in (1080, 390):
        broker.set_viewport_size({"width": width, "height": 844})
        broker.wait_for_timeout(200)
        found["receipt", width] = broker.evaluate(SCROLL)[0]
    for address in (f"/demo/avtaler/{number}/", "/demo/avtaler/"):
        broker.goto(address)
        for width in (1440, 1080, 390):
            broker.set_viewport_size({"width": width, "height": 844})
            found[address, width] = broker.evaluate(SCROLL)[0]
    assert found == {key: key[1] for key in found}


def test_ten_contacts_with_long_names_stay_on_one_screen_and_can_be_told_apart(broker, server):
    server.ask(
        "import json; from participants.models import Contact, Participant;"
        f"who = Participant.objects.get(name='{RADIO}');"
        "name = 'Anne-Kathrine Margrethe von der Lippe-Sørensen';"
        "print(json.dumps(len([Contact.objects.create(participant=who, name=f'{name} {n}') for n in range(10)])))"
    )
    broker.reload()
    choose(broker, 1, "radio", RADIO)
    choose(broker, 2, "runde", SHOP)
    broker.wait_for_timeout(300)
    assert broker.evaluate(SCROLL) == [1080, 810]
    group = broker.get_by_role("group", name="Hvem avtalte dette?")
    group.get_by_role("button", name=re.compile("^Vis ")).click()
    last = group.get_by_role("button", name=re.compile("Sørensen 9$"))
    last.click()
    expect(last).to_have_attribute("aria-pressed", "true")
    assert last.evaluate("chip => chip.scrollWidth <= chip.clientWidth") is True
