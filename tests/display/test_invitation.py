"""The invitation kit: texts that say what the børs has said of itself, and a poster."""

import re
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from pypdf import PdfReader

from borsen.enums import Role, Sector
from borsen.events import HostDraft
from borsen.pdf import worker
from display.invitation import texts
from display.poster.content import Poster, read_poster
from display.poster.drawing import render
from tests.borsen.addresses import client_for
from tests.factories import make_event, make_member, make_participant

STARTS = datetime(2027, 3, 4, 18, tzinfo=ZoneInfo("Europe/Oslo"))
NOW = datetime(2027, 1, 4, 18, tzinfo=ZoneInfo("Europe/Oslo"))
SAID = {
    "name": "Frivilligbørs i Granfjord",
    "starts_at": STARTS,
    "place": "Lillesalen",
    "theme": "Sammen",
    "ask_whom": "Sentralen, 22 33 44 55",
    "challenges": ["Eldre og ensomhet"],
    "hosts": [HostDraft("Granfjord kommune", Sector.PUBLIC), HostDraft("Sentralen", Sector.VOLUNTARY)],
}
WHEN = "Torsdag 4. mars kl. 18.00–19.00"
LINK = "https://bors.example/granfjord/pamelding/"
HARMFUL = "<b>fet & <img src='/etc/hostname'/> </para>"


@pytest.fixture
def outside(settings):
    settings.PUBLIC_URL = "https://bors.example"


def kit(event, user=None):
    user = user or event.memberships.get(role=Role.ORGANISER).user
    return client_for(user).get(f"/{event.slug}/invitasjon/")


@pytest.mark.django_db
def test_each_sector_the_net_and_the_paper_get_a_text_with_name_time_place_and_link(outside):
    found = texts(make_event("granfjord", registration_open=True, **SAID), NOW)
    assert [(text.anchor, text.sector) for text in found] == [
        ("bedrift", Sector.BUSINESS),
        ("frivillig", Sector.VOLUNTARY),
        ("offentlig", Sector.PUBLIC),
        ("enkeltperson", Sector.INDIVIDUAL),
        ("sosiale-medier", None),
        ("lokalavis", None),
    ]
    for text in found:
        missing = [words for words in ("Frivilligbørs i Granfjord", WHEN, "Lillesalen", LINK) if words not in text.text]
        assert missing == []
    letters = [text.text for text in found if text.sector]
    for words in ("Temaet er «Sammen».", "– Eldre og ensomhet", "Granfjord kommune og Sentralen", "22 33 44 55"):
        assert [words in letter for letter in letters] == [True] * 4
    assert len(found[4].text) < 400


@pytest.mark.django_db
def test_what_nobody_has_written_leaves_no_trace_in_the_texts(settings):
    settings.PUBLIC_URL = ""
    for text in texts(make_event(name="Børs", starts_at=STARTS), NOW):
        assert re.findall(r"«»|: *$|None|\n\n\n|  | ,|\?$| \.$", text.text, re.MULTILINE) in ([], ["?"])
        assert "://" not in text.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("public_url", "fields", "link", "why"),
    [
        ("https://bors.example", {"registration_open": True}, "/granfjord/pamelding/", ""),
        ("https://bors.example", {"page_published": True}, "/granfjord/", "Påmeldingen er ikke åpen."),
        ("https://bors.example", {}, "", "Verken påmeldingen eller forsiden er åpen"),
        ("", {"registration_open": True}, "", "Serveren har ingen adresse som virker utenfor dette rommet"),
    ],
)
def test_the_page_says_why_there_is_no_link_to_the_registration(settings, public_url, fields, link, why):
    settings.PUBLIC_URL = public_url
    html = kit(make_event("granfjord", **fields)).content.decode()
    # In six texts, and as a link that can be tried; nowhere an address that leads nowhere.
    assert html.count(f"https://bors.example{link}\n") + html.count(f"https://bors.example{link}<") >= (
        2 if link else 0
    )
    assert html.count("https://bors.example/granfjord/") == (8 if link else 0)
    assert why in html
    assert ("QR-kode." in html.split('id="poster"')[1]) == bool(link)


@pytest.mark.django_db
def test_markup_in_the_event_is_only_text_in_the_fields(settings):
    settings.PUBLIC_URL = ""
    html = kit(make_event(name="</textarea><script>alert(1)</script>", theme=HARMFUL)).content.decode()
    assert "<script>alert" not in html
    assert html.count("</textarea>") == 6


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_the_kit_takes_as_many_queries_for_many_as_for_few(number, django_assert_num_queries):
    event = make_event(
        hosts=[HostDraft(f"Vert {place}", Sector.PUBLIC) for place in range(number)],
        challenges=[f"Problem {place}" for place in range(number)],
    )
    client = client_for(make_member(event, Role.COORDINATOR))
    # session, user, event, roles; hosts, challenges
    with django_assert_num_queries(6):
        client.get(f"/{event.slug}/invitasjon/")


@pytest.mark.django_db
def test_the_kit_names_no_participant_and_only_organisers_are_sent_to_the_settings():
    event = make_event()
    make_participant(event, "Bakeren")
    html = kit(event, make_member(event, Role.COORDINATOR)).content.decode()
    assert ("Bakeren" in html, "/innstillinger/" in html) == (False, False)
    assert f"/{event.slug}/innstillinger/pamelding/" in kit(event).content.decode()


# --- the poster


def a_poster(**other):
    said = {
        "name": "Frivilligbørs i Granfjord", "when": WHEN, "place": "Lillesalen", "theme": "Sammen",
        "hosts": "Vertskap: Granfjord kommune og Sentralen", "ask_whom": "Sentralen, 22 33 44 55", "link": LINK,
        "shown_link": "bors.example/granfjord", "opens_registration": True, "is_one_hour": True, "language": "nb",
    }  # fmt: skip
    return Poster(**{**said, **other})


def read(poster):
    document = PdfReader(BytesIO(render(poster)))
    assert len(document.pages) == 1
    text = document.pages[0].extract_text().replace("\u00a0", " ")
    return document, " ".join(text.split())


def test_the_poster_says_what_when_where_who_and_how():
    document, text = read(a_poster())
    for words in (
        "Frivilligbørs i Granfjord", WHEN, "Lillesalen", "Sammen", "En time. Ingen penger. Mange avtaler.",
        "Meld deg på: skann koden, eller åpne bors.example/granfjord", "Spørsmål? Sentralen, 22 33 44 55",
        "Vertskap: Granfjord kommune og Sentralen", "Bedrifter", "Frivillige", "Det offentlige",
    ):  # fmt: skip
        assert words in text
    assert document.metadata.title == "Plakat – Frivilligbørs i Granfjord"
    assert [round(float(side)) for side in document.pages[0].mediabox[2:]] == [595, 842]


def test_without_a_link_the_field_of_the_code_is_there_to_write_in():
    without, text = read(a_poster(link="", shown_link=""))
    assert ("Slik melder du deg på:" in text, "skann koden" in text) == (True, False)
    squares = [each.pages[0].get_contents().get_data().count(b" re") for each in (without, read(a_poster())[0])]
    assert (squares[0], squares[1] > 300) == (1, True)


@pytest.mark.parametrize("place", ["name", "place", "theme", "hosts", "ask_whom", "when"])
@pytest.mark.parametrize("text", [HARMFUL, "W" * 400, "Ærlig Ŧŋđ 🎉 漢字", "ord " * 200, " ", "a\x00\nb"])
def test_any_text_anywhere_gives_one_page_and_nothing_is_read_from_the_machine(place, text):
    document, found = read(a_poster(**{place: text}))
    assert [image for page in document.pages for image in page.images] == []
    if text == HARMFUL:
        assert "".join(HARMFUL.split()) in "".join(found.split())


def test_the_longest_name_stays_above_the_planes():
    heights = []

    def note(text, page, line, _font, _size):
        if "MM" in text:
            heights.append(page[5] + line[5])

    document = PdfReader(BytesIO(render(a_poster(name="M" * 120, place="M" * 120, theme="M" * 200))))
    document.pages[0].extract_text(visitor_text=note)
    assert min(heights) > 364


@pytest.mark.django_db
def test_what_stands_on_the_poster_is_what_the_event_says(settings):
    settings.PUBLIC_URL = "https://bors.example"
    event = make_event("granfjord", registration_open=True, **SAID)
    assert read_poster(event, NOW) == a_poster()
    event.registration_open = event.page_published = False
    assert (read_poster(event, NOW).link, read_poster(event, NOW).shown_link) == ("", "")
    settings.PUBLIC_URL = ""
    event.registration_open = True
    assert (read_poster(event, NOW).link, read_poster(event, NOW).shown_link) == ("", "")


def test_the_poster_is_drawn_in_a_process_of_its_own():
    assert worker.render_in_child("display.poster.drawing", a_poster()).startswith(b"%PDF-")


@pytest.mark.django_db(transaction=True)
def test_the_poster_is_downloaded_under_the_name_of_the_event():
    event = make_event("granfjord", starts_at=timezone.now())
    response = client_for(event.memberships.get().user).get("/granfjord/plakat.pdf")
    assert response["Content-Disposition"] == 'attachment; filename="plakat-granfjord.pdf"'
    assert (response["Content-Type"], response["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert response.content.startswith(b"%PDF-")
