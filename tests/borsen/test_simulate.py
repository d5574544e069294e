"""`manage.py simulate`: its forms are what the server takes, and its tablets are gone afterwards."""

import os
import signal
import subprocess
import sys
from itertools import islice
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from borsen.enums import Role
from borsen.management.simulation.talks import Talks, pauses
from tests.browser.server import BASE_DIR, Server, free_port
from tests.factories import (
    make_event,
    make_member,
    make_open_event,
    make_participant,
    make_resource,
)

DEVICES = """
import json
from borsen.models import Device
print(json.dumps([Device.objects.count(), Device.objects.filter(revoked_at=None).count()]))
"""


def event_with_offers():
    event = make_open_event()
    for number in range(4):
        participant = make_participant(event, f"Forening {number}")
        make_resource(participant, f"Lån av telt nummer {number}")
        make_resource(participant, f"Hjelp til dugnad nummer {number}", kind="need")
    return event


@pytest.mark.django_db
def test_every_form_it_makes_is_taken(client):
    event = event_with_offers()
    client.force_login(make_member(event, Role.BROKER))
    talks = Talks(event, Random(3))
    address = reverse("agreement.create", args=[event.slug])
    answers = [
        client.post(address, {**talks.form(), "confirmed": "1"}, headers={"Accept": "application/json"})
        for _number in range(20)
    ]
    assert [answer.status_code for answer in answers] == [201] * 20
    assert [answer.json()["needs_review"] for answer in answers] == [answers[0].json()["needs_review"]] * 20
    assert event.agreements.count() == 20


@pytest.mark.django_db
def test_it_takes_nothing_from_another_event_or_from_who_is_not_approved():
    event = event_with_offers()
    make_resource(make_participant(make_event(), "Fremmed"), "Noe fra en annen børs")
    make_resource(make_participant(event, "Ny", status="registered"), "Noe som ikke er godkjent")
    titles = {offer.title for offer in Talks(event, Random(1)).offers}
    assert titles == {f"Lån av telt nummer {number}" for number in range(4)}


@pytest.mark.parametrize("per_minute", [2, 6, 60])
def test_the_pauses_give_the_rate_that_was_asked_for(per_minute):
    waits = list(islice(pauses(per_minute, Random(5)), 3000))
    assert 3000 / (sum(waits) / 60) == pytest.approx(per_minute, rel=0.05)
    assert min(waits) < 0.3 * 60 / per_minute < max(waits)


@pytest.mark.django_db
def test_an_unknown_event_is_said_with_those_there_are():
    make_event("granfjord")
    with pytest.raises(CommandError, match=r"«finnes-ikke».*granfjord"):
        call_command("simulate", "finnes-ikke")


@pytest.mark.django_db
def test_a_server_that_is_not_there_is_said_and_the_tablets_are_sent_out():
    event = event_with_offers()
    with pytest.raises(CommandError, match=r"Får ikke svar fra http://127\.0\.0\.1"):
        call_command("simulate", event.slug, url=f"http://127.0.0.1:{free_port()}")
    assert event.devices.count() == 4
    assert not event.devices.filter(revoked_at=None).exists()


@pytest.mark.slow
def test_it_registers_through_a_real_server_and_leaves_no_tablet_behind(server: Server):
    said = server.manage("simulate", "demo", "--url", server.base_url, "--per-minute", "600", "--minutes", "0.03")
    assert "Avtale 48: " in said
    assert server.ask(DEVICES) == [4, 0]

    server.manage("demo", "--stage", "over")
    refused = run(server, "simulate", "demo", "--url", server.base_url)
    assert refused.returncode == 1
    assert "Børstimen i Frivilligbørs i Granfjord er slutt." in refused.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="Windows has no signal that a test can send as Ctrl-C")
def test_ctrl_c_sends_the_tablets_out_and_an_outage_of_the_server_loses_nothing(server: Server):
    command = [sys.executable, "manage.py", "simulate", "demo", "--url", server.base_url, "--per-minute", "300"]
    process = subprocess.Popen(
        command,
        cwd=BASE_DIR,
        env=server.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    lines = [process.stdout.readline() for _number in range(3)]
    server.kill()
    server.start()
    lines += [process.stdout.readline() for _number in range(3)]
    process.send_signal(signal.SIGINT)
    rest, _nothing = process.communicate(timeout=20)
    assert process.returncode == 0, rest
    numbers = [int(line.split(":")[0].removeprefix("Avtale ")) for line in lines]
    assert numbers == list(range(48, 54))
    assert server.ask(DEVICES) == [4, 0]


def run(server, *arguments):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE_DIR,
        env=server.environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
