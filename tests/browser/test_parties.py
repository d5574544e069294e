"""What the parties of an agreement have of it: the code on the tablet, the receipt on the phone, and «min side»."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import axe, sign_in
from .server import Server

PUBLIC = "https://bors.example"
LAST = (
    "import json; from borsen.models import Event; event = Event.objects.get(slug='demo');"
    "last = event.agreements.order_by('-number').first();"
)
# A link that opens the first party of the last agreement, as who got it by mail follows it.
LINK = LAST + (
    "from participants.person_links import link_for; from participants.models import Contact;"
    "contact = Contact.objects.filter(participant=last.parties.first().participant).exclude(email='').first();"
    "print(json.dumps([last.number, link_for(event, contact.email).token]))"
)
SAID = LAST + "print(json.dumps(list(last.outcome_reports.values_list('outcome', 'note'))))"
FINGER = 44
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def server(template_server, tmp_path):
    server = Server(tmp_path / "data", template=template_server, PUBLIC_URL=PUBLIC).start()
    yield server
    server.close()


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_code_on_the_tablet_is_in_sight_with_the_number_and_opens_the_receipt_on_a_phone(page, server):
    page.set_viewport_size({"width": 1080, "height": 810})
    sign_in(page, "megler")
    page.goto("/demo/megler/")
    page.locator("#entry[data-has-list]").wait_for()
    for number, (letters, name) in enumerate((("radio", "Granfjord Radio"), ("runde", "Bruktbutikken")), 1):
        page.get_by_role("combobox", name=f"Part {number}", exact=True).press_sequentially(letters)
        page.get_by_role("option", name=re.compile(f"(?<!«){name}")).first.click()
    page.get_by_label("Part 1 gir", exact=True).fill("Reparasjonskveld hver måned")
    page.locator("#entry").get_by_text("Praktisk hjelp og dugnad", exact=True).click()
    page.get_by_role("button", name="Registrer avtale").click()
    code = page.locator("#receipt-copy svg")
    for each in (code, page.locator("#receipt-number"), page.get_by_role("button", name="Ny avtale")):
        expect(each).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    drawn, number = code.bounding_box(), page.locator("#receipt-number > span").bounding_box()
    assert number["x"] + number["width"] <= drawn["x"]
    assert axe(page) == []
    page.set_viewport_size(PHONE)
    buttons = page.locator(".receipt__next").bounding_box()["y"]
    parties = page.locator(".receipt__parties li").all()
    assert len(parties) == 2
    for each in (code, page.locator("#receipt-number > span"), *parties):
        expect(each).to_be_in_viewport(ratio=1)
        box = each.bounding_box()
        assert box["y"] + box["height"] <= buttons
    assert (fits(page), axe(page)) == (True, [])
    page.get_by_role("button", name="Ny avtale").click()
    expect(code).to_be_hidden()

    token = server.ask(LAST + "print(json.dumps(last.receipt_token))")
    page.goto(f"/demo/kvittering/{token}/")
    expect(page.get_by_text("Reparasjonskveld hver måned").first).to_be_visible()
    assert (fits(page), axe(page)) == (True, [])


@pytest.mark.parametrize("scripts", [True, False])
def test_a_party_tells_how_it_went_from_the_keyboard_on_a_phone(browser, server, scripts):
    number, token = server.ask(LINK)
    context = browser.new_context(base_url=server.url, locale="nb-NO", viewport=PHONE, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"/demo/min-side/{token}/")
    expect(page.get_by_role("heading", name="Mine avtaler")).to_be_visible()
    page.get_by_role("link", name=f"Fortell hvordan nr. {number} gikk").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Ikke begynt").focus()
    choices = page.locator(".outcome label:has([type=radio])").all()
    assert [choice.bounding_box()["height"] >= FINGER for choice in choices] == [True] * 4
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("I gang")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("Første øvelse er i januar.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"Det er lagret hvordan avtale nr. {number} gikk.")).to_be_visible()
    expect(page.get_by_text("Første øvelse er i januar.")).to_be_visible()
    assert server.ask(SAID) == [["running", "Første øvelse er i januar."]]
    if scripts:
        assert (fits(page), axe(page)) == (True, [])
        page.goto(f"/demo/min-side/avtaler/{number}/")
        assert (fits(page), axe(page)) == (True, [])
    context.close()
