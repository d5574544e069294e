"""The list of e-mails that have not been sent."""

import pytest
from django.urls import reverse

from borsen.enums import MailKind, MailStatus
from borsen.models import OutgoingMail
from tests.factories import make_event, make_mail, make_participant
from tests.participants.pages import client_of, text_of, tree_of, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def can_send(settings):
    settings.HAS_MAIL = True


def url(event, name="list") -> str:
    return reverse(f"mail.{name}", args=[event.slug])


def statuses(*mails) -> list[str | None]:
    known = dict(OutgoingMail.objects.values_list("pk", "status"))
    return [known.get(mail.pk) for mail in mails]


def test_it_shows_what_waits_what_failed_and_why_and_what_is_held():
    event = make_event()
    make_mail(event, name="Kari", status=MailStatus.FAILED, last_error="Adressen ble avvist (550).")
    make_mail(event, name="Per", status=MailStatus.HELD, kind=MailKind.RECEIPT)
    make_mail(event, name="Nina", last_error="E-posttjeneren svarte 451.")
    make_mail(event, name="Sendt til", status=MailStatus.SENT)
    make_mail(make_event(), name="Nabobygda", status=MailStatus.FAILED)
    page = text_of(client_of(event).get(url(event)))
    for words in (
        "Kunne ikke sendes (1)",
        "Holdt igjen (1)",
        "Venter (1)",
        "1 e-post er sendt",
        "Adressen ble avvist (550).",
        "E-posttjeneren svarte 451.",
        "Kvittering for påmelding",
    ):
        assert words in page
    assert "Nabobygda" not in page
    assert "Sendt til" not in page


def test_addresses_and_texts_are_only_shown_where_nobody_can_read_along():
    event = make_event()
    mail = make_mail(event, "kari@hemmelig.example", status=MailStatus.FAILED)
    OutgoingMail.objects.filter(pk=mail.pk).update(body="Lenken er bare til deg")
    client = client_of(event)
    page = client.get(url(event))
    assert "kari@hemmelig.example" in text_of(page)
    assert "Lenken er bare til deg" in text_of(page)
    open_wifi = client.get(url(event), REMOTE_ADDR="192.168.1.20")
    assert "Kari Granli" in text_of(open_wifi)
    assert "hemmelig" not in open_wifi.content.decode()
    assert "Lenken er bare til deg" not in text_of(open_wifi)


def test_one_is_sent_again_or_discarded_and_the_others_stay():
    event = make_event()
    first, second, third = (make_mail(event, status=MailStatus.FAILED) for _ in range(3))
    client = client_of(event)
    response = client.post(url(event, "again"), {"mail": first.pk}, follow=True)
    assert "1 e-post sendes nå." in text_of(response)
    response = client.post(url(event, "discard"), {"mail": second.pk}, follow=True)
    assert "1 e-post er forkastet." in text_of(response)
    assert statuses(first, second, third) == [MailStatus.WAITING, None, MailStatus.FAILED]


def test_a_whole_group_is_sent_again_or_discarded():
    event = make_event()
    failed = [make_mail(event, status=MailStatus.FAILED) for _ in range(2)]
    held = [make_mail(event, status=MailStatus.HELD) for _ in range(2)]
    waiting, sending, sent = make_mail(event), make_mail(event), make_mail(event)
    OutgoingMail.objects.filter(pk=sending.pk).update(status=MailStatus.SENDING)
    OutgoingMail.objects.filter(pk=sent.pk).update(status=MailStatus.SENT)
    client = client_of(event)
    client.post(url(event, "again"), {"group": "held"})
    client.post(url(event, "discard"), {"group": "failed"})
    assert statuses(*failed, *held) == [None, None, MailStatus.WAITING, MailStatus.WAITING]
    client.post(url(event, "discard"), {"group": "waiting"})
    assert statuses(waiting, *held) == [None, None, None]
    assert statuses(sending, sent) == [MailStatus.SENDING, MailStatus.SENT]


@pytest.mark.parametrize("asked", [{}, {"mail": "x"}, {"group": "alle"}, {"group": "sent"}, {"mail": "²"}])
def test_what_is_neither_a_mail_nor_a_group_changes_nothing(asked):
    event = make_event()
    mails = [make_mail(event, status=status) for status in MailStatus]
    client = client_of(event)
    for name in ("again", "discard"):
        assert client.post(url(event, name), asked).status_code == 302
    assert statuses(*mails) == list(MailStatus)


def test_another_events_mails_and_those_of_no_event_are_never_touched():
    event, elsewhere = make_event(), make_event()
    theirs = make_mail(elsewhere, status=MailStatus.FAILED)
    nobodys = make_mail(event, status=MailStatus.FAILED)
    OutgoingMail.objects.filter(pk=nobodys.pk).update(event=None)
    client = client_of(event)
    for name in ("again", "discard"):
        for asked in ({"mail": theirs.pk}, {"mail": nobodys.pk}, {"group": "failed"}):
            client.post(url(event, name), asked)
    assert statuses(theirs, nobodys) == [MailStatus.FAILED] * 2


def test_without_a_mail_server_nothing_can_be_let_go_and_the_page_says_why(settings):
    settings.HAS_MAIL = False
    event = make_event()
    mail = make_mail(event)
    client = client_of(event)
    page = text_of(client.get(url(event)))
    assert "Serveren har ingen e-posttjener" in page
    assert "Send alle" not in page
    response = client.post(url(event, "again"), {"mail": mail.pk}, follow=True)
    assert "ingenting kan sendes ennå" in text_of(response)
    assert statuses(mail) == [MailStatus.HELD]


def test_the_list_of_participants_says_how_many_have_stopped():
    event = make_event()
    make_mail(event, status=MailStatus.FAILED)
    make_mail(event, status=MailStatus.HELD)
    make_mail(event)
    make_mail(make_event(), status=MailStatus.FAILED)
    make_participant(event)
    assert "E-post 2 ikke sendt" in text_of(client_of(event).get(url_of("list", event)))


def test_as_many_queries_for_three_as_for_one(django_assert_num_queries):
    for number in (1, 3):
        event = make_event()
        for status in MailStatus:
            for _ in range(number):
                make_mail(event, status=status)
        client = client_of(event)
        # session, user, event, roles; the numbers, and three groups
        with django_assert_num_queries(8):
            client.get(url(event))


def test_after_one_is_dealt_with_the_keyboard_goes_on_from_the_next_of_the_same_kind():
    event = make_event()
    failed = [make_mail(event, name=name, status=MailStatus.FAILED) for name in ("Ada", "Bo", "Cim")]
    make_mail(event, name="Per", status=MailStatus.HELD)
    client = client_of(event)

    def goes_on(name, place):
        sent = {"mail": str(failed.pop(1).pk), "place": place}
        tree = tree_of(client.post(url(event, name), sent, follow=True))
        rows = [each for each in tree.iter("li") if "autofocus" in each.attrib]
        return [(row.get("tabindex"), next(row.iter("strong")).text) for row in rows]

    assert goes_on("discard", "failed-1") == [("-1", "Cim")]
    assert goes_on("again", "failed-1") == [("-1", "Ada")]
    page = client.get(url(event) + "?videre=waiting-x").content.decode()
    assert "autofocus" not in page


def test_each_row_says_its_place_and_whose_text_it_unfolds():
    event = make_event()
    for name in ("Ada", "Bo"):
        make_mail(event, name=name, status=MailStatus.FAILED)
    tree = tree_of(client_of(event).get(url(event)))
    places = [each.get("value") for each in tree.iter("input") if each.get("name") == "place"]
    assert places == ["failed-0", "failed-0", "failed-1", "failed-1"]
    unfolded = [" ".join("".join(each.itertext()).split()) for each in tree.iter("summary")]
    assert [text for text in unfolded if text.startswith("Vis teksten")] == [
        f"Vis teksten til {name}: {OutgoingMail.objects.first().subject}" for name in ("Ada", "Bo")
    ]


def test_what_is_gone_meanwhile_is_said_to_be():
    event = make_event()
    client = client_of(event)
    for name in ("again", "discard"):
        response = client.post(url(event, name), {"group": "failed"}, follow=True)
        assert "Den er sendt eller forkastet i mellomtiden." in text_of(response)
        assert "0 e-poster" not in text_of(response).replace("0 e-poster er sendt", "")
