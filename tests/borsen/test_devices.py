"""«Enheter»: the door and the list of those who came in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from borsen.cards import code_of, make_card_holder
from borsen.devices import make_device
from borsen.door import open_door
from borsen.enums import Role
from borsen.models import Device
from borsen.views.devices import last_sign
from tests.borsen.addresses import client_for, client_with_device
from tests.factories import make_event, make_member, make_user

pytestmark = pytest.mark.django_db
PAGE = "/granfjord/innstillinger/enheter/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def event():
    return make_event("granfjord")


@pytest.fixture
def client(event):
    return client_for(event.memberships.get(role=Role.ORGANISER).user)


def make_tablet(event, name="Berit", label="iPad", role=Role.BROKER, **fields):
    device = make_device(event=event, user=make_user(display_name=name), role=role, label=label)
    Device.objects.filter(pk=device.pk).update(**fields)
    device.refresh_from_db()
    return device


def html(client, address=PAGE, **more):
    return client.get(address, **more).content.decode()


def test_the_empty_list_says_what_to_do_with_the_door_closed_and_open(event, client):
    assert "Ingen er inne. Åpne døra" in html(client)
    open_door(event=event, now=timezone.now())
    assert "Ingen har kommet inn ennå." in html(client)


def test_a_device_stands_there_with_name_kind_time_role_sign_of_life_and_queue(event, client):
    device = make_tablet(event, queue_length=2)
    at = timezone.localtime(device.created_at).strftime("%H.%M")
    page = html(client)
    assert f'<strong dir="auto">Berit</strong> – iPad, kl. {at}' in page
    for words in ("1 enhet er inne", "Børsmegler", "Tilkoblet nå", "2 avtaler venter på nettbrettet", ">Ny<"):
        assert words in page


def test_only_this_event_s_devices_that_are_in_are_listed(event, client):
    make_tablet(make_event(), "Fra nabobygda")
    make_tablet(event, "Sendt ut", revoked_at=timezone.now())
    make_tablet(event, "Fra i forgårs", created_at=timezone.now() - timedelta(hours=18))
    make_tablet(event, "Berit", created_at=timezone.now() - timedelta(hours=17))
    page = html(client)
    absent = [name in page for name in ("Fra nabobygda", "Sendt ut<", "Fra i forgårs", ">Ny<")]
    assert (absent, "1 enhet er inne" in page, "Berit" in page) == ([False] * 4, True, True)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (5, "Tilkoblet nå"),
        (90, "Sist hørt fra for et minutt siden"),
        (121, "Stille i 2 minutter"),
        (59 * 60, "Stille i 59 minutter"),
        (60 * 60, "Stille i 1 time"),
        (5 * 3600, "Stille i 5 timer"),
    ],
)
def test_silence_is_said_in_words(seconds, words):
    assert last_sign(timedelta(seconds=seconds)) == words


def test_who_is_silent_for_more_than_two_minutes_is_marked(event, client):
    device = make_tablet(event)
    assert "device__silent" not in html(client)
    Device.objects.filter(pk=device.pk).update(last_seen_at=timezone.now() - timedelta(minutes=3))
    assert '<p class="device__silent">Stille i 3 minutter</p>' in html(client)


def test_one_tap_sends_out_and_says_that_the_card_lets_in_again(event, client):
    device = make_tablet(event)
    page = client.post(f"{PAGE}{device.pk}/ut/", follow=True).content.decode()
    device.refresh_from_db()
    assert device.revoked_at is not None
    assert "Berit – iPad er sendt ut. Kortet slipper inn igjen når døra er åpen." in page


def test_one_with_agreements_waiting_is_asked_about_first_and_the_question_outlives_the_refreshing(event, client):
    device = make_tablet(event, queue_length=1)
    asked = client.post(f"{PAGE}{device.pk}/ut/", follow=True)
    words = "1 avtale venter på nettbrettet. De blir liggende der til Berit logger inn igjen"
    assert words in asked.content.decode()
    assert f"spor={device.pk}" in asked.content.decode()
    assert words in html(client, f"{PAGE}?spor={device.pk}&sett=x", headers=HTMX)
    device.refresh_from_db()
    assert device.revoked_at is None
    answer = client.post(f"{PAGE}{device.pk}/ut/", {"sure": "1"}, follow=True).content.decode()
    assert "Avtalene som ikke er sendt, ligger fortsatt på nettbrettet." in answer
    device.refresh_from_db()
    assert device.revoked_at is not None


def test_a_device_of_another_event_and_one_that_is_out_can_not_be_sent_out(event, client):
    elsewhere = make_tablet(make_event())
    out = make_tablet(event, revoked_at=timezone.now())
    assert [client.post(f"{PAGE}{device.pk}/ut/").status_code for device in (elsewhere, out)] == [404, 404]


def test_an_open_page_gets_nothing_until_something_has_changed(event, client):
    seen = client.get(PAGE).context["seen"]
    assert client.get(f"{PAGE}?sett={seen}", headers=HTMX).status_code == 204
    make_tablet(event)
    changed = client.get(f"{PAGE}?sett={seen}", headers=HTMX)
    assert (changed.status_code, "<h1>" in changed.content.decode()) == (200, False)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_queries_for_many_as_for_few(event, client, number, django_assert_num_queries):
    for place in range(number):
        make_tablet(event, f"Berit {place}")
    with django_assert_num_queries(6):  # session, user, event, roles, devices, card holders
        client.get(PAGE)


def test_a_door_host_sees_the_door_and_the_devices_and_nothing_of_the_cards(event):
    card = make_card_holder(event=event, name="Ola", role=Role.BROKER, now=timezone.now())
    make_tablet(event)
    door = make_device(event=event, user=make_member(event, Role.DOOR), role=Role.DOOR, label="iPad")
    page = html(client_with_device(door))
    seen = [words in page for words in ("Slipp inn enheter", "Berit", "/folk/", "Kortene", code_of(card))]
    assert seen == [True, True, False, False, False]


def test_the_door_opens_from_the_page_of_a_card_and_leads_back_to_it(event, client):
    card = make_card_holder(event=event, name="Ola", role=Role.BROKER, now=timezone.now())
    response = client.post(f"{PAGE}dor/", {"open": "1", "card": str(card.membership_id)})
    assert response["Location"] == f"/granfjord/innstillinger/folk/{card.membership_id}/kort/"
