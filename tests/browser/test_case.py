"""The politicians' case in the browser: it fits, and is copied as bare HTML, on plain http too."""

import pytest
from playwright.sync_api import expect

from .conftest import axe, sign_in

PAGE = "/demo/rapport/saksfremlegg/"


@pytest.mark.parametrize("viewport", [(1920, 1080), (1080, 810), (390, 844)])
def test_the_page_passes_axe_and_fits_the_window(page, viewport):
    sign_in(page, "koordinator")
    page.set_viewport_size({"width": viewport[0], "height": viewport[1]})
    page.goto(PAGE)
    assert (axe(page), page.evaluate("document.documentElement.scrollWidth > innerWidth")) == ([], False)
    widths = page.locator(".case__article table").evaluate_all(
        "(tables) => tables.map((one) => [one.offsetWidth, one.parentElement.clientWidth])"
    )
    assert [table <= room for table, room in widths] == [True for _table in widths]


def test_the_whole_text_is_pasted_with_headings_and_tables_and_without_this_page_s_looks(page):
    sign_in(page, "koordinator")
    page.goto(PAGE)
    assert page.evaluate("isSecureContext") is False
    page.get_by_role("button", name="Kopier hele teksten").click()
    expect(page.get_by_role("status").get_by_text("Kopiert")).to_be_visible()
    page.evaluate(
        "() => { const paper = document.createElement('div'); paper.contentEditable = 'true'; paper.id = 'paper';"
        " document.body.append(paper); paper.focus(); }"
    )
    page.keyboard.press("Control+V")
    paper = page.locator("#paper")
    expect(paper.get_by_role("heading")).to_have_text(
        ["Bakgrunn", "Saksopplysninger", "Resultat", "Ressursbruk", "Vurdering", "Forslag til vedtak"]
    )
    expect(paper.locator("table[border='1']").first).to_be_visible()
    assert paper.locator("[class], [style], [dir]").count() == 0
