"""An organiser brings in the list in the browser: from the empty page to the participants, with and without script."""

import pytest
from playwright.sync_api import expect

from .conftest import axe, sign_in

pytestmark = pytest.mark.patient

START = "/demo/deltakere/import/"
PHONE = {"width": 390, "height": 844}
# The first stands on the demo børs as it is, the second with another number, the others not at all.
LIST = """Påmeldte per 4. november

Organisasjon/bedrift;Type;E-post;Hva kan dere tilby?
Kafé Kiwano;bedrift;;
Granfjord Filmklubb;frivillig;ny.adresse@example.no;
Luftskipets Venner;frivillig;luft(at)example.no;Tur
Vinterhagen AS;bedrift;post@example.no;Planter
Ukjent vesen;vet ikke;;
"""


def has_sideways_scroll(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def upload(page) -> None:
    page.set_input_files("#file", {"name": "liste.csv", "mimeType": "text/csv", "buffer": LIST.encode("cp1252")})
    page.get_by_role("button", name="Les listen").click()
    page.wait_for_url("**/kolonner/")


def test_the_list_comes_in_from_the_page_of_participants(page):
    sign_in(page, "arrangor")
    page.goto("/demo/deltakere/")
    page.get_by_role("link", name="Importer liste").click()
    upload(page)
    expect(page.get_by_label("Kolonne A blir til")).to_have_value("name")
    page.get_by_role("button", name="Fortsett").click()
    expect(page.get_by_text("rad 6, kolonne C")).to_be_visible()
    page.get_by_label("Hva skal gjøres med raden?").first.select_option(label="Importer uten e-postadresse")
    # Who looks at another tab first takes the choice along.
    page.get_by_role("link", name="Uendret").click()
    expect(page.get_by_text("Valgene er tatt i bruk.")).to_be_visible()
    expect(page.get_by_text("1 importeres ikke")).to_be_visible()
    expect(page.get_by_role("cell", name="rad 4")).to_be_visible()
    page.get_by_role("button", name="Importer 3 deltakere").click()
    expect(page.get_by_role("heading", name="Listen er importert")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Last ned rapporten (.xlsx)").click()
    assert download.value.suggested_filename == "import-demo.xlsx"
    page.get_by_role("link", name="Se deltakerne").click()
    page.get_by_text("Last ned", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Regneark (.xlsx)").click()
    assert download.value.suggested_filename == "deltakere-demo.xlsx"


@pytest.mark.parametrize("viewport", [None, PHONE], ids=["desk", "phone"])
def test_every_step_passes_axe_and_fits_the_window(page, viewport):
    sign_in(page, "arrangor")
    if viewport:
        page.set_viewport_size(viewport)
    page.goto(START)
    found = [("upload", axe(page), has_sideways_scroll(page))]
    upload(page)
    found.append(("columns", axe(page), has_sideways_scroll(page)))
    page.get_by_role("button", name="Fortsett").click()
    for tab in page.locator(".import-tabs a").all_inner_texts():
        page.locator(".import-tabs a", has_text=tab.split()[0]).first.click()
        found.append((tab, axe(page), has_sideways_scroll(page)))
    page.get_by_role("button", name="Importer 2 deltakere").click()
    page.wait_for_url("**/rapport/")
    found.append(("report", axe(page), has_sideways_scroll(page)))
    assert [each for each in found if each[1:] != ([], False)] == []
    assert len(found) >= 6


def test_on_a_phone_the_buttons_at_the_bottom_keep_their_words_on_one_line(page):
    sign_in(page, "arrangor")
    page.set_viewport_size(PHONE)
    page.goto(START)
    upload(page)
    page.get_by_role("button", name="Fortsett").click()
    expect(page.get_by_text("1 ny, 1 endres", exact=False)).to_be_visible()
    boxes = [page.get_by_role("button", name=name).bounding_box() for name in ("Importer 2 deltakere", "Bruk valgene")]
    assert [(round(box["height"]), box["width"] > 120) for box in boxes] == [(56, True)] * 2


def test_it_needs_no_script(browser, server):
    context = browser.new_context(base_url=server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "arrangor")
    page.goto(START)
    upload(page)
    page.get_by_role("button", name="Fortsett").click()
    page.get_by_role("button", name="Importer 2 deltakere").click()
    expect(page.get_by_role("heading", name="Listen er importert")).to_be_visible()
    context.close()
