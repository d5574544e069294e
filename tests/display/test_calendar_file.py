"""The børs for a calendar: what RFC 5545 asks of it, with the texts that people write."""

import re
from datetime import UTC, datetime

import pytest

from borsen.enums import Role
from borsen.models import Event
from display.calendar_file import calendar_file
from tests.borsen.addresses import client_for
from tests.factories import make_event, make_member, make_user

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 2, 1, 12, tzinfo=UTC)
# Winter time in Oslo, so an hour ahead of UTC.
STARTS = datetime(2027, 3, 4, 17, tzinfo=UTC)
AWKWARD = [
    "Sal A, B; og C",
    "C:\\temp\\ny",
    "Linje én\r\nlinje to\rlinje tre\nlinje fire",
    "END:VEVENT\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR",
    "Æ" * 120,
    "🎉 fest " * 20,
    "a\x00b\tc\x1bd\u2028e",
    "\\n er ikke et linjeskift, \\, og \\; heller ikke",
    '"sitat": med kolon',
]


def file_of(event, **more):
    return calendar_file(event, now=NOW, **more)


def entry(content):
    """The properties of the entry, unfolded and unescaped as a calendar reads them."""
    lines = re.sub(rb"\r\n[ \t]", b"", content).decode().split("\r\n")
    assert lines[-1] == ""
    return dict(line.split(":", 1) for line in lines[:-1])


def read(text):
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], text)


def test_the_file_holds_one_entry_with_the_planned_time_in_utc():
    event = make_event("granfjord", name="Frivilligbørs", place="Lillesalen", starts_at=STARTS, minutes=90)
    lines = file_of(event).decode().split("\r\n")
    assert lines[:5] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Frivilligbors//Frivilligbors//NO",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    assert lines[5] == "BEGIN:VEVENT"
    assert lines[-3:] == ["END:VEVENT", "END:VCALENDAR", ""]
    found = entry(file_of(event))
    names = ("DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION")
    assert [found[name] for name in names] == [
        "20270201T120000Z",
        "20270304T170000Z",
        "20270304T183000Z",
        "Frivilligbørs",
        "Lillesalen",
    ]


def test_the_entry_stays_the_same_one_when_name_address_and_time_are_changed():
    event = make_event(starts_at=STARTS)
    before = entry(file_of(event))
    Event.objects.filter(pk=event.pk).update(name="Nytt navn", slug="ny-adresse", feed_version=event.feed_version + 1)
    after = entry(file_of(Event.objects.get(pk=event.pk)))
    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1
    assert entry(file_of(make_event(starts_at=STARTS)))["UID"] != before["UID"]


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_texts_are_folded_escaped_and_read_back(text):
    event = make_event(starts_at=STARTS)
    event.name, event.place, event.practical = text, text, text
    content = file_of(event)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert [line for line in content.split(b"\r\n") if b"\r" in line or b"\n" in line] == []
    for line in content.split(b"\r\n"):
        line.decode()  # no letter is cut in two
    assert [line for line in content.split(b"\r\n") if line.startswith((b"BEGIN", b"END"))] == [
        b"BEGIN:VCALENDAR", b"BEGIN:VEVENT", b"END:VEVENT", b"END:VCALENDAR"
    ]  # fmt: skip
    shown = re.sub(r"[\x00-\x09\x0b-\x1f\u2028]+", " ", re.sub(r"\r\n?", "\n", text.strip()))
    found = entry(content)
    assert [read(found[name]) for name in ("SUMMARY", "LOCATION", "DESCRIPTION")] == [shown] * 3


def test_what_is_not_said_is_left_out():
    assert sorted(entry(file_of(make_event(starts_at=STARTS)))) == [
        "BEGIN", "CALSCALE", "DTEND", "DTSTAMP", "DTSTART", "END", "METHOD", "PRODID", "SEQUENCE", "SUMMARY", "UID",
        "VERSION",
    ]  # fmt: skip


def test_the_address_stands_in_it_only_where_there_is_one_that_works_outside(settings, client):
    event = make_event("granfjord", page_published=True)
    settings.PUBLIC_URL = ""
    assert "URL" not in entry(client.get("/granfjord/kalender.ics").content)
    settings.PUBLIC_URL = "https://bors.example"
    response = client.get("/granfjord/kalender.ics")
    assert entry(response.content)["URL"] == "https://bors.example/granfjord/"
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="{event.slug}.ics"'


def test_the_file_is_for_everybody_only_when_the_front_page_is():
    event = make_event("granfjord")
    url = "/granfjord/kalender.ics"
    visitors = [client_for(), client_for(make_user()), client_for(make_member(event, Role.DOOR))]
    assert [client.get(url).status_code for client in visitors] == [302, 404, 200]
    Event.objects.filter(pk=event.pk).update(registration_open=True)
    assert [client.get(url).status_code for client in visitors] == [200, 200, 200]


def test_contact_details_stand_in_it_only_where_the_organiser_wrote_them_to_be_found(client):
    leak = "a@b.example 412 34 567"
    make_event(
        "granfjord", published=True, theme=leak, programme=leak, practical="Inngang", ask_whom="Ring 22 33 44 55"
    )
    description = read(entry(client.get("/granfjord/kalender.ics").content)["DESCRIPTION"])
    assert description == "… …\n\nProgram:\n… …\n\nInngang\n\nSpørsmål? Ring 22 33 44 55"
