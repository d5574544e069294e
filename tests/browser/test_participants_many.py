"""The organiser's list with 500 participants in the browser: choosing, doing something with many, keyboard, phone, axe.

`pytest -s -n 0 tests/browser/test_participants_many.py` prints the time from the click on a filter to the new list. The
figures are in docs/sidetider.md.
"""

import json
import re

import pytest
from playwright.sync_api import expect

from .conftest import axe, sign_in
from .test_participants import LIST, PHONE, has_sideways_scroll

pytestmark = pytest.mark.patient

FILL = """import json
from tests.bench.many import fill
from borsen.models import Event
from participants.models import Contact
from participants.enums import Status
fill(number=500)
event = Event.objects.get(slug="demo")
newest = list(event.participants.order_by("-pk").values_list("pk", flat=True)[:40])
event.participants.filter(pk__in=newest).update(status=Status.REGISTERED)
for contact in Contact.objects.filter(participant__in=newest):
    contact.email = f"person{contact.participant_id}@example.org"
    contact.save()
event.participants.get(pk=newest[0]).resources.all().delete()
print(json.dumps(event.participants.count()))"""
LIMIT = 3_000
# Where the bar has its own place: axe takes a row that scrolls in under it for a target that is too small.
TO_THE_END = "scrollTo(0, document.documentElement.scrollHeight)"


@pytest.fixture
def organiser(page, server):
    assert server.ask(FILL) == 500
    sign_in(page, "arrangor")
    return page


def test_rows_are_chosen_and_all_that_match_are_approved_with_the_keyboard_alone(organiser):
    organiser.goto(f"{LIST}?status=registered")
    acts = organiser.get_by_role("button", name="Godkjenn", exact=True)
    expect(acts).to_be_hidden()
    organiser.get_by_label("Velg alle på denne siden").focus()
    organiser.keyboard.press("Tab")
    for column in ("Navn", "Tilbud", "Behov", "Påmeldt"):
        expect(organiser.get_by_role("link", name=column, exact=True)).to_be_focused()
        organiser.keyboard.press("Tab")
    organiser.keyboard.press("Space")
    organiser.keyboard.press("Tab")
    organiser.keyboard.press("Tab")
    organiser.keyboard.press("Tab")
    organiser.keyboard.press("Space")
    expect(organiser.get_by_text("2 valgt")).to_be_visible()
    expect(acts).to_be_visible()
    # From a box the way to the buttons is one key, and not through all the rows below.
    expect(organiser.get_by_text("Enter i en avkryssing går rett til knappene.")).to_be_visible()
    organiser.keyboard.press("Enter")
    expect(acts).to_be_focused()
    organiser.get_by_label("Velg alle på denne siden").press("Space")
    expect(organiser.get_by_text("25 valgt")).to_be_visible()
    organiser.get_by_label("Velg alle 40 som passer").press("Space")
    expect(organiser.get_by_text("40 valgt")).to_be_visible()
    organiser.evaluate(TO_THE_END)
    assert axe(organiser) == []
    acts.press("Enter")
    expect(organiser.get_by_text("40 deltakere er godkjent.")).to_be_visible()
    expect(organiser.locator("#messages")).to_be_focused()
    expect(organiser.get_by_role("heading", name="Ingen nye")).to_be_visible()


def test_what_has_focus_is_not_behind_the_bar(organiser):
    organiser.set_viewport_size(PHONE)
    organiser.goto(LIST)
    boxes = organiser.locator("input[name='chosen']")
    boxes.first.check()
    bar = organiser.locator(".bulk")
    for index in range(1, 8):
        boxes.nth(index).focus()
        box, edge = boxes.nth(index).bounding_box(), bar.bounding_box()
        assert box["y"] + box["height"] <= edge["y"]


def test_choosing_again_after_the_list_has_narrowed_counts_what_is_there(organiser):
    organiser.goto(f"{LIST}?status=registered")
    organiser.get_by_label("Velg alle på denne siden").check()
    organiser.get_by_label("Vis", exact=True).focus()
    organiser.get_by_label("Vis", exact=True).select_option(label="Mangler tilbud og behov (1)")
    expect(organiser).to_have_url(re.compile("bare=mangler"))
    expect(organiser.locator("tbody tr")).to_have_count(1)
    expect(organiser.get_by_label("Vis", exact=True)).to_be_focused()
    expect(organiser.locator("[data-chosen]")).to_have_text("")
    organiser.get_by_label("Velg alle på denne siden").check()
    expect(organiser.get_by_text("1 valgt")).to_be_visible()
    organiser.get_by_role("button", name="Meld av", exact=True).click()
    expect(organiser.get_by_role("heading", name="Melde av 1 deltaker?")).to_be_visible()


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["desk", "phone"])
def test_every_page_around_the_list_passes_axe_and_fits_the_window(organiser, viewport):
    if viewport:
        organiser.set_viewport_size(viewport)
    organiser.goto(LIST)
    organiser.locator("input[name='chosen']").first.check()
    organiser.evaluate(TO_THE_END)
    assert ("chosen", axe(organiser), has_sideways_scroll(organiser)) == ("chosen", [], False)
    for address in (
        f"{LIST}minn/",
        f"{LIST}doble/",
        "/demo/meldinger/",
        "/demo/meldinger/ny/?til=all",
        "/demo/e-post/",
    ):
        organiser.goto(address)
        assert (address, axe(organiser), has_sideways_scroll(organiser)) == (address, [], False)
    organiser.goto("/demo/meldinger/ny/?til=all")
    organiser.get_by_label("Emne").fill("Program")
    organiser.get_by_label("Melding", exact=True).fill("Vel møtt!\n\nTa med kake.")
    organiser.get_by_role("button", name="Se hvordan den blir").click()
    expect(organiser.get_by_role("heading", name="Se over meldingen")).to_be_visible()
    assert ("preview", axe(organiser), has_sideways_scroll(organiser)) == ("preview", [], False)


def test_sorting_and_choosing_work_without_script(browser, browser_context_args, organiser):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    context.add_cookies(organiser.context.cookies())
    page = context.new_page()
    page.goto(f"{LIST}?status=registered")
    page.get_by_role("link", name="Tilbud", exact=True).click()
    expect(page.get_by_role("columnheader", name="Tilbud")).to_have_attribute("aria-sort", "descending")
    page.locator("input[name='chosen']").first.check()
    page.get_by_role("button", name="E-postadresser").click()
    expect(page.get_by_role("heading", name="E-postadresser")).to_be_visible()
    context.close()


def test_the_list_of_five_hundred_opens_and_narrows_quickly(organiser):
    organiser.goto(LIST)
    organiser.reload()
    timing = organiser.evaluate(
        "(of => [of.responseEnd - of.requestStart, of.domContentLoadedEventEnd])"
        "(performance.getEntriesByType('navigation')[0])"
    )
    began = organiser.evaluate("performance.now()")
    organiser.get_by_label("Vis", exact=True).select_option(value="uten-epost")
    expect(organiser).to_have_url(re.compile("bare=uten-epost"))
    narrowed = organiser.evaluate("performance.now()") - began
    print(json.dumps({"answer": timing[0], "ready": timing[1], "narrowed": narrowed}))  # noqa: T201
    assert max(*timing, narrowed) < LIMIT
