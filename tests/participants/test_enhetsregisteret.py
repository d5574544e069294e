"""The look-up in Enhetsregisteret against a register on this machine, with its answers and its troubles."""

import asyncio
import json
import time
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.cache import cache

from borsen.enums import Sector
from participants import enhetsregisteret
from participants.enhetsregisteret import MOST_HITS, Answer, Outcome
from participants.register_units import Unit

from . import stub_register as stub

CLUB = Unit(stub.CLUB, "Granfjord idrettslag", "Fjordveien 12, 7999 Granfjord", "Granfjord", Sector.VOLUNTARY)
COMPANY = replace(CLUB, number=stub.COMPANY, name="Granfjord Bakeri AS", sector=Sector.BUSINESS)
MUNICIPALITY = replace(CLUB, number=stub.MUNICIPALITY, name="Granfjord kommune", sector=Sector.PUBLIC)
SCHOOL = Unit(
    stub.SCHOOL, "Granfjord skole", "Skoleveien 3, 7999 Granfjord", "Granfjord", Sector.PUBLIC, parent=stub.MUNICIPALITY
)
UNREACHABLE = Answer(Outcome.UNREACHABLE)


def look_up(question):
    return asyncio.run(enhetsregisteret.look_up(question))


# --- what is found


def test_a_number_gives_the_organisation(register):
    assert look_up(stub.CLUB) == Answer(Outcome.FOUND, (CLUB,))
    assert register.asked == [f"/enheter/{stub.CLUB}"]


def test_a_branch_is_found_by_its_number_and_has_the_sector_of_the_whole(register):
    assert look_up(stub.SCHOOL) == Answer(Outcome.FOUND, (SCHOOL,))
    assert register.asked == [
        f"/enheter/{stub.SCHOOL}",
        f"/underenheter/{stub.SCHOOL}",
        f"/enheter/{stub.MUNICIPALITY}",
    ]


def test_a_number_that_nobody_has_is_none(register):
    assert look_up(stub.UNKNOWN) == Answer(Outcome.NONE)
    assert register.asked == [f"/enheter/{stub.UNKNOWN}", f"/underenheter/{stub.UNKNOWN}"]


def test_what_has_been_removed_is_told_from_what_never_was(register):
    assert look_up(stub.REMOVED) == Answer(Outcome.REMOVED, removed_on=date(2019, 11, 30))


def test_what_has_been_deleted_is_removed_and_still_has_its_name(register):
    gone = date(2021, 3, 1)
    unit = Unit(stub.DELETED, "Granfjord telefonforening", sector=Sector.VOLUNTARY, deleted=True, deleted_on=gone)
    assert look_up(stub.DELETED) == Answer(Outcome.REMOVED, (unit,), removed_on=gone)


def test_bankruptcy_and_closing_down_are_noted(register):
    found = look_up(stub.BANKRUPT)
    assert [(unit.name, unit.bankrupt, unit.closing) for unit in found.units] == [("Sjømat i Fjorden AS", True, True)]


def test_a_name_gives_organisations_and_then_branches_with_names_of_their_own(register):
    found = look_up("Granfjord")
    # The shop of the bakery has the bakery's name; what has been deleted is not offered.
    assert found == Answer(Outcome.FOUND, (CLUB, COMPANY, MUNICIPALITY, replace(SCHOOL, sector=None)))
    assert register.asked == [
        f"/enheter?navn=Granfjord&size={MOST_HITS}",
        f"/underenheter?navn=Granfjord&size={MOST_HITS}",
    ]


def test_a_name_that_nobody_has_is_none(register):
    assert look_up("Kråkesølvtrollet") == Answer(Outcome.NONE)


def test_no_more_hits_are_taken_than_somebody_reads(register):
    found = look_up(stub.MANY)
    assert (found.outcome, len(found.units), len(register.asked)) == (Outcome.FOUND, MOST_HITS, 1)


def test_a_name_that_too_many_have_is_too_broad(register):
    assert look_up(stub.TOO_BROAD) == Answer(Outcome.TOO_BROAD)


def test_letters_and_signs_of_a_name_reach_the_register_as_they_are(register):
    assert look_up("Blåbær & Sønn/?#%00=ø").outcome is Outcome.NONE
    assert dict(parse_qsl(urlsplit(register.asked[0]).query)) == {
        "navn": "Blåbær & Sønn/?#%00=ø",
        "size": str(MOST_HITS),
    }


def test_the_register_is_told_who_asks_and_in_which_form(register, settings):
    settings.PUBLIC_URL = "https://bors.example"
    look_up(stub.CLUB)
    headers = register.headers[0]
    assert headers["User-Agent"] == "Frivilligbors (+https://bors.example)"
    assert headers["Accept"].startswith("application/vnd.brreg.enhetsregisteret.enhet.v2+json")
    assert headers["Accept-Encoding"] == "identity"


# --- what goes wrong


@pytest.mark.parametrize(
    "number", [stub.TROUBLE, stub.HUGE, stub.ELSEWHERE, stub.PACKED], ids=["500", "huge", "redirect", "packed"]
)
def test_trouble_at_the_register_is_an_answer_and_no_error(register, number):
    assert look_up(number) == UNREACHABLE
    # A redirect has not been followed.
    assert register.asked == [f"/enheter/{number}"]


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"<!doctype html><title>Vedlikehold</title>",
        b"{",
        b"null",
        b"[]",
        b'"GRANFJORD IL"',
        b"12",
        b"{}",
        b"\xff\xfe\x00garbage",
        b'{"organisasjonsnummer": 800000122, "navn": "GRANFJORD IL"}',
        b'{"organisasjonsnummer": "800000122", "navn": {"norsk": "GRANFJORD IL"}}',
        b'{"organisasjonsnummer": "800000017", "navn": "ET ANNET NUMMER"}',
        b"[" * 100_000,
        b'{"navn": ' + b"9" * 5000 + b"}",
    ],
    ids=lambda garbage: repr(garbage[:20]),
)
def test_garbage_is_no_answer(register, garbage):
    register.garbage = garbage
    assert look_up(stub.GARBAGE) == UNREACHABLE
    # Other numbers can be right all the same.
    assert look_up(stub.CLUB).outcome is Outcome.FOUND


def test_garbage_for_a_name_is_no_answer(register):
    register.garbage = json.dumps({"_embedded": {"enheter": [{"navn": 3}]}}).encode()
    assert look_up(stub.NONSENSE) == UNREACHABLE


@pytest.mark.parametrize("number", [stub.SLOW, stub.ENDLESS], ids=["silent", "drop by drop"])
def test_a_slow_register_is_waited_for_three_seconds_in_all(register, number):
    began = time.monotonic()
    assert look_up(number) == UNREACHABLE
    assert 2.9 <= time.monotonic() - began < 4.5


def test_what_an_answer_can_do_without_is_not_waited_for_longer_either(register, monkeypatch):
    monkeypatch.setattr(enhetsregisteret, "LIMIT", 0.5)
    assert look_up(stub.HALF_SLOW) == Answer(Outcome.FOUND, (CLUB,))
    assert [(unit.name, unit.sector) for unit in look_up(stub.SLOW_PARENT).units] == [("Fjorden Helsestasjon", None)]


def test_a_register_that_refuses_the_connection_is_no_error(register):
    register.stop()
    assert look_up(stub.CLUB) == UNREACHABLE


@pytest.mark.parametrize("address", ["http://[", "http://127.0.0.1:99999", "http://finnes-ikke.invalid/api"])
def test_an_address_that_cannot_be_used_is_no_error(register, settings, address):
    settings.BRREG_URL = address
    assert look_up(stub.CLUB) == UNREACHABLE


def test_without_an_address_nobody_is_asked(register, settings):
    settings.BRREG_URL = ""
    assert (enhetsregisteret.is_on(), look_up(stub.CLUB), register.asked) == (False, UNREACHABLE, [])


# --- what is remembered


@pytest.mark.parametrize("question", [stub.CLUB, stub.UNKNOWN, stub.REMOVED, "granfjord", stub.TOO_BROAD, "Kråkesølv"])
def test_the_same_question_is_asked_once_a_day(register, question):
    first = look_up(question)
    asked = len(register.asked)
    assert (look_up(question), look_up(question.upper()), len(register.asked)) == (first, first, asked)
    assert asyncio.run(enhetsregisteret.known(question)) == first


def test_what_is_remembered_is_forgotten_after_a_day(register, monkeypatch):
    lasts = []

    async def aset(_key, _value, timeout):
        lasts.append(timeout)

    monkeypatch.setattr(cache, "aset", aset)
    for question in (stub.CLUB, stub.UNKNOWN, "granfjord", stub.GARBAGE, stub.TROUBLE):
        look_up(question)
    assert lasts == [86400, 86400, 86400, 20, 20]


def test_half_an_answer_is_not_kept_for_a_day(register, monkeypatch):
    monkeypatch.setattr(enhetsregisteret, "LIMIT", 0.5)
    monkeypatch.setattr(enhetsregisteret, "A_WHILE", 0.01)
    look_up(stub.HALF_SLOW)
    time.sleep(0.02)
    register.slowness = 0
    look_up(stub.HALF_SLOW)
    assert len(register.asked) == 4


def test_a_register_that_is_down_costs_one_wait_and_not_each_their_own(register, monkeypatch):
    monkeypatch.setattr(enhetsregisteret, "LIMIT", 0.3)
    look_up(stub.SLOW)
    began = time.monotonic()
    assert [look_up(question) for question in (stub.CLUB, "granfjord", stub.UNKNOWN)] == [UNREACHABLE] * 3
    assert (len(register.asked), time.monotonic() - began < 0.3) == (1, True)


def test_what_is_remembered_can_still_be_had_while_the_register_is_down(register, monkeypatch):
    look_up(stub.CLUB)
    register.stop()
    look_up(stub.UNKNOWN)
    assert look_up(stub.CLUB) == Answer(Outcome.FOUND, (CLUB,))


def test_a_register_that_has_come_back_is_asked_again_soon(register, monkeypatch):
    monkeypatch.setattr(enhetsregisteret, "A_WHILE", 0.01)
    look_up(stub.TROUBLE)
    time.sleep(0.02)
    assert look_up(stub.CLUB) == Answer(Outcome.FOUND, (CLUB,))


def test_nobody_can_write_over_that_the_register_is_down_with_a_question(register):
    for question in ("down", "answer", "enhetsregisteret:down", "down\n"):
        assert look_up(question) == Answer(Outcome.NONE)
    assert look_up(stub.CLUB).outcome is Outcome.FOUND
