"""The same picture as SVG, in the PDF and as a PNG, and the addresses that hand them out."""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from PIL import Image, ImageDraw, ImageStat
from pypdf import PdfReader
from reportlab.platypus import SimpleDocTemplate

from agreements.charts import PHONE, WIDE, pictures_of
from agreements.charts.bars import Look, filled
from agreements.charts.image import MARGIN, SCALE, png_of
from agreements.charts.picture import Anchor, Paint, Picture, Symbol, Table, Text
from agreements.charts.svg import svg_of
from agreements.pdf.pictures import drawing_of
from borsen.clock import close_hour
from borsen.enums import Role, Sector
from borsen.models import Challenge, Host
from borsen.pdf import faces, styles
from tests.agreements.figures import many_figures
from tests.borsen.addresses import client_for
from tests.factories import make_agreement, make_event, make_member, make_open_event, make_participant

SVG = "{http://www.w3.org/2000/svg}"
# What an SVG says how it looks by, without a style that the pages' policy would stop.
ATTRIBUTES = {
    "x", "y", "width", "height", "rx", "fill", "stroke", "stroke-width", "d", "font-size", "text-anchor", "font-weight",
    "transform", "fill-rule", "font-family", "viewBox", "role", "aria-labelledby", "color", "id",
}  # fmt: skip
NAMES = [named.name for named in pictures_of(many_figures())]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _bokmal():
    with translation.override("nb"):
        yield


def named(name, found=None, room=WIDE):
    return next(each for each in pictures_of(found or many_figures(), room=room) if each.name == name)


def svg_texts(svg):
    return [element.text for element in ET.fromstring(svg).iter(f"{SVG}text")]


def pdf_of(*pictures):
    faces.register()
    file = BytesIO()
    document = SimpleDocTemplate(
        file, pagesize=(styles.PAGE_WIDTH, styles.PAGE_HEIGHT),
        leftMargin=styles.MARGIN - 6, rightMargin=styles.MARGIN - 6,
        topMargin=styles.TOP - 6, bottomMargin=styles.BOTTOM - 6,
    )  # fmt: skip
    document.build([drawing_of(picture) for picture in pictures])
    return PdfReader(file)


def pdf_letters(pdf):
    return Counter("".join(page.extract_text() for page in pdf.pages).replace(" ", "").replace("\n", ""))


def letters(texts):
    return Counter("".join("".join(texts).split()))


def png_texts(picture, monkeypatch):
    """What is written into the image."""
    found = []
    write = ImageDraw.ImageDraw.text

    def text(self, xy, text, *args, **kwargs):
        found.append(text)
        return write(self, xy, text, *args, **kwargs)

    monkeypatch.setattr(ImageDraw.ImageDraw, "text", text)
    png_of(picture)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_svg_and_png_say_the_same_as_the_picture(name, monkeypatch):
    found = named(name)
    assert svg_texts(svg_of(found, is_file=True)) == found.picture.texts
    assert png_texts(found.picture, monkeypatch) == found.picture.texts


@pytest.mark.parametrize(
    "name", [name for name in NAMES if name not in {"kategorier", "problemstillinger", "kommuner"}]
)
def test_pdf_says_the_same_as_the_picture(name):
    picture = named(name).picture
    assert pdf_letters(pdf_of(picture)) == letters(picture.texts)


def test_pdf_shows_a_box_for_what_its_faces_lack():
    picture = Picture("x", "x", 200, 40, (Text(0, 20, "志愿 og ŧ", 14),), Table((), ()))
    assert pdf_letters(pdf_of(picture)) == letters(["□□ogŧ"])


@pytest.mark.parametrize("name", NAMES)
def test_svg_needs_no_style_and_no_script(name):
    root = ET.fromstring(svg_of(named(name), is_file=True))
    assert {attribute for element in root.iter() for attribute in element.attrib} <= ATTRIBUTES
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "rect",
        "path",
        "text",
    }


def test_svg_is_named_and_described_and_takes_the_colour_of_the_words_around_it():
    found = named("kategorier")
    root = ET.fromstring(svg_of(found, variant="wide"))
    assert (root.get("role"), root.get("fill"), root.get("color")) == ("img", "currentColor", None)
    texts = {element.get("id"): element.text for element in root if element.get("id")}
    assert [texts[key] for key in root.get("aria-labelledby").split()] == [found.title, found.picture.description]
    assert re.findall(r'\d,\d|fill="#0b1511"', svg_of(found, variant="wide")) == []


def test_svg_as_a_file_stands_on_white():
    root = ET.fromstring(svg_of(named("kategorier"), is_file=True))
    first = next(root.iter(f"{SVG}rect"))
    assert (root.get("color"), first.get("fill"), first.get("width")) == ("#0b1511", "#ffffff", root.get("width"))


def test_what_people_wrote_is_text_in_the_svg():
    assert "<b>Fet</b>" in "".join(svg_texts(svg_of(named("kategorier"), is_file=True)))


def test_png_is_twice_as_large_as_it_was_laid_out_and_says_how_large_to_show_it():
    picture = named("sektorer").picture
    image = Image.open(BytesIO(png_of(picture)))
    assert image.size == (round((picture.width + 2 * MARGIN) * SCALE), round((picture.height + 2 * MARGIN) * SCALE))
    assert image.info["dpi"] == pytest.approx((144, 144), abs=0.1)
    assert image.getpixel((0, 0)) == (255, 255, 255)


def ink(picture):
    """The box of what is drawn in a PNG, in the picture's measure."""
    image = Image.open(BytesIO(png_of(picture))).convert("L").point(lambda level: 255 if level < 128 else 0)
    return [edge / SCALE - MARGIN for edge in image.getbbox()]


@pytest.mark.parametrize("name", ["shop", "heart", "temple", "person", "both-ways", "one-way"])
def test_symbol_fills_its_square_in_the_png(name):
    left, top, right, bottom = ink(Picture("x", "x", 120, 120, (Symbol(name, 12, 12, 96),), Table((), ())))
    assert min(left, top) >= 11
    assert max(right, bottom) <= 109
    assert max(right - left, bottom - top) > 75


def test_text_stands_where_its_anchor_says_in_the_png():
    texts = [Text(100, 40, "HHHH", 20, anchor) for anchor in Anchor]
    start, middle, end = (ink(Picture("x", "x", 200, 60, (text,), Table((), ()))) for text in texts)
    assert (start[0], end[2]) == (pytest.approx(100, abs=3), pytest.approx(100, abs=3))
    assert middle[0] + middle[2] == pytest.approx(200, abs=3)
    assert start[3] == pytest.approx(40, abs=1)


def test_tall_picture_is_cut_between_its_bars_and_loses_nothing():
    picture = named("kategorier", many_figures(5000, categories=40)).picture
    pdf = pdf_of(picture)
    assert len(pdf.pages) == 2
    numbers = [text for text in picture.texts if text.isdigit()]
    found = "\n".join(page.extract_text() for page in pdf.pages).split()
    assert [number for number in numbers if number not in found] == []
    assert Counter(found)["5000"] == 1


def test_picture_that_a_page_holds_is_never_cut():
    picture = named("sektorer").picture
    pdf = pdf_of(picture, picture, picture)
    assert [len(re.findall("Til sammen", page.extract_text())) for page in pdf.pages] == [2, 1]


def test_phone_s_picture_says_the_same_numbers_as_the_wide_one():
    for wide, phone in zip(pictures_of(many_figures()), pictures_of(many_figures(), room=PHONE), strict=True):
        assert phone.picture.table == wide.picture.table
        assert phone.picture.width == PHONE


def test_fillings_differ_in_gray():
    shapes = [shape for place, look in enumerate(Look) for shape in filled(0, 30 * place, 100, 16, look)]
    image = Image.open(BytesIO(png_of(Picture("x", "x", 100, 80, tuple(shapes), Table((), ()))))).convert("L")
    left, right = (MARGIN + 5) * SCALE, (MARGIN + 95) * SCALE
    bands = [
        ImageStat.Stat(image.crop((left, (MARGIN + 30 * place + 3) * SCALE, right, (MARGIN + 30 * place + 13) * SCALE)))
        for place in range(3)
    ]
    solid, hatched, empty = (band.mean[0] for band in bands)
    assert (solid < 80, 120 < hatched < 210, empty) == (True, True, 255)


# --- the addresses


@pytest.fixture
def event():
    event = make_open_event("granfjord", goal=2)
    make_agreement(event, (make_participant(event, sector=Sector.BUSINESS), "Sal"), (make_participant(event), "Sang"))
    return event


@pytest.mark.parametrize(
    ("ending", "kind", "start"), [("png", "image/png", b"\x89PNG"), ("svg", "image/svg+xml", b"<?xml")]
)
def test_picture_is_handed_out_as_a_file_and_kept_by_no_cache(event, ending, kind, start):
    client = client_for(make_member(event, Role.COORDINATOR))
    answer = client.get(reverse(f"picture.{ending}", args=[event.slug, "kategorier"]))
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, kind, "private, no-store")
    assert answer["Content-Disposition"] == f'attachment; filename="granfjord-kategorier.{ending}"'
    assert answer.content.startswith(start)


@pytest.mark.parametrize("name", ["kommuner", "finnes-ikke"])
def test_picture_that_the_figures_have_nothing_for_is_not_found(event, name):
    client = client_for(make_member(event, Role.COORDINATOR))
    assert client.get(reverse("picture.png", args=[event.slug, name])).status_code == 404


def test_everybody_s_pictures_tell_nothing_of_who_is_not_to_be_known():
    leak = "ring 911 22 333 eller hemmelig@example.no"
    organiser = make_event("mitt").memberships.get().user
    secret = make_open_event("lukket", minutes_ago=600, by=organiser, name="Hemmelig generalprøve")
    close_hour(event=secret, now=timezone.now() - timedelta(hours=8))
    event = make_open_event("granfjord", by=organiser, report_published=True, goal=50)
    for each in (secret, event):
        Host.objects.create(event=each, name="Kommunen", sector=Sector.PUBLIC)
    challenge = Challenge.objects.create(event=event, text=f"Ensomhet, {leak}")
    make_agreement(event, challenge=challenge)
    for place in ("Granfjord", "Ås, 922 33 444"):
        make_participant(event, municipality=place)
    organisers, everybody = client_for(organiser), client_for()
    said = {}
    for who, client in (("organiser", organisers), ("everybody", everybody)):
        texts = []
        for name in ("problemstillinger", "sammenlignet", "kommuner"):
            texts += svg_texts(client.get(reverse("picture.svg", args=[event.slug, name])).content)
        said[who] = " ".join(texts)
    secrets = ("911 22 333", "hemmelig@example.no", "Hemmelig generalprøve")
    assert [secret in said["organiser"] for secret in secrets] == [True] * 3
    assert [secret in said["everybody"] for secret in secrets] == [False] * 3
    assert ["Ensomhet" in said["everybody"], "Ås, …" in said["everybody"]] == [True, True]
    # What a participant wrote where only a place belongs is for nobody.
    assert "922 33 444" not in said["organiser"]


def test_paint_of_the_words_is_the_page_s_own():
    assert Paint.INK.value == f"#{styles.INK.hexval()[2:]}"
