"""The pages and commands that move an event."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from borsen.enums import Role
from borsen.models import Event
from borsen.moving.handing_out import hand_out
from tests.borsen.addresses import client_for
from tests.factories import make_agreement, make_event, make_member, make_user

from .full_event import make_full_event
from .test_equal import delete, file_of
from .test_there_and_back import Elsewhere, go, organiser_of

pytestmark = pytest.mark.django_db

LISTENED_TO = {"REMOTE_ADDR": "192.168.1.20"}


def at(name, event):
    return reverse(name, args=[event.slug])


def upload(content, **more):
    return {"file": SimpleUploadedFile("bors.json", content), **more}


def body(response):
    return response.content.decode()


@pytest.fixture
def event():
    return make_full_event()


@pytest.fixture
def organiser(event):
    return client_for(organiser_of(event))


def test_a_copy_locks_nothing_and_no_cache_keeps_it(event, organiser):
    response = organiser.get(at("report.json", event))
    assert (response["Content-Type"], response["Cache-Control"]) == ("application/json", "private, no-store")
    said = json.loads(response.content)
    assert (said["complete"], said["hand_out"], len(said["tables"]["agreements"])) == (True, None, 4)
    assert Event.objects.get(pk=event.pk).moved_to == ""


def test_a_coordinators_copy_opens_nobodys_page(event):
    client = client_for(make_member(event, Role.COORDINATOR))
    content = client.get(at("report.json", event)).content.decode()
    tokens = [*event.person_links.values_list("token", flat=True)]
    tokens += event.agreements.values_list("receipt_token", flat=True)
    assert [token for token in tokens if token in content] == []
    said = json.loads(content)
    assert (said["complete"], said["tables"]["mails"], len(said["tables"]["agreements"])) == (False, [], 4)


@pytest.mark.parametrize("name", ["report.json", "moving.file"])
def test_where_others_can_read_along_there_is_no_file(name, event, organiser):
    go(event)
    response = organiser.get(at(name, event), **LISTENED_TO)
    assert (response.status_code, "kari@granfjord.example" in body(response)) == (403, False)


def test_where_others_can_read_along_nothing_is_moved(event, organiser):
    response = organiser.post(at("moving", event), {"to": "PC-en"}, **LISTENED_TO)
    assert (response.status_code, Event.objects.get(pk=event.pk).moved_to) == (403, "")


def test_the_page_locks_the_event_and_then_gives_the_file_as_often_as_it_is_asked(event, organiser):
    assert organiser.get(at("moving.file", event)).status_code == 302
    response = organiser.post(at("moving", event), {"to": " PC-en  i salen "}, follow=True)
    assert "Den ble flyttet til <strong>PC-en i salen</strong>" in body(response)
    files = [json.loads(organiser.get(at("moving.file", event)).content) for _each in range(2)]
    assert files[0]["hand_out"]["to"] == "PC-en i salen"
    assert files[0] | {"written_at": ""} == files[1] | {"written_at": ""}


def test_without_a_place_nothing_is_locked_and_the_form_says_so(event, organiser):
    response = organiser.post(at("moving", event), {"to": " "})
    assert (response.status_code, "Skriv hvor børsen flyttes" in body(response)) == (422, True)
    assert Event.objects.get(pk=event.pk).moved_to == ""


def test_who_moves_it_twice_is_told_that_it_is_away_and_the_first_place_stands(event, organiser):
    organiser.post(at("moving", event), {"to": "PC-en"})
    assert organiser.post(at("moving", event), {"to": "Mac-en"}).status_code == 409
    assert Event.objects.get(pk=event.pk).moved_to == "PC-en"


def test_it_comes_back_through_the_page(event, organiser):
    content = Elsewhere(go(event)).hold(make_agreement)
    response = organiser.post(at("moving.return", event), upload(content), follow=True)
    assert "Børsen er tilbake" in body(response)
    assert (Event.objects.get(pk=event.pk).moved_to, event.agreements.count()) == ("", 5)


def test_no_other_event_is_read_in_where_one_comes_back(event, organiser):
    other = make_full_event("nabobygda")
    content = file_of(other)
    delete(other)
    response = organiser.post(at("moving.return", event), upload(content))
    assert (response.status_code, "en annen børs enn denne" in body(response)) == (422, True)
    assert list(Event.objects.values_list("slug", flat=True)) == ["granfjord"]


def test_taking_it_back_without_the_file_asks_first(event, organiser):
    go(event)
    assert organiser.post(at("moving.take_back", event)).status_code == 422
    assert Event.objects.get(pk=event.pk).moved_to == "PC-en i salen"
    organiser.post(at("moving.take_back", event), {"yes": "1"})
    assert Event.objects.get(pk=event.pk).moved_to == ""


def test_the_page_lists_what_differs_when_both_have_changed(event, organiser):
    content = Elsewhere(go(event)).hold(lambda there: make_agreement(there, summary="Bare der"))
    organiser.post(at("moving.take_back", event), {"yes": "1"})
    make_agreement(event, summary="Bare <b>her")
    response = organiser.post(at("moving.return", event), upload(content))
    assert response.status_code == 422
    assert [words in body(response) for words in ("Bare der", "Bare &lt;b&gt;her", "endret både her og der")] == [
        True
    ] * 3


def test_an_event_is_read_in_by_the_page_and_lists_who_was_with_it(event):
    content = file_of(event)
    delete(event)
    reader = make_user(may_create_events=True)
    response = client_for(reader).post(reverse("event.receive"), upload(content), follow=True)
    assert response.redirect_chain == [("/granfjord/flytt/", 302)]
    assert [words in body(response) for words in ("Børsen er lest inn", "De var med der", "børsmegler")] == [True] * 3
    assert [one.user for one in Event.objects.get(slug="granfjord").memberships.all()] == [reader]


def test_an_address_that_is_taken_is_asked_for_and_one_is_proposed(event):
    content = file_of(event)
    delete(event)
    make_event("granfjord")
    client = client_for(make_user(may_create_events=True))
    response = client.post(reverse("event.receive"), upload(content))
    free = response.context["free"]
    assert (response.status_code, f'value="{free}"' in body(response)) == (422, True)
    assert client.post(reverse("event.receive"), upload(content, slug=free)).status_code == 302
    assert Event.objects.filter(slug=free).exists()


@pytest.mark.parametrize("slug", ["a/b", "x" * 61, "-" * 61, "å"])
def test_an_address_that_can_be_none_is_refused(slug, event):
    content = file_of(event)
    delete(event)
    client = client_for(make_user(may_create_events=True))
    assert client.post(reverse("event.receive"), upload(content, slug=slug)).status_code == 422


def test_no_file_and_no_event_file_are_told(organiser):
    client = client_for(make_user(may_create_events=True))
    found = [client.post(reverse("event.receive"), data) for data in ({}, upload(b"hei"))]
    assert [(one.status_code, one.context["error"][:20]) for one in found] == [
        (422, "Velg en fil først."),
        (422, "Dette er ikke en bør"),
    ]


def test_the_commands_move_an_event_and_read_it_in(event, tmp_path, capsys):
    file = tmp_path / "bors.json"
    organiser = organiser_of(event)
    call_command("move", "granfjord", str(file), "--to", "PC-en")
    assert (Event.objects.get(pk=event.pk).moved_to, file.stat().st_mode & 0o077) == ("PC-en", 0)
    call_command("receive", str(file), "--user", organiser.username)
    assert Event.objects.get(pk=event.pk).moved_to == ""
    delete(event)
    call_command("receive", str(file), "--user", organiser.username, "--slug", "ny-adresse")
    assert "/ny-adresse/" in capsys.readouterr().out


def test_the_commands_say_what_is_wrong_and_leave_the_event_open(event, tmp_path):
    (tmp_path / "finnes.json").write_text("hei")
    for arguments, words in (
        (["move", "ingen", str(tmp_path / "a"), "--to", "x"], "ingen børs"),
        (["move", "granfjord", str(tmp_path / "a")], "Skriv hvor"),
        (["move", "granfjord", str(tmp_path / "finnes.json"), "--to", "x"], "finnes alt"),
        (["move", "granfjord", str(tmp_path / "ingen" / "a"), "--to", "x"], "kan ikke skrives"),
        (["receive", str(tmp_path / "finnes.json"), "--user", "ingen"], "ingen bruker"),
        (["receive", str(tmp_path / "finnes.json"), "--user", organiser_of(event).username], "ikke en børsfil"),
        (["receive", str(tmp_path / "borte"), "--user", organiser_of(event).username], "kan ikke leses"),
    ):
        with pytest.raises(CommandError, match=words):
            call_command(*arguments)
    assert Event.objects.get(pk=event.pk).moved_to == ""
    hand_out(event=event, to="PC-en", by=None, now=timezone.now())
    with pytest.raises(CommandError, match="alt flyttet"):
        call_command("move", "granfjord", str(tmp_path / "a"), "--to", "x")
