"""Sign-in with password, sign-out, and what is asked for over which line."""

import pytest
from django.test import Client
from django.urls import reverse

from borsen.devices import SESSION_KEY, make_device
from borsen.enums import Role
from tests.borsen.addresses import client_with_device
from tests.factories import PASSWORD, make_event, make_user

pytestmark = pytest.mark.django_db

LOGIN = "/konto/logg-inn/"
VENUE = "192.168.1.20"


def post_login(client, username, password=PASSWORD, **extra):
    return client.post(LOGIN, {"username": username, "password": password, **extra})


def test_the_right_password_signs_in_and_goes_to_the_page_that_was_asked_for(client):
    make_user("kari")
    response = post_login(client, "kari", next="/granfjord/")
    assert (response.status_code, response["Location"]) == (302, "/granfjord/")
    assert "_auth_user_id" in client.session


def test_a_phone_s_capital_letter_is_no_wrong_name(client):
    make_user("kari")
    assert post_login(client, "Kari ").status_code == 302


def test_a_page_on_another_site_is_not_gone_to(client):
    make_user("kari")
    assert post_login(client, "kari", next="https://ond.example/")["Location"] == "/"


def test_a_wrong_password_gives_the_form_back_with_the_name_kept(client):
    make_user("kari")
    response = post_login(client, "kari", "feil")
    assert response.status_code == 422
    html = response.content.decode()
    assert 'value="kari"' in html
    assert "Brukernavnet og passordet hører ikke sammen." in html
    assert "feil" not in html.split("<main")[1].split('type="password"')[1].split(">")[0]


def test_eight_wrong_passwords_lock_the_name_out_and_nobody_else_at_the_same_address(client):
    make_user("kari")
    make_user("ola")
    statuses = [post_login(client, "kari", "feil").status_code for _ in range(8)]
    assert statuses == [422] * 7 + [429]
    locked = post_login(client, "kari")
    assert locked.status_code == 429
    assert "Vent litt før du prøver igjen" in locked.content.decode()
    assert post_login(client, "ola").status_code == 302


def test_over_plain_http_from_another_machine_no_password_is_asked_for_or_taken(client):
    make_user("kari")
    page = client.get(LOGIN, REMOTE_ADDR=VENUE)
    assert page.status_code == 403
    assert 'type="password"' not in page.content.decode()
    assert "Her kan du ikke logge inn med passord" in page.content.decode()
    sent = client.post(LOGIN, {"username": "kari", "password": PASSWORD}, REMOTE_ADDR=VENUE)
    assert sent.status_code == 403
    assert "_auth_user_id" not in client.session


def test_over_https_the_password_is_asked_for(client):
    page = client.get(LOGIN, REMOTE_ADDR=VENUE, secure=True)
    assert 'type="password"' in page.content.decode()


def test_signing_out_takes_a_post(client):
    client.force_login(make_user("kari"))
    assert client.get(reverse("logout")).status_code == 405
    assert "_auth_user_id" in client.session
    assert client.post(reverse("logout"))["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_signing_in_on_a_browser_that_was_a_device_gives_the_persons_own_roles():
    event = make_event("granfjord")
    organiser = event.memberships.get().user
    device = make_device(event=event, user=make_user(), role=Role.DOOR, label="Nettbrett")
    client = client_with_device(device)
    assert client.get("/granfjord/innstillinger/").status_code == 403
    post_login(client, organiser.username)
    assert SESSION_KEY not in client.session
    assert client.get("/granfjord/innstillinger/").status_code == 200


def test_a_device_is_not_offered_to_sign_out_in_the_middle_of_the_hour():
    event = make_event("granfjord")
    device = make_device(event=event, user=make_user("kari"), role=Role.BROKER, label="Nettbrett")
    html = client_with_device(device).get("/granfjord/").content.decode()
    assert "Logg ut" not in html
    assert "kari" in html


@pytest.mark.parametrize("address", ["127.0.0.1", "192.168.1.20"])
def test_who_was_on_the_way_to_an_event_is_shown_where_one_signs_in_with_a_card_there(address):
    page = Client().get("/konto/logg-inn/?next=/granfjord/megler/", REMOTE_ADDR=address).content.decode()
    assert 'href="/granfjord/inn/"' in page


@pytest.mark.parametrize("address", ["127.0.0.1", "192.168.1.20"])
@pytest.mark.parametrize("way", ["", "?next=/konto/", "?next=//ond.example/granfjord/megler/x/y/", "?next=http://[ond"])
def test_others_are_told_that_the_address_is_on_the_card(address, way):
    page = Client().get(f"/konto/logg-inn/{way}", REMOTE_ADDR=address).content.decode()
    assert ("/inn/" in page.replace("/logg-inn/", ""), "som står på kortet" in page) == (False, True)
