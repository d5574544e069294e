"""What a stranger, an organiser of another event, a tablet at the event or somebody who registered must not achieve by
way of the registration, the private links, the invitations and the e-mails."""

import io
import logging
import threading
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from borsen import holding_off
from borsen.devices import make_device
from borsen.enums import MailStatus, Role
from borsen.invitations import invite
from borsen.mail_worker import send_all_now
from borsen.views.account import TO_ONE_ADDRESS
from participants.enums import Status
from participants.importing.bringing_in import bring_in, try_out
from participants.joining import CannotJoin, join
from participants.letters import MOST_LINKS_A_DAY
from participants.models import Contact
from participants.online import MOST_TOLD
from participants.person_links import link_for, opened_by
from participants.proposals import hand_in
from participants.registering import remove
from tests.borsen.addresses import address, client_with_device, make_world, patterns
from tests.factories import (
    make_agreement,
    make_contact,
    make_event,
    make_list_import,
    make_mail,
    make_member,
    make_message,
    make_open_event,
    make_participant,
    make_resource,
    make_user,
)
from tests.participants.pages import client_of, form_of, sent
from tests.test_leaks import text_of

pytestmark = pytest.mark.django_db(transaction=True)
MAIL, PHONE = "hemmelig@example.org", "911 22 333"
VICTIM = {"name": "Kari Granli", "email": MAIL, "phone": PHONE}


@pytest.fixture(autouse=True)
def outside(settings, monkeypatch):
    settings.PUBLIC_URL = "https://bors.example"
    settings.HAS_MAIL = True
    cache.clear()
    monkeypatch.setattr(holding_off, "QUICKEST", timedelta(seconds=-1))


@pytest.fixture
def event():
    return make_event("granfjord", registration_open=True)


def registered(client, event, *, tail="", **fields):
    """Register as somebody in the browser `client`; returns the participant and the form that was sent."""
    fields.setdefault("contacts", [VICTIM])
    form = sent(**fields) | {"started": holding_off.stamp()}
    assert client.post(reverse("registration", args=[event.slug]) + tail, form).status_code == 302
    return event.participants.order_by("pk").last(), form


def own_page(client, event):
    return client.get(reverse("own_page", args=[event.slug])).content.decode()


def change_page(client, participant):
    return client.get(reverse("own_page.change", args=[participant.event.slug, participant.pk]))


# --- the private link


def test_a_broker_who_knows_a_participants_key_is_not_let_in_to_its_own_page(event):
    participant, _form = registered(Client(), event, name="Granfjord kor")
    participant.status = Status.APPROVED
    participant.save()
    device = make_device(event=event, user=make_user(), role=Role.BROKER, label="Nettbrett")
    broker = client_with_device(device)
    known = broker.get(f"/{event.slug}/megler/deltakere/", headers={"accept": "application/json"}).json()
    key = next(row["key"] for row in known["participants"] if row["name"] == "Granfjord kor")
    registered(broker, event, name="Granfjord kor", key=key, twin="other", contacts=[{**VICTIM, "email": "x@y.no"}])
    assert event.participants.count() == 2
    assert change_page(broker, participant).status_code == 404


def test_who_follows_a_link_that_a_stranger_has_sent_does_not_register_through_it(event):
    stranger, victim = Client(), Client()
    bait, _form = registered(stranger, event, name="Agn", contacts=[{"name": "Fremmed", "email": "x@example.org"}])
    victim.get(reverse("own_page.enter", args=[event.slug, bait.registered_through.token]))
    participant, _form = registered(victim, event, name="Granfjord kor")
    assert participant.registered_through != bait.registered_through
    assert change_page(stranger, participant).status_code == 404
    assert "Granfjord kor" not in own_page(stranger, event)
    assert change_page(victim, participant).status_code == 200


def test_the_next_one_at_a_shared_tablet_is_shown_a_link_that_opens_nothing_of_the_first(event):
    tablet, elsewhere = Client(), Client()
    first, _form = registered(tablet, event, name="Granfjord kor")
    second, _form = registered(tablet, event, name="Bakeren", contacts=[{"name": "Per", "email": "per@example.org"}])
    receipt = tablet.get(reverse("registration.receipt", args=[event.slug])).content.decode()
    assert (first.registered_through.token in receipt, second.registered_through.token in receipt) == (False, True)
    elsewhere.get(reverse("own_page.enter", args=[event.slug, first.registered_through.token]))
    assert (change_page(elsewhere, first).status_code, change_page(elsewhere, second).status_code) == (200, 404)


def test_the_receipt_shows_no_private_link_where_others_read_along(event):
    client = Client()
    participant, _form = registered(client, event, name="Granfjord kor")
    where, token = reverse("registration.receipt", args=[event.slug]), participant.registered_through.token
    assert token in client.get(where).content.decode()
    over_the_hall = client.get(where, REMOTE_ADDR="192.168.1.20").content.decode()
    assert ("Granfjord kor" in over_the_hall, token in over_the_hall) == (True, False)


@pytest.mark.parametrize("before", ["/min-side//", "//min-side/", "/min-side/%2F"])
def test_a_private_link_with_a_slash_too_many_is_not_written_in_the_log(event, monkeypatch, before):
    written = io.StringIO()
    for handler in logging.getLogger("django").handlers:
        if type(handler) is logging.StreamHandler:  # pytest adds some of its own
            monkeypatch.setattr(handler, "stream", written)
    token = link_for(event, MAIL).token
    assert Client().get(f"/{event.slug}{before}{token}/").status_code == 404
    assert "min-side" in written.getvalue()
    assert token not in written.getvalue()


# --- the queue of e-mails


def test_an_address_that_no_mail_can_have_holds_up_nobody(event, settings):
    """The form's check lets it through: it is an address, but none that Python's mail can write."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"  # writes the mail as one that sends it
    odd = '":;\x0b"@[::1]'
    _participant, _form = registered(Client(), event, contacts=[{"name": "Odd", "email": odd}])
    make_mail(event, to="neste@example.org")
    event.mails.update(next_try_at=timezone.now())
    assert send_all_now() == (1, 1)
    assert dict(event.mails.values_list("to", "status")) == {
        odd: MailStatus.FAILED,
        "neste@example.org": MailStatus.SENT,
    }


# --- what is typed where it does not belong


def test_a_telephone_written_as_a_name_is_neither_on_the_tablets_nor_on_the_storskjerm():
    """The forms refuse it for a participant's name; lists and walk-ins bring it, and a contact's name is anything."""
    event = make_open_event("granfjord", published=True)
    participant = make_participant(event, f"Ola {PHONE}")
    make_contact(participant, f"Per {MAIL}")
    make_resource(participant, "Kjøring", kind="need")
    make_agreement(event, participant, make_participant(event, f"Kari {MAIL}"))
    device = make_device(event=event, user=make_user(), role=Role.BROKER, label="Nettbrett")
    told = client_with_device(device).get(f"/{event.slug}/megler/deltakere/").content.decode()
    screen = Client().get(f"/{event.slug}/storskjerm/").content.decode()
    assert ("Ola …" in told, "Per …" in told) == (True, True)
    assert ("Ola …" in screen, "Kjøring" in screen) == (True, True)
    assert [each for each in (PHONE, MAIL) if each in told + screen] == []


def test_a_private_volunteer_who_writes_an_address_as_the_name_is_not_shown_by_it(event):
    contact = {"name": MAIL, "email": MAIL}
    participant, _form = registered(Client(), event, name="", sector="individual", contacts=[contact])
    assert participant.name == "Frivillig (…)"


def test_on_a_line_that_others_read_no_role_and_no_participant_is_shown_a_contacts_address():
    """Asked of every address of the product; only what the organiser wrote for everybody is left."""
    world = make_world()
    Contact.objects.update(email=MAIL, phone=PHONE)
    make_message(world.event)
    make_mail(world.event, to=MAIL)
    world.event.registration_open = True
    world.event.ask_whom = "Kari, kari@granfjord.example"
    world.event.save()
    clients = {role: Client(REMOTE_ADDR="192.168.1.20") for role in ("own page", *Role)}
    for role in Role:
        clients[role].force_login(make_member(world.event, role))
    clients["own page"].get(address("own_page.enter", world, token=link_for(world.event, MAIL).token))
    asked = {
        pattern.name: address(pattern.name, world) for pattern, _ in patterns() if pattern.name != "own_page.enter"
    }
    found = [
        (role, name)
        for role, client in clients.items()
        for name, where in asked.items()
        if any(secret in text_of(client.get(where)) for secret in (MAIL, PHONE))
    ]
    assert found == []
    assert change_page(clients["own page"], world.participant).status_code == 200


# --- mail to who has not asked for it


def test_nobodys_inbox_can_be_filled_by_asking_for_the_link(event):
    make_contact(make_participant(event, "Granfjord kor"), email=MAIL)
    for _turn in range(MOST_LINKS_A_DAY + 2):
        Client().post(reverse("own_page.ask", args=[event.slug]), {"email": MAIL})
        # Ten minutes later.
        event.mails.update(made_at=F("made_at") - timedelta(minutes=11), status=MailStatus.SENT)
    assert event.mails.filter(to=MAIL).count() == MOST_LINKS_A_DAY
    event.mails.update(made_at=F("made_at") - timedelta(days=1))
    Client().post(reverse("own_page.ask", args=[event.slug]), {"email": MAIL})
    assert event.mails.filter(to=MAIL).count() == MOST_LINKS_A_DAY + 1


def test_one_form_writes_to_a_few_addresses_and_not_to_forty(event):
    contacts = [{"name": "Hei", "email": f"noen{number}@example.org"} for number in range(30)]
    participant, _form = registered(Client(), event, contacts=contacts)
    assert (participant.contacts.count(), event.mails.count()) == (30, MOST_TOLD)


@pytest.mark.parametrize(
    "bait", ["https://evil.example/a?b=c", "HTTP://evil.example", "www.evil.example", "evil.example/x"]
)
def test_the_receipt_carries_no_web_address_that_a_stranger_wrote(event, bait):
    offer = {"title": f"Se {bait} nå", "category": str(event.categories.first().pk)}
    contacts = [{"name": f"Vinner {bait} !", "email": MAIL}]
    registered(Client(), event, name=f"Kor {bait} 2", contacts=contacts, offers=[offer])
    body = event.mails.get().body
    assert "evil.example" not in body
    assert ("Hei Vinner … !" in body, "Kor … 2" in body, "– Se … nå" in body) == (True, True, True)
    assert f"https://bors.example/{event.slug}/min-side/" in body


def test_signing_off_and_on_is_no_way_around_the_organisers_joining(event):
    event.approves_first = False
    event.save()
    make_participant(event, "Granfjord kor")
    stranger = Client()
    participant, _form = registered(stranger, event, name="Granfjord kor", twin="same")
    for status in ("cancelled", "approved"):
        stranger.post(reverse("own_page.sign_off", args=[event.slug, participant.pk]), {"status": status})
    participant.refresh_from_db()
    assert participant.status == Status.REGISTERED


# --- in another one's name


def imported(event, text):
    stored = make_list_import(event, text)
    bring_in(stored=stored, digest=try_out(stored).digest, now=timezone.now())


def test_who_registers_in_anothers_name_is_not_shown_the_contacts_that_the_organisers_list_brings(event):
    stranger = Client()
    participant, _form = registered(stranger, event, name="Granfjord kor", contacts=[{"name": "X", "email": "x@y.no"}])
    imported(event, f"Navn;Type;Kontaktperson;E-post;Telefon\nGranfjord kor;frivillig;Kari Granli;{MAIL};{PHONE}\n")
    assert participant.contacts.filter(email=MAIL).count() == 1
    assert change_page(stranger, participant).status_code == 404
    # Who reads the mail of either of them is let in.
    assert list(opened_by(link_for(event, MAIL))) == list(opened_by(link_for(event, "x@y.no"))) == [participant]


def test_what_the_organiser_mends_besides_contacts_leaves_the_link_that_was_shown(event):
    client = Client()
    participant, _form = registered(client, event, name="Granfjord kor")
    organiser = client_of(event)
    where = reverse("participant.edit", args=[event.slug, participant.pk])
    organiser.post(where, form_of(organiser.get(where)) | {"description": "Vi synger"})
    assert change_page(client, participant).status_code == 200
    organiser.post(where, form_of(organiser.get(where)) | {"contacts-0-phone": "400 00 000"})
    assert change_page(client, participant).status_code == 404


def test_what_the_participant_itself_writes_of_its_contacts_leaves_its_link(event):
    client = Client()
    participant, _form = registered(client, event, name="Granfjord kor")
    where = reverse("own_page.change", args=[event.slug, participant.pk])
    client.post(where, form_of(client.get(where), "online") | {"contacts-0-email": "ny@example.org"})
    assert participant.contacts.get().email == "ny@example.org"
    assert change_page(client, participant).status_code == 200


# --- two at the same time


@pytest.mark.parametrize("waits_as", [Status.REGISTERED, Status.APPROVED])
def test_what_is_written_while_the_organiser_reads_is_not_approved_unseen(event, waits_as):
    participant, _form = registered(troll := Client(), event, name="Granfjord kor")
    event.participants.update(status=waits_as)
    write(troll, participant, "Vi synger")
    organiser = client_of(event)
    page = organiser.get(reverse("participant.edit", args=[event.slug, participant.pk]))
    name, css = ("participant.status", "row") if waits_as == Status.REGISTERED else ("participant.proposal", "row")
    form = form_of(page, css) | {"status": "approved", "answer": "approve"}
    write(troll, participant, "Noe stygt")
    where = reverse(name, args=[event.slug, participant.pk])
    told = organiser.post(where, form, follow=True).content.decode()
    participant.refresh_from_db()
    assert "har skrevet noe nytt mens du leste" in told
    assert (participant.status, "Noe stygt" in str(participant.proposal or participant.description)) == (waits_as, True)
    page = organiser.get(reverse("participant.edit", args=[event.slug, participant.pk]))
    organiser.post(where, form_of(page, css) | {"status": "approved", "answer": "approve"})
    participant.refresh_from_db()
    assert (participant.status, participant.description) == (Status.APPROVED, "Noe stygt")


def write(client, participant, description):
    where = reverse("own_page.change", args=[participant.event.slug, participant.pk])
    assert client.post(where, form_of(client.get(where), "online") | {"description": description}).status_code == 302


def test_two_who_join_the_same_pair_at_once_join_it_once_and_the_second_is_told():
    event = make_event()
    keep, take = make_participant(event, "Granfjord kor"), make_participant(event, "Granfjord kor")
    join(keep=keep, take=take, now=timezone.now())
    for again in ((keep, take), (take, keep)):
        with pytest.raises(CannotJoin, match="fjernet eller slått sammen"):
            join(keep=again[0], take=again[1], now=timezone.now())
    assert list(event.participants.all()) == [keep]


# --- who is gone


def test_a_participant_that_is_removed_takes_its_links_and_what_was_to_be_sent_along(event):
    client = Client()
    other = make_participant(event, "Bakeren")
    make_contact(other, email="felles@example.org")
    both = [VICTIM, {"name": "Felles", "email": "Felles@example.org"}]
    participant, _form = registered(client, event, name="Granfjord kor", contacts=both)
    assert sorted(event.mails.values_list("to", flat=True)) == ["felles@example.org", MAIL]
    token = link_for(event, MAIL).token
    remove(participant=participant)
    assert list(event.mails.values_list("to", flat=True)) == ["felles@example.org"]
    assert list(event.person_links.exclude(email="").values_list("email", flat=True)) == ["felles@example.org"]
    assert Client().get(reverse("own_page.enter", args=[event.slug, token])).status_code == 404
    assert "Granfjord kor" not in own_page(client, event)


def test_an_organiser_who_leaves_may_have_seen_open_invitations_and_the_others_are_told(event):
    organiser, leaving = client_of(event), make_member(event, Role.ORGANISER)
    where = reverse("event.people.remove", args=[event.slug, event.memberships.get(user=leaving).pk])
    invite(event=event, role=Role.ORGANISER, name="Meg selv", by=leaving, now=timezone.now())
    told = organiser.post(where, follow=True).content.decode()
    assert "kan ha sett lenkene under «Invitert»" in told
    broker = make_member(event, Role.BROKER)
    where = reverse("event.people.remove", args=[event.slug, event.memberships.get(user=broker).pk])
    assert "kan ha sett lenkene" not in organiser.post(where, follow=True).content.decode()


def test_nobodys_inbox_can_be_filled_by_asking_for_a_new_password(mailoutbox):
    make_user("kari", email=MAIL)
    for _turn in range(TO_ONE_ADDRESS.times + 3):
        assert Client().post(reverse("password.forgotten"), {"email": MAIL.upper()}).status_code == 200
        for thread in threading.enumerate():
            if thread.name == "mail":
                thread.join()
    assert len(mailoutbox) == TO_ONE_ADDRESS.times


# --- who asks too often


def ask_from(event, where):
    return Client().post(reverse("own_page.ask", args=[event.slug]), {"email": MAIL}, REMOTE_ADDR=where).status_code


def test_a_machine_with_many_addresses_of_one_household_is_one(event, monkeypatch):
    monkeypatch.setattr("participants.views.own_page.OF_A_HALL", holding_off.Limit(2, timedelta(minutes=15)))
    assert [ask_from(event, f"2001:db8:1:1::{number}") for number in range(3)] == [200, 200, 422]
    assert ask_from(event, "2001:db8:1:2::1") == 200


def test_asking_for_many_things_does_not_make_the_server_forget_who_asks_too_often(event, monkeypatch):
    monkeypatch.setattr("participants.views.own_page.OF_A_HALL", holding_off.Limit(2, timedelta(minutes=15)))
    assert [ask_from(event, "192.0.2.7") for _turn in range(3)] == [200, 200, 422]
    for number in range(400):
        ask_from(event, f"198.51.{100 + number // 200}.{number % 200}")
    assert ask_from(event, "192.0.2.7") == 422


def test_who_writes_of_a_participant_that_was_removed_meanwhile_is_told(event, monkeypatch):
    client = Client()
    participant, _form = registered(client, event, name="Granfjord kor")
    form = form_of(change_page(client, participant), "online")

    def removed_first(**given):
        remove(participant=given["participant"])
        return hand_in(**given)

    monkeypatch.setattr("participants.views.own_page.hand_in", removed_first)
    where = reverse("own_page.change", args=[event.slug, participant.pk])
    told = client.post(where, form, follow=True).content.decode()
    assert "«Granfjord kor» er fjernet av arrangøren." in told
