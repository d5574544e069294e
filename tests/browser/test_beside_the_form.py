"""What stands around the broker's form: the market, the latest, «Les sammen», needs met, practice and help."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import axe, sign_in

pytestmark = pytest.mark.patient

EVENT = "import json; from borsen.models import Event; event = Event.objects.get(slug='demo');"
COUNT = EVENT + "print(event.agreements.count())"
RADIO, SHOP = "Granfjord Radioamatører", "Bruktbutikken «Andre Runde»"
# A need of RADIO that no agreement of the demo has met.
ANTENNA = "Høyt punkt til antenne"


@pytest.fixture
def broker(page):
    page.set_viewport_size({"width": 1080, "height": 810})
    sign_in(page, "megler")
    page.goto("/demo/megler/")
    page.locator("#entry[data-has-list]").wait_for()
    return page


def party(page, number):
    return page.get_by_role("combobox", name=f"Part {number}", exact=True)


def gives(page, number):
    return page.get_by_label(f"Part {number} gir", exact=True)


def write(page, *, first=RADIO, second=SHOP, category="Tid for andre"):
    for number, name in ((1, first), (2, second)):
        party(page, number).fill(name)
        expect(page.get_by_role("option", name=re.compile(f"(?<!«){re.escape(name)}")).first).to_be_visible()
        party(page, number).press("Enter")
        expect(party(page, number)).to_have_value(name)
    gives(page, 1).fill("Reparasjonskveld hver måned")
    page.get_by_role("radio", name=category).check(force=True)


def category_of(server, title):
    code = "from participants.models import Resource; print(json.dumps(Resource.objects.get(title=%r).category.name))"
    return server.ask(EVENT + code % title)


def test_the_market_opens_over_the_form_is_searched_and_gives_focus_back(broker):
    gives(broker, 1).fill("Halvferdig")
    opener = broker.get_by_role("button", name="Markedet")
    opener.click()
    expect(broker.get_by_role("tab", name="Markedet")).to_be_focused()
    broker.get_by_label("Søk i markedet").fill("punkt antenne")
    rows = broker.locator(".market__row")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(ANTENNA)
    expect(rows).to_contain_text(RADIO)
    assert axe(broker) == []
    broker.get_by_label("Søk i markedet").fill("finnes ikke")
    expect(broker.get_by_text("Ingenting passer til søket.")).to_be_visible()
    broker.keyboard.press("Escape")
    broker.keyboard.press("Escape")
    expect(broker.locator("#side")).to_be_hidden()
    expect(gives(broker, 1)).to_have_value("Halvferdig")
    opener.click()
    broker.get_by_role("button", name="Lukk").click()
    expect(opener).to_be_focused()


def test_a_row_of_the_market_fills_the_first_empty_card_with_the_chip_down(broker):
    party(broker, 1).fill(SHOP)
    party(broker, 1).press("Enter")
    broker.get_by_role("button", name="Markedet").click()
    broker.locator(".market__row", has_text=ANTENNA).click()
    expect(party(broker, 2)).to_have_value(RADIO)
    expect(gives(broker, 1)).to_have_value(ANTENNA)
    expect(broker.get_by_role("button", name=ANTENNA)).to_have_attribute("aria-pressed", "true")
    expect(broker.locator("#side")).to_be_hidden()


def test_with_every_card_taken_the_market_says_where_they_stand(broker):
    write(broker)
    broker.get_by_role("button", name="Markedet").click()
    broker.get_by_label("Søk i markedet").fill("sjakklubb")
    broker.locator(".market__row").first.click()
    expect(broker.locator(".market__note")).to_contain_text(
        "Begge partene er valgt. Her står den du trykket på: Granfjord Sjakk"
    )
    expect(party(broker, 1)).to_have_value(RADIO)


def test_on_a_wide_page_the_market_stands_beside_the_form_and_met_needs_leave_it(broker, server):
    broker.set_viewport_size({"width": 1366, "height": 1024})
    row = broker.locator(".market__row", has_text=ANTENNA)
    expect(row).to_be_visible()
    write(broker)
    broker.locator(".chips").get_by_role("button", name=ANTENNA).click()
    broker.locator("#send").click()
    expect(broker.locator("#receipt")).to_be_visible()
    broker.get_by_role("button", name="Ny avtale").click()
    expect(row).to_have_count(0, timeout=15_000)
    assert axe(broker) == []


def test_a_need_of_the_same_kind_is_asked_about_and_one_tap_saves_it(broker, server):
    write(broker, category=category_of(server, ANTENNA))
    broker.locator("#send").click()
    chips = broker.locator("#needs button")
    expect(broker.get_by_role("heading", name="Dekker avtalen dette behovet?")).to_be_visible()
    assert axe(broker) == []
    chips.filter(has_text=ANTENNA).click()
    expect(broker.get_by_text(f"Lagret: «{ANTENNA}» er dekket.")).to_be_visible()
    number = int(broker.locator("[data-number]").inner_text())
    code = "print(json.dumps([p.need.title for p in event.agreements.get(number=%d).parties.all() if p.need]))"
    assert server.ask(EVENT + code % number) == [ANTENNA]


def test_a_need_that_could_not_be_saved_is_said_and_can_be_tried_again(
    broker, context, server, no_errors_in_the_browser
):
    write(broker, category=category_of(server, ANTENNA))
    broker.locator("#send").click()
    chip = broker.locator("#needs button", has_text=ANTENNA)
    expect(chip).to_be_visible()
    context.set_offline(True)
    chip.click()
    expect(broker.get_by_text("Vi fikk ikke lagret det. Prøv igjen.")).to_be_visible()
    context.set_offline(False)
    chip.click()
    expect(broker.get_by_text(f"Lagret: «{ANTENNA}» er dekket.")).to_be_visible()
    no_errors_in_the_browser.clear()


def test_the_latest_of_the_event_stand_beside_the_brokers_own(broker):
    write(broker)
    broker.locator("#send").click()
    expect(broker.get_by_role("tab", name="Mine siste")).to_have_attribute("aria-selected", "true")
    number = broker.locator("[data-number]").inner_text()
    expect(broker.get_by_role("link", name=f"Rett nr. {number}")).to_be_visible()
    broker.get_by_role("tab", name="Mine siste").focus()
    broker.keyboard.press("ArrowRight")
    expect(broker.get_by_role("tab", name="Alles siste")).to_be_focused()
    expect(broker.locator("#latest-of-event li").first).to_contain_text(number)


def test_practising_saves_and_sends_nothing_and_gives_the_real_draft_back(broker, server):
    before = server.ask(COUNT)
    gives(broker, 1).fill("Det ekte utkastet")
    posted = []
    broker.on("request", lambda request: request.method == "POST" and posted.append(request.url))
    broker.locator(".bar__more summary").click()
    broker.get_by_role("button", name="Øv på skjemaet").click()
    band = broker.locator("#practice")
    expect(band.get_by_text("Øvelse", exact=True)).to_be_visible()
    expect(broker.get_by_role("link", name="Alle avtaler")).to_be_hidden()
    party(broker, 1).press_sequentially("radio")
    expect(broker.get_by_text("Ingen deltaker passer til «radio».")).to_be_visible()
    write(broker, first="Bakeriet Bolla", second="Måneskinn skolekorps", category="Annet")
    assert axe(broker) == []
    broker.locator("#send").click()
    expect(broker.get_by_role("heading", name="Øvelse: registrert som nr.")).to_be_visible()
    expect(broker.locator("[data-number]")).to_have_text("1")
    expect(broker.locator("#star")).to_be_hidden()
    broker.locator("#needs button").first.click()
    expect(broker.get_by_text("er dekket.")).to_be_visible()
    expect(band).to_be_in_viewport()
    broker.get_by_role("button", name="Avslutt øvelsen").click()
    expect(gives(broker, 1)).to_have_value("Det ekte utkastet")
    expect(band).to_be_hidden()
    party(broker, 1).fill(RADIO)
    party(broker, 1).press("Enter")
    expect(party(broker, 1)).to_have_value(RADIO)
    assert (server.ask(COUNT), posted) == (before, [])


def test_help_is_asked_for_with_one_tap_and_the_answer_is_told(broker, context, server, no_errors_in_the_browser):
    broker.get_by_role("button", name="Trenger hjelp").click()
    asked = broker.get_by_role("button", name="Du har bedt om hjelp")
    expect(asked).to_be_visible()
    assert axe(broker) == []
    answer = (
        "from borsen.help_calls import answer_help, open_calls; from django.utils import timezone;"
        "call = open_calls(event)[0]; by = event.memberships.first().user;"
        "print(json.dumps(answer_help(event=event, pk=call.pk, by=by, now=timezone.now())))"
    )
    assert server.ask(EVENT + answer) is True
    coming = broker.get_by_role("button", name="Arrangøren kommer")
    expect(coming).to_be_visible(timeout=15_000)
    context.set_offline(True)
    coming.click()
    expect(broker.get_by_role("alert")).to_contain_text("Rekk opp hånda!")
    context.set_offline(False)
    expect(broker.get_by_text("Rekk opp hånda!")).to_be_hidden(timeout=15_000)
    no_errors_in_the_browser.clear()


@pytest.fixture
def reading(server, broker):
    server.ask(EVENT + "event.reads_together = True; event.save(); print(1)")
    broker.reload()
    return broker


def test_what_is_read_together_is_large_and_right_and_escape_changes_nothing(reading, server):
    before = server.ask(COUNT)
    write(reading)
    gives(reading, 2).fill("Hyller og benk")
    reading.locator("#send").click()
    dialog = reading.get_by_role("dialog", name="Stemmer dette?")
    sentences = dialog.locator("[data-sentences] p")
    expect(sentences).to_have_count(3)
    assert sentences.all_inner_texts()[:2] == [
        f"{RADIO} gir Reparasjonskveld hver måned til {SHOP}.",
        f"{SHOP} gir Hyller og benk til {RADIO}.",
    ]
    expect(sentences.last).to_have_text(re.compile(rf"^{RADIO} tar kontakt innen \d+\.\s\w+\.$"))
    assert sentences.first.evaluate("p => parseFloat(getComputedStyle(p).fontSize)") >= 28
    assert axe(reading) == []
    reading.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(gives(reading, 1)).to_have_value("Reparasjonskveld hver måned")
    assert server.ask(COUNT) == before
    reading.locator("#send").click()
    dialog.get_by_role("button", name="Stemmer, registrer").click()
    expect(reading.get_by_role("heading", name="Registrert som nr.")).to_be_visible()
    assert server.ask(COUNT) == before + 1


def test_an_intention_with_one_giver_and_two_receivers_is_worded_as_one(reading):
    write(reading)
    reading.get_by_role("radio", name="Intensjonsavtale").check(force=True)
    reading.get_by_role("button", name="+ Legg til part").click()
    party(reading, 3).fill("Granfjord Kajakklubb")
    party(reading, 3).press("Enter")
    reading.locator("#send").click()
    dialog = reading.get_by_role("dialog", name="Intensjonsavtale. Stemmer dette?")
    expect(dialog).to_contain_text(f"{RADIO} vil gi Reparasjonskveld hver måned til {SHOP} og Granfjord Kajakklubb.")
    expect(dialog).to_contain_text("Partene vil dette, men må avklare noe først.")
    dialog.get_by_role("button", name="Endre").click()
    expect(reading.locator("#send")).to_be_visible()


def test_what_is_read_together_is_in_sight_also_on_a_telephone_and_says_nothing_twice(reading):
    write(reading)
    reading.get_by_role("button", name="Reparasjon av gamle radioer og lamper").click()
    gives(reading, 2).fill("Hyller, benk og lamper til verkstedet.")
    reading.set_viewport_size({"width": 390, "height": 844})
    reading.locator("#send").click()
    text = reading.locator("[data-sentences]")
    expect(text.locator("p")).to_have_count(3)
    expect(text).to_contain_text(f"{SHOP} gir Hyller, benk og lamper til verkstedet til {RADIO}.")
    assert text.evaluate("text => text.scrollHeight <= text.clientHeight") is True
