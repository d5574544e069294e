"""A file from anywhere: refused in words, and nothing half-written."""

import copy
import json

import pytest
from django.utils import timezone

from agreements.models import Agreement
from borsen.models import Event, User
from borsen.moving import reading
from borsen.moving.reading import parse
from borsen.moving.receiving import AddressTaken, receive
from borsen.moving.refusals import BadFile
from participants.models import PersonLink
from tests.factories import make_event, make_user

from .full_event import make_full_event
from .test_equal import delete, file_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def said():
    event = make_full_event()
    written = json.loads(file_of(event))
    delete(event)
    return written


def read_in(said, **more):
    return receive(incoming=parse(json.dumps(said).encode()), by=make_user(), **more)


def counted():
    return (Event.objects.count(), Agreement.objects.count(), PersonLink.objects.count(), User.objects.count())


def first(table, **values):
    def change(said):
        said["tables"][table][0].update(values)

    return change


def every(table, **values):
    def change(said):
        for row in said["tables"][table]:
            row.update(values)

    return change


def put(name, value):
    def change(said):
        said[name] = value

    return change


def take(table, name):
    def change(said):
        del said["tables"][table][0][name]

    return change


def again(table):
    def change(said):
        said["tables"][table].append(said["tables"][table][0])

    return change


def same_value(table, name):
    def change(said):
        rows = said["tables"][table]
        rows[1][name] = rows[0][name]

    return change


def in_history(**values):
    def change(said):
        for row in said["tables"]["changes"]:
            row["after"].update(values if row["after"] else {})

    return change


BROKEN = {
    "another format": (put("format", "noe annet"), "ikke en børsfil"),
    "a newer version": (put("version", 2), "utgave 2"),
    "a version that is no number": (put("version", True), "utgave True"),
    "an unknown name at the top": (put("nytt", 1), "«nytt»"),
    "a coordinator's copy": (put("complete", False), "koordinators kopi"),
    "an unknown field": (first("participants", farge="rød"), "«farge»"),
    "a missing field": (take("participants", "name"), "mangler «name»"),
    "an unknown table": (lambda said: said["tables"].update(annet=[]), "«annet»"),
    "a missing table": (lambda said: said["tables"].pop("stars"), "mangler «stars»"),
    "a table that is no list": (lambda said: said["tables"].update(stars={}), "stars er ødelagt"),
    "a row that is no row": (lambda said: said["tables"].update(stars=[1]), "rad uten nummer"),
    "no event": (lambda said: said["tables"].update(event=[]), "nøyaktig én børs"),
    "two events": (lambda said: said["tables"]["event"].append(said["tables"]["event"][0] | {"ref": 2}), "én børs"),
    "a key that is none": (put("key", "x"), "Toppen av filen"),
    "a hand-out that is not the last one": (
        put("hand_out", {"key": "0" * 32, "at": "", "to": "", "by": ""}),
        "Toppen av filen",
    ),
    "members of the wrong shape": (put("members", [{"username": 1}]), "Toppen av filen"),
    "a text where a number goes": (first("agreements", number="1"), "«number» har en verdi av feil slag"),
    "true where a number goes": (first("agreements", number=True), "«number» har en verdi av feil slag"),
    "a number below nothing": (first("agreements", number=-1), "«number»"),
    "a number beyond all": (first("event", feed_version=2**63), "«feed_version»"),
    "a date that is none": (first("agreements", made_at="i går"), "«made_at»"),
    "a time without a zone": (first("agreements", made_at="2026-01-01T10:00:00"), "«made_at»"),
    "a year that can't be counted with": (first("event", starts_at="0001-01-01T00:00:00+00:00"), "«starts_at»"),
    "nothing where something must be": (first("agreements", made_at=None), "«made_at» mangler verdi"),
    "a sector that there is not": (first("participants", sector="privat"), "«sector» har en verdi som ikke finnes"),
    "a text that is too long": (first("participants", name="x" * 121), "«name» er lengre enn 120 tegn"),
    "a NUL": (first("participants", name="x\0"), "«name» har tegn som ikke kan lagres"),
    "half a character": (first("participants", name="\ud800"), "«name» har tegn som ikke kan lagres"),
    "a script for an address": (first("participants", website="javascript:alert(1)"), "«website»"),
    "a token with a slash": (first("person_links", token="../../../konto"), "«token»"),
    "a message id with a line break": (first("mails", message_id="<a@b>\r\nBcc: x@y.z"), "«message_id»"),
    "a picture that is none": (first("host_logos", png="aGVp"), "«png» er ikke en logo"),
    "a picture in no alphabet": (first("host_logos", png="$$"), "«png» har en verdi av feil slag"),
    "a reference to nothing": (first("parties", participant=4711), "«participant» viser til noe som ikke er i filen"),
    "a reference to what is gone": (first("parties", participant=0), "«participant» viser til noe"),
    "a reference that is text": (first("parties", participant="1"), "«participant» viser til noe"),
    "a reference to nobody": (first("stars", by=4711), "«by» viser til noe"),
    "no reference where one must be": (first("parties", participant=None), "«participant» viser til noe"),
    "history of nothing": (in_history(category=4711), "«after» viser til noe"),
    "history without a kind": (in_history(kind="gave"), "«after» har en verdi av feil slag"),
    "history without parties": (in_history(parties=None), "«after»"),
    "history with more in it": (in_history(farge="rød"), "«after» er ødelagt"),
    "a row twice": (again("agreements"), "står to ganger"),
    "a number twice": (same_value("agreements", "number"), "«number» står to ganger"),
    "a key twice": (same_value("agreements", "key"), "«key» står to ganger"),
    "a receipt's token twice": (same_value("agreements", "receipt_token"), "«receipt_token» står to ganger"),
    "two links for one address": (every("person_links", email="a@b.example"), "ikke går sammen"),
    "an author who is two": (every("outcome_reports", by_user=1, by_party=1), "ikke går sammen"),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_broken_file_is_refused_in_words_and_leaves_nothing(name, said):
    change, words = BROKEN[name]
    change(said)
    before = counted()
    with pytest.raises(BadFile) as refused:
        receive(incoming=parse(json.dumps(said).encode()), by=User.objects.first())
    assert words in str(refused.value)
    assert counted() == before


NO_FILE = [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"format": NaN}', b'{"a": 1, "a": 2}', b"9" * 9999]


@pytest.mark.parametrize("content", NO_FILE)
def test_what_is_no_such_file_is_refused(content):
    with pytest.raises(BadFile, match="ikke en børsfil"):
        parse(content)


def test_a_file_that_is_too_large_is_not_even_looked_into(monkeypatch):
    monkeypatch.setattr(reading, "LARGEST_FILE", 10)
    with pytest.raises(BadFile, match="for stor"):
        parse(b"x" * 11)


@pytest.mark.parametrize(("table", "name"), [("person_links", "token"), ("agreements", "receipt_token")])
def test_what_opens_another_events_pages_is_not_taken_over(table, name, said):
    other = make_full_event("nabobygda")
    theirs = {"person_links": other.person_links, "agreements": other.agreements}[table].first()
    said["tables"][table][0][name] = getattr(theirs, name)
    before = counted()
    with pytest.raises(BadFile, match="annen børs"):
        receive(incoming=parse(json.dumps(said).encode()), by=User.objects.first())
    assert counted() == before


@pytest.mark.parametrize("slug", ["granfjord", "konto", "static"])
def test_an_address_that_is_taken_is_told_with_a_free_one(slug, said):
    make_event("granfjord")
    said["tables"]["event"][0]["slug"] = slug
    with pytest.raises(AddressTaken) as refused:
        read_in(said)
    assert (slug in str(refused.value), refused.value.free in str(refused.value)) == (True, True)
    assert read_in(said, slug=refused.value.free).event.slug == refused.value.free


def test_a_file_that_calls_itself_an_event_here_does_not_replace_it_for_a_stranger(said):
    here = make_event("granfjord")
    forged = copy.deepcopy(said) | {"key": str(here.key)}
    with pytest.raises(BadFile, match="arrangør"):
        read_in(forged)
    assert (Event.objects.get(pk=here.pk).name, here.agreements.count()) == (here.name, 0)


def test_a_file_can_name_an_account_here_as_its_author_and_the_account_has_done_nothing(said):
    organiser = make_user("arrangor-her", display_name="Ekte")
    for row in said["tables"]["people"]:
        row.update(username="arrangor-her", name="Ekte")
    event = read_in(said).event
    assert event.agreements.filter(broker=organiser).count() == 0
    assert {str(one.broker) for one in event.agreements.exclude(broker=None)} == {"Ekte"}
    assert timezone.now() > event.created_at
