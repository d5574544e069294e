"""The receipt that the parties open on their own phones, and its code on the tablet and the agreement's page."""

from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from agreements.correcting import correct, withdraw
from agreements.drafts import Draft, PartyDraft
from agreements.meeting import meet_need
from agreements.receipts import receipt_address
from agreements.telling import receipt
from agreements.views.receipts import WRONG_ONES
from borsen.enums import Role
from tests.factories import (
    make_agreement,
    make_contact,
    make_event,
    make_open_event,
    make_participant,
    make_resource,
    make_user,
)
from tests.participants.pages import client_of, tree_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outside(settings):
    settings.PUBLIC_URL = "https://bors.example"
    cache.clear()


@pytest.fixture
def agreement():
    event = make_open_event("granfjord")
    choir = make_participant(event, "Koret")
    make_contact(choir, "Kari Granli", email="kari@kor.example", phone="911 22 333")
    return make_agreement(event, (choir, "Sang, ring 922 33 444"), (make_participant(event, "Bakeren"), ""))


def page_of(agreement):
    return Client().get(f"/{agreement.event.slug}/kvittering/{agreement.receipt_token}/")


def words(response):
    return " ".join(" ".join(tree_of(response).itertext()).split())


def test_it_tells_what_was_agreed_and_no_contact(agreement):
    page = page_of(agreement)
    said = words(page)
    for expected in ("Avtale nr. 1", "Koret", "Gir Sang, ring …", "Bakeren", "Tar imot", "tar første kontakt innen"):
        assert expected in said
    for secret in ("Kari", "kari@kor.example", "911 22 333", "922 33 444"):
        assert secret not in page.content.decode()


def test_it_is_kept_nowhere_and_found_by_nobody(agreement):
    page = page_of(agreement)
    headers = ("no-store" in page["Cache-Control"], page["Referrer-Policy"], page["X-Robots-Tag"])
    assert headers == (True, "no-referrer", "noindex, nofollow")


def test_it_names_the_broker_by_display_name(agreement):
    agreement.broker = make_user("berit", display_name="Berit Hatt, ring 911 22 333")
    agreement.save()
    assert "Børsmegler: Berit Hatt, ring …" in words(page_of(agreement))


def test_a_correction_is_told_of_only_when_it_changes_what_stands_there(agreement):
    need = make_resource(agreement.parties.first().participant, "Kjøring", kind="need")
    meet_need(agreement=agreement, need=need, by=None, now=timezone.now())
    assert "ble rettet" not in words(page_of(agreement))
    agreement.refresh_from_db()
    parties = [PartyDraft(party.participant, gives="Kaker") for party in agreement.parties.all()]
    draft = Draft(key=agreement.key, category=agreement.category, parties=tuple(parties))
    correct(agreement=agreement, draft=draft, expected_version=agreement.version, by=None, now=timezone.now())
    assert "Avtalen ble rettet" in words(page_of(agreement))


def test_withdrawn_it_says_so(agreement):
    withdraw(agreement=agreement, by=None, now=timezone.now())
    said = words(page_of(agreement))
    assert ("gjelder ikke lenger" in said, "tar første kontakt" in said) == (True, False)


def test_without_a_mail_server_no_copy_by_mail_is_promised(agreement, settings):
    promised = []
    for settings.HAS_MAIL in (True, False):
        promised.append("kopien som dere får på e-post" in words(page_of(agreement)))
    assert promised == [True, False]


def test_the_day_of_the_first_contact_goes_into_a_calendar_without_contact_details(agreement):
    agreement.first_contact_by = date(2027, 3, 31)
    agreement.summary = "Sang mot boller, ring 911 22 333"
    agreement.save()
    response = Client().get(f"/granfjord/kvittering/{agreement.receipt_token}/forste-kontakt.ics")
    content = response.content.replace(b"\r\n ", b"").decode()
    lines = ("DTSTART;VALUE=DATE:20270331", "DTEND;VALUE=DATE:20270401", "SUMMARY:Første kontakt: Koret og Bakeren")
    assert [f"\r\n{line}\r\n" in content for line in lines] == [True] * 3
    assert ("Sang mot boller\\, ring …" in content, f"URL:{receipt_address(agreement)}" in content) == (True, True)
    assert ("911 22 333" in content, "no-store" in response["Cache-Control"]) == (False, True)


def test_of_a_withdrawn_agreement_and_for_a_guess_there_is_no_day_for_the_calendar(agreement):
    withdraw(agreement=agreement, by=None, now=timezone.now())
    for token in (agreement.receipt_token, "gjettet"):
        assert Client().get(f"/granfjord/kvittering/{token}/forste-kontakt.ics").status_code == 404
    assert "kalenderen" not in words(page_of(agreement))


def test_the_link_of_another_event_and_a_guess_are_404_and_many_guesses_429(agreement):
    elsewhere = make_event("nabobygda")
    assert Client().get(f"/{elsewhere.slug}/kvittering/{agreement.receipt_token}/").status_code == 404
    guess = "/granfjord/kvittering/gjettet/"
    found = [Client().get(guess).status_code for _ in range(WRONG_ONES.times + 1)]
    assert (set(found[:-1]), found[-1]) == ({404}, 429)
    assert page_of(agreement).status_code == 200


def test_the_tablet_is_given_the_code_where_the_server_has_an_address(agreement, settings):
    assert "<svg" in receipt(agreement)["receipt_qr"]
    settings.PUBLIC_URL = ""
    assert ("receipt_qr" in receipt(agreement), receipt_address(agreement)) == (False, "")


def test_the_agreements_page_shows_the_code_or_why_there_is_none(agreement, settings):
    client, url = client_of(agreement.event, Role.BROKER), agreement.get_absolute_url()
    for visitor in ("127.0.0.1", "192.168.1.20"):
        assert "QR-kode til kvitteringen for avtale nr. 1" in client.get(url, REMOTE_ADDR=visitor).content.decode()
    settings.PUBLIC_URL = ""
    assert "PUBLIC_URL" in words(client.get(url))


def test_it_asks_the_same_whatever_the_number_of_parties(django_assert_num_queries):
    event = make_open_event()
    for count in (2, 6):
        agreement = make_agreement(event, *[make_participant(event) for _ in range(count)])
        with django_assert_num_queries(4):
            page_of(agreement)
