"""What somebody who means harm, or slips on the keyboard, must not achieve; and what must be the same everywhere."""

import io
import logging
import os
import stat

import pytest
from django.test import Client

from agreements.statistics import participation
from borsen.devices import make_device, open_session
from borsen.enums import Role
from borsen.management.demo import Stage, build_demo
from borsen.models import Event
from borsen.signing_in import make_link_token
from borsen.starting import prepare_data_folder
from display import feed
from participants.enums import Status
from participants.registering import set_status
from tests.borsen.addresses import client_for
from tests.factories import make_agreement, make_event, make_member, make_open_event, make_user

ELSEWHERE = "192.0.2.7"


@pytest.fixture
def log(monkeypatch) -> io.StringIO:
    """What is written in the log, as the settings format it."""
    written = io.StringIO()
    for handler in logging.getLogger("django").handlers:
        if type(handler) is logging.StreamHandler:  # pytest adds some of its own
            monkeypatch.setattr(handler, "stream", written)
    return written


@pytest.mark.django_db
def test_a_link_that_still_signs_somebody_in_is_never_written_in_the_log(log):
    token = make_link_token(make_user("kari"))
    assert Client().get(f"/konto/lenke/{token}/", REMOTE_ADDR=ELSEWHERE).status_code == 403
    assert Client(enforce_csrf_checks=True).post(f"/konto/lenke/{token}/").status_code == 403
    assert Client().get("/konto/nytt-passord/MQ/abc123-0123456789/", REMOTE_ADDR=ELSEWHERE).status_code == 403
    said = log.getvalue()
    assert said.count("/konto/lenke/…/") == 2
    assert "/konto/nytt-passord/MQ/…/" in said
    assert token not in said
    assert "abc123" not in said


@pytest.mark.skipif(os.name != "posix", reason="Windows has other rights")
def test_the_data_folder_is_made_for_its_owner_alone(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    prepare_data_folder()
    assert stat.S_IMODE(settings.DATA_DIR.stat().st_mode) == 0o700


@pytest.mark.django_db
def test_the_tablet_of_a_user_who_has_been_closed_is_nobody():
    event = make_event("granfjord")
    broker = make_member(event, Role.BROKER)
    device = make_device(event=event, user=broker, role=Role.BROKER, label="Nettbrett")
    client = Client()
    client.cookies["sessionid"] = open_session(device)
    assert client.get("/granfjord/megler/status/", headers={"accept": "application/json"}).status_code == 200
    broker.is_active = False
    broker.save()
    assert client.get("/granfjord/megler/status/", headers={"accept": "application/json"}).status_code == 401


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["9999-12-31", "0206-03-04", "0001-01-01"])
def test_a_year_that_can_not_be_meant_is_an_error_at_the_field(day):
    client = client_for(make_user("kari", may_create_events=True))
    form = {
        "name": "Frivilligbørs",
        "date": day,
        "time": "23:59",
        "minutes": "60",
        "hosts-TOTAL_FORMS": "0",
        "hosts-INITIAL_FORMS": "0",
    }
    answer = client.post("/ny/", form)
    assert answer.status_code == 422
    assert "Årstallet kan ikke stemme." in answer.content.decode()
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_a_demo_made_anew_never_stands_at_a_version_that_a_screen_has_of_the_old_one():
    before = build_demo(stage=Stage.REGISTRATION, seed=1, password="granfjord-demo-1")
    before.refresh_from_db()
    after = build_demo(stage=Stage.REGISTRATION, seed=1, password="granfjord-demo-1")
    after.refresh_from_db()
    assert after.feed_version > before.feed_version


@pytest.mark.django_db
def test_the_screen_and_the_report_count_the_same_participants():
    event = make_open_event()
    agreement = make_agreement(event)
    leaving = agreement.parties.all()[0].participant
    set_status(participant=leaving, status=Status.CANCELLED)
    assert feed.snapshot(event.pk).participants == participation(event).participants == 2
