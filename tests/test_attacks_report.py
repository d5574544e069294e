"""What a stranger with a link, a participant or who reads the open report must not achieve: other parties' contacts,
who is a party of what is kept off the screen, mails to strangers, and a server that does nothing else."""

import asyncio
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agreements.public_report import for_public
from agreements.report import fetch
from agreements.showing import hide
from agreements.statistics import ParticipantFigures
from agreements.views.report_pdf import PDF_READERS, READERS
from borsen import holding_off
from borsen.enums import MailKind, Role
from borsen.turns import Full, Turns
from participants.enums import Status
from participants.person_links import link_for
from tests.borsen.addresses import client_for
from tests.factories import make_agreement, make_contact, make_member, make_open_event, make_participant
from tests.participants.pages import form_of

OTHER = ("per@bake.example", "922 33 444")


@pytest.fixture(autouse=True)
def outside(settings, monkeypatch):
    settings.PUBLIC_URL = "https://bors.example"
    settings.HAS_MAIL = True
    cache.clear()
    monkeypatch.setattr(holding_off, "QUICKEST", timedelta(seconds=-1))


@pytest.fixture
def event():
    return make_open_event("granfjord", report_published=True, registration_open=True)


@pytest.fixture
def choir(event):
    """Registered with the address of the choir, by whoever has the link that was shown afterwards."""
    choir = make_participant(event, "Koret", registered_through=event.person_links.create(token="a" * 24))
    make_contact(choir, "Kari", email="kari@kor.example", phone="911 22 333")
    return choir


@pytest.fixture
def baker(event):
    baker = make_participant(event, "Bakeren")
    make_contact(baker, "Per", email=OTHER[0], phone=OTHER[1])
    return baker


def opened(event, token):
    client = Client()
    client.get(reverse("own_page.enter", args=[event.slug, token]))
    return client


def add_contact(client, choir, email="ond@example.org"):
    page = reverse("own_page.change", args=[choir.event.slug, choir.pk])
    form = form_of(client.get(page), "online")
    place = form["contacts-TOTAL_FORMS"]
    added = {"contacts-TOTAL_FORMS": str(int(place) + 1), f"contacts-{place}-name": "Ond"}
    return client.post(page, form | added | {f"contacts-{place}-email": email}).status_code


# --- the parties' contacts


@pytest.mark.django_db
def test_a_link_that_proves_no_address_makes_nobody_a_contact_of_what_was_approved(event, choir, baker):
    make_agreement(event, (choir, "Sang"), (baker, "Boller"))
    stranger, kari = opened(event, "a" * 24), opened(event, link_for(event, "kari@kor.example").token)
    assert (add_contact(stranger, choir), choir.contacts.count()) == (422, 1)
    assert link_for(event, "ond@example.org").email not in [each.email for each in choir.contacts.all()]
    ond = opened(event, link_for(event, "ond@example.org").token)
    shown = [client.get(f"/{event.slug}/min-side/").content.decode() for client in (stranger, ond, kari)]
    assert [[secret in page for secret in OTHER] for page in shown] == [[False] * 2, [False] * 2, [True] * 2]
    assert (add_contact(kari, choir, "ola@kor.example"), choir.contacts.count()) == (302, 2)


@pytest.mark.django_db
@pytest.mark.parametrize(("approves_first", "has_agreed", "status"), [
    (True, False, 422), (False, False, 302), (False, True, 422),
])  # fmt: skip
def test_an_address_is_fixed_once_somebody_has_vouched_for_it_or_there_is_a_copy_to_get(
    event, choir, baker, approves_first, has_agreed, status
):
    event.approves_first = approves_first
    event.save()
    if has_agreed:
        make_agreement(event, (choir, "Sang"), (baker, "Boller"))
    assert add_contact(opened(event, "a" * 24), choir) == status


@pytest.mark.django_db
def test_who_waits_to_be_approved_mends_the_address_by_the_link_that_was_shown(event, choir):
    choir.status = Status.REGISTERED
    choir.save()
    assert (add_contact(opened(event, "a" * 24), choir), choir.contacts.count()) == (302, 2)


# --- mails


@pytest.mark.django_db
def test_a_copy_carries_no_web_address_in_a_name_and_goes_to_a_few_only(event, choir, baker):
    for number in range(12):
        make_contact(choir, "Du har vunnet, se https://ond.example/x", email=f"offer{number}@example.org")
    choir.name = "Koret ond.example/kor"
    choir.save()
    make_agreement(event, (choir, "Sang"), (baker, "Boller"))
    mails = list(event.mails.filter(kind=MailKind.COPY))
    assert sorted(mail.to for mail in mails) == [
        "kari@kor.example", *(f"offer{number}@example.org" for number in range(4)), "per@bake.example",
    ]  # fmt: skip
    assert [mail.to for mail in mails if "ond.example" in mail.body] == []
    assert "Hei Du har vunnet, se …!" in next(mail.body for mail in mails if mail.to.startswith("offer0"))


@pytest.mark.django_db
def test_nobody_fills_the_other_partys_page_with_notes(event, choir, baker):
    agreement = make_agreement(event, (choir, "Sang"), (baker, "Boller"))
    page = f"/{event.slug}/min-side/avtaler/{agreement.number}/"
    kari, per = (opened(event, link_for(event, email).token) for email in ("kari@kor.example", OTHER[0]))
    said = [kari.post(page, {"outcome": "running", "note": str(number)}).status_code for number in range(22)]
    assert (said, agreement.outcome_reports.count()) == ([302] * 20 + [422] * 2, 20)
    assert per.post(page, {"outcome": "done", "note": ""}).status_code == 302


# --- the open report


@pytest.mark.django_db
def test_no_count_beside_a_participant_tells_that_it_is_a_party_of_what_is_withheld(event, choir, baker):
    make_agreement(event, (choir, "Sang"), (baker, ""))
    hide(agreement=make_agreement(event, (choir, "Skjult"), (baker, "Boller")), by=None, now=timezone.now())
    whole = fetch(event, timezone.now())
    named = {one.name: one.figures for one in for_public(whole).attendees}
    assert {one.name: one.figures.agreements for one in whole.attendees} == {"Koret": 2, "Bakeren": 2}
    assert named == {"Koret": ParticipantFigures(1, 1, 0), "Bakeren": ParticipantFigures(1, 0, 1)}
    page = " ".join(Client().get(reverse("report", args=[event.slug])).content.decode().split())
    assert (page.count("<strong>1 avtale</strong>"), page.count("<strong>2 avtaler</strong>")) == (2, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("address", "turns"), [
    ("rapport/", READERS), ("rapport/figur/kategorier.png", READERS), ("rapport/figur/kategorier.svg", READERS),
    ("rapport.pdf", READERS), ("rapport.pdf", PDF_READERS),
])  # fmt: skip
def test_who_works_at_the_event_gets_the_report_while_the_public_stands_in_line(
    event, choir, baker, address, turns, monkeypatch
):
    make_agreement(event, (choir, "Sang"), (baker, "Boller"))
    monkeypatch.setattr(turns, "inside", turns.most)
    address = f"/{event.slug}/{address}"
    held = Client().get(address)
    assert (held.status_code, held["Retry-After"]) == (429, "30")
    assert client_for(make_member(event, Role.COORDINATOR)).get(address).status_code == 200
    monkeypatch.setattr(turns, "inside", turns.most - 1)
    assert (Client().get(address).status_code, turns.inside) == (200, turns.most - 1)


def test_few_are_in_at_once_and_who_goes_away_gives_up_the_place():
    turns, seen = Turns(at_once=2, most_waiting=5), []

    async def read(count):
        async with turns.taken():
            count["now"] += 1
            seen.append(count["now"])
            await asyncio.sleep(0.01)
            count["now"] -= 1

    async def hall():
        count = {"now": 0}
        tasks = [asyncio.ensure_future(read(count)) for _reader in range(9)]
        await asyncio.sleep(0)
        tasks[3].cancel()
        return await asyncio.gather(*tasks, return_exceptions=True)

    kinds = [type(result) for result in asyncio.run(hall())]
    assert (kinds.count(Full), kinds.count(asyncio.CancelledError), kinds.count(type(None))) == (2, 1, 6)
    assert (max(seen), len(seen), turns.inside) == (2, 6, 0)
