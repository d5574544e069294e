"""One hat everywhere: in tabs, on home screens, on shared links, on pages and in the PDF; drawn from one shape."""

import json
import re

import pytest
from django.conf import settings as django_settings
from PIL import Image

from borsen.templatetags.components import SHAPES

STATIC = django_settings.BASE_DIR / "static"
SOURCES = django_settings.BASE_DIR / "docs" / "identity"
DRAWINGS = [
    STATIC / "favicon.svg",
    *(SOURCES / name for name in ("logo.svg", "wordmark.svg", "icon.svg", "social.svg")),
]
PICTURES = {"apple-touch-icon.png": 180, "icon-192.png": 192, "icon-512.png": 512}
HALL = (12, 34, 27)


def og(html):
    return dict(re.findall(r'<meta property="og:([a-z:_]+)" content="([^"]*)">', html))


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda drawing: drawing.name)
def test_every_drawing_has_the_hat_of_the_pages(drawing):
    paths = re.findall(r'<path(?: [a-z]+="[^"]*")*? d="([^"]+)"', drawing.read_text(encoding="utf-8"))
    assert "".join(paths[:2]) == SHAPES["hat"]


@pytest.mark.parametrize("name", PICTURES)
def test_pictures_have_their_size_and_the_colour_of_the_hall_to_the_edge(name):
    picture = Image.open(STATIC / "identity" / name)
    assert picture.size == (PICTURES[name],) * 2
    corners = [
        picture.convert("RGB").getpixel((x, y)) for x in (0, -1 + PICTURES[name]) for y in (0, PICTURES[name] - 1)
    ]
    assert corners == [HALL] * 4


def test_the_picture_for_shared_links_has_the_size_that_they_want():
    assert Image.open(STATIC / "identity/social.png").size == (1200, 630)


def test_the_icon_for_old_browsers_has_the_sizes_of_tabs():
    assert Image.open(STATIC / "identity/favicon.ico").info["sizes"] == {(16, 16), (32, 32), (48, 48)}


def test_the_manifest_names_pictures_that_are_there_in_their_true_size():
    manifest = json.loads((STATIC / "identity/site.webmanifest").read_text(encoding="utf-8"))
    assert (manifest["name"], manifest["theme_color"]) == ("Frivilligbørs", "#0c221b")
    for icon in manifest["icons"]:
        width, height = Image.open(STATIC / "identity" / icon["src"]).size
        assert icon["sizes"] == f"{width}x{height}"


@pytest.mark.django_db
def test_every_page_leads_to_the_icons_and_the_manifest(client):
    html = client.get("/konto/logg-inn/").content.decode()
    for name in ("favicon.svg", "identity/favicon.ico", "identity/apple-touch-icon.png", "identity/site.webmanifest"):
        assert f'href="/static/{name}"' in html


@pytest.mark.django_db
def test_a_shared_link_gets_words_and_a_picture_with_a_whole_address(client, settings):
    settings.PUBLIC_URL = "https://bors.example"
    found = og(client.get("/konto/logg-inn/").content.decode())
    assert (found["title"], found["image"]) == ("Frivilligbørs", "https://bors.example/static/identity/social.png")
    assert found["description"].startswith("Bedrifter, frivillige organisasjoner og det offentlige")


@pytest.mark.django_db
def test_without_an_address_from_outside_nothing_is_said_to_who_could_not_fetch_it(client, settings):
    settings.PUBLIC_URL = ""
    assert og(client.get("/konto/logg-inn/").content.decode()) == {}


def test_the_address_where_browsers_look_by_themselves_leads_to_the_icon(client):
    response = client.get("/favicon.ico")
    assert (response.status_code, response["Location"]) == (302, "/static/identity/favicon.ico")
