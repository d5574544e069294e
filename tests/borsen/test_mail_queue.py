"""The queue of e-mails and its worker, against a real mail server on this machine."""

import asyncio
from datetime import timedelta
from email.header import decode_header, make_header
from email.utils import parseaddr
from smtplib import SMTPRecipientsRefused

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from borsen import mail_worker
from borsen.enums import MailKind, MailStatus
from borsen.mail_queue import (
    CLAIM_LASTS,
    WAITS,
    Letter,
    claim_next,
    discard,
    note_failed,
    note_sent,
    numbers,
    queue,
    send_again,
)
from borsen.mail_worker import send_all_now, try_to_send
from borsen.models import OutgoingMail
from tests.browser.server import free_port
from tests.factories import make_event

LETTER = Letter(kind=MailKind.MESSAGE, to="kari@example.no", name="Kari", subject="Vel møtt", body="Hei på dere, æøå.")


class Inbox(MessageHandler):
    """Keeps what arrives, and refuses addresses that begin with «nei»."""

    def __init__(self):
        super().__init__()
        self.mails = []

    def handle_message(self, message):
        self.mails.append(message)

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 — aiosmtpd's name
        if address.startswith("nei"):
            return "550 No such user"
        if address.startswith("senere"):
            return "450 Try again"
        envelope.rcpt_tos.append(address)
        return "250 OK"


@pytest.fixture
def inbox(settings):
    handler = Inbox()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.HAS_MAIL = True
    yield handler.mails
    controller.stop()


@pytest.fixture
def mail_server(settings):
    settings.HAS_MAIL = True


def one(**fields):
    (mail,) = queue(event=make_event(), letters=[Letter(**(vars(LETTER) | fields))])
    return mail


def status(mail):
    mail.refresh_from_db()
    return mail.status


# --- sending


@pytest.mark.django_db
def test_a_mail_arrives_with_its_words_and_a_message_id_that_stays(inbox):
    mail = one()
    assert send_all_now() == (1, 0)
    (arrived,) = inbox
    assert (arrived["To"], str(make_header(decode_header(arrived["Subject"])))) == ("kari@example.no", "Vel møtt")
    assert arrived.get_payload(decode=True).decode().strip() == "Hei på dere, æøå."
    assert arrived["Message-ID"] == mail.message_id
    assert (status(mail), mail.sent_at is not None, mail.attempts) == (MailStatus.SENT, True, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("configured", "shown"),
    [
        ("bors@eksempel.no", ("Børsen «Én», Granfjord", "bors@eksempel.no")),
        ("Frivilligsentralen <bors@eksempel.no>", ("Frivilligsentralen", "bors@eksempel.no")),
    ],
)
def test_the_sender_has_the_name_of_the_event_unless_the_server_was_given_one(inbox, settings, configured, shown):
    settings.DEFAULT_FROM_EMAIL = configured
    queue(event=make_event(name="Børsen «Én», Granfjord"), letters=[LETTER])
    assert send_all_now() == (1, 0)
    name, address = parseaddr(inbox[0]["From"])
    assert (str(make_header(decode_header(name))), address) == shown


@pytest.mark.django_db
def test_a_mail_that_belongs_to_no_event_has_the_servers_own_sender(inbox, settings):
    settings.DEFAULT_FROM_EMAIL = "bors@eksempel.no"
    mail = one()
    OutgoingMail.objects.filter(pk=mail.pk).update(event=None)
    assert send_all_now() == (1, 0)
    assert inbox[0]["From"] == "bors@eksempel.no"


@pytest.mark.django_db
def test_what_has_been_sent_is_not_sent_again(inbox):
    one()
    send_all_now()
    assert send_all_now() == (0, 0)
    assert len(inbox) == 1


@pytest.mark.django_db
def test_an_address_that_is_refused_fails_for_good_and_those_behind_it_go_out(inbox):
    refused, fine = one(to="nei@example.no"), one()
    assert send_all_now() == (1, 1)
    assert (status(refused), refused.last_error) == (MailStatus.FAILED, "Adressen ble avvist (550).")
    assert status(fine) == MailStatus.SENT


@pytest.mark.django_db
def test_a_server_that_says_later_is_asked_again_later(inbox):
    mail = one(to="senere@example.no")
    before = timezone.now()
    send_all_now()
    assert status(mail) == MailStatus.WAITING
    assert before + WAITS[0] <= mail.next_try_at <= timezone.now() + WAITS[0]


@pytest.mark.django_db
def test_a_server_that_is_gone_loses_nothing(settings):
    settings.HAS_MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    mail = one()
    assert send_all_now() == (0, 1)
    assert status(mail) == MailStatus.WAITING
    assert mail.last_error == "Fikk ikke kontakt med e-posttjeneren (ConnectionRefusedError)."


@pytest.mark.django_db
def test_an_address_with_a_line_break_is_refused_and_makes_no_header(inbox):
    mail = one(to="kari@example.no\nBcc: alle@example.no")
    assert send_all_now() == (0, 1)
    assert (status(mail), inbox) == (MailStatus.FAILED, [])


@pytest.mark.django_db
def test_after_the_last_try_it_is_given_up_and_said():
    mail = one()
    now = timezone.now()
    for attempt in range(1, len(WAITS) + 2):
        mail.attempts = attempt
        note_failed(mail, error="borte", for_good=False, now=now)
        mail.refresh_from_db()
        expected = MailStatus.FAILED if attempt > len(WAITS) else MailStatus.WAITING
        assert mail.status == expected


def test_a_refusal_of_one_of_several_addresses_is_told_by_its_codes(monkeypatch):
    def refuse(_self):
        raise SMTPRecipientsRefused({"a@example.no": (550, b"no"), "b@example.no": (451, b"later")})

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    mail = OutgoingMail(to="a@example.no", subject="x", body="y", message_id="<1@x>")
    assert try_to_send(mail) == ("Adressen ble avvist (550, 451).", False)


# --- the queue


@pytest.mark.django_db
def test_the_mail_is_there_exactly_when_what_it_tells_of_is(mail_server):
    event = make_event()
    with transaction.atomic():
        queue(event=event, letters=[LETTER])
        transaction.set_rollback(True)
    assert OutgoingMail.objects.count() == 0
    with transaction.atomic():
        queue(event=event, letters=[LETTER])
    assert OutgoingMail.objects.count() == 1


@pytest.mark.django_db
def test_each_mail_is_claimed_by_one_and_the_oldest_first(mail_server):
    first, second = one(), one()
    now = timezone.now()
    assert [claim_next(now), claim_next(now), claim_next(now)] == [first, second, None]


@pytest.mark.django_db
def test_a_mail_with_a_delay_waits_for_it(mail_server):
    mail = one(delay=timedelta(minutes=2))
    assert claim_next(timezone.now()) is None
    assert claim_next(timezone.now() + timedelta(minutes=3)) == mail


@pytest.mark.django_db
def test_one_that_was_being_sent_when_the_power_went_is_sent_again(mail_server):
    mail = one()
    now = timezone.now()
    claim_next(now)
    assert claim_next(now + CLAIM_LASTS - timedelta(seconds=1)) is None
    assert claim_next(now + CLAIM_LASTS + timedelta(seconds=1)) == mail


@pytest.mark.django_db
def test_without_a_mail_server_mails_are_held_until_somebody_lets_them_go(settings):
    settings.HAS_MAIL = False
    mail = one()
    assert (status(mail), claim_next(timezone.now())) == (MailStatus.HELD, None)
    settings.HAS_MAIL = True
    assert claim_next(timezone.now()) is None
    assert send_again(mails=OutgoingMail.objects.all()) == 1
    assert claim_next(timezone.now()) == mail


@pytest.mark.django_db
def test_what_has_left_is_neither_sent_again_nor_discarded(mail_server):
    sent, failed, sending = one(), one(), one()
    note_sent(sent, timezone.now())
    note_failed(failed, error="nei", for_good=True, now=timezone.now())
    OutgoingMail.objects.filter(pk=sending.pk).update(status=MailStatus.SENDING)
    assert send_again(mails=OutgoingMail.objects.all()) == 1
    assert discard(mails=OutgoingMail.objects.all()) == 1
    assert set(OutgoingMail.objects.values_list("pk", "status")) == {(sent.pk, "sent"), (sending.pk, "sending")}


@pytest.mark.django_db
def test_one_that_waits_for_another_try_can_be_sent_now_and_one_that_waits_for_its_first_keeps_its_time(mail_server):
    tried, fresh = one(), one(delay=timedelta(minutes=2))
    tried.attempts = 3
    tried.save()
    note_failed(tried, error="borte", for_good=False, now=timezone.now())
    assert claim_next(timezone.now()) is None
    assert send_again(mails=OutgoingMail.objects.all()) == 1
    assert (claim_next(timezone.now()), claim_next(timezone.now())) == (tried, None)
    assert status(fresh) == MailStatus.WAITING


@pytest.mark.django_db
def test_the_numbers_name_every_status(mail_server, django_assert_num_queries):
    one(), one()
    with django_assert_num_queries(1):
        found = numbers(OutgoingMail.objects.all())
    assert found == {status: 2 if status is MailStatus.WAITING else 0 for status in MailStatus}


@pytest.mark.django_db
def test_a_subject_is_one_line_of_at_most_two_hundred_characters(mail_server):
    assert one(subject="Hei\r\nBcc: x@example.no " + "a" * 300).subject == ("Hei Bcc: x@example.no " + "a" * 300)[:200]


# --- beside the server


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_beside_the_server_and_survives_trouble(inbox, monkeypatch, caplog):
    monkeypatch.setattr(mail_worker, "LOOK_EVERY", 0.05)
    one(), one(to="nei@example.no"), one(to="per@example.no")

    async def until_done():
        task = asyncio.create_task(mail_worker.work())
        for _moment in range(200):
            if len(inbox) == 2:
                break
            await asyncio.sleep(0.05)
        task.cancel()

    asyncio.run(until_done())
    assert [mail["To"] for mail in inbox] == ["kari@example.no", "per@example.no"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.logs_errors
def test_a_database_in_trouble_stops_the_worker_for_a_moment_only(inbox, monkeypatch, caplog):
    monkeypatch.setattr(mail_worker, "LOOK_EVERY", 0.05)
    monkeypatch.setattr(mail_worker, "AFTER_TROUBLE", 0.05)
    real, calls = claim_next, []

    def claim_or_fail(now):
        calls.append(now)
        if len(calls) == 1:
            raise OSError("the disk said no to kari@example.no")
        return real(now)

    monkeypatch.setattr(mail_worker, "claim_next", claim_or_fail)
    one()

    async def until_sent():
        task = asyncio.create_task(mail_worker.work())
        for _moment in range(200):
            if inbox:
                break
            await asyncio.sleep(0.05)
        task.cancel()

    asyncio.run(until_sent())
    assert len(inbox) == 1


@pytest.mark.django_db
def test_the_command_sends_what_waits_and_says_how_many(inbox, capsys):
    one(), one(to="nei@example.no")
    call_command("send_mail")
    assert capsys.readouterr().out.strip() == "1 sendt. 1 kunne ikke sendes nå."


def test_the_command_says_that_there_is_no_mail_server(settings):
    settings.HAS_MAIL = False
    with pytest.raises(CommandError, match="EMAIL_URL"):
        call_command("send_mail")
