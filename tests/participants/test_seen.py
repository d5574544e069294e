"""What the organiser has not seen is not approved, whichever way: with one tap, by boxes, or from the list; and who is
removed in the same moment is told of."""

import pytest
from django.urls import reverse

from participants import check_in, proposals, registering
from participants.enums import Status
from participants.person_links import link_for
from participants.registering import remove
from participants.seen import as_read
from tests.factories import make_contact, make_event, make_participant, make_resource
from tests.participants.pages import client_of, form_of, seen_on, text_of, tree_of, url_of

pytestmark = pytest.mark.django_db
MAIL = "kari@example.no"


@pytest.fixture
def event():
    event = make_event(registration_open=True)
    for name in ("Stille lag", "Frekt lag"):
        participant = make_participant(event, name, status=Status.REGISTERED)
        make_contact(participant, "Kari", email=MAIL)
        make_resource(participant, "Sang")
    return event


def writes(client, participant, **fields):
    client.get(reverse("own_page.enter", args=[participant.event.slug, link_for(participant.event, MAIL).token]))
    where = reverse("own_page.change", args=[participant.event.slug, participant.pk])
    assert client.post(where, form_of(client.get(where), "online") | fields).status_code == 302


def statuses(event):
    return dict(event.participants.values_list("name", "status"))


def ways(event, client):
    """Each way to approve, as a form of the page that stands open now: its address and what it sends."""
    seen = seen_on(client, event)
    assert len(as_read(seen)) == event.participants.filter(status=Status.REGISTERED).count()
    chosen = {"action": "approve", "back": "status=registered", "seen": seen}
    return {
        "all new": (url_of("approve_all", event), {"seen": seen}),
        "all that match": (url_of("chosen", event), chosen | {"all": "1"}),
        "boxes": (url_of("chosen", event), chosen | {"chosen": list(event.participants.values_list("pk", flat=True))}),
    }


@pytest.mark.parametrize("way", ["all new", "all that match", "boxes"])
def test_who_has_written_something_else_meanwhile_or_come_is_left_and_told_of(event, client, way):
    organiser = client_of(event)
    where, form = ways(event, organiser)[way]
    writes(client, event.participants.get(name="Frekt lag"), **{"offers-0-title": "Noe stygt"})
    make_participant(event, "Kom nettopp", status=Status.REGISTERED)
    told = text_of(organiser.post(where, form, follow=True))
    left = 1 if way == "boxes" else 2  # nobody has ticked the one that came
    assert statuses(event) == {"Stille lag": "approved", "Frekt lag": "registered", "Kom nettopp": "registered"}
    assert "1 deltaker er godkjent." in told
    assert f"{left} deltaker{'' if left == 1 else 'e'} kom til eller skrev noe nytt mens du leste" in told
    where, form = ways(event, organiser)[way]
    assert "er ikke godkjent" not in text_of(organiser.post(where, form, follow=True))
    assert set(statuses(event).values()) == {"approved"}


@pytest.mark.parametrize("way", ["all new", "all that match", "boxes"])
@pytest.mark.parametrize("seen", ["", "tull", ":,1:,x:y", "9" * 30 + ":ab"])
def test_a_form_that_says_nothing_of_what_was_seen_approves_nobody(event, way, seen):
    organiser = client_of(event)
    where, form = ways(event, organiser)[way]
    told = text_of(organiser.post(where, form | {"seen": seen}, follow=True))
    assert set(statuses(event).values()) == {"registered"}
    assert "2 deltakere kom til eller skrev noe nytt" in told


def test_the_button_of_a_row_approves_what_stood_there(event, client):
    organiser, participant = client_of(event), event.participants.get(name="Frekt lag")
    page = organiser.get(url_of("list", event) + "?status=registered")
    where = url_of("status", event, participant.pk)
    row = next(each for each in tree_of(page).iter("form") if each.get("action") == where)
    form = {each.get("name"): each.get("value") for each in row.iter("input") if each.get("name")}
    writes(client, participant, description="Noe stygt")
    assert "har skrevet noe nytt mens du leste" in text_of(organiser.post(where, form, follow=True))
    assert statuses(event)["Frekt lag"] == "registered"
    without = {name: value for name, value in form.items() if name != "seen"}
    organiser.post(where, without)
    assert statuses(event)["Frekt lag"] == "registered"


@pytest.mark.parametrize("way", ["all new", "all that match", "boxes"])
def test_who_has_another_address_than_the_organiser_looked_at_is_left(event, client, way):
    organiser = client_of(event)
    where, form = ways(event, organiser)[way]
    writes(client, event.participants.get(name="Frekt lag"), **{"contacts-0-email": "offer@example.no"})
    organiser.post(where, form)
    assert statuses(event) == {"Stille lag": "approved", "Frekt lag": "registered"}


def test_a_change_that_was_written_anew_is_not_discarded_unread(event, client):
    participant = event.participants.get(name="Frekt lag")
    event.participants.update(status=Status.APPROVED)
    writes(client, participant, description="Først dette")
    organiser = client_of(event)
    form = form_of(organiser.get(url_of("edit", event, participant.pk)), "row") | {"answer": "discard"}
    writes(client, participant, description="Så noe bedre")
    organiser.post(url_of("proposal", event, participant.pk), form)
    participant.refresh_from_db()
    assert participant.proposal["description"] == "Så noe bedre"


@pytest.mark.parametrize(
    ("name", "verb", "form"),
    [
        ("status", "participants.views.organising.approve", {"status": "approved"}),
        ("status", "participants.registering.set_status", {"status": "cancelled"}),
        ("proposal", "participants.views.own_links.approve", {"answer": "approve"}),
        ("proposal", "participants.views.own_links.discard", {"answer": "discard"}),
    ],
)
def test_who_was_removed_in_the_same_moment_is_told_of(event, monkeypatch, name, verb, form):
    participant = event.participants.get(name="Frekt lag")
    real = getattr(registering if "registering" in verb else proposals, verb.rpartition(".")[2])

    def removed_first(**given):
        remove(participant=event.participants.get(pk=participant.pk))
        return real(**given)

    monkeypatch.setattr(verb, removed_first)
    response = client_of(event).post(url_of(name, event, participant.pk), form, follow=True)
    assert (response.status_code, "«Frekt lag» er fjernet." in text_of(response)) == (200, True)


@pytest.mark.parametrize(
    ("name", "verb", "form"),
    [("enter", "check_in", {}), ("undo", "take_back", {}), ("people", "count_people", {"more": "1"})],
)
def test_the_door_is_told_of_who_was_removed_in_the_same_moment(event, monkeypatch, name, verb, form):
    participant = event.participants.get(name="Frekt lag")
    real = getattr(check_in, verb)

    def removed_first(**given):
        remove(participant=event.participants.get(pk=participant.pk))
        return real(**given)

    monkeypatch.setattr(f"participants.views.check_in.{verb}", removed_first)
    where = reverse(f"check_in.{name}", args=[event.slug, participant.pk])
    for fragment in ({}, {"HX-Request": "true"}):
        if not event.participants.filter(pk=participant.pk).exists():
            make_participant(event, "Frekt lag", pk=participant.pk)
        told = client_of(event).post(where, form, follow=True, headers=fragment)
        assert (told.status_code, "«Frekt lag» er fjernet fra listen." in told.content.decode()) == (200, True)


def test_the_list_asks_the_database_as_often_for_three_new_ones_as_for_one(django_assert_num_queries):
    for number in (1, 3):
        event = make_event()
        for _turn in range(number):
            make_resource(make_participant(event, status=Status.REGISTERED), "Sang")
        client = client_of(event)
        with django_assert_num_queries(15):
            client.get(url_of("list", event) + "?status=registered")
