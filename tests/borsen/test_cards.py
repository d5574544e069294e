"""Cards: what is on them, what is stored of them, and who gets one."""

import re

import pytest
from django.utils import timezone

from borsen import addresses
from borsen.cards import (
    NameInUse,
    card_by_code,
    card_by_token,
    code_of,
    hand_out,
    make_card_holder,
    read_code,
    renew,
    token_of,
)  # fmt: skip
from borsen.devices import make_device
from borsen.enums import Role
from borsen.members import LETTERS, take_role
from borsen.models import Card
from borsen.qr import qr_drawing
from tests.borsen.addresses import client_for
from tests.factories import make_event, make_member, make_user

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def event():
    return make_event("granfjord", by=make_user("kari"), name="Børsen i Granfjord")


@pytest.fixture
def client(event):
    return client_for(event.memberships.get(role=Role.ORGANISER).user)


def make_card(event, name="Berit Moen", role=Role.BROKER):
    return make_card_holder(event=event, name=name, role=role, now=NOW)


def typed(card):
    return read_code(code_of(card))


def test_a_name_is_enough_for_a_person_with_a_card_and_no_password(event):
    card = make_card(event, "Åse Bø")
    user = card.membership.user
    assert (str(user), user.has_usable_password(), card.membership.role) == ("Åse Bø", False, "broker")
    assert card.event == event


def test_two_of_one_name_at_the_same_event_are_refused_and_at_another_event_not(event):
    make_card(event, "Berit Moen")
    with pytest.raises(NameInUse):
        make_card(event, " berit  MOEN")
    make_card(make_event(), "Berit Moen")
    assert (event.memberships.count(), Card.objects.count()) == (2, 2)


def test_who_was_removed_and_is_made_again_is_the_same_person_and_one_from_elsewhere_is_not(event):
    berit = make_card(event, "Berit Moen").membership
    make_device(event=event, user=berit.user, role=Role.BROKER, label="iPad")
    take_role(membership=berit)
    assert make_card(make_event(), "Berit Moen").membership.user != berit.user
    again = make_card(event, "berit moen").membership
    assert (again.user, again.event) == (berit.user, event)


def test_a_card_is_found_by_its_token_and_by_its_code_at_its_event_only(event):
    card, elsewhere = make_card(event), make_event()
    make_card(elsewhere)
    assert card_by_token(event, token_of(card)) == card
    assert card_by_code(event, *typed(card)) == card
    assert card_by_token(elsewhere, token_of(card)) is None
    assert card_by_code(elsewhere, *typed(card)) is None
    assert card_by_code(event, typed(card)[0], "aaaa") is None


def test_nothing_in_the_database_is_the_token_or_the_proof(event):
    card = make_card(event)
    stored = repr(Card.objects.values().get())
    assert (token_of(card) in stored, typed(card)[1] in stored) == (False, False)
    assert len(token_of(card)) == 22


def test_under_another_secret_key_what_is_stored_gives_another_token_and_handing_out_mends_it(event, settings):
    card = make_card(event)
    before = token_of(card)
    settings.SECRET_KEY = "en helt annen nøkkel"
    assert token_of(card) != before
    mended = hand_out(event=event, memberships=[card.membership], now=NOW)[0]
    assert card_by_token(event, token_of(mended)) == mended
    assert Card.objects.count() == 1


def test_cards_are_handed_out_once_and_to_the_roles_of_the_day_only(event):
    for role in (Role.BROKER, Role.DOOR, Role.STAGE, Role.COORDINATOR):
        make_member(event, role)
    first = hand_out(event=event, memberships=event.memberships.order_by("pk"), now=NOW)
    again = hand_out(event=event, memberships=event.memberships.order_by("pk"), now=NOW)
    assert [card.membership.role for card in first] == ["broker", "door", "stage"]
    assert [(card.pk, token_of(card)) for card in again] == [(card.pk, token_of(card)) for card in first]


@pytest.mark.parametrize("number", [1, 3])
def test_handing_out_cards_that_are_there_takes_as_many_queries_for_many_as_for_few(
    event, number, django_assert_num_queries
):
    for place in range(number):
        make_card(event, f"Berit {place}")
    with django_assert_num_queries(5):  # savepoint, lock, cards, memberships, savepoint
        hand_out(event=event, memberships=event.memberships.all(), now=NOW)


@pytest.mark.parametrize("sends_out", [True, False])
def test_a_new_card_makes_the_old_one_void_and_sends_out_devices_only_when_asked(event, sends_out):
    card, other = make_card(event), make_card(event, "Ola")
    old_token, old_code = token_of(card), typed(card)
    devices = [
        make_device(event=event, user=one.membership.user, role=Role.BROKER, label="iPad") for one in (card, other)
    ]
    new = renew(membership=card.membership, now=NOW, sends_out=sends_out)
    assert (card_by_token(event, old_token), card_by_code(event, *old_code)) == (None, None)
    assert card_by_token(event, token_of(new)) == new
    for device in devices:
        device.refresh_from_db()
    assert [device.revoked_at for device in devices] == [NOW if sends_out else None, None]


def test_taking_the_role_takes_the_card_and_a_closed_user_can_not_use_theirs(event):
    gone, closed = make_card(event, "Berit"), make_card(event, "Ola")
    take_role(membership=gone.membership)
    closed.membership.user.is_active = False
    closed.membership.user.save()
    assert list(event.cards.all()) == [closed]
    assert card_by_token(event, token_of(closed)) is None
    assert card_by_code(event, *typed(closed)) is None


def test_no_two_cards_of_an_event_share_a_selector(event):
    selectors = {make_card(event, f"Megler {number}").selector for number in range(20)}
    assert len(selectors) == 20


@pytest.mark.parametrize(
    "text", ["k7pm-3qxa", "K7PM-3QXA", " k7pm 3qxa ", "K7PM–3QXA", "K7PM3QXA", "k 7 p m . 3 q x a"]
)
def test_a_code_is_read_as_people_type_it(text):
    assert read_code(text) == ("k7pm", "3qxa")


@pytest.mark.parametrize(
    "text", ["", "k7pm", "k7pm-3qx", "k7pm-3qxab", "k7pm-3qx0", "k7pm-3qxl", "K7PM-3QXI", "k7pm-3qxå"]
)
def test_what_can_not_be_a_code_is_not_read_as_one(text):
    assert read_code(text) is None


def test_codes_are_made_of_letters_that_are_easily_told_apart(event):
    assert set("".join(typed(make_card(event)))) <= set(LETTERS)
    assert not set("01oil") & set(LETTERS)


# --- the pages


def show(client, card, **extra):
    return client.get(f"/granfjord/innstillinger/folk/{card.membership_id}/kort/", **extra)


def test_making_a_card_leads_to_it_and_it_is_kept_nowhere_on_the_way(client, event, settings):
    settings.PUBLIC_URL = "https://bors.example"
    data = {"card-name": "Berit Moen", "card-role": "broker"}
    response = client.post("/granfjord/innstillinger/folk/kort/ny/", data, follow=True)
    html, card = response.content.decode(), event.cards.get()
    assert (code_of(card) in html, "no-store" in response["Cache-Control"]) == (True, True)
    assert "bors.example/granfjord/inn<" in html
    address = f"https://bors.example/granfjord/inn/#{token_of(card)}"
    assert qr_drawing(address, "QR-kode for Berit Moen") in html


def test_a_name_that_is_in_use_is_said_and_kept(client, event):
    make_card(event, "Berit Moen")
    data = {"card-name": "Berit Moen", "card-role": "door"}
    response = client.post("/granfjord/innstillinger/folk/kort/ny/", data)
    assert response.status_code == 422
    assert "har allerede en som heter «Berit Moen»" in response.content.decode()
    assert event.cards.count() == 1


def test_who_has_a_role_already_gets_a_card_when_it_is_asked_for(client, event):
    ola = make_member(event, Role.DOOR, "ola")
    membership = event.memberships.get(user=ola)
    page = f"/granfjord/innstillinger/folk/{membership.pk}/kort/"
    assert client.get(page).status_code == 404
    assert code_of(Card.objects.get(pk=client.post(page, follow=True).context["faces"][0].membership.card.pk))
    assert client.post(page).status_code == 302
    assert event.cards.count() == 1


def test_roles_without_a_card_and_people_of_other_events_get_none(client, event):
    coordinator = event.memberships.get(user=make_member(event, Role.COORDINATOR))
    elsewhere = make_card(make_event()).membership
    pages = [f"/granfjord/innstillinger/folk/{one.pk}/kort/" for one in (coordinator, elsewhere)]
    assert [client.post(page).status_code for page in pages] == [404, 404]
    assert event.cards.count() == 0


def test_over_plain_http_from_another_machine_no_card_is_shown(client, event):
    card = make_card(event)
    one, sheet = f"/granfjord/innstillinger/folk/{card.membership_id}/kort/", "/granfjord/innstillinger/folk/kort/"
    secrets = {one: [code_of(card), token_of(card)], sheet: [code_of(card)]}
    for page, on_it in secrets.items():
        here, there = client.get(page), client.get(page, REMOTE_ADDR="192.168.1.20")
        assert all(secret in here.content.decode() for secret in on_it)
        assert not any(secret in there.content.decode() for secret in on_it)
        assert (there.status_code, "Forbindelsen er ikke kryptert" in there.content.decode()) == (403, True)


def test_the_sheet_has_every_card_of_the_event_in_norwegian_order_and_makes_what_is_missing(client, event):
    make_card(make_event(), "Fra nabobygda")
    for name in ("Åse", "Berit", "Ærlig"):
        make_card(event, name)
    make_member(event, Role.STAGE, "odd")
    html = client.post("/granfjord/innstillinger/folk/kort/", follow=True).content.decode()
    assert re.findall(r'face__name" dir="auto">([^<]+)', html) == ["Berit", "odd", "Ærlig", "Åse"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_sheet_takes_as_many_queries_for_many_as_for_few(client, event, number, django_assert_num_queries):
    for place in range(number):
        make_card(event, f"Berit {place}")
    with django_assert_num_queries(5):  # session, user, event, roles, cards
        client.get("/granfjord/innstillinger/folk/kort/")


def test_a_new_card_is_made_by_one_button(client, event):
    card = make_card(event)
    old = code_of(card)
    device = make_device(event=event, user=card.membership.user, role=Role.BROKER, label="iPad")
    data = {"send_out": "1"}
    url = f"/granfjord/innstillinger/folk/{card.membership_id}/kort/nytt/"
    html = client.post(url, data, follow=True).content.decode()
    device.refresh_from_db()
    assert (old in html, device.revoked_at is None) == (False, False)


# --- the address in the QR code: the first thing that fails on the day


@pytest.fixture
def served(settings, tmp_path):
    settings.DATA_DIR, settings.PUBLIC_URL = tmp_path, ""
    return addresses.remember_served


def chosen(response):
    return response.context["chosen"]


def test_with_a_public_address_that_is_the_one(client, event, settings):
    settings.PUBLIC_URL = "https://bors.example"
    assert chosen(show(client, make_card(event))) == "https://bors.example"


def test_where_only_the_machine_itself_is_reached_there_is_no_qr_code_and_the_page_says_why(client, event, served):
    served("127.0.0.1", 8000)
    response = show(client, make_card(event), HTTP_HOST="localhost:8000")
    html = response.content.decode()
    assert (chosen(response), 'class="qr"' in html) == ("", False)
    assert "start --host 0.0.0.0" in html


def test_on_all_addresses_it_is_the_machine_s_own_on_the_network_with_the_port_it_was_started_on(
    client, event, served, settings
):
    own = addresses.lan_addresses()
    settings.ALLOWED_HOSTS = ["localhost", *own]
    served("0.0.0.0", 8123)
    response = show(client, make_card(event), HTTP_HOST="localhost:8123")
    assert response.context["addresses"] == [f"http://{address}:8123" for address in own]


def test_a_machine_that_came_to_another_network_says_that_it_must_be_started_again(client, event, served, settings):
    if not addresses.lan_addresses():
        pytest.skip("this machine is on no network")
    settings.ALLOWED_HOSTS = ["localhost", "192.0.2.77"]
    served("0.0.0.0", 8123)
    response = show(client, make_card(event), HTTP_HOST="localhost:8123")
    assert (chosen(response), "Stopp børsen og start den igjen" in response.content.decode()) == ("", True)


def test_the_address_one_is_on_counts_where_it_leads_out_of_the_machine(client, event, served, settings):
    settings.ALLOWED_HOSTS = ["bors.lan"]
    served("127.0.0.1", 8000)
    assert chosen(show(client, make_card(event), HTTP_HOST="bors.lan:8000")) == "http://bors.lan:8000"
    secure = show(client, make_card(event, "Ola"), HTTP_HOST="bors.lan", secure=True)
    assert chosen(secure) == "https://bors.lan"


def test_only_an_address_of_the_list_can_be_chosen(client, event, settings):
    settings.PUBLIC_URL = "https://bors.example"
    card = make_card(event)
    url = f"/granfjord/innstillinger/folk/{card.membership_id}/kort/?adresse=http://ond.example"
    assert chosen(client.get(url)) == "https://bors.example"
