"""Messages to many."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from borsen.enums import MailKind, MailStatus, Role, Sector
from borsen.models import OutgoingMail
from participants.enums import Status
from participants.messaging import Audience, audiences, record, send
from participants.models import Message
from tests.factories import make_contact, make_event, make_message, make_participant, make_resource
from tests.participants.pages import client_of, errors_of, text_of, tree_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def can_send(settings):
    settings.HAS_MAIL, settings.PUBLIC_URL = True, "https://bors.example"


def url(event, name="create", *args) -> str:
    return reverse(f"message.{name}", args=[event.slug, *args])


def speaking_for(event, name, *emails, **fields):
    participant = make_participant(event, name, **fields)
    for email in emails:
        make_contact(participant, email=email)
    return participant


def written(**fields) -> dict[str, str]:
    return {"audience": "all", "subject": "Program", "text": "Vel møtt!", "key": str(uuid.uuid4()), **fields}


def preview_of(response) -> dict[str, str]:
    """What the form under the preview sends."""
    form = next(each for each in tree_of(response).iter("form") if "preview-actions" in each.get("class", ""))
    data = {each.get("name"): each.get("value") for each in form.iter("input") if each.get("name")}
    return data | {each.get("name"): (each.text or "").removeprefix("\n") for each in form.iter("textarea")}


def test_who_each_audience_is():
    event = make_event()
    speaking_for(event, "Bakeren", "a@example.org", sector=Sector.BUSINESS, checked_in_at=timezone.now())
    make_resource(speaking_for(event, "Koret", "b@example.org"), "Sang", closed_at=timezone.now())
    speaking_for(event, "Kommunen", "C@example.org", "b@EXAMPLE.org", sector=Sector.PUBLIC, status=Status.REGISTERED)
    speaking_for(event, "Ola", sector=Sector.INDIVIDUAL)
    speaking_for(event, "Avmeldt", "e@example.org", status=Status.CANCELLED)
    speaking_for(make_event(), "Nabobygda", "f@example.org")
    found = {
        audience.value: ("".join(person.email[0] for person in who.persons), [each.name for each in who.unreached])
        for audience, who in audiences(event).items()
    }
    assert found == {
        "all": ("acb", ["Ola"]),
        "business": ("a", []),
        "voluntary": ("b", []),
        "public": ("cb", []),
        "individual": ("", ["Ola"]),
        "nothing_written": ("acb", ["Ola"]),
        "come": ("a", []),
        "not_come": ("cb", ["Ola"]),
        "waiting": ("cb", []),
    }


def test_written_looked_at_and_sent_once_to_each_person():
    event = make_event()
    speaking_for(event, "Koret", "Kari@example.org", "per@example.org")
    speaking_for(event, "Turlaget", "kari@EXAMPLE.org")
    speaking_for(event, "Uten e-post")
    client = client_of(event)
    preview = client.post(url(event), written(text="  Vel møtt!\nTa med kake."))
    page = text_of(preview)
    for words in ("Alle påmeldte: 2 personer", "1 deltaker har ingen e-post", "Uten e-post", "Send til 2 personer"):
        assert words in page
    assert OutgoingMail.objects.count() == 0
    response = client.post(url(event), preview_of(preview) | {"send": "1"}, follow=True)
    message = Message.objects.get()
    assert response.redirect_chain == [(url(event, "show", message.pk), 302)]
    assert "Meldingen er på vei til 2 personer." in text_of(response)
    assert (message.event, message.audience, message.recipients) == (event, "all", 2)
    mails = {mail.to: mail for mail in OutgoingMail.objects.all()}
    assert {(mail.to, mail.kind, mail.about, mail.event_id) for mail in mails.values()} == {
        ("kari@example.org", MailKind.MESSAGE, f"message:{message.pk}", event.pk),
        ("per@example.org", MailKind.MESSAGE, f"message:{message.pk}", event.pk),
    }
    token = event.person_links.get(email="kari@example.org").token
    assert mails["kari@example.org"].body == "\n".join(
        [
            "Vel møtt!",
            "Ta med kake.",
            "",
            "Se og endre det dere har skrevet, på siden deres. Lenken er bare til deg:",
            f"https://bors.example/{event.slug}/min-side/{token}/",
            "",
            f"Hilsen {event.name}",
            "",
            "Du får denne e-posten fordi du er kontaktperson for Koret og Turlaget.",
            "",
        ]
    )
    assert token not in mails["per@example.org"].body


def test_the_preview_is_what_one_gets_but_for_the_link():
    event = make_event()
    speaking_for(event, "Koret", "kari@example.org")
    client = client_of(event)
    preview = client.post(url(event), written())
    client.post(url(event), preview_of(preview) | {"send": "1"})
    token = event.person_links.get().token
    body = OutgoingMail.objects.get().body.replace(token, "…")
    assert " ".join(body.split()) in text_of(preview)


def test_the_preview_can_be_left_and_then_nothing_is_kept():
    event = make_event()
    speaking_for(event, "Koret", "kari@example.org")
    preview = tree_of(client_of(event).post(url(event), written()))
    form = next(each for each in preview.iter("form") if "preview-actions" in each.get("class", ""))
    ways = {link.text: link.get("href") for link in form.iter("a")}
    assert ways == {"Avbryt": f"/{event.slug}/meldinger/"}
    assert (event.messages.count(), OutgoingMail.objects.count()) == (0, 0)


def test_sending_the_same_twice_is_harmless():
    event = make_event()
    speaking_for(event, "Koret", "kari@example.org")
    client = client_of(event)
    data = preview_of(client.post(url(event), written())) | {"send": "1"}
    first, second = (client.post(url(event), data) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert (Message.objects.count(), OutgoingMail.objects.count()) == (1, 1)


def test_when_others_have_come_since_the_preview_nothing_is_sent_until_it_is_looked_at_again():
    event = make_event()
    speaking_for(event, "Koret", "kari@example.org")
    client = client_of(event)
    data = preview_of(client.post(url(event), written())) | {"send": "1"}
    speaking_for(event, "Turlaget", "per@example.org")
    response = client.post(url(event), data)
    assert response.status_code == 409
    assert "Ingenting er sendt." in text_of(response)
    assert OutgoingMail.objects.count() == 0
    client.post(url(event), preview_of(response) | {"send": "1"})
    assert OutgoingMail.objects.count() == 2


def test_what_is_wrong_is_said_and_what_was_typed_is_there_also_after_looking():
    event = make_event()
    client = client_of(event)
    empty = client.post(url(event), written(audience="", subject="", text=" "))
    assert empty.status_code == 422
    assert [text for _target, text in errors_of(empty)] == [
        "Velg hvem meldingen er til.",
        "Skriv hva meldingen handler om.",
        "Skriv meldingen.",
    ]
    group = next(each for each in tree_of(empty).iter("fieldset"))
    assert (group.get("aria-describedby"), empty.content.decode().count('id="id_audience_error"')) == (
        "id_audience_error",
        1,
    )
    again = client.post(url(event), written(audience="public", text="<b>Hei</b>", change="1"))
    assert "<b>Hei</b>" in text_of(again)
    assert [each.get("value") for each in tree_of(again).iter("input") if "checked" in each.attrib] == ["public"]
    assert client.post(url(event), written(audience="kongehuset")).status_code == 422


def test_without_a_mail_server_there_are_addresses_to_copy_where_nobody_can_read_along(settings):
    settings.HAS_MAIL = False
    event = make_event()
    speaking_for(event, "Koret", "kari@example.org", "per@example.org")
    client = client_of(event)
    page = client.post(url(event), written(send="1", seen="2"))
    assert page.status_code == 409
    assert "kari@example.org; per@example.org" in text_of(page)
    assert "Send til" not in text_of(page)
    open_wifi = client.post(url(event), written(), REMOTE_ADDR="192.168.1.20")
    assert "Forbindelsen er ikke kryptert" in text_of(open_wifi)
    assert "example.org" not in open_wifi.content.decode()
    assert (Message.objects.count(), OutgoingMail.objects.count()) == (0, 0)


def test_an_audience_of_nobody_cannot_be_sent_to():
    event = make_event()
    speaking_for(event, "Koret")
    page = client_of(event).post(url(event), written())
    assert "Alle påmeldte: 0 personer" in text_of(page)
    assert "Send til" not in text_of(page)
    assert client_of(event).post(url(event), written(send="1", seen="0")).status_code == 409
    assert Message.objects.count() == 0


def test_the_record_tells_when_who_to_whom_and_what_became_of_it():
    event, elsewhere = make_event(), make_event()
    for index in range(3):
        speaking_for(event, f"Lag {index}", f"hemmelig{index}@example.org")
    speaking_for(elsewhere, "Nabobygda", "nabo@example.org")
    make_message(elsewhere, "Nabobygdas melding")
    message = make_message(event, "Program", audience=Audience.VOLUNTARY)
    mails = list(event.mails.all())
    OutgoingMail.objects.filter(pk=mails[0].pk).update(status=MailStatus.SENT)
    OutgoingMail.objects.filter(pk=mails[1].pk).update(status=MailStatus.FAILED)
    assert [(row.message, row.sent, row.waiting, row.failed) for row in record(event)] == [(message, 1, 1, 1)]
    for role in (Role.ORGANISER, Role.COORDINATOR):
        client = client_of(event, role)
        for page in (client.get(url(event, "list")), client.get(url(event, "show", message.pk))):
            text = text_of(page)
            for words in ("Program", "Frivillige organisasjoner", "1 sendt", "1 venter", "1 kunne ikke sendes"):
                assert words in text
            assert "hemmelig" not in page.content.decode()
            assert "Nabobygda" not in text
        assert ("Skriv melding" in text_of(client.get(url(event, "list")))) is (role is Role.ORGANISER)
    assert client_of(elsewhere).get(url(elsewhere, "show", message.pk)).status_code == 404


def test_without_a_public_address_there_is_no_link_in_the_letter(settings):
    settings.PUBLIC_URL = ""
    event = make_event()
    speaking_for(event, "Koret", "kari@example.org")
    make_message(event)
    assert "min-side" not in OutgoingMail.objects.get().body
    assert event.person_links.count() == 0


def test_as_many_queries_for_three_as_for_one(django_assert_num_queries):
    for number in (1, 3):
        event = make_event()
        for index in range(number):
            speaking_for(event, f"Lag {index}", f"person{index}@example.org")
            make_message(event, f"Melding {index}")
        client = client_of(event)
        # session, user, event, roles; the messages, the numbers
        with django_assert_num_queries(6):
            client.get(url(event, "list"))
        # who they are, their contacts
        with django_assert_num_queries(6):
            client.get(url(event))
        # begin, lock, the key, who, contacts, the message (in a savepoint), links, mails, commit
        with django_assert_num_queries(9):
            send(
                event=event,
                key=uuid.uuid4(),
                by=None,
                audience=Audience.ALL,
                subject="Hei",
                text="Hei",
                now=timezone.now(),
            )
