"""The report's PDF from its page: said how far it has come, saved under its name, and without script a download."""

import re

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from .conftest import axe, sign_in

LARGE = """
from agreements.models import Agreement, Party
from borsen.models import Event
import json, uuid
event = Event.objects.get(slug="demo")
people = list(event.participants.values_list("pk", flat=True))
category, last = event.categories.first(), event.agreements.order_by("number").last().number
made = Agreement.objects.bulk_create(
    Agreement(event=event, number=last + n, key=uuid.uuid4(), key_digest="x", version=1, category=category,
              summary=f"Noe nyttig nr. {n}", made_at=event.opened_at, registered_at=event.opened_at)
    for n in range(1, 1500)
)
Party.objects.bulk_create(
    Party(agreement=one, participant_id=people[(one.number + side) % len(people)], position=side, gives="Dugnad")
    for one in made for side in range(2)
)
print(json.dumps(len(made)))
"""


def test_the_page_says_how_far_it_has_come_and_saves_the_file(page: Page, server):
    server.ask(LARGE)
    sign_in(page, "koordinator")
    page.goto("/demo/rapport/")
    said = page.evaluate_handle(
        """() => {
          const said = [], status = document.querySelector("[data-pdf-status]");
          new MutationObserver(() => said.push(status.textContent)).observe(status, { childList: true });
          return said;
        }"""
    )
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("link", name="Last ned PDF").click()
    assert download.value.suggested_filename == "rapport-demo.pdf"
    assert len(PdfReader(download.value.path()).pages) > 100
    expect(page.locator("[data-pdf-status]")).to_have_text("Rapporten er lastet ned")
    pages = [
        int(words.split()[-1]) for words in said.json_value() if re.fullmatch(r"Lager rapporten … side \d+", words)
    ]
    assert (len(pages) > 1, pages == sorted(pages)) == (True, True)


def test_edition_with_contacts_is_saved_under_another_name(page: Page):
    sign_in(page, "koordinator")
    page.goto("/demo/rapport/")
    assert axe(page) == []
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("link", name="Intern utgave med kontakter").click()
    assert download.value.suggested_filename == "rapport-demo-intern.pdf"
    assert "Intern utgave" in PdfReader(download.value.path()).pages[1].extract_text()


def test_without_script_it_is_a_download(browser, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "koordinator")
    page.goto("/demo/rapport/")
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("link", name="Last ned PDF").click()
    assert download.value.suggested_filename == "rapport-demo.pdf"
    context.close()


def test_what_goes_wrong_is_said(page: Page, no_errors_in_the_browser):
    sign_in(page, "koordinator")
    page.goto("/demo/rapport/")
    page.route("**/rapport.pdf", lambda route: route.abort())
    page.get_by_role("link", name="Last ned PDF").click()
    expect(page.locator("[data-pdf-status]")).to_have_text("Rapporten ble ikke laget. Prøv en gang til.")
    no_errors_in_the_browser.clear()
