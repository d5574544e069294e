"""Registering on a phone: three short steps, a reload half way, no script, keyboard alone, and the own page."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import axe, sign_in

pytestmark = pytest.mark.browser
SIZES = [(390, 844), (1080, 810), (1920, 1080)]


@pytest.fixture
def phone(page: Page) -> Page:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/demo/pamelding/")
    return page


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def fill_who(page: Page, name: str = "Granfjord bygdekorps") -> None:
    page.get_by_text("Frivillig organisasjon").click()
    page.get_by_label("Hva heter dere?").fill(name)
    page.get_by_label("Navn", exact=True).fill("Kari Granli")
    page.get_by_label("E-post").fill("kari@example.no")
    # People need seconds; the server holds off what is quicker.
    page.wait_for_timeout(2100)


def onward(page: Page, to: str) -> None:
    page.get_by_role("button", name=f"Videre til det dere {to}").click()


def test_three_steps_a_receipt_and_the_own_page(phone: Page):
    assert axe(phone) == []
    fill_who(phone)
    onward(phone, "tilbyr")
    offers = phone.get_by_role("heading", name="Hva kan dere tilby?")
    expect(offers).to_be_focused()
    expect(offers).to_have_accessible_description("Steg 2 av 3")
    phone.get_by_label("Dette tilbyr vi").fill("Marsjmusikk")
    phone.locator("#id_offers-0-category").select_option(label="Underholdning og opplevelser")
    phone.get_by_role("button", name="Legg til et tilbud").click()
    expect(phone.locator("#id_offers-1-title")).to_be_focused()
    assert (axe(phone), fits(phone)) == ([], True)
    onward(phone, "trenger")
    assert (axe(phone), fits(phone)) == ([], True)
    phone.locator("[data-send]").click()
    expect(phone.get_by_role("heading", name="Takk, dere er påmeldt!")).to_be_visible()
    assert axe(phone) == []
    phone.get_by_role("link", name="Gå til min side").click()
    expect(phone.get_by_text("Marsjmusikk")).to_be_visible()
    assert (axe(phone), fits(phone)) == ([], True)
    phone.get_by_role("link", name="Endre").click()
    assert (axe(phone), fits(phone)) == ([], True)
    phone.get_by_label("Hvor mange kommer?").fill("22")
    phone.get_by_role("button", name="Lagre").last.click()
    expect(phone.get_by_text("22 personer kommer")).to_be_visible()
    expect(phone.get_by_text("Endringene er lagret.")).to_be_visible()


def test_a_change_on_the_own_page_outlives_a_network_that_dies(phone: Page, no_errors_in_the_browser):
    fill_who(phone)
    phone.get_by_role("button", name="Meld på nå, skriv resten senere").click()
    phone.get_by_role("link", name="Gå til min side").click()
    phone.get_by_role("link", name="Endre").click()
    phone.get_by_label("Hvor mange kommer?").fill("7")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Lagre").last.click()
    expect(phone.get_by_role("alert")).to_contain_text("Alt du har skrevet, står her fortsatt.")
    expect(phone.get_by_label("Hvor mange kommer?")).to_have_value("7")
    phone.context.set_offline(False)
    phone.get_by_role("button", name="Lagre").last.click()
    expect(phone.get_by_text("7 personer kommer")).to_be_visible()
    no_errors_in_the_browser[:] = [error for error in no_errors_in_the_browser if "ERR_INTERNET" not in error]


def test_a_hurried_business_is_done_on_the_first_step(phone: Page):
    fill_who(phone)
    phone.get_by_role("button", name="Meld på nå, skriv resten senere").click()
    expect(phone.get_by_role("heading", name="Takk, dere er påmeldt!")).to_be_visible()


def test_onward_says_at_once_what_is_missing_and_goes_to_it(phone: Page):
    onward(phone, "tilbyr")
    expect(phone.get_by_text("Velg hvem dere er.").first).to_be_visible()
    expect(phone.locator("[data-missing]")).to_have_text(
        [
            "Velg hvem dere er.",
            "Skriv hva dere heter.",
            "Skriv navnet på kontaktpersonen.",
            "Skriv e-postadressen. Kvitteringen sendes dit.",
        ]
    )
    expect(phone.locator("#id_sector_0")).to_be_focused()
    expect(phone.locator("[data-missing]").first).to_be_in_viewport()
    # A private volunteer has no organisation to name.
    phone.get_by_text("Frivillig enkeltperson").click()
    expect(phone.get_by_label("Hva heter dere?")).to_be_hidden()


def test_a_reload_half_way_loses_nothing_and_the_receipt_clears_it(phone: Page):
    fill_who(phone)
    onward(phone, "tilbyr")
    phone.get_by_role("button", name="Legg til et tilbud").click()
    phone.locator("#id_offers-1-title").fill("Trommer")
    phone.locator("#id_offers-1-category").select_option(index=2)
    phone.reload()
    expect(phone.get_by_role("heading", name="Hva kan dere tilby?")).to_be_visible()
    expect(phone.locator("#id_offers-1-title")).to_have_value("Trommer")
    phone.get_by_role("button", name="Tilbake").click()
    expect(phone.get_by_label("Hva heter dere?")).to_have_value("Granfjord bygdekorps")
    expect(phone.locator("#id_sector_1")).to_be_checked()
    onward(phone, "tilbyr")
    onward(phone, "trenger")
    phone.locator("[data-send]").click()
    expect(phone.get_by_role("heading", name="Takk, dere er påmeldt!")).to_be_visible()
    phone.goto("/demo/pamelding/")
    expect(phone.get_by_label("Hva heter dere?")).to_have_value("")


def test_an_address_or_an_offer_that_is_not_in_order_is_said_on_its_own_step(phone: Page):
    fill_who(phone)
    phone.get_by_label("E-post").fill("kari(at)example")
    onward(phone, "tilbyr")
    mail = phone.get_by_label("E-post")
    expect(mail).to_be_focused()
    expect(mail).to_have_accessible_description("Skriv e-postadressen slik: navn@eksempel.no")
    assert axe(phone) == []
    mail.fill("kari@example.no")
    expect(phone.locator("[data-missing]")).to_have_count(0)
    onward(phone, "tilbyr")
    phone.get_by_label("Dette tilbyr vi").fill("Marsjmusikk")
    onward(phone, "trenger")
    expect(phone.locator("#id_offers-0-category")).to_be_focused()
    expect(phone.locator("[data-missing]")).to_have_text(["Velg en kategori."])


def test_the_browsers_back_goes_one_step_back_and_leaves_nothing_behind(phone: Page):
    fill_who(phone)
    onward(phone, "tilbyr")
    phone.get_by_label("Dette tilbyr vi").fill("Marsjmusikk")
    phone.locator("#id_offers-0-category").select_option(index=1)
    onward(phone, "trenger")
    phone.go_back()
    expect(phone.get_by_role("heading", name="Hva kan dere tilby?")).to_be_focused()
    expect(phone.get_by_label("Dette tilbyr vi")).to_have_value("Marsjmusikk")
    phone.goto("/demo/pamelding/")
    expect(phone.get_by_role("heading", name="Hva kan dere tilby?")).to_be_visible()
    phone.get_by_role("button", name="Tilbake").click()
    expect(phone.get_by_label("Hva heter dere?")).to_have_value("Granfjord bygdekorps")


def test_a_network_that_dies_while_it_is_sent_loses_nothing(phone: Page, no_errors_in_the_browser):
    fill_who(phone)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Meld på nå, skriv resten senere").click()
    expect(phone.get_by_role("alert")).to_contain_text("Alt du har skrevet, står her fortsatt.")
    expect(phone.get_by_label("Hva heter dere?")).to_have_value("Granfjord bygdekorps")
    assert axe(phone) == []
    phone.context.set_offline(False)
    phone.get_by_role("button", name="Meld på nå, skriv resten senere").click()
    expect(phone.get_by_role("heading", name="Takk, dere er påmeldt!")).to_be_visible()
    no_errors_in_the_browser[:] = [error for error in no_errors_in_the_browser if "ERR_INTERNET" not in error]


def test_an_answer_that_is_lost_on_the_way_gives_one_participant(phone: Page):
    fill_who(phone)
    phone.evaluate(
        "() => { const real = fetch;"
        "window.fetch = async (...sent) => { await real(...sent); window.fetch = real; throw Error(); }; }"
    )
    phone.get_by_role("button", name="Meld på nå, skriv resten senere").click()
    expect(phone.get_by_role("alert")).to_contain_text("Dere blir bare påmeldt én gang.")
    phone.get_by_role("button", name="Meld på nå, skriv resten senere").click()
    expect(phone.get_by_role("heading", name="Takk, dere er påmeldt!")).to_be_visible()
    expect(phone.locator(".mine__one")).to_have_count(1)


def test_an_error_shows_the_whole_form_with_all_that_was_typed(phone: Page, no_errors_in_the_browser):
    fill_who(phone)
    # What only the server can tell.
    phone.get_by_label("E-post").fill("kari@example")
    onward(phone, "tilbyr")
    phone.get_by_label("Dette tilbyr vi").fill("Marsjmusikk")
    phone.locator("#id_offers-0-category").select_option(index=1)
    onward(phone, "trenger")
    phone.locator("[data-send]").click()
    expect(phone.locator("ds-error-summary")).to_contain_text("Skriv e-postadressen slik: navn@eksempel.no")
    expect(phone.get_by_label("Dette tilbyr vi")).to_have_value("Marsjmusikk")
    expect(phone.get_by_label("Hva heter dere?")).to_be_visible()
    assert axe(phone) == []
    no_errors_in_the_browser[:] = [error for error in no_errors_in_the_browser if "422" not in error]


def test_the_same_organisation_once_more_is_asked_about(phone: Page, no_errors_in_the_browser):
    fill_who(phone, "Granfjord Kajakklubb")
    phone.get_by_role("button", name="Meld på nå, skriv resten senere").click()
    question = phone.get_by_role("group", name="«Granfjord Kajakklubb» er allerede påmeldt. Er det dere?")
    expect(question).to_be_focused()
    assert axe(phone) == []
    question.get_by_role("button", name="Meld på").click()
    expect(phone.get_by_role("heading", name="Takk, dere er påmeldt!")).to_be_visible()
    no_errors_in_the_browser[:] = [error for error in no_errors_in_the_browser if "422" not in error]


def test_one_more_for_the_same_person(phone: Page):
    fill_who(phone)
    phone.get_by_role("button", name="Meld på nå, skriv resten senere").click()
    phone.get_by_role("link", name="Meld på en til").click()
    expect(phone.get_by_text("Kontaktperson, som sist: Kari Granli")).to_be_visible()
    phone.get_by_text("Frivillig organisasjon").click()
    phone.get_by_label("Hva heter dere?").fill("Granfjord trommelag")
    phone.wait_for_timeout(2100)
    phone.get_by_role("button", name="Meld på nå, skriv resten senere").click()
    expect(phone.locator(".mine__one")).to_have_count(2)


def test_without_script_one_long_form_does_the_same(browser: Browser, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto("/demo/pamelding/")
    page.locator("input[value=business]").check()
    page.get_by_label("Hva heter dere?").fill("Granfjord Rør")
    page.get_by_label("Navn", exact=True).fill("Per Rør")
    page.get_by_label("E-post").fill("per@example.no")
    page.get_by_role("button", name="Legg til et behov").click()
    expect(page.locator("#id_needs-1-title")).to_be_visible()
    page.locator("#id_needs-1-title").fill("Flere lærlinger")
    page.locator("#id_needs-1-category").select_option(index=1)
    page.wait_for_timeout(2100)
    page.locator("[data-send]").click()
    expect(page.get_by_role("heading", name="Takk, dere er påmeldt!")).to_be_visible()
    context.close()


def test_by_keyboard_alone(page: Page):
    page.goto("/demo/pamelding/")
    page.locator("#id_sector_0").focus()
    page.keyboard.press("Space")
    for field, words in (("name", "Granfjord Rør"), ("contacts-0-name", "Per Rør"), ("contacts-0-email", "per@x.no")):
        while page.evaluate("document.activeElement.id") != f"id_{field}":
            page.keyboard.press("Tab")
        page.keyboard.type(words)
    page.wait_for_timeout(2100)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Takk, dere er påmeldt!")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_no_page_is_wider_than_its_screen_with_the_longest_names(page: Page, width, height):
    page.set_viewport_size({"width": width, "height": height})
    page.goto("/demo/pamelding/")
    fill_who(page, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft")
    page.get_by_role("button", name="Meld på nå, skriv resten senere").click()
    for name in ("Takk, dere er påmeldt!", "Min side"):
        expect(page.get_by_role("heading", name=name)).to_be_visible()
        assert fits(page)
        if name != "Min side":
            page.get_by_role("link", name="Gå til min side").click()
    page.get_by_role("link", name="Endre").click()
    expect(page.get_by_role("heading", name=re.compile("Donau"))).to_be_visible()
    assert fits(page)


@pytest.mark.parametrize("username", ["", "arrangor"], ids=["stranger", "organiser"])
def test_the_page_has_one_banner_and_one_hat_whoever_looks(page: Page, username):
    if username:
        sign_in(page, username)
    page.goto("/demo/pamelding/")
    expect(page.get_by_role("banner")).to_have_count(1)
    expect(page.get_by_role("link", name="Frivilligbørs", exact=True)).to_have_count(1)
    assert axe(page) == []


def test_the_organiser_sees_it_among_the_new_ones_and_approves(phone: Page):
    fill_who(phone)
    phone.get_by_role("button", name="Meld på nå, skriv resten senere").click()
    expect(phone.get_by_role("heading", name="Takk, dere er påmeldt!")).to_be_visible()
    sign_in(phone, "arrangor")
    phone.goto("/demo/deltakere/?status=registered")
    expect(phone.get_by_role("link", name="Granfjord bygdekorps")).to_be_visible()


def test_an_own_page_left_on_a_tablet_asks_by_itself_whether_it_is_open_still(phone: Page):
    fill_who(phone)
    phone.locator("[data-skip]").click()
    phone.get_by_role("link", name="Gå til min side").click()
    expect(phone.get_by_role("button", name="Lukk min side")).to_be_visible()
    phone.clock.install()
    phone.reload()
    phone.clock.fast_forward("29:00")
    assert "hvile" not in phone.url
    phone.clock.fast_forward("02:00")
    expect(phone).to_have_url(re.compile(r"/min-side/\?hvile=1$"))
    phone.get_by_role("link", name="Endre").click()
    # Who is writing is left in peace for as long as it can be sent.
    phone.get_by_label("Hvor mange kommer?").fill("22")
    phone.clock.fast_forward("31:00")
    phone.wait_for_timeout(300)
    expect(phone.get_by_label("Hvor mange kommer?")).to_have_value("22")
