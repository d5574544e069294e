"""Two participants become one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agreements.models import Agreement
from borsen.clock import close_hour
from borsen.enums import Role
from participants.duplicates import not_the_same
from participants.enums import Status
from participants.joining import CannotJoin, join, plan
from participants.models import Contact, Participant, Resource
from participants.person_links import link_for, new_link, opened_by
from tests.factories import (
    make_agreement,
    make_award,
    make_contact,
    make_event,
    make_member,
    make_open_event,
    make_participant,
    make_resource,
)
from tests.participants.pages import client_of, text_of, url_of

pytestmark = pytest.mark.django_db


def over(event):
    """The event an hour after its end, when the tablets have sent what they had."""
    closed = timezone.now() - timedelta(hours=1)
    type(event).objects.filter(pk=event.pk).update(closed_at=closed, opened_at=closed - timedelta(hours=1))
    event.refresh_from_db()
    return event


def joined(keep, take) -> Participant:
    join(keep=keep, take=take, now=timezone.now())
    assert not Participant.objects.filter(pk=take.pk).exists()
    return Participant.objects.get(pk=keep.pk)


def test_contacts_and_resources_move_and_what_both_have_is_there_once():
    event = make_event()
    keep, take = make_participant(event, "Koret"), make_participant(event, "Koret Syng")
    make_contact(keep, "Kari", email="kari@example.org")
    make_contact(keep, "Per Lie")
    make_contact(take, "Kari Granli", email="KARI@example.org", phone="911 22 333")
    make_contact(take, "per  lie", email="per@example.org")
    make_contact(take, "Nina", email="nina@example.org")
    make_resource(keep, "Sang på fest")
    make_resource(keep, "Øvingslokale", kind="need")
    make_resource(take, "sang på  FEST")
    make_resource(take, "Sang på fest", kind="need")
    make_resource(take, "Øvingslokale", kind="need", closed_at=timezone.now())
    kept = joined(keep, take)
    assert list(kept.contacts.values_list("name", "email", "phone")) == [
        ("Kari", "kari@example.org", "911 22 333"),
        ("Per Lie", "per@example.org", ""),
        ("Nina", "nina@example.org", ""),
    ]
    assert sorted((each.title, each.kind, each.closed_at is None) for each in kept.resources.all()) == [
        ("Sang på fest", "need", True),
        ("Sang på fest", "offer", True),
        ("Øvingslokale", "need", False),
        ("Øvingslokale", "need", True),
    ]
    assert (Contact.objects.count(), Resource.objects.count()) == (3, 4)
    assert "nina" in kept.search_text


def test_what_is_missing_is_filled_in_and_what_is_there_stays():
    event = make_event()
    early = timezone.now() - timedelta(days=9)
    keep = make_participant(event, "Koret", description="Vi synger", expected=2, status=Status.REGISTERED)
    take = make_participant(
        event, "Koret AS", description="Annet", org_number="974760673", website="https://kor.example", expected=5
    )
    Participant.objects.filter(pk=take.pk).update(created_at=early)
    kept = joined(keep, take)
    assert (kept.name, kept.description, kept.org_number, kept.website) == (
        "Koret",
        "Vi synger",
        "974760673",
        "https://kor.example",
    )
    assert (kept.expected, kept.status, kept.created_at) == (5, Status.APPROVED, early)


def test_who_has_come_has_come_first_time_counting():
    event = make_event()
    door = make_member(event, Role.DOOR)
    at = timezone.now() - timedelta(minutes=30)
    keep = make_participant(event, "Koret", status=Status.CANCELLED)
    take = make_participant(event, "Koret", checked_in_at=at, checked_in_by=door, present=3)
    kept = joined(keep, take)
    assert (kept.checked_in_at, kept.checked_in_by, kept.present, kept.status) == (at, door, 3, Status.APPROVED)
    late = make_participant(event, "Koret", checked_in_at=timezone.now(), present=1)
    kept = joined(kept, late)
    assert (kept.checked_in_at, kept.present) == (at, 3)


def test_agreements_prizes_first_contact_and_what_the_parties_name_follow():
    event = make_open_event()
    keep, take = make_participant(event, "Bakeren"), make_participant(event, "Bakeren AS")
    other = make_participant(event, "Kommunen")
    offer, contact = make_resource(take, "Boller"), make_contact(take, "Kari", email="kari@example.org")
    make_resource(keep, "Boller")
    ours = make_contact(keep, "Kari Granli", email="kari@example.org")
    agreement = make_agreement(event, take, other, first_contact=take)
    agreement.parties.filter(participant=take).update(offer=offer, contact=contact)
    untouched = make_agreement(event, other, make_participant(event, "Koret"))
    award = make_award(event, participant=take)
    event = over(event)
    versions = dict(Agreement.objects.values_list("pk", "version"))
    kept = joined(Participant.objects.get(pk=keep.pk), Participant.objects.get(pk=take.pk))
    party = agreement.parties.get(participant=kept)
    assert (party.offer, party.contact) == (offer, ours)
    assert Resource.objects.get(pk=offer.pk).participant == kept
    agreement.refresh_from_db()
    award.refresh_from_db()
    event.refresh_from_db()
    assert (agreement.first_contact, award.participant) == (kept, kept)
    assert agreement.version == event.feed_version
    assert Agreement.objects.get(pk=untouched.pk).version == versions[untouched.pk]


def test_two_parties_of_one_agreement_are_refused_with_its_number_and_nothing_happens():
    event = make_open_event()
    keep, take = make_participant(event, "Bakeren"), make_participant(event, "Bakeren AS")
    make_agreement(event)
    agreement = make_agreement(event, keep, take)
    make_contact(take, "Kari")
    event = over(event)
    response = client_of(event).post(url_of("join", event, keep.pk, take.pk))
    assert response.status_code == 409
    assert f"Avtale {agreement.number}" in text_of(response)
    assert "ingen kan gjøre avtale med seg selv" in text_of(response)
    assert (take.contacts.count(), event.participants.filter(pk__in=[keep.pk, take.pk]).count()) == (1, 2)


def test_making_first_contact_in_the_others_agreement_is_refused_too():
    event = make_open_event()
    keep, take = make_participant(event, "Bakeren"), make_participant(event, "Bakeren AS")
    agreement = make_agreement(event, keep, make_participant(event, "Kommunen"))
    Agreement.objects.filter(pk=agreement.pk).update(first_contact=take)
    event = over(event)
    with pytest.raises(CannotJoin) as refusal:
        joined(Participant.objects.get(pk=keep.pk), Participant.objects.get(pk=take.pk))
    assert refusal.value.numbers == [agreement.number]


def test_while_tablets_may_hold_agreements_nobody_is_joined():
    event = make_open_event()
    keep, take = make_participant(event), make_participant(event)
    with pytest.raises(CannotJoin, match="Vent til børstimen er over"):
        join(keep=keep, take=take, now=timezone.now())
    # And in the minutes after it.
    close_hour(event=event, now=timezone.now())
    event.refresh_from_db()
    with pytest.raises(CannotJoin, match="Vent til børstimen er over"):
        join(keep=keep, take=take, now=timezone.now())


def test_what_a_participant_has_proposed_is_looked_at_first():
    event = make_event()
    keep, take = make_participant(event), make_participant(event, "Koret", proposal={"name": "Koret"})
    for pair in ({"keep": keep, "take": take}, {"keep": take, "take": keep}):
        with pytest.raises(CannotJoin, match="«Koret» har skrevet endringer"):
            join(**pair, now=timezone.now())


def test_the_same_one_and_another_events_one_cannot_be_joined():
    event = make_event()
    participant = make_participant(event)
    with pytest.raises(CannotJoin):
        join(keep=participant, take=participant, now=timezone.now())
    with pytest.raises(CannotJoin):
        join(keep=participant, take=make_participant(make_event()), now=timezone.now())
    assert Participant.objects.count() == 2


def test_what_was_said_of_who_is_the_same_and_who_is_not_follows():
    event = make_event()
    keep, take, third, fourth = (make_participant(event, name) for name in ("Kor A", "Kor B", "Kor C", "Kor D"))
    Participant.objects.filter(pk=keep.pk).update(same_as=take)
    Participant.objects.filter(pk=third.pk).update(same_as=take)
    not_the_same(event=event, one=fourth, other=take)
    not_the_same(event=event, one=third, other=keep)
    kept = joined(keep, take)
    third.refresh_from_db()
    assert (kept.same_as, third.same_as) == (None, kept)
    assert sorted(event.not_doubles.values_list("first", "second")) == [(kept.pk, third.pk), (kept.pk, fourth.pk)]


def test_where_both_have_the_same_name_it_is_said_which_of_them_goes():
    event = make_event()
    keep, take = make_participant(event, "Koret"), make_participant(event, "Koret")
    page = text_of(client_of(event).get(url_of("join", event, keep.pk, take.pk)))
    assert "Den andre med samme navn slettes." in page
    assert "«Koret» slettes." not in page


def test_the_page_says_what_will_happen_asks_and_does_it():
    event = make_event()
    keep, take = make_participant(event, "Koret"), make_participant(event, "Koret Syng", website="https://kor.example")
    make_contact(take, "Nina")
    make_resource(take, "Sang på fest")
    client = client_of(event)
    page = text_of(client.get(url_of("join", event, keep.pk, take.pk)))
    for words in (
        "Slå sammen til «Koret»?",
        "Nina",
        "Sang på fest",
        "nettsted",
        "«Koret Syng» slettes.",
        "kan ikke angres",
    ):
        assert words in page
    assert Participant.objects.filter(pk=take.pk).exists()
    version = event.feed_version
    response = client.post(url_of("join", event, keep.pk, take.pk), follow=True)
    assert "«Koret Syng» er slått sammen med Koret." in text_of(response)
    assert not Participant.objects.filter(pk=take.pk).exists()
    event.refresh_from_db()
    assert event.feed_version == version + 1
    assert client.post(url_of("join", event, keep.pk, take.pk)).status_code == 404


def test_the_plan_is_what_happens():
    event = make_event()
    keep, take = make_participant(event, "Koret"), make_participant(event, "Koret Syng")
    make_contact(keep, "Kari", email="kari@example.org")
    same, moves = make_contact(take, "K.", email="Kari@example.org"), make_contact(take, "Nina")
    make_resource(keep, "Sang")
    doubled, resource = make_resource(take, "sang"), make_resource(take, "Kaffe")
    made = plan(keep=keep, take=take, now=timezone.now())
    assert (made.contacts, made.same_contacts, made.resources, made.same_resources) == (
        [moves],
        [same],
        [resource],
        [doubled],
    )


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (
            Participant,
            ["agreement.first_contact", "award.participant", "contact.participant", "notdouble.first",
             "notdouble.second", "participant.same_as", "party.participant", "resource.participant"],
        ),
        (Contact, ["party.contact"]),
        (Resource, ["party.need", "party.offer"]),
    ],
)  # fmt: skip
def test_joining_knows_every_row_that_points_at_what_it_moves(model, expected):
    """A new one takes a line in participants/joining.py, or goes away with the one that is deleted."""
    found = [
        f"{relation.related_model._meta.model_name}.{relation.field.name}"
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete
    ]
    assert sorted(found) == expected


def test_the_link_that_was_shown_to_who_registered_does_not_open_what_the_two_have_become():
    """A stranger can say that they are the same; what the organiser joins has the other's e-mail and telephone."""
    event = make_event()
    stranger_link = new_link(event)
    keep = make_participant(event, "Granfjord kor", registered_through=stranger_link)
    take = make_participant(event, "Granfjord kor")
    make_contact(take, "Kari", email="hemmelig@example.org")
    assert list(opened_by(stranger_link)) == [keep]
    join(keep=keep, take=take, now=timezone.now())
    assert list(opened_by(stranger_link)) == []
    assert list(opened_by(link_for(event, "hemmelig@example.org"))) == [keep]
