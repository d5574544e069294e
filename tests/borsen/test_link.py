"""`manage.py link USER` and the page that the link opens."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from borsen import signing_in
from borsen.addresses import remember_served
from borsen.signing_in import make_link_token
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def path_for(user):
    return f"/konto/lenke/{make_link_token(user)}/"


def signed_in(client):
    return "_auth_user_id" in client.session


def test_the_command_prints_a_link_on_the_public_address(settings):
    settings.PUBLIC_URL = "https://bors.example"
    make_user("kari")
    out = StringIO()
    call_command("link", "kari", stdout=out)
    link = out.getvalue().splitlines()[1]
    assert link.startswith("https://bors.example/konto/lenke/")
    assert Client().get(link.removeprefix("https://bors.example")).status_code == 200


def test_without_a_public_address_it_is_on_this_machine_or_where_one_says(settings, tmp_path):
    settings.PUBLIC_URL, settings.DATA_DIR = "", tmp_path
    make_user("kari")
    plain, told = StringIO(), StringIO()
    call_command("link", "kari", stdout=plain)
    call_command("link", "kari", "--url", "http://10.0.0.5:9000/", stdout=told)
    assert plain.getvalue().splitlines()[1].startswith("http://127.0.0.1:8000/konto/lenke/")
    assert told.getvalue().splitlines()[1].startswith("http://10.0.0.5:9000/konto/lenke/")


def test_it_is_on_the_port_where_the_server_was_last_started(settings, tmp_path):
    settings.PUBLIC_URL, settings.DATA_DIR = "", tmp_path
    remember_served("0.0.0.0", 8765)
    make_user("kari")
    out = StringIO()
    call_command("link", "kari", stdout=out)
    assert out.getvalue().splitlines()[1].startswith("http://127.0.0.1:8765/konto/lenke/")


def test_an_unknown_name_is_said_with_the_names_that_are_like_it():
    make_user("arrangor")
    make_user("megler")
    with pytest.raises(CommandError) as refusal:
        call_command("link", "arangør")
    assert str(refusal.value) == "Det finnes ingen bruker som heter «arangør». Mente du: arrangor?"


def test_an_empty_installation_says_what_to_do_first():
    with pytest.raises(CommandError, match="Det finnes ingen brukere ennå"):
        call_command("link", "kari")


def test_opening_the_link_does_not_use_it_up(client):
    path = path_for(make_user("kari"))
    pages = [client.get(path) for _ in range(3)]
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert not signed_in(client)
    assert pages[0]["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_the_button_signs_in_once_and_goes_on_to_a_new_password(client):
    path = path_for(make_user("kari"))
    response = client.post(path, follow=True)
    assert signed_in(client)
    assert "Velg et nytt passord" in response.content.decode()
    again = Client()
    assert again.post(path).status_code == 410
    assert not signed_in(again)


def test_the_new_password_works_and_the_old_does_not(client):
    response = client.post(path_for(make_user("kari")), follow=True)
    url = response.redirect_chain[-1][0]
    new = "tre tilfeldige ord"
    assert client.post(url, {"new_password1": new, "new_password2": new})["Location"] == "/"
    fresh = Client()
    assert fresh.post("/konto/logg-inn/", {"username": "kari", "password": new}).status_code == 302


@pytest.mark.parametrize("after", ["signed in", "too late", "tampered", "closed"])
def test_a_link_that_is_no_longer_good_signs_nobody_in(after, client, monkeypatch):
    user = make_user("kari")
    path = path_for(user)
    if after == "signed in":
        user.last_login = timezone.now()
    if after == "closed":
        user.is_active = False
    user.save()
    if after == "too late":
        monkeypatch.setattr(signing_in, "LINK_LIFE", timedelta(seconds=-1))
    if after == "tampered":
        path = path[:-3] + "x/"
    assert (client.get(path).status_code, client.post(path).status_code) == (410, 410)
    assert not signed_in(client)


def test_over_plain_http_from_another_machine_the_link_neither_signs_in_nor_is_used_up(client):
    path = path_for(make_user("kari"))
    assert client.post(path, REMOTE_ADDR="192.168.1.20").status_code == 403
    assert not signed_in(client)
    assert client.get(path).status_code == 200
