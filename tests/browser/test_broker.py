"""The broker's page as a broker uses it, also when the network or the server goes away."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import axe, sign_in

ALL = (
    "import json; from borsen.models import Event; rows = Event.objects.get(slug='demo').agreements.order_by('number');"
    "print(json.dumps([[row.number, row.summary, row.needs_review] for row in rows]))"
)
# The longest wait: the page looks again every fifteen seconds.
BY_ITSELF = 40_000


@pytest.fixture
def broker(page):
    page.set_viewport_size({"width": 1080, "height": 810})
    sign_in(page, "megler")
    page.goto("/demo/megler/")
    page.locator("#entry[data-has-list]").wait_for()
    return page


def party(page, number):
    return page.get_by_role("combobox", name=f"Part {number}", exact=True)


def choose(page, number, letters, name):
    party(page, number).press_sequentially(letters)
    page.get_by_role("option", name=re.compile(f"(?<!«){re.escape(name)}")).first.click()
    expect(party(page, number)).to_have_value(name)


def write(page, summary="Radioverksted i bruktbutikken"):
    choose(page, 1, "radio", "Granfjord Radioamatører")
    choose(page, 2, "runde", "Bruktbutikken «Andre Runde»")
    page.get_by_label("Part 1 gir", exact=True).fill("Reparasjonskveld hver måned")
    page.locator("#entry").get_by_text("Praktisk hjelp og dugnad", exact=True).click()
    page.get_by_label("Kort om avtalen", exact=True).fill(summary)


def send(page):
    page.get_by_role("button", name="Registrer avtale").click()


def test_a_broker_types_a_few_letters_and_gets_a_number(broker, server):
    before = server.ask(ALL)
    write(broker)
    send(broker)
    expect(broker.get_by_role("heading", name="Registrert som nr.")).to_be_visible()
    expect(broker.locator("[data-number]")).to_have_text(str(len(before) + 1))
    expect(broker.get_by_role("button", name="Ny avtale")).to_be_focused()
    assert axe(broker) == []
    broker.get_by_role("button", name="Ny avtale").click()
    expect(party(broker, 1)).to_be_focused()
    expect(party(broker, 1)).to_have_value("")
    expect(broker.get_by_label("Part 1 gir", exact=True)).to_have_value("")
    after = server.ask(ALL)
    assert after == [*before, [len(before) + 1, "Radioverksted i bruktbutikken", ""]]


def test_the_next_agreement_after_the_first_is_another(broker, server):
    before = len(server.ask(ALL))
    for summary in ("Den første", "Den andre"):
        write(broker, summary)
        send(broker)
        broker.get_by_role("button", name="Ny avtale").click()
    assert [row[1] for row in server.ask(ALL)[before:]] == ["Den første", "Den andre"]


def test_with_the_keyboard_only(broker, server):
    before = len(server.ask(ALL))
    party(broker, 1).focus()
    press = broker.keyboard.press
    broker.keyboard.type("radioama")
    press("Enter")  # the only hit
    expect(party(broker, 1)).to_have_value("Granfjord Radioamatører")
    party(broker, 2).focus()
    broker.keyboard.type("runde")
    press("ArrowDown")
    press("Enter")
    expect(party(broker, 2)).to_have_value("Bruktbutikken «Andre Runde»")
    broker.get_by_role("button", name="Møbler, lamper og kopper til møteplasser").focus()
    press("Space")
    expect(broker.get_by_label("Part 2 gir", exact=True)).to_have_value("Møbler, lamper og kopper til møteplasser")
    expect(broker.get_by_role("radio", name="Utstyr og materiell")).to_be_checked()
    broker.get_by_label("Part 2 gir", exact=True).focus()
    press("Tab")
    press("ArrowRight")
    expect(broker.get_by_role("radio", name="Foredrag, kurs og undervisning")).to_be_checked()
    broker.get_by_role("button", name="Registrer avtale").focus()
    press("Enter")
    expect(broker.locator("[data-number]")).to_have_text(str(before + 1))


def test_a_need_that_is_tapped_is_given_by_the_other_party(broker, server):
    choose(broker, 1, "radio", "Granfjord Radioamatører")
    choose(broker, 2, "runde", "Bruktbutikken «Andre Runde»")
    broker.get_by_role("button", name="Noen som kan reparere gamle radioer").click()
    expect(broker.get_by_label("Part 1 gir", exact=True)).to_have_value("Noen som kan reparere gamle radioer")
    send(broker)
    expect(broker.get_by_role("heading", name="Registrert som nr.")).to_be_visible()
    code = (
        "import json; from agreements.models import Party; parties = Party.objects.order_by('-agreement__number',"
        " 'position')[:2]; print(json.dumps([[party.gives, party.need and party.need.title] for party in parties]))"
    )
    assert server.ask(code) == [["Noen som kan reparere gamle radioer"] * 2, ["", None]]


def test_text_that_is_typed_and_not_chosen_stays_with_an_error(broker):
    party(broker, 1).fill("granfjord")
    broker.get_by_label("Part 1 gir", exact=True).focus()
    expect(broker.get_by_text("«granfjord» er ikke valgt. Trykk på en deltaker i listen.")).to_be_visible()
    expect(party(broker, 1)).to_have_value("granfjord")
    expect(party(broker, 1)).to_have_attribute("aria-invalid", "true")
    assert axe(broker) == []


def test_text_that_fits_nobody_is_told_so(broker):
    party(broker, 1).fill("xqz")
    broker.get_by_label("Part 1 gir", exact=True).focus()
    expect(broker.get_by_text("Ingen deltaker passer til «xqz». Prøv færre bokstaver, eller registrer")).to_be_visible()


def test_typing_where_someone_is_chosen_means_someone_else(broker):
    choose(broker, 1, "radio", "Granfjord Radioamatører")
    broker.get_by_label("Part 1 gir", exact=True).click()
    party(broker, 1).click()
    broker.wait_for_function("getSelection().toString() === 'Granfjord Radioamatører'")
    broker.keyboard.type("kiwano")
    expect(party(broker, 1)).to_have_value("kiwano")


def test_what_a_tap_has_filled_in_follows_the_tap(broker):
    """The text and the category of an offer go away with it, and give way to those of the next one."""
    gives = broker.get_by_label("Part 1 gir", exact=True)
    chosen = broker.locator("[name=category]:checked + * + span")
    choose(broker, 1, "radio", "Granfjord Radioamatører")
    first = broker.get_by_role("button", name="Kurs i egenberedskap og samband")
    second = broker.get_by_role("button", name="Reparasjon av gamle radioer og lamper")
    first.click()
    expect(gives).to_have_value("Kurs i egenberedskap og samband")
    expect(chosen).to_have_text("Foredrag, kurs og undervisning")
    second.click()
    expect(gives).to_have_value("Reparasjon av gamle radioer og lamper")
    expect(chosen).to_have_text("Praktisk hjelp og dugnad")
    second.click()
    expect(gives).to_have_value("")
    expect(chosen).to_have_count(0)
    first.click()
    party(broker, 1).fill("")
    choose(broker, 1, "kiwano", "Kafé Kiwano")
    expect(gives).to_have_value("")
    expect(chosen).to_have_count(0)


def test_what_is_written_or_chosen_by_hand_does_not_follow_a_tap(broker):
    gives = broker.get_by_label("Part 1 gir", exact=True)
    choose(broker, 1, "radio", "Granfjord Radioamatører")
    broker.get_by_role("button", name="Kurs i egenberedskap og samband").click()
    gives.fill("Kurs i egenberedskap og samband, tre kvelder")
    broker.locator("#entry").get_by_text("Tid for andre", exact=True).click()
    broker.get_by_role("button", name="Reparasjon av gamle radioer og lamper").click()
    expect(gives).to_have_value("Kurs i egenberedskap og samband, tre kvelder")
    party(broker, 1).fill("")
    choose(broker, 1, "kiwano", "Kafé Kiwano")
    expect(gives).to_have_value("Kurs i egenberedskap og samband, tre kvelder")
    expect(broker.get_by_role("radio", name="Tid for andre")).to_be_checked()


def test_the_short_text_says_what_is_tapped_until_the_broker_writes_something_else(broker, server):
    summary = broker.get_by_label("Kort om avtalen", exact=True)
    choose(broker, 1, "radio", "Granfjord Radioamatører")
    choose(broker, 2, "runde", "Bruktbutikken «Andre Runde»")
    first = broker.get_by_role("button", name="Kurs i egenberedskap og samband")
    second = broker.get_by_role("button", name="Møbler, lamper og kopper til møteplasser")
    first.click()
    expect(summary).to_have_value("Kurs i egenberedskap og samband")
    second.click()
    expect(summary).to_have_value("Kurs i egenberedskap og samband mot Møbler, lamper og kopper til møteplasser")
    broker.get_by_label("Part 2 gir", exact=True).fill("Møbler til klubben")
    expect(summary).to_have_value("Kurs i egenberedskap og samband mot Møbler til klubben")
    first.click()
    expect(summary).to_have_value("Møbler til klubben")
    broker.reload()
    expect(summary).to_have_value("Møbler til klubben")
    first.click()
    expect(summary).to_have_value("Kurs i egenberedskap og samband mot Møbler til klubben")
    summary.fill("Samband i bytte")
    first.click()
    expect(summary).to_have_value("Samband i bytte")
    send(broker)
    expect(broker.get_by_role("heading", name="Registrert som nr.")).to_be_visible()
    assert server.ask(ALL)[-1][1] == "Samband i bytte"


def test_the_short_text_is_cut_where_the_server_would_have_cut_it(broker, server):
    choose(broker, 1, "radio", "Granfjord Radioamatører")
    choose(broker, 2, "runde", "Bruktbutikken «Andre Runde»")
    broker.get_by_role("button", name="Kurs i egenberedskap og samband").click()
    broker.get_by_label("Part 1 gir", exact=True).fill("Kurs i egenberedskap og samband for alle " * 4)
    written = broker.get_by_label("Kort om avtalen", exact=True).input_value()
    send(broker)
    expect(broker.get_by_role("heading", name="Registrert som nr.")).to_be_visible()
    code = (
        "import json; from agreements.models import Agreement; from agreements.registering import summary_of;"
        "row = Agreement.objects.order_by('-number')[0];"
        "print(json.dumps([row.summary, summary_of(tuple(row.parties.order_by('position')))]))"
    )
    assert server.ask(code) == [written, written]
    assert written.endswith("…")


@pytest.mark.parametrize(("width", "height"), [(810, 1080), (390, 844)])
def test_the_bar_stays_in_sight_above_the_number(broker, width, height):
    broker.set_viewport_size({"width": width, "height": height})
    write(broker)
    send(broker)
    expect(broker.locator("#receipt")).to_be_visible()
    top, bottom = broker.evaluate(
        "[document.querySelector('.bar').getBoundingClientRect().top,"
        " document.getElementById('again').getBoundingClientRect().bottom]"
    )
    assert top == 0
    assert bottom <= height


@pytest.mark.parametrize("across", [0.1, 0.9])
def test_a_double_tap_on_a_telephone_leaves_the_number_standing(broker, server, across):
    before = len(server.ask(ALL))
    broker.set_viewport_size({"width": 390, "height": 844})
    write(broker)
    box = broker.locator("#send").bounding_box()
    place = (box["x"] + across * box["width"], box["y"] + box["height"] / 2)
    broker.mouse.click(*place)
    expect(broker.get_by_role("heading", name="Registrert som nr.")).to_be_visible()
    broker.mouse.click(*place)
    broker.wait_for_timeout(300)
    expect(broker.locator("[data-number]")).to_have_text(str(before + 1))
    assert broker.url.endswith("/demo/megler/")
    assert len(server.ask(ALL)) == before + 1


def test_a_key_held_down_leaves_the_number_standing(broker):
    write(broker)
    broker.locator("#send").focus()
    broker.keyboard.down("Enter")
    expect(broker.get_by_role("heading", name="Registrert som nr.")).to_be_visible()
    for _again in range(3):
        broker.keyboard.down("Enter")  # a repetition, as long as it is not up
    broker.keyboard.up("Enter")
    expect(broker.get_by_role("heading", name="Registrert som nr.")).to_be_visible()
    broker.keyboard.press("Enter")
    expect(party(broker, 1)).to_be_focused()


def test_a_contact_is_found_by_name_and_a_single_hit_is_chosen_on_leaving(broker):
    party(broker, 1).fill("arne vikmo")
    broker.get_by_label("Part 1 gir", exact=True).focus()
    expect(party(broker, 1)).to_have_value("Granfjord Radioamatører")


def test_leaving_by_way_of_the_clear_button_chooses_the_single_hit_and_loses_nothing(broker):
    party(broker, 1).press_sequentially("kajakk")
    broker.keyboard.press("Tab")
    broker.get_by_label("Part 2 gir").click()
    expect(party(broker, 1)).to_have_value("Granfjord Kajakklubb")


def test_errors_stand_at_their_fields_and_nothing_is_lost(broker, server):
    before = len(server.ask(ALL))
    send(broker)
    for text in (
        "Velg hvem part 1 er.",
        "Velg hvem part 2 er.",
        "Skriv hva minst én av partene gir.",
        "Velg en kategori.",
    ):
        expect(broker.get_by_text(text)).to_be_visible()
    expect(party(broker, 1)).to_be_focused()
    write(broker)
    choose_again = party(broker, 2)
    choose_again.fill("radioama")
    choose_again.press("Enter")
    broker.get_by_label("Kort om avtalen", exact=True).fill("x" * 125)
    send(broker)
    expect(
        broker.get_by_text("Granfjord Radioamatører står allerede i avtalen. Velg en annen deltaker.")
    ).to_be_visible()
    expect(broker.get_by_text("Teksten er 5 tegn for lang. Det er plass til 120.")).to_be_visible()
    expect(broker.get_by_label("Part 1 gir", exact=True)).to_have_value("Reparasjonskveld hver måned")
    assert len(server.ask(ALL)) == before


def test_what_the_server_says_stands_at_its_field(broker, server, no_errors_in_the_browser):
    write(broker)
    server.ask(
        "import json; from participants.models import Participant;"
        "print(json.dumps(Participant.objects.filter(name='Granfjord Radioamatører').update(status='cancelled')))"
    )
    send(broker)
    expect(broker.get_by_text("Granfjord Radioamatører er avmeldt.")).to_be_visible()
    expect(broker.get_by_label("Kort om avtalen", exact=True)).to_have_value("Radioverksted i bruktbutikken")
    assert [error for error in no_errors_in_the_browser if "422" not in error] == []
    no_errors_in_the_browser.clear()


def test_a_third_party_can_be_added_and_taken_away(broker, server):
    write(broker)
    broker.get_by_role("button", name="+ Legg til part").click()
    expect(party(broker, 3)).to_be_focused()
    choose(broker, 3, "kiwano", "Kafé Kiwano")
    broker.get_by_role("button", name="+ Legg til part").click()
    broker.get_by_role("button", name="Fjern").last.click()
    broker.get_by_label("Part 3 gir", exact=True).fill("Kake")
    send(broker)
    expect(broker.locator("[data-parties] h3")).to_have_text(
        ["Granfjord Radioamatører", "Bruktbutikken «Andre Runde»", "Kafé Kiwano"]
    )


def test_without_a_server_the_agreement_waits_and_is_sent_once_when_it_is_back(
    broker, server, no_errors_in_the_browser
):
    before = len(server.ask(ALL))
    write(broker, "Den som ventet")
    server.kill()
    send(broker)
    expect(broker.get_by_role("heading", name="Lagret på nettbrettet")).to_be_visible()
    expect(broker.get_by_text("1 venter på nett og sendes av seg selv")).to_be_visible()
    broker.get_by_role("button", name="Ny avtale").click()
    write(broker, "Den neste")
    send(broker)
    expect(broker.get_by_text("2 venter på nett og sendes av seg selv")).to_be_visible()
    server.start()
    expect(broker.locator("#connection")).to_have_text("Tilkoblet", timeout=BY_ITSELF)
    assert [row[1:] for row in server.ask(ALL)[before:]] == [["Den som ventet", ""], ["Den neste", ""]]
    expect(broker.get_by_role("link", name="Den som ventet")).to_be_visible()
    no_errors_in_the_browser.clear()


def test_what_waits_is_still_there_after_the_page_was_closed(broker, context, server, no_errors_in_the_browser):
    before = len(server.ask(ALL))
    context.route("**/avtaler/ny/", lambda route: route.fulfill(status=502, content_type="text/html", body="<h1>Feil"))
    write(broker, "Overlevde")
    send(broker)
    expect(broker.get_by_role("heading", name="Lagret på nettbrettet")).to_be_visible()
    broker.close()
    context.unroute("**/avtaler/ny/")
    page = context.new_page()
    page.goto("/demo/megler/")
    expect(page.locator("#latest a").first).to_have_text("Overlevde", timeout=BY_ITSELF)
    assert [row[1] for row in server.ask(ALL)[before:]] == ["Overlevde"]
    no_errors_in_the_browser.clear()


def test_what_is_being_typed_survives_a_reload(broker):
    write(broker, "Halvferdig")
    broker.reload()
    expect(party(broker, 1)).to_have_value("Granfjord Radioamatører")
    expect(broker.get_by_label("Part 1 gir", exact=True)).to_have_value("Reparasjonskveld hver måned")
    expect(broker.get_by_label("Kort om avtalen", exact=True)).to_have_value("Halvferdig")
    expect(broker.get_by_text("Granfjord Radioamatører tar kontakt")).to_be_visible()
    send(broker)
    expect(broker.get_by_role("heading", name="Registrert som nr.")).to_be_visible()


def test_who_was_signed_out_keeps_the_agreement_and_is_asked_to_sign_in(
    broker, context, server, no_errors_in_the_browser
):
    before = len(server.ask(ALL))
    write(broker, "Etter innlogging")
    context.clear_cookies()
    send(broker)
    expect(broker.get_by_role("link", name="Logg inn for å sende 1 avtale")).to_be_visible()
    expect(broker.get_by_text("Den får nummer når du har logget inn igjen")).to_be_visible()
    no_errors_in_the_browser.clear()
    sign_in(broker, "megler")
    broker.goto("/demo/megler/")
    expect(broker.locator("#latest")).to_contain_text("Etter innlogging")
    expect(broker.locator("#connection")).to_have_text(re.compile("Tilkoblet|Sendt: nr"))
    assert [row[1] for row in server.ask(ALL)[before:]] == ["Etter innlogging"]
    no_errors_in_the_browser.clear()


def test_before_the_gong_and_after_it_the_page_learns_by_itself(broker, server, no_errors_in_the_browser):
    write(broker)
    set_hour = (
        "import json; from django.utils import timezone as t; from datetime import timedelta as d;"
        "from borsen.models import Event; print(json.dumps(Event.objects.filter(slug='demo').update({})))"
    )
    server.ask(set_hour.format("opened_at=None, closes_at=None"))
    send(broker)
    expect(broker.get_by_role("alert")).to_contain_text("Gongen er ikke slått ennå.")
    expect(broker.locator("#hour")).to_contain_text("Gongen er ikke slått ennå.")
    server.ask(set_hour.format("opened_at=t.now() - d(minutes=50), closed_at=t.now() - d(minutes=2)"))
    expect(broker.locator("#hour")).to_contain_text(re.compile(r"kan registreres i \d:\d\d til"), timeout=BY_ITSELF)
    server.ask(set_hour.format("closed_at=t.now() - d(minutes=20)"))
    expect(broker.locator("#hour")).to_contain_text("Børstimen er slutt. Spør arrangøren", timeout=BY_ITSELF)
    expect(broker.get_by_label("Part 1 gir", exact=True)).to_have_value("Reparasjonskveld hver måned")
    no_errors_in_the_browser.clear()


@pytest.mark.parametrize(("width", "height"), [(1080, 810), (1366, 1024)])
def test_one_screen_and_nothing_scrolls_on_a_tablet_lying_down(broker, width, height):
    broker.set_viewport_size({"width": width, "height": height})
    write(broker)
    size = "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    assert broker.evaluate(size) == [width, height]
    send(broker)
    expect(broker.get_by_role("heading", name="Registrert som nr.")).to_be_visible()
    assert broker.evaluate(size) == [width, height]


@pytest.mark.parametrize(("width", "height"), [(1080, 810), (810, 1080), (390, 844)])
def test_no_sideways_scroll_no_axe_violation_and_targets_of_44_pixels(broker, width, height):
    broker.set_viewport_size({"width": width, "height": height})
    write(broker)
    assert axe(broker) == []
    assert broker.evaluate("document.documentElement.scrollWidth") <= width
    small = broker.evaluate(
        "[...document.querySelectorAll('main button, main a, main input:not([type=hidden]), .bar a')].filter(e =>"
        " e.checkVisibility() && !e.closest('.ds-suggestion button') && e.getBoundingClientRect().height < 43.5)"
        ".map(e => e.outerHTML.slice(0, 80))"
    )
    assert [target for target in small if 'type="reset"' not in target] == []


def test_without_script_the_plain_form_does_the_whole_job(browser, browser_context_args, server):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "megler")
    page.goto("/demo/megler/")
    before = len(server.ask(ALL))
    page.get_by_role("button", name="Registrer avtale").click()
    expect(page.get_by_text("Velg hvem part 1 er.")).to_be_visible()
    party(page, 1).select_option("Granfjord Radioamatører")
    party(page, 2).select_option("Bruktbutikken «Andre Runde»")
    page.get_by_label("Part 1 gir", exact=True).fill("Reparasjonskveld")
    page.get_by_role("button", name="Legg til part").click()
    expect(party(page, 3)).to_be_visible()
    page.locator("label.choice", has_text="Praktisk hjelp og dugnad").click()
    page.get_by_role("button", name="Registrer avtale").click()
    expect(page).to_have_url(f"{server.url}/demo/avtaler/{before + 1}/")
    assert server.ask(ALL)[before][1] == "Reparasjonskveld"
    context.close()


def test_correcting_uses_the_same_cards(broker, server):
    write(broker)
    send(broker)
    broker.get_by_role("link", name="Rett opp").click()
    expect(party(broker, 1)).to_have_value("Granfjord Radioamatører")
    assert axe(broker) == []
    broker.get_by_label("Part 1 gir", exact=True).fill("To kvelder")
    broker.get_by_label("Mer om avtalen", exact=True).fill("Det begynner i januar.")
    broker.get_by_role("button", name="Legg til part").click()
    choose(broker, 3, "kiwano", "Kafé Kiwano")
    broker.get_by_role("button", name="Lagre rettelsen").click()
    expect(broker.get_by_text("Gir To kvelder")).to_be_visible()
    expect(broker.locator(".facts").get_by_text("Det begynner i januar.")).to_be_visible()
    expect(broker.get_by_role("heading", name="Kafé Kiwano")).to_be_visible()
    assert axe(broker) == []


def test_a_correction_stays_on_the_page_without_login_or_server(broker, context, server, no_errors_in_the_browser):
    write(broker)
    send(broker)
    broker.get_by_role("link", name="Rett opp").click()
    broker.get_by_label("Part 1 gir", exact=True).fill("To kvelder")
    cookies = context.cookies()
    context.clear_cookies()
    save = broker.get_by_role("button", name="Lagre rettelsen")
    save.click()
    expect(broker.get_by_text("Du er logget ut. Logg inn i en ny fane")).to_be_visible()
    context.add_cookies(cookies)
    server.kill()
    save.click()
    expect(broker.get_by_text("Vi får ikke kontakt. Alt du skrev, står her.")).to_be_visible()
    expect(broker.get_by_label("Part 1 gir", exact=True)).to_have_value("To kvelder")
    server.start()
    save.click()
    expect(broker.get_by_text("Gir To kvelder")).to_be_visible()
    no_errors_in_the_browser.clear()


def test_the_list_of_agreements_is_searched_while_typing(broker):
    broker.goto("/demo/avtaler/")
    assert axe(broker) == []
    broker.get_by_label("Søk", exact=True).fill("radioamatører")
    expect(broker).to_have_url(re.compile(r"q=radioamat"))
    rows = broker.locator(".book__row")
    assert rows.count() == rows.filter(has_text="Granfjord Radioamatører").count()


def test_what_another_broker_has_registered_is_asked_about_and_can_be_registered_all_the_same(
    page, server, no_errors_in_the_browser
):
    before = len(server.ask(ALL))
    page.set_viewport_size({"width": 1080, "height": 810})
    sign_in(page, "arrangor")
    page.goto("/demo/megler/")
    write(page, "Radiokveld i butikken")
    page.get_by_label("Part 1 gir", exact=True).fill("Reparasjonskveld for radioer hver måned")
    page.get_by_label("Part 2 gir", exact=True).fill("Hyller, benk og lamper til verkstedet")
    send(page)
    expect(page.get_by_text("Er dette den samme avtalen som nr. 47?")).to_be_visible()
    assert axe(page) == []
    assert len(server.ask(ALL)) == before
    page.get_by_role("button", name="Nei, registrer som en ny").click()
    expect(page.get_by_role("heading", name="Registrert som nr.")).to_be_visible()
    assert server.ask(ALL)[before:] == [[before + 1, "Radiokveld i butikken", ""]]
    assert [error for error in no_errors_in_the_browser if "409" not in error] == []
    no_errors_in_the_browser.clear()


def test_before_the_list_has_come_nobody_is_said_to_be_missing_and_then_the_text_is_looked_up(page):
    held = []

    def hold(route):
        held.append(route)

    page.route("**/megler/deltakere/", hold)
    sign_in(page, "megler")
    page.goto("/demo/megler/")
    page.locator("#entry").wait_for()
    while not held:
        page.wait_for_timeout(50)
    party(page, 1).fill("granfjord")
    page.get_by_label("Part 1 gir", exact=True).focus()
    told = page.locator(".ds-validation-message")
    expect(told).to_contain_text("Listen over deltakere er ikke hentet ennå.")
    for route in held:
        route.continue_()
    expect(told).to_have_text("«granfjord» er ikke valgt. Trykk på en deltaker i listen.")
