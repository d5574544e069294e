"""While an event is held elsewhere, no address changes it here."""

import pytest
from django.utils import timezone

from borsen.models import Event, HostLogo
from borsen.moving.handing_out import hand_out, is_as_handed_out
from borsen.moving.writing import digest_of, snapshot
from tests.borsen.addresses import address, client_for, make_world
from tests.borsen.test_access_matrix import MATRIX

from .full_event import picture

pytestmark = pytest.mark.django_db

AT_AN_EVENT = sorted(name for name, row in MATRIX.items() if row.kind not in {"public", "signed in"})
# Each of these would have done something: what is posted is what its page sends.
POSTED = {
    "control.close": {},
    "control.extend": {"minutes": "5"},
    "control.scene": {"scene": "pause"},
    "agreement.star": {"star": "1"},
    "agreement.withdraw": {"why": "Feil"},
    "participant.status": {"status": "cancelled"},
    "registration.settings.switch": {"setting": "published", "on": "1"},
    "category.list": {"add": "1", "name": "Ny kategori"},
    "prize.add": {"title": "Ny pris"},
    "check_in.enter": {"present": "1"},
}


def test_no_address_changes_an_event_that_is_held_elsewhere():
    world = make_world()
    addresses = {name: address(name, world) for name in AT_AN_EVENT}
    HostLogo.objects.update(png=picture())
    event = hand_out(event=world.event, to="PC-en", by=world.organiser, now=timezone.now())
    statuses = {}
    for name, url in addresses.items():
        if name != "moving.take_back":
            statuses[name] = client_for(world.organiser).post(url, POSTED.get(name, {}), follow=False).status_code
    assert is_as_handed_out(event)
    assert [name for name, status in statuses.items() if status >= 500] == []
    assert {name: statuses[name] for name in ("control.close", "prize.add", "participant.approve_all")} == {
        "control.close": 409,
        "prize.add": 409,
        "participant.approve_all": 409,
    }


def test_a_script_is_told_in_json_and_a_visitor_on_a_page():
    world = make_world()
    url = address("control.close", world)
    hand_out(event=world.event, to="PC-en", by=world.organiser, now=timezone.now())
    script = client_for(world.organiser).post(url, headers={"Accept": "application/json"})
    page = client_for(world.organiser).post(url)
    text = "Børsen er flyttet til PC-en, og kan ikke endres her før den kommer tilbake."
    assert (script.status_code, script.json()) == (409, {"error": text, "moved_to": "PC-en"})
    assert (page.status_code, text in page.content.decode()) == (409, True)


def test_what_the_pages_only_look_at_stays_as_it_is_and_every_page_opens():
    world = make_world()
    addresses = {name: address(name, world) for name in AT_AN_EVENT}
    HostLogo.objects.update(png=picture())
    event = hand_out(event=world.event, to="PC-en", by=world.organiser, now=timezone.now())
    client = client_for(world.organiser)
    statuses = {name: client.get(url).status_code for name, url in addresses.items()}
    assert [name for name, status in statuses.items() if status >= 500 or status == 409] == []
    assert digest_of(snapshot(Event.objects.get(pk=event.pk)).content) == event.travel.digest
