"""Reminding those who have written neither offers nor needs."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from borsen.enums import MailKind, MailStatus
from borsen.models import OutgoingMail
from participants.enums import Status
from participants.reminding import remind, reminders
from tests.factories import make_contact, make_event, make_mail, make_participant, make_resource
from tests.participants.pages import client_of, text_of, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def can_send(settings):
    settings.HAS_MAIL, settings.PUBLIC_URL = True, "https://bors.example"


def lacking(event, name, *emails, **fields):
    participant = make_participant(event, name, **fields)
    for email in emails:
        make_contact(participant, email=email)
    return participant


def test_one_tap_sends_one_mail_to_each_person_for_all_their_participants():
    event = make_event()
    lacking(event, "Koret", "Kari@example.org")
    lacking(event, "Turlaget", "kari@EXAMPLE.org", "per@example.org", status=Status.REGISTERED)
    lacking(event, "Uten e-post", "")
    make_resource(lacking(event, "Har skrevet", "har@example.org"), "Båt", closed_at=timezone.now())
    lacking(event, "Meldt av", "av@example.org", status=Status.CANCELLED)
    lacking(make_event(), "Nabobygda", "nabo@example.org")
    response = client_of(event).post(url_of("remind", event), follow=True)
    assert "2 e-poster er på vei." in text_of(response)
    assert "1 deltaker har ingen e-post." in text_of(response)
    mails = {mail.to: mail for mail in OutgoingMail.objects.all()}
    assert {(mail.to, mail.kind, mail.status, mail.event_id) for mail in mails.values()} == {
        ("kari@example.org", MailKind.REMINDER, MailStatus.WAITING, event.pk),
        ("per@example.org", MailKind.REMINDER, MailStatus.WAITING, event.pk),
    }
    assert "Koret og Turlaget er påmeldt" in mails["kari@example.org"].body
    assert "Koret" not in mails["per@example.org"].body
    tokens = {link.email: link.token for link in event.person_links.all()}
    assert f"https://bors.example/{event.slug}/min-side/{tokens['per@example.org']}/" in mails["per@example.org"].body
    assert tokens["kari@example.org"] not in mails["per@example.org"].body


def test_the_reminder_says_when_the_event_is_in_the_year_that_it_is():
    event = make_event(name="Granfjordbørsen", starts_at=datetime(2099, 3, 10, 17, tzinfo=UTC))
    lacking(event, "Koret", "kari@example.org")
    client_of(event).post(url_of("remind", event))
    body = OutgoingMail.objects.get().body
    assert "Granfjordbørsen er tirsdag 10. mars 2099 kl. 18.00–19.00, og Koret er påmeldt." in body


def test_nobody_is_reminded_twice_within_a_day_unless_it_is_asked_for():
    event = make_event()
    lacking(event, "Koret", "kari@example.org")
    client = client_of(event)
    client.post(url_of("remind", event))
    again = client.post(url_of("remind", event), follow=True)
    assert "Ingen ny e-post er sendt." in text_of(again)
    assert "1 ble minnet for mindre enn et døgn siden" in text_of(again)
    assert OutgoingMail.objects.count() == 1
    client.post(url_of("remind", event), {"again": "1"})
    assert OutgoingMail.objects.count() == 2
    found = reminders(event=event, now=timezone.now() + timedelta(hours=25))
    assert [person.email for person in found.due] == ["kari@example.org"]


def test_what_could_not_be_sent_or_belongs_to_another_event_is_no_reminder():
    event = make_event()
    lacking(event, "Koret", "kari@example.org")
    make_mail(event, "kari@example.org", kind=MailKind.REMINDER, status=MailStatus.FAILED)
    make_mail(event, "kari@example.org", kind=MailKind.RECEIPT)
    make_mail(make_event(), "kari@example.org", kind=MailKind.REMINDER)
    assert [person.email for person in reminders(event=event, now=timezone.now()).due] == ["kari@example.org"]


def test_the_page_shows_who_was_reminded_when_and_what_they_get_without_anybodys_link():
    event = make_event()
    lacking(event, "Koret", "kari@example.org")
    client = client_of(event)
    assert "Ikke minnet" in text_of(client.get(url_of("remind", event)))
    assert event.person_links.count() == 0
    client.post(url_of("remind", event))
    page = client.get(url_of("remind", event))
    assert "Minnet " in text_of(page)
    assert f"https://bors.example/{event.slug}/min-side/…/" in text_of(page)
    assert event.person_links.get().token not in page.content.decode()
    assert "minnet " in text_of(client.get(url_of("list", event) + "?bare=mangler"))


def test_who_has_written_nothing_is_asked_to_write_and_not_to_look_at_what_they_wrote():
    event = make_event()
    lacking(event, "Koret", "kari@example.org")
    client_of(event).post(url_of("remind", event))
    body = OutgoingMail.objects.get().body
    assert "Skriv det på siden deres. Lenken er bare til deg:" in body
    assert "det dere har skrevet" not in body


def test_only_the_chosen_are_reminded_when_some_were_chosen():
    event = make_event()
    chosen = lacking(event, "Koret", "kari@example.org")
    lacking(event, "Turlaget", "per@example.org")
    client = client_of(event)
    page = client.post(url_of("chosen", event), {"action": "remind", "chosen": [chosen.pk]})
    assert "1 person kan minnes nå" in text_of(page)
    client.post(url_of("remind", event), {"ids": str(chosen.pk)})
    assert [mail.to for mail in OutgoingMail.objects.all()] == ["kari@example.org"]


@pytest.mark.parametrize(
    ("has_mail", "public_url", "locked", "why"),
    [
        (False, "https://bors.example", False, "Serveren har ingen e-posttjener."),
        (True, "", False, "setter den med PUBLIC_URL."),
        (True, "https://bors.example", True, "Deltakerne kan ikke endre noe selv nå."),
    ],
)
def test_where_nobody_can_be_reminded_the_page_says_why_and_gives_the_addresses(
    settings, has_mail, public_url, locked, why
):
    settings.HAS_MAIL, settings.PUBLIC_URL = has_mail, public_url
    event = make_event(changes_locked=locked)
    lacking(event, "Koret", "kari@example.org")
    client = client_of(event)
    assert "Minn dem på e-post" not in text_of(client.get(url_of("list", event)))
    page = client.post(url_of("remind", event))
    assert page.status_code == 409
    assert why in text_of(page)
    assert "kari@example.org" in text_of(page)
    copied = page.content.decode().split('id="words"')[1].split("</textarea>")[0]
    assert ("Hei!" in copied, "dere er påmeldt" in copied, "min-side" in copied, "kari" in copied.casefold()) == (
        True,
        True,
        False,
        False,
    )
    open_wifi = client.get(url_of("remind", event), REMOTE_ADDR="192.168.1.20")
    assert "kari@example.org" not in open_wifi.content.decode()
    assert OutgoingMail.objects.count() == 0


def test_nobody_to_remind_says_so():
    event = make_event()
    make_resource(lacking(event, "Koret", "kari@example.org"), "Kurs")
    client = client_of(event)
    assert "Alle har skrevet tilbud eller behov." in text_of(client.get(url_of("remind", event)))
    assert "mangler tilbud og behov." not in text_of(client.get(url_of("list", event)))


def test_as_many_queries_for_three_as_for_one(django_assert_num_queries):
    for number in (1, 3):
        event = make_event()
        for index in range(number):
            lacking(event, f"Lag {index}", f"person{index}@example.org")
        client = client_of(event)
        # session, user, event, roles; who they are, their contacts, when they were reminded
        with django_assert_num_queries(7):
            client.get(url_of("remind", event))
        remind(event=event, now=timezone.now())
        # begin, lock, who, contacts, when reminded, their links, the mails, commit
        with django_assert_num_queries(8):
            remind(event=event, now=timezone.now(), again=True)
