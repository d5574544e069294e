"""The verbs: register, change, approve, cancel, remove."""

import uuid
from dataclasses import replace

import pytest

from borsen.enums import Sector
from participants.enums import Kind, Source, Status
from participants.models import Category, Participant
from participants.registering import (
    ContactDraft,
    InAgreements,
    ParticipantDraft,
    ResourceDraft,
    change,
    register,
    remove,
    set_status,
)
from tests.factories import (
    first_category,
    make_agreement,
    make_contact,
    make_event,
    make_open_event,
    make_participant,
    make_resource,
)

pytestmark = pytest.mark.django_db

KAJAKK = ParticipantDraft(name="Granfjord Kajakklubb", sector=Sector.VOLUNTARY)


def version(event) -> int:
    event.refresh_from_db()
    return event.feed_version


def draft_of(participant, **fields) -> ParticipantDraft:
    """What the form holds of a participant when nothing has been touched."""
    contacts = [ContactDraft(row.name, row.email, row.phone, row.pk) for row in participant.contacts.all()]
    resources = [
        ResourceDraft(row.kind, row.title, row.category, row.details, row.challenge, row.pk, row.closed_at is not None)
        for row in participant.resources.all()
    ]
    fields.setdefault("contacts", contacts)
    fields.setdefault("resources", resources)
    return ParticipantDraft(**{"name": participant.name, "sector": participant.sector, **fields})


def test_registering_keeps_participant_contacts_and_resources():
    event = make_event()
    category = first_category(event)
    draft = replace(
        KAJAKK,
        org_number="974760673",
        contacts=[ContactDraft("Kari Nordmann", "kari@example.org", "900 00 000")],
        resources=[
            ResourceDraft(Kind.OFFER, "Kajakkurs", category),
            ResourceDraft(Kind.NEED, "Naust", category, "Nær sjø"),
        ],
    )
    participant = register(event=event, draft=draft, source=Source.DEMO)
    participant.refresh_from_db()
    assert (participant.name, participant.source, participant.status) == ("Granfjord Kajakklubb", "demo", "approved")
    assert list(participant.contacts.values_list("name", "email", "phone")) == [
        ("Kari Nordmann", "kari@example.org", "900 00 000")
    ]
    assert list(participant.resources.values_list("kind", "title", "details")) == [
        ("need", "Naust", "Nær sjø"),
        ("offer", "Kajakkurs", ""),
    ]


def test_same_key_again_gives_the_same_participant_unchanged():
    event = make_event()
    key = uuid.uuid4()
    first = register(event=event, draft=KAJAKK, key=key)
    again = register(event=event, draft=replace(KAJAKK, name="Et annet navn"), key=key)
    assert again == first
    assert again.name == "Granfjord Kajakklubb"
    assert event.participants.count() == 1


def test_same_key_at_two_events_gives_two_participants():
    key = uuid.uuid4()
    here, there = make_event(), make_event()
    assert register(event=here, draft=KAJAKK, key=key) != register(event=there, draft=KAJAKK, key=key)


def test_category_of_another_event_is_refused_and_nothing_is_kept():
    event = make_event()
    foreign = ResourceDraft(Kind.OFFER, "Kajakkurs", first_category(make_event()))
    with pytest.raises(ValueError, match="another event"):
        register(event=event, draft=replace(KAJAKK, resources=[foreign]))
    assert not event.participants.exists()


def test_search_text_holds_names_and_titles_and_never_email_or_phone():
    event = make_event()
    draft = replace(
        KAJAKK,
        name="Kafé ÆRLIG",
        org_number="974760673",
        contacts=[ContactDraft("Åse Bø", "hemmelig@example.org", "911 22 333")],
        resources=[ResourceDraft(Kind.NEED, "Čáhppes kajakk", first_category(event))],
    )
    text = register(event=event, draft=draft).search_text
    assert text == "kafé ærlig\nåse bø\nčáhppes kajakk\n974760673\nkafe cahppes"


def test_changing_keeps_the_rows_that_have_an_id_adds_new_and_deletes_the_rest():
    participant = make_participant(make_event(), "Granfjord Kajakklubb")
    kept, gone = make_contact(participant, "Kari"), make_contact(participant, "Per")
    offer, lost = make_resource(participant, "Kurs"), make_resource(participant, "Båt")
    draft = draft_of(
        participant,
        name="Granfjord Padleklubb",
        contacts=[ContactDraft("Kari Ny", id=kept.pk), ContactDraft("Anne")],
        resources=[ResourceDraft(Kind.OFFER, "Nybegynnerkurs", offer.category, id=offer.pk)],
    )
    changed = change(participant=participant, draft=draft)
    assert changed.pk == participant.pk
    assert list(changed.contacts.values_list("name", flat=True)) == ["Kari Ny", "Anne"]
    assert changed.contacts.first() == kept
    assert not changed.contacts.filter(pk=gone.pk).exists()
    assert list(changed.resources.values_list("pk", "title")) == [(offer.pk, "Nybegynnerkurs")]
    assert not changed.resources.filter(pk=lost.pk).exists()
    assert changed.search_text == "granfjord padleklubb\nkari ny\nanne\nnybegynnerkurs"


def test_row_of_another_participant_is_never_taken_over():
    event = make_event()
    mine, theirs = make_participant(event), make_participant(event)
    foreign = make_contact(theirs, "Kari Fremmed")
    change(participant=mine, draft=draft_of(mine, contacts=[ContactDraft("Per", id=foreign.pk)]))
    foreign.refresh_from_db()
    assert (foreign.participant, foreign.name) == (theirs, "Kari Fremmed")
    assert list(mine.contacts.values_list("name", flat=True)) == ["Per"]


def test_resource_that_an_agreement_names_is_closed_instead_of_deleted():
    event = make_open_event()
    participant = make_participant(event)
    named, loose = make_resource(participant, "Kurs"), make_resource(participant, "Båt")
    agreement = make_agreement(event, (participant, "Kurs"), make_participant(event))
    agreement.parties.filter(participant=participant).update(offer=named)
    change(participant=participant, draft=draft_of(participant, resources=[]))
    assert not participant.resources.filter(pk=loose.pk).exists()
    assert participant.resources.get(pk=named.pk).closed_at is not None
    assert agreement.parties.filter(offer=named).count() == 1


def test_closing_and_opening_a_resource_by_the_draft():
    participant = make_participant(make_event())
    resource = make_resource(participant, "Kurs")
    drafted = ResourceDraft(Kind.OFFER, "Kurs", resource.category, id=resource.pk, closed=True)
    change(participant=participant, draft=draft_of(participant, resources=[drafted]))
    closed_at = participant.resources.get().closed_at
    change(participant=participant, draft=draft_of(participant, resources=[drafted]))
    assert closed_at is not None
    assert participant.resources.get().closed_at == closed_at
    change(participant=participant, draft=draft_of(participant, resources=[replace(drafted, closed=False)]))
    assert participant.resources.get().closed_at is None


def test_feed_moves_for_an_approved_participant_and_not_for_one_that_waits():
    event = make_event()
    offer = ResourceDraft(Kind.OFFER, "Kurs", first_category(event))
    before = version(event)
    register(event=event, draft=replace(KAJAKK, resources=[offer]), status=Status.REGISTERED)
    assert version(event) == before
    register(event=event, draft=replace(KAJAKK, resources=[offer]))
    assert version(event) == before + 1


def test_feed_moves_when_one_that_waits_is_approved_and_not_when_it_is_changed_before():
    event = make_event()
    participant = make_participant(event, status=Status.REGISTERED)
    before = version(event)
    change(participant=participant, draft=draft_of(participant, name="Nytt navn"))
    assert version(event) == before
    set_status(participant=participant, status=Status.APPROVED)
    assert version(event) == before + 1


def test_feed_moves_for_a_new_name_of_a_party_and_not_for_a_new_phone_number():
    event = make_open_event()
    participant = make_participant(event)
    make_agreement(event, participant, make_participant(event))
    before = version(event)
    change(participant=participant, draft=draft_of(participant, contacts=[ContactDraft("Kari", phone="900 00 000")]))
    assert version(event) == before
    change(participant=participant, draft=draft_of(participant, name="Nytt navn"))
    assert version(event) == before + 1


def test_cancelling_takes_the_needs_off_the_screen_and_back_again():
    event = make_event()
    participant = make_participant(event)
    make_resource(participant, "Naust", kind=Kind.NEED)
    before = version(event)
    assert set_status(participant=participant, status=Status.CANCELLED).status == Status.CANCELLED
    assert version(event) == before + 1
    set_status(participant=participant, status=Status.APPROVED)
    assert version(event) == before + 2


def test_removing_deletes_with_contacts_and_resources():
    event = make_event()
    participant = make_participant(event)
    make_contact(participant)
    make_resource(participant, "Kurs")
    remove(participant=participant)
    assert not event.participants.exists()
    assert not Category.objects.filter(resources__isnull=False).exists()


def test_party_of_agreements_is_not_removed_and_the_numbers_are_said():
    event = make_open_event()
    participant, other = make_participant(event), make_participant(event)
    for _ in range(2):
        make_agreement(event, participant, other)
    with pytest.raises(InAgreements) as refusal:
        remove(participant=participant)
    assert refusal.value.numbers == [1, 2]
    assert Participant.objects.filter(pk=participant.pk).exists()


def test_who_only_takes_first_contact_in_an_agreement_is_not_removed_either():
    event = make_open_event()
    agreement = make_agreement(event)
    participant = make_participant(event)
    type(agreement).objects.filter(pk=agreement.pk).update(first_contact=participant)
    with pytest.raises(InAgreements) as refusal:
        remove(participant=participant)
    assert refusal.value.numbers == [1]
