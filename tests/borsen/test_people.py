"""The people of a børs: roles that are given and taken, and users that are made."""

import re

import pytest
from django.utils import timezone

from borsen.cards import hand_out
from borsen.devices import make_device
from borsen.enums import Role
from borsen.members import NameTaken, make_person
from borsen.models import Device, User
from tests.borsen.addresses import client_for
from tests.factories import make_event, make_member, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event("granfjord", by=make_user("kari", display_name="Kari Granli"))


@pytest.fixture
def client(event):
    return client_for(event.memberships.get().user)


def held(event):
    return sorted(event.memberships.values_list("user__username", "role"))


def give(client, username, role="broker"):
    return client.post("/granfjord/innstillinger/folk/rolle/", {"give-username": username, "give-role": role})


def make(client, username="ola", name="Ola Bakken", role="door", **extra):
    data = {"new-username": username, "new-name": name, "new-role": role}
    return client.post("/granfjord/innstillinger/folk/ny/", data, **extra)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_can_be_given_to_who_has_a_user(role, event, client):
    make_user("ola")
    assert give(client, "OLA", role).status_code == 302
    assert held(event) == [("kari", "organiser"), ("ola", role)]


def test_a_role_that_is_given_twice_is_held_once(event, client):
    make_user("ola")
    give(client, "ola")
    html = client.post(
        "/granfjord/innstillinger/folk/rolle/", {"give-username": "ola", "give-role": "broker"}, follow=True
    ).content.decode()
    assert "er allerede børsmegler" in html
    assert held(event) == [("kari", "organiser"), ("ola", "broker")]


def test_an_unknown_name_is_said_and_kept(event, client):
    response = give(client, "olla")
    assert response.status_code == 422
    assert "Ingen har brukernavnet «olla»." in response.content.decode()
    assert 'value="olla"' in response.content.decode()
    assert held(event) == [("kari", "organiser")]


def test_a_new_person_gets_a_password_that_works_and_is_shown_once(event, client):
    response = make(client)
    password = re.search(r"<code>([a-z0-9-]{19})</code>", response.content.decode()).group(1)
    assert (response.status_code, "no-store" in response["Cache-Control"]) == (200, True)
    assert held(event) == [("kari", "organiser"), ("ola", "door")]
    user = User.objects.get(username="ola")
    assert (str(user), user.check_password(password), user.may_create_events) == ("Ola Bakken", True, False)
    assert password not in client.get("/granfjord/innstillinger/folk/").content.decode()


@pytest.mark.parametrize(
    ("username", "says"), [("Kari", "Noen har allerede brukernavnet"), ("o la", "Bruk bare bokstaver, tall")]
)
def test_a_name_that_can_not_be_used_is_said_and_nobody_is_made(username, says, event, client):
    response = make(client, username)
    assert (response.status_code, says in response.content.decode()) == (422, True)
    assert User.objects.count() == 1


def test_over_plain_http_from_another_machine_no_password_is_made_or_shown(event, client):
    response = make(client, REMOTE_ADDR="192.168.1.20")
    assert response.status_code == 422
    assert "<code>" not in response.content.decode()
    assert User.objects.count() == 1


def remove(client, membership):
    return client.post(f"/granfjord/innstillinger/folk/{membership.pk}/fjern/", follow=True).content.decode()


def test_a_role_is_taken_and_the_devices_that_had_it_are_sent_out(event, client):
    ola = make_member(event, Role.BROKER, "ola")
    event.memberships.create(user=ola, role=Role.DOOR)
    broker = make_device(event=event, user=ola, role=Role.BROKER, label="Nettbrett 1")
    door = make_device(event=event, user=ola, role=Role.DOOR, label="Nettbrett 2")
    elsewhere = make_device(event=make_event(), user=ola, role=Role.BROKER, label="Nettbrett 3")
    assert "er ikke lenger børsmegler" in remove(client, event.memberships.get(user=ola, role=Role.BROKER))
    assert held(event) == [("kari", "organiser"), ("ola", "door")]
    for device in (broker, door, elsewhere):
        device.refresh_from_db()
    assert (broker.revoked_at is None, door.revoked_at, elsewhere.revoked_at) == (False, None, None)


def test_before_a_role_or_a_card_is_taken_it_is_said_what_waits_on_its_devices(event, client):
    ola, per = make_member(event, Role.BROKER, "ola"), make_member(event, Role.BROKER, "per")
    Device.objects.filter(pk=make_device(event=event, user=ola, role=Role.BROKER, label="iPad").pk).update(
        queue_length=2
    )
    make_device(event=event, user=per, role=Role.BROKER, label="iPad")
    hand_out(event=event, memberships=event.memberships.all(), now=timezone.now())
    card = f"/granfjord/innstillinger/folk/{event.memberships.get(user=ola).pk}/kort/"
    for address in ("/granfjord/innstillinger/folk/", card):
        assert client.get(address).content.decode().count("avtaler venter på nettbrettet.") == 1


def test_the_last_organiser_stays(event, client):
    assert "Børsen må ha minst én arrangør." in remove(client, event.memberships.get())
    assert held(event) == [("kari", "organiser")]


def test_one_of_two_organisers_can_go(event, client):
    make_member(event, Role.ORGANISER, "ola")
    remove(client, event.memberships.get(user__username="ola"))
    assert held(event) == [("kari", "organiser")]


def test_the_list_is_in_norwegian_order_in_as_many_queries_for_many_as_for_few(
    event, client, django_assert_num_queries
):
    for name in ("åse", "ærlig", "bo"):
        make_member(event, Role.BROKER, name)
    with django_assert_num_queries(7):  # session, user, event, roles, people, what waits on devices, invitations
        html = client.get("/granfjord/innstillinger/folk/").content.decode()
    assert re.findall(r'<strong dir="auto">([^<]+)', html) == ["bo", "Kari Granli", "ærlig", "åse"]


def test_making_a_person_with_a_login_name_that_was_just_taken_makes_nobody(event):
    make_user("berit")
    with pytest.raises(NameTaken):
        make_person(event=event, username="berit", name="Berit", role=Role.BROKER)
    assert event.memberships.count() == 1
