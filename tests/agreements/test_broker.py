"""The broker's page and what it asks for while it stands open."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agreements.correcting import withdraw
from borsen.clock import close_hour
from borsen.devices import make_device, open_session
from borsen.enums import Role
from participants.enums import Status
from tests.factories import (
    make_agreement,
    make_contact,
    make_event,
    make_member,
    make_open_event,
    make_participant,
    make_resource,
)

from .posting import JSON, broker_client, client_of

pytestmark = pytest.mark.django_db


def page_of(event, client=None):
    return (client or broker_client(event)).get(reverse("broker", args=[event.slug])).content.decode()


def config_of(page):
    return json.loads(re.search(r'<script id="broker-config"[^>]*>(.*?)</script>', page, re.DOTALL).group(1))


def status_of(event, client):
    return client.get(reverse("broker.status", args=[event.slug]), headers=JSON).json()


def test_the_form_has_the_names_of_the_contract():
    page = page_of(make_open_event())
    names = "key kind category summary details parties-TOTAL_FORMS parties-INITIAL_FORMS"
    parties = "participant gives contact offer need"
    for name in [*names.split(), *(f"parties-{n}-{field}" for n in (0, 1) for field in parties.split())]:
        assert f'name="{name}"' in page
    labels = [label.strip() for label in re.findall(r"<label[^>]*>([^<]+)</label>", page)]
    for label in ("Part 1", "Part 2", "Part 1 gir", "Part 2 gir", "Kort om avtalen"):
        assert label in labels
    assert page.count('role="combobox"') == 3  # two cards, and the one that a third party is made from


def test_each_visit_has_a_key_of_its_own():
    event = make_open_event()
    client = broker_client(event)
    keys = {re.search(r'name="key" value="([^"]+)"', page_of(event, client)).group(1) for _ in range(2)}
    assert len(keys) == 2


@pytest.mark.parametrize(
    ("moved", "sentence"),
    [
        (None, "Gongen er ikke slått ennå."),
        (timedelta(minutes=5), "Det som ble avtalt i tide"),
        (timedelta(minutes=30), "Børstimen er slutt. Spør arrangøren"),
    ],
)
def test_outside_the_hour_the_page_says_so(moved, sentence):
    event = make_event() if moved is None else make_open_event(minutes_ago=90)
    if moved is not None:
        event.closed_at = timezone.now() - moved
        event.save()
    shown = re.search(r'<p class="hour"[^>]*>([^<]+)', page_of(event)).group(1)
    assert sentence in shown


def test_names_are_never_markup():
    event = make_open_event(name="</script><b>Børs</b>")
    make_participant(event, "<script>alert(1)</script>")
    page = page_of(event)
    assert "<script>alert" not in page
    assert "<b>Børs</b>" not in page


def test_status_has_token_time_user_feed_version_and_hour():
    event = make_open_event()
    user = make_member(event, Role.BROKER, "ingrid")
    before = timezone.now().isoformat()
    found = status_of(event, client_of(user))
    assert len(found["csrf"]) == 64
    assert before <= found["now"] <= timezone.now().isoformat()
    assert found["user"] == {"id": user.pk, "name": "ingrid"}
    assert found["feed_version"] == event.feed_version
    assert found["hour"] == {
        "phase": "open",
        "starts_at": event.starts_at.isoformat(),
        "opened_at": event.opened_at.isoformat(),
        "closes_at": event.closes_at.isoformat(),
        "closed_at": None,
        "grace_ends_at": None,
    }


def test_status_tells_of_the_closing_gong_and_when_the_grace_ends():
    event = make_open_event()
    client = broker_client(event)
    event = close_hour(event=event, now=timezone.now())
    hour = status_of(event, client)["hour"]
    ends = (event.closed_at + timedelta(minutes=10)).isoformat()
    assert (hour["phase"], hour["closed_at"], hour["grace_ends_at"]) == ("grace", event.closed_at.isoformat(), ends)


def test_the_latest_of_the_event_are_everybodys():
    event, elsewhere = make_open_event(), make_open_event()
    user, other = make_member(event, Role.BROKER), make_member(event, Role.BROKER)
    make_agreement(event, by=user)
    make_agreement(event, by=other, summary="Kor på sykehjemmet")
    make_agreement(elsewhere, by=user)
    found = status_of(event, client_of(user))["event_latest"]
    assert [row["number"] for row in found] == [2, 1]
    assert found[0] == {
        "number": 2, "summary": "Kor på sykehjemmet", "url": f"/{event.slug}/avtaler/2/", "state": "",
    }  # fmt: skip


def test_what_brokers_practise_with_is_invented_and_in_the_events_own_categories():
    event = make_open_event()
    make_participant(event, "Granfjord Mannskor")
    config = config_of(page_of(event))
    categories = {row["id"] for row in config["categories"]}
    resources = [row for entry in config["practice"] for row in [*entry["offers"], *entry["needs"]]]
    assert {row["category"] for row in resources} <= categories
    assert all(row["id"] < 0 for row in [*config["practice"], *resources])
    assert "Granfjord Mannskor" not in {entry["name"] for entry in config["practice"]}


def test_latest_are_the_brokers_own_newest_first_with_their_state():
    event = make_open_event()
    user, other = make_member(event, Role.BROKER), make_member(event, Role.BROKER)
    for _ in range(8):
        last = make_agreement(event, by=user)
    make_agreement(event, by=other)
    withdraw(agreement=last, by=user, now=timezone.now())
    found = status_of(event, client_of(user))["latest"]
    assert [(row["number"], row["state"]) for row in found] == [
        (8, "withdrawn"), (7, ""), (6, ""), (5, ""), (4, ""), (3, ""),
    ]  # fmt: skip


# --- the participants to search in


def participants_of(event, client=None, **headers):
    url = reverse("broker.participants", args=[event.slug])
    return (client or broker_client(event)).get(url, headers=JSON | headers)


def test_the_list_has_what_is_searched_and_shown_and_no_address_or_telephone():
    event = make_open_event()
    kor = make_participant(event, "Øvre kor", place="Bord 4", municipality="Granfjord")
    contact = make_contact(kor, "Kari Granli", email="kari@granfjord.example", phone="900 00 000")
    offer = make_resource(kor, "Julekonsert, ring 900 00 000 / kari@granfjord.example")
    need = make_resource(kor, "Buss", kind="need")
    make_resource(kor, "Brukt opp", closed_at=timezone.now())
    response = participants_of(event)
    assert response.json()["participants"] == [
        {
            "id": kor.pk,
            "key": str(kor.key),
            "name": "Øvre kor",
            "sector": "voluntary",
            "where": "Bord 4 · Granfjord",
            "contacts": [{"id": contact.pk, "name": "Kari Granli"}],
            "offers": [{"id": offer.pk, "title": "Julekonsert, ring … / …", "category": offer.category_id}],
            "needs": [{"id": need.pk, "title": "Buss", "category": need.category_id}],
        }
    ]
    assert "granfjord.example" not in response.content.decode()
    assert "900 00 000" not in response.content.decode()


def test_the_list_is_of_this_event_approved_and_in_norwegian_order():
    event = make_open_event()
    for name in ("Ål il", "Ærfuglen", "Zoo", "Østre IL", "anker"):
        make_participant(event, name)
    make_participant(event, "Ny", status=Status.REGISTERED)
    make_participant(event, "Avmeldt", status=Status.CANCELLED)
    make_participant(make_event(), "Nabobygda")
    names = [row["name"] for row in participants_of(event).json()["participants"]]
    assert names == ["anker", "Zoo", "Ærfuglen", "Østre IL", "Ål il"]


def test_the_list_is_304_until_something_in_it_has_changed():
    event = make_open_event()
    kor = make_participant(event)
    client = broker_client(event)
    tag = participants_of(event, client)["ETag"]
    assert participants_of(event, client, **{"If-None-Match": tag}).status_code == 304
    make_resource(kor, "Julekonsert")
    assert participants_of(event, client, **{"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_page_list_and_status_ask_the_same_whatever_their_length(count, django_assert_num_queries):
    event = make_open_event()
    user = make_member(event, Role.BROKER)
    for _ in range(count):
        participant = make_participant(event)
        make_contact(participant)
        make_resource(participant, "Julekonsert")
        make_agreement(event, by=user)
    client = client_of(user)
    base = 4  # session, user, event, roles
    for name, asked in (("broker", 7), ("broker.status", 3), ("broker.market", 1), ("broker.participants", 3)):
        with django_assert_num_queries(base + asked):
            client.get(reverse(name, args=[event.slug]), headers=JSON)


def test_the_pages_settings_are_json_that_the_script_can_read():
    event = make_open_event(name="</script>")
    page = page_of(event)
    config = config_of(page)
    assert config["urls"]["create"] == f"/{event.slug}/avtaler/ny/"
    assert config["status"]["hour"]["phase"] == "open"


def test_a_call_for_help_is_told_as_asked_then_coming_and_after_some_minutes_as_nothing():
    event = make_open_event()
    user = make_member(event, Role.BROKER)
    client, status, ask = (
        client_of(user),
        *(reverse(f"broker.{name}", args=[event.slug]) for name in ("status", "help")),
    )
    said = [client.get(status).json()["help"], client.post(ask, {"want": "1"}).json()["help"]]
    call = event.help_calls.get()
    organiser = event.memberships.get(role=Role.ORGANISER).user
    for ago in (timedelta(), timedelta(minutes=6)):
        event.help_calls.filter(pk=call.pk).update(answered_at=timezone.now() - ago, answered_by=organiser)
        said.append(client.get(status).json()["help"])
    assert said == ["", "asked", "coming", ""]


def test_a_call_for_help_that_is_taken_back_is_gone_and_another_broker_sees_none_of_it():
    event = make_open_event()
    mine, other = broker_client(event), broker_client(event)
    ask, status = (reverse(f"broker.{name}", args=[event.slug]) for name in ("help", "status"))
    mine.post(ask, {"want": "1"})
    assert other.get(status).json()["help"] == ""
    assert (mine.post(ask, {"want": "0"}).json()["help"], event.help_calls.filter(answered_at=None).count()) == ("", 0)


def test_the_tablets_status_request_is_its_sign_of_life_and_says_how_many_wait_on_it():
    event = make_open_event()
    user = make_member(event, Role.BROKER)
    device = make_device(event=event, user=user, role=Role.BROKER, label="iPad")
    client = Client()
    client.cookies["sessionid"] = open_session(device)
    status = reverse("broker.status", args=[event.slug])
    queue = []
    for waiting in ("3", "0", "mange", "9" * 30):
        assert client.get(status, {"ko": waiting}).status_code == 200
        device.refresh_from_db()
        queue.append(device.queue_length)
    assert (queue, device.last_seen_at is not None) == ([3, 0, 0, 0], True)
