"""«Hent fra Enhetsregisteret» in the organiser's form, against a register on this machine."""

import re
import time
from multiprocessing.pool import ThreadPool

import httpx
import pytest
from playwright.sync_api import expect

from tests.participants import stub_register as stub

from .conftest import axe, sign_in
from .server import SESSIONS, Server

pytestmark = pytest.mark.patient

NEW = "/demo/deltakere/ny/"
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def register():
    with stub.StubRegister() as register:
        yield register


@pytest.fixture
def server(template_server, tmp_path, register):
    server = Server(tmp_path / "data", template=template_server, BRREG_URL=register.url, NO_PROXY="*").start()
    yield server
    server.close()
    assert "Traceback" not in server.output(), server.output()


@pytest.fixture
def form(page):
    sign_in(page, "arrangor")
    page.goto(NEW)
    return page


def fetch(page):
    page.get_by_role("button", name="Hent fra Enhetsregisteret").click()


def said(page):
    return page.locator("[data-unit-said]")


def sector(page, name):
    return page.get_by_role("radio", name=name)


def choice(page, name):
    return page.locator("[data-unit-choices]").get_by_role("button", name=name)


def test_a_number_fills_in_the_rest_asks_about_the_sector_and_can_be_undone(form):
    form.locator("#id_org_number").fill("800000025")
    fetch(form)
    expect(said(form)).to_have_text("Hentet navn og kommune. Foreslått: Bedrift. Stemmer det?")
    expect(form.get_by_text("Kilde: Brønnøysundregistrene (NLOD)")).to_be_visible()
    expect(form.locator("#id_name")).to_have_value("Granfjord Bakeri AS")
    expect(form.locator("#id_org_number")).to_have_value("800 000 025")
    expect(form.locator("#id_municipality")).to_have_value("Granfjord")
    expect(sector(form, "Bedrift")).to_be_checked()
    choice(form, "Angre").click()
    expect(said(form)).to_have_text("Angret.")
    expect(form.get_by_role("button", name="Hent fra Enhetsregisteret")).to_be_focused()
    for field in ("#id_name", "#id_municipality"):
        expect(form.locator(field)).to_have_value("")
    expect(sector(form, "Bedrift")).not_to_be_checked()
    # Once more, and it is saved as it stands.
    fetch(form)
    expect(choice(form, "Angre")).to_be_visible()
    form.get_by_role("button", name="Lagre", exact=True).click()
    form.get_by_role("link", name="Granfjord Bakeri AS").first.click()
    expect(form.locator("#id_org_number")).to_have_value("800 000 025")


def test_a_name_gives_a_list_that_the_keyboard_can_choose_from(form):
    form.locator("#id_name").fill("granfjord")
    form.keyboard.press("Tab")
    form.keyboard.press("Tab")
    form.keyboard.press("Enter")
    expect(said(form)).to_have_text("4 treff. Velg den rette.")
    hits = form.get_by_role("list", name="Treff i Enhetsregisteret").get_by_role("button")
    expect(hits).to_have_text(
        [
            "Granfjord idrettslag800 000 017 · Fjordveien 12, 7999 Granfjord",
            "Granfjord Bakeri AS800 000 025 · Fjordveien 12, 7999 Granfjord",
            "Granfjord kommune800 000 033 · Fjordveien 12, 7999 Granfjord",
            "Granfjord skole800 000 041 · Skoleveien 3, 7999 GranfjordAvdeling (underenhet)",
        ]
    )
    for _time in range(4):
        form.keyboard.press("Tab")
    expect(hits.last).to_be_focused()
    form.keyboard.press("Enter")
    # Asked for by its number a branch has the sector of the whole.
    suggested = "Foreslått: Offentlig virksomhet. Stemmer det?"
    expect(said(form)).to_have_text(f"Hentet navn, organisasjonsnummer og kommune. {suggested}")
    expect(choice(form, "Angre")).to_be_focused()
    expect(form.locator("#id_name")).to_have_value("Granfjord skole")
    expect(sector(form, "Offentlig virksomhet")).to_be_checked()
    form.keyboard.press("Enter")
    expect(form.locator("#id_name")).to_have_value("granfjord")


def test_what_somebody_has_written_stays_and_the_registers_words_are_one_tap_away(form):
    form.locator("#id_name").fill("Fotballgruppa")
    form.get_by_text("Bedrift", exact=True).click()
    form.get_by_text("Flere opplysninger").click()
    form.locator("#id_municipality").fill("Nabobygda")
    form.locator("#id_org_number").fill("800 000 017")
    fetch(form)
    expect(said(form)).to_have_text("Alt står her fra før.")
    expect(form.locator("#id_name")).to_have_value("Fotballgruppa")
    expect(form.locator("#id_municipality")).to_have_value("Nabobygda")
    expect(sector(form, "Bedrift")).to_be_checked()
    choice(form, "Bytt til Frivillig organisasjon").click()
    expect(sector(form, "Frivillig organisasjon")).to_be_checked()
    choice(form, "Bruk navnet «Granfjord idrettslag»").click()
    expect(form.locator("#id_name")).to_have_value("Granfjord idrettslag")
    form.locator("#id_name").fill("Fotballgruppa i Granfjord")
    choice(form, "Angre").click()
    # What has been typed after it was filled in stays.
    expect(form.locator("#id_name")).to_have_value("Fotballgruppa i Granfjord")
    expect(sector(form, "Bedrift")).to_be_checked()


def test_a_municipality_is_chosen_where_there_are_several_to_choose_among(form):
    form.evaluate("""() => {
        const field = document.querySelector('#id_municipality');
        field.outerHTML = '<select id="id_municipality" name="municipality"><option value="">Velg</option>'
            + '<option>Nabobygda</option><option>GRANFJORD</option></select>';
    }""")
    form.locator("#id_org_number").fill("800000025")
    fetch(form)
    expect(said(form)).to_have_text("Hentet navn og kommune. Foreslått: Bedrift. Stemmer det?")
    expect(form.locator("#id_municipality")).to_have_value("GRANFJORD")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("80000001", "Et organisasjonsnummer har ni siffer. Her er det 8."),
        ("800 000 181", re.compile("^Ingen i Enhetsregisteret har nummeret 800 000 181.")),
        ("800 000 130", re.compile("^Får ikke kontakt med Enhetsregisteret nå.")),
        ("800 000 084", re.compile("^Granfjord telefonforening ble slettet i Enhetsregisteret 1. mars 2021.")),
        ("", "Skriv organisasjonsnummeret, eller minst tre bokstaver av navnet."),
    ],
    ids=["mistyped", "unknown", "trouble", "deleted", "empty"],
)
def test_nothing_is_filled_in_of_what_is_not_there(form, number, words):
    form.locator("#id_org_number").fill(number)
    fetch(form)
    expect(said(form)).to_have_text(words)
    expect(form.locator("#id_name")).to_have_value("")
    expect(form.locator("#id_org_number")).to_have_value(number)


def test_a_slow_or_absent_register_is_not_needed_to_save(form, register, server):
    form.locator("#id_org_number").fill(stub.SLOW)
    fetch(form)
    expect(said(form)).to_have_text("Leter i Enhetsregisteret …")
    # Nobody waits with typing for it.
    form.locator("#id_name").fill("Granfjord Luftskipsforening")
    form.get_by_text("Frivillig organisasjon", exact=True).click()
    expect(said(form)).to_have_text(re.compile("^Får ikke kontakt med Enhetsregisteret nå."))
    form.locator("#id_org_number").fill("800 000 017")
    form.get_by_role("button", name="Lagre", exact=True).click()
    expect(form.get_by_role("link", name="Granfjord Luftskipsforening").first).to_be_visible()


def test_nobody_else_waits_while_the_register_thinks(server):
    with (
        httpx.Client(base_url=server.base_url, cookies={"sessionid": SESSIONS["arrangor"]}) as client,
        ThreadPool(4) as pool,
    ):
        began = time.monotonic()
        slow = [pool.apply_async(client.get, ("/demo/pamelding/enhet/?q=800000106",)) for _each in range(4)]
        time.sleep(0.3)
        quick = [client.get("/demo/deltakere/").status_code for _each in range(3)]
        took = time.monotonic() - began
        answers = [each.get(timeout=20) for each in slow]
    assert quick == [200] * 3
    # Well before the three seconds are over in which the register says nothing.
    assert took < 2.8
    assert {answer.json()["message"][:40] for answer in answers} == {"Får ikke kontakt med Enhetsregisteret nå"}


def test_a_server_that_has_gone_is_said_like_a_register_that_has(form, server):
    server.kill()
    form.locator("#id_org_number").fill("800 000 017")
    fetch(form)
    expect(said(form)).to_have_text(re.compile("^Får ikke kontakt med Enhetsregisteret nå."))


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["desk", "phone"])
def test_every_state_passes_axe_and_fits_the_window(form, viewport):
    if viewport:
        form.set_viewport_size(viewport)
    found = {}

    def look(state):
        wide = form.evaluate("document.documentElement.scrollWidth > innerWidth")
        found[state] = (axe(form), wide)

    look("fresh")
    form.locator("#id_name").fill("granfjord")
    fetch(form)
    expect(form.locator("[data-unit-hits] button")).to_have_count(4)
    look("hits")
    form.locator("[data-unit-hits] button").first.click()
    expect(choice(form, "Angre")).to_be_visible()
    look("filled")
    form.locator("#id_name").fill("Fotballgruppa")
    fetch(form)
    expect(choice(form, "Bruk navnet «Granfjord idrettslag»")).to_be_visible()
    look("another name")
    assert found == dict.fromkeys(("fresh", "hits", "filled", "another name"), ([], False))


def test_without_script_there_is_a_field_and_no_button(browser, browser_context_args, server):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "arrangor")
    page.goto(NEW)
    expect(page.locator("#id_org_number")).to_be_visible()
    expect(page.get_by_text("Hent fra Enhetsregisteret")).to_be_hidden()
    context.close()


def test_who_registers_by_themselves_on_a_phone_is_helped_too_and_a_reload_keeps_it(page):
    page.set_viewport_size(PHONE)
    page.goto("/demo/pamelding/")
    page.locator("#id_org_number").fill("800000025")
    fetch(page)
    expect(said(page)).to_contain_text("Foreslått: Bedrift. Stemmer det?")
    expect(page.get_by_label("Hva heter dere?")).to_have_value("Granfjord Bakeri AS")
    expect(sector(page, "Bedrift")).to_be_checked()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.reload()
    expect(page.get_by_label("Hva heter dere?")).to_have_value("Granfjord Bakeri AS")
    expect(sector(page, "Bedrift")).to_be_checked()
