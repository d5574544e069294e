"""What a screen shows: the feed as a function of the database."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agreements.correcting import correct, restore, withdraw
from agreements.models import Agreement
from borsen.clock import close_hour
from borsen.enums import Sector
from display import cards, feed, market
from participants.enums import Status
from tests.factories import (
    first_category,
    make_agreement,
    make_contact,
    make_draft,
    make_event,
    make_open_event,
    make_participant,
    make_resource,
)

pytestmark = pytest.mark.django_db


def numbers(shown):
    return [card.number for card in shown]


def test_newest_is_the_hero_and_the_others_follow_it():
    event = make_open_event()
    for _ in range(3):
        make_agreement(event)
    frame = feed.snapshot(event.pk)
    assert (frame.newest.number, numbers(frame.latest), frame.total) == (3, [2, 1], 3)


def test_an_event_without_agreements_has_no_newest():
    frame = feed.snapshot(make_event(goal=100).pk)
    assert (frame.newest, frame.latest, frame.total, frame.goal) == (None, (), 0, 100)


def test_a_card_tells_what_each_gives_as_typed():
    event = make_open_event()
    baker = make_participant(event, "Bakeriet på Hjørnet", sector=Sector.BUSINESS)
    choir = make_participant(event, "Koret «Syng meg hjem»")
    make_agreement(event, (baker, "BOLLEKURS for barn"), (choir, ""), summary="Boller")
    card = feed.snapshot(event.pk).newest
    assert (card.summary, card.intent) == ("Boller", False)
    assert card.parties == (
        cards.PartyCard("Bakeriet på Hjørnet", "business", "BOLLEKURS for barn"),
        cards.PartyCard("Koret «Syng meg hjem»", "voluntary", ""),
    )


def test_hidden_and_waiting_for_review_count_but_are_not_shown_and_withdrawn_do_neither():
    event = make_open_event()
    shown, hidden, waiting, withdrawn = (make_agreement(event) for _ in range(4))
    Agreement.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())
    Agreement.objects.filter(pk=waiting.pk).update(needs_review="Børstimen er slutt.")
    withdraw(agreement=withdrawn, by=None, now=timezone.now())
    frame = feed.snapshot(event.pk)
    assert (frame.total, frame.newest.number, frame.latest) == (3, shown.number, ())


def test_another_event_leaves_no_trace():
    event, other = make_open_event(), make_open_event()
    make_agreement(other)
    make_resource(make_participant(other, "Fjelltrollene"), "Refleksvester", kind="need")
    frame = feed.snapshot(event.pk)
    assert (frame.total, frame.newest, frame.needs, frame.sectors.total, frame.participants) == (0, None, (), 0, 0)


def test_nothing_about_contacts_leaves_the_feed():
    event = make_open_event()
    parties = [make_participant(event), make_participant(event)]
    for party in parties:
        make_contact(party, "Zainab Bakkejord", email="zainab@example.no", phone="400 00 000")
        make_resource(party, "Musikk, ring 400 00 000", kind="need", details="Ring Zainab på 400 00 000")
    make_agreement(event, *((party, "Hjelp") for party in parties), details="Spør etter Zainab")
    text = repr(feed.snapshot(event.pk))
    assert "Musikk, ring …" in text
    assert not [word for word in ("Zainab", "zainab", "400 00 000") if word in text]


def test_since_tells_new_corrected_and_gone_apart():
    event = make_open_event()
    old, corrected, withdrawn = (make_agreement(event) for _ in range(3))
    version = feed.version_of(event.pk)
    draft = make_draft(event, *((party.participant, "Noe annet") for party in corrected.parties.all()))
    correct(agreement=corrected, draft=draft, expected_version=corrected.version, by=None, now=timezone.now())
    withdraw(agreement=withdrawn, by=None, now=timezone.now())
    new = make_agreement(event)
    frame = feed.since(event.pk, version)
    assert frame.since == version
    assert frame.changed == feed.Changed(new=(new.number,), corrected=(corrected.number,), gone=(withdrawn.number,))
    assert old.number not in (*frame.changed.new, *frame.changed.corrected)


def test_new_and_then_corrected_since_is_still_new():
    event = make_open_event()
    version = feed.version_of(event.pk)
    made = make_agreement(event)
    draft = make_draft(event, *((party.participant, "Noe annet") for party in made.parties.all()))
    correct(agreement=made, draft=draft, expected_version=made.version, by=None, now=timezone.now())
    assert feed.since(event.pk, version).changed == feed.Changed(new=(made.number,))


def test_a_withdrawn_one_taken_back_comes_as_corrected():
    event = make_open_event()
    made = withdraw(agreement=make_agreement(event), by=None, now=timezone.now())
    version = feed.version_of(event.pk)
    restore(agreement=made, by=None, now=timezone.now())
    assert feed.since(event.pk, version).changed == feed.Changed(corrected=(made.number,))


def test_since_a_version_that_has_not_been_is_a_snapshot():
    event = make_open_event()
    assert feed.since(event.pk, 1_000).since is None


def test_needs_are_open_unmet_and_of_approved_participants():
    event = make_open_event()
    owner, giver = make_participant(event, "Turlaget Granfjord"), make_participant(event)
    stranger = make_participant(event, status=Status.REGISTERED)
    make_resource(owner, "Refleksvester", kind="need")
    make_resource(owner, "Lavvo", kind="offer")
    make_resource(owner, "Dekket alt", kind="need", closed_at=timezone.now())
    make_resource(stranger, "Ikke godkjent", kind="need")
    met = make_resource(owner, "Møtt i en avtale", kind="need")
    draft = make_draft(event, (giver, "Møtt"), (owner, ""))
    agreement = make_agreement(event, (giver, "Møtt"), (owner, ""), key=draft.key)
    agreement.parties.filter(participant=giver).update(need=met)
    assert [need.title for need in feed.snapshot(event.pk).needs] == ["Refleksvester"]
    withdraw(agreement=agreement, by=None, now=timezone.now())
    assert [need.title for need in feed.snapshot(event.pk).needs] == ["Refleksvester", "Møtt i en avtale"]


def test_all_needs_have_their_turn_a_dozen_at_a_time():
    event = make_open_event()
    owner = make_participant(event)
    for number in range(30):
        make_resource(owner, f"Behov {number}", kind="need")
    seen = set()
    for _ in range(3 * market.VERSIONS_PER_TURN):
        needs = feed.snapshot(event.pk).needs
        assert len(needs) <= market.NEEDS
        seen.update(need.title for need in needs)
        event.feed_version += 1
        event.save(update_fields=["feed_version"])
    assert len(seen) == 30


def test_the_hour_follows_the_strokes():
    event = make_open_event(minutes_ago=60)
    closed = timezone.now()
    close_hour(event=event, now=closed)
    hour = feed.snapshot(event.pk).hour
    assert (hour.closed_at, hour.grace_ends_at) == (closed, closed + timedelta(minutes=10))


def test_the_number_of_queries_is_the_same_for_one_and_three_agreements(django_assert_num_queries):
    event = make_open_event()
    make_agreement(event)
    with django_assert_num_queries(13):
        feed.since(event.pk, 0)
    for _ in range(2):
        make_resource(make_agreement(event).parties.first().participant, "Ting", kind="need")
    with django_assert_num_queries(13):
        feed.since(event.pk, 0)


def test_the_size_is_bounded_with_five_hundred_agreements():
    event = make_open_event()
    parties = [(make_participant(event), "Hjelp"), (make_participant(event), "Hjelp")]
    first = make_agreement(event, *parties)
    category = first_category(event)
    copies = [
        Agreement(
            event=event, number=number, key=f"00000000-0000-4000-8000-{number:012}", version=number, category=category,
            summary="Hjelp", made_at=first.made_at, registered_at=first.registered_at,
        )
        for number in range(2, 501)
    ]  # fmt: skip
    Agreement.objects.bulk_create(copies)
    frame = feed.since(event.pk, 0)
    assert (frame.total, len(frame.latest), len(frame.changed.new) + len(frame.changed.corrected)) == (
        500,
        feed.LATEST - 1,
        cards.MOST_CHANGED,
    )


def test_telephones_and_addresses_that_a_broker_typed_are_not_on_the_screen():
    event = make_open_event()
    one, other = make_participant(event), make_participant(event)
    parties = ((one, "Kaker, ring 900 12 345"), (other, "Buss, skriv til ola@buss.example"))
    make_agreement(event, *parties, summary="Kaker mot buss, tlf. 90012345")
    card = feed.snapshot(event.pk).newest
    assert (card.summary, [party.gives for party in card.parties]) == (
        "Kaker mot buss, tlf. …",
        ["Kaker, ring …", "Buss, skriv til …"],
    )
