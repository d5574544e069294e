"""The report in a browser: on three sizes of screen, and on paper."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from .conftest import axe, sign_in
from .screens import set_event

SIZES = [(1440, 900), (1080, 810), (390, 844)]
LONG = "Frivilligbørsinteressentskapsorganisasjonsfellesskapet" * 3
AWKWARD = f"""
import json
from borsen.models import Event
from participants.models import Participant
event = Event.objects.get(slug="demo")
named = event.participants.filter(resources__isnull=False).first()
Participant.objects.filter(pk=named.pk).update(name="{LONG}", description="{LONG}", municipality="{LONG[:60]}")
event.participants.filter(sector="public").update(municipality="Nabokommunen")
named.resources.update(title="{LONG[:120]}")
for rows in (event.categories, event.hosts):
    rows.filter(pk=rows.first().pk).update(name="{LONG[:100]}")
event.hosts.update(contributes="{LONG}")
event.challenges.update(text="{LONG[:120]}")
event.awards.update(title="{LONG[:80]}", reason="{LONG}")
for agreement in event.agreements.all()[:3]:
    type(agreement).objects.filter(pk=agreement.pk).update(summary="{LONG[:120]}")
    agreement.parties.update(gives="{LONG}")
print(json.dumps(None))
"""


@pytest.fixture(autouse=True)
def over(server):
    set_event(server, f"name='{LONG}', theme='{LONG}', closed_at=now - timedelta(hours=1), report_published=True")
    server.ask(AWKWARD)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_report_is_accessible_and_never_scrolls_sideways(page, width, height):
    sign_in(page, "koordinator")
    page.set_viewport_size({"width": width, "height": height})
    page.goto("/demo/rapport/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(page) == []


def test_phone_sees_the_narrow_pictures_and_a_desk_the_wide_ones(page):
    seen = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.goto("/demo/rapport/")
        pictures = page.locator("figure svg.picture:visible")
        classes = set(pictures.evaluate_all("all => all.map(one => one.getAttribute('class'))"))
        # As large as it was laid out, or a little smaller: never so that its letters can't be read.
        scale = pictures.evaluate_all(
            "all => Math.min(...all.map(one => one.getBoundingClientRect().width / one.viewBox.baseVal.width))"
        )
        seen.append((classes, scale > 0.9))
    wide, phone = {"picture picture--wide"}, {"picture picture--phone"}
    assert seen == [(wide, True), (wide, True), (phone, True)]


def test_report_on_paper_has_its_numbers_and_none_of_its_buttons(page):
    page.goto("/demo/rapport/")
    page.locator("figure details").first.locator("summary").click()
    paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    text = " ".join(sheet.extract_text() for sheet in paper.pages)
    width, height = (round(float(side)) for side in paper.pages[0].mediabox[2:])
    assert (width, height) == (595, 842)
    assert ["Last ned" in text, "Hopp til innholdet" in text] == [False, False]
    # Also of the chart whose numbers were folded away on the screen.
    assert text.count("Tallene i figuren") == page.locator("figure details").count()
    assert "Tidsrom" in text
