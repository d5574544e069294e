"""The door: a tap in, a tap back, how many came, who else the same person speaks for, and who is not on the list."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements.statistics import participation
from borsen.enums import Role, Sector
from participants.check_in import check_in, companions, count_people, found_at_the_door, presence, take_back
from participants.drafts import ContactDraft, ParticipantDraft
from participants.enums import Source, Status
from participants.models import Participant
from participants.registering import register
from tests.borsen.addresses import client_for
from tests.factories import make_contact, make_event, make_member, make_participant, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event()


@pytest.fixture
def door(event):
    return make_member(event, Role.DOOR, "dora")


def findable(event, name, *contacts, **fields):
    drafts = [ContactDraft(name=contact, email=f"{contact[:3].lower()}@example.no") for contact in contacts]
    draft = ParticipantDraft(name=name, sector=fields.pop("sector", Sector.VOLUNTARY), contacts=drafts, **fields)
    return register(event=event, draft=draft)


def url(name, event, *arguments):
    return reverse(name, args=[event.slug, *arguments])


def said(response):
    return [str(message) for message in response.context["messages"]]


# --- the verbs


def test_as_many_as_they_said_are_counted_until_somebody_counts(event, door):
    participant = make_participant(event, expected=3)
    moment = timezone.now()
    assert check_in(participant=participant, by=door, now=moment) is True
    participant.refresh_from_db()
    assert (participant.checked_in_at, participant.checked_in_by, participant.present) == (moment, door, 3)
    assert count_people(participant=participant, more=-1) is True
    assert count_people(participant=make_participant(event), more=5) is False
    assert presence(event).people == 2


def test_two_tablets_at_once_are_one_check_in_and_the_first_ones_word_stands(event, door):
    participant = make_participant(event)
    moment = timezone.now()
    assert check_in(participant=participant, by=door, now=moment) is True
    assert check_in(participant=participant, by=make_user(), now=moment + timedelta(seconds=1), people=9) is False
    participant.refresh_from_db()
    assert (participant.checked_in_at, participant.checked_in_by, participant.present) == (moment, door, 1)


def test_taking_back_leaves_nothing_and_can_be_repeated(event, door):
    participant = make_participant(event, expected=2)
    check_in(participant=participant, by=door, now=timezone.now())
    for _twice in range(2):
        take_back(participant=participant)
    participant.refresh_from_db()
    assert (participant.checked_in_at, participant.checked_in_by, participant.present) == (None, None, 0)
    assert count_people(participant=participant, more=4) is False
    assert presence(event).people == 0


def test_who_had_cancelled_takes_part_after_all_and_screens_hear_of_it(event, door):
    participant = make_participant(event, status=Status.CANCELLED)
    before = event.feed_version
    check_in(participant=participant, by=door, now=timezone.now())
    participant.refresh_from_db()
    event.refresh_from_db()
    assert (participant.status, event.feed_version) == (Status.APPROVED, before + 1)
    for _twice in range(2):
        take_back(participant=participant)
    participant.refresh_from_db()
    assert participant.status == Status.CANCELLED


def test_who_is_here_is_the_same_figure_at_the_door_and_in_the_report(event, door):
    here = [make_participant(event, sector=sector, expected=2) for sector in (Sector.BUSINESS, Sector.PUBLIC)]
    make_participant(event, expected=7)
    check_in(participant=make_participant(make_event(), expected=9), by=door, now=timezone.now())
    for participant in here:
        check_in(participant=participant, by=door, now=timezone.now())
    found = presence(event)
    assert (found.participants, found.people) == (2, 4)
    assert [found.by_sector[sector] for sector in Sector] == [1, 0, 1, 0]
    told = participation(event)
    assert (told.checked_in, told.present) == (2, 4)


def test_companions_share_a_person_by_mail_or_by_name_and_are_not_in_yet(event, door):
    club = findable(event, "Turlaget")
    make_contact(club, "Torunn Lie", email="torunn@example.no")
    same_mail = make_participant(event, "Ærlig talt")
    make_contact(same_mail, "T. Lie", email="TORUNN@example.no")
    same_name = make_participant(event, "Koret")
    make_contact(same_name, "Torunn  LIE".replace("  ", " "))
    make_contact(club, "Torunn Lie")
    for other, name, mail in (("Noen andre", "Kari", "kari@example.no"), ("Avmeldt", "Torunn Lie", "")):
        make_contact(
            make_participant(event, other, status="cancelled" if other == "Avmeldt" else "approved"), name, email=mail
        )
    make_contact(make_participant(make_event(), "Annen børs"), "Torunn Lie")
    inside = make_participant(event, "Inne alt")
    make_contact(inside, "Torunn Lie")
    check_in(participant=inside, by=door, now=timezone.now())
    assert [(other.person, other.participant.name) for other in companions(club)] == [
        ("Torunn Lie", "Koret"),
        ("Torunn Lie", "Ærlig talt"),
    ]


def test_the_best_hits_come_first_and_the_cancelled_last(event):
    names = {
        "Granfjord bibliotek": {},
        "Kor for alle": {"contacts": ["Granfjord Hansen"]},
        "Storegranfjord vel": {},
        "Granfjord kajakklubb": {},
    }
    for name, more in names.items():
        findable(event, name, *more.get("contacts", ()))
    gone = findable(event, "Granfjord avmeldt")
    Participant.objects.filter(pk=gone.pk).update(status=Status.CANCELLED)
    findable(make_event(), "Granfjord annen børs")
    found = [participant.name for participant in found_at_the_door(event, "granfjord")]
    assert found == [
        "Granfjord bibliotek",
        "Granfjord kajakklubb",
        "Storegranfjord vel",
        "Kor for alle",
        "Granfjord avmeldt",
    ]


# --- the page


def test_a_tap_lets_in_says_so_and_the_next_tablet_is_told_by_whom(event, door):
    participant = findable(event, "Kafé Kiwano", expected=2)
    client = client_for(door)
    response = client.post(url("check_in.enter", event, participant.pk), {"q": "kiw"}, follow=True)
    assert said(response) == ["Kafé Kiwano er sjekket inn. 2 personer er talt med."]
    assert 'value="kiw"' in response.content.decode()
    response = client.post(url("check_in.enter", event, participant.pk), {"q": ""}, follow=True)
    assert [text.split(" kl. ")[0] for text in said(response)] == ["Kafé Kiwano er allerede sjekket inn"]
    assert said(response)[0].endswith("av dora.")
    for step in ("1", "1", "-1", "1"):
        response = client.post(url("check_in.people", event, participant.pk), {"more": step}, follow=True)
    participant.refresh_from_db()
    assert (participant.present, said(response)) == (4, ["4 personer er talt med."])
    response = client.post(url("check_in.undo", event, participant.pk), follow=True)
    assert (said(response), presence(event).participants) == (["Kafé Kiwano er ikke sjekket inn lenger."], 0)


@pytest.mark.parametrize("step", ["", "5", "1.5", "mange", "²"])
def test_a_step_that_is_none_changes_nothing(event, door, step):
    participant = make_participant(event, expected=2)
    check_in(participant=participant, by=door, now=timezone.now())
    client_for(door).post(url("check_in.people", event, participant.pk), {"more": step})
    participant.refresh_from_db()
    assert participant.present == 2


def test_the_same_person_for_another_club_is_asked_about_and_counted_once(event, door):
    first, second = findable(event, "Turlaget", "Torunn Lie"), findable(event, "Koret", "Torunn Lie")
    client = client_for(door)
    response = client.post(url("check_in.enter", event, first.pk), follow=True)
    assert "Torunn Lie kommer også for <b>Koret</b>." in response.content.decode()
    client.post(url("check_in.enter", event, second.pk), {"with_another": "1"})
    found = presence(event)
    assert (found.participants, found.people) == (2, 1)


def test_who_speaks_for_three_clubs_is_one_person_however_the_taps_are_made(event, door):
    clubs = [findable(event, name, "Torunn Lie") for name in ("Turlaget", "Koret", "Velet")]
    client = client_for(door)
    answers = [client.post(url("check_in.enter", event, club.pk), follow=True) for club in clubs]
    found = presence(event)
    assert (found.participants, found.people) == (3, 1)
    assert said(answers[1]) == ["Koret er sjekket inn. Torunn Lie er alt talt med Turlaget."]


def test_the_others_of_a_club_are_counted_beside_the_one_who_was_before(event, door):
    findable(event, "Turlaget", "Torunn Lie")
    choir = findable(event, "Koret", "Torunn Lie", expected=3)
    client = client_for(door)
    client.post(url("check_in.enter", event, event.participants.get(name="Turlaget").pk))
    client.post(url("check_in.enter", event, choir.pk), {"with_another": "1"})
    assert presence(event).people == 3


@pytest.mark.parametrize(
    ("first", "second", "people"),
    [
        (("Torunn Lie", "t@x.example"), ("Torunn Lie", "T@x.example"), 1),
        (("Torunn Lie", "t@x.example"), ("torunn  lie", ""), 1),
        (("Torunn Lie", "t@x.example"), ("Torunn Lie", "annen@x.example"), 2),
        (("Torunn Lie", "post@kommunen.example"), ("Per Moe", "post@kommunen.example"), 2),
    ],
)
def test_only_who_is_the_same_by_name_and_not_another_by_address_is_left_uncounted(event, door, first, second, people):
    for name, (person, email) in (("Turlaget", first), ("Koret", second)):
        participant = findable(event, name)
        make_contact(participant, person, email=email)
        check_in(participant=participant, by=door, now=timezone.now())
    assert presence(event).people == people


def test_a_person_whose_first_club_was_taken_back_is_counted_with_the_next(event, door):
    first, second = findable(event, "Turlaget", "Torunn Lie"), findable(event, "Koret", "Torunn Lie")
    check_in(participant=first, by=door, now=timezone.now())
    take_back(participant=first)
    check_in(participant=second, by=door, now=timezone.now())
    assert presence(event).people == 1


def test_a_participant_of_another_event_is_not_let_in_here(event, door):
    stranger = make_participant(make_event())
    for name in ("enter", "undo", "people"):
        assert client_for(door).post(url(f"check_in.{name}", event, stranger.pk)).status_code == 404
    stranger.refresh_from_db()
    assert stranger.checked_in_at is None


def test_no_address_and_no_telephone_stands_at_the_door(event, door):
    participant = make_participant(event, "Kafé Kiwano")
    make_contact(participant, "Mona Lie", email="mona@example.no", phone="91234567")
    check_in(participant=participant, by=door, now=timezone.now())
    for query in ({}, {"q": "kiwano"}):
        html = client_for(door).get(url("check_in", event), query).content.decode()
        assert ("Mona Lie" in html, "mona@example.no" in html, "91234567" in html) == (True, False, False)


def test_no_telephone_that_was_typed_into_a_name_or_a_place_stands_at_the_door_either(event, door):
    participant = findable(event, "Kafé Kiwano 912 34 567", "Mona Lie 91234567", place="ring 912-34-567")
    other = findable(event, "Koret, mona@example.no", "Mona Lie 91234567")
    client = client_for(door)
    pages = [client.get(url("check_in", event), {"q": "k"})]
    pages += [client.post(url("check_in.enter", event, one.pk), follow=True) for one in (participant, other)]
    pages.append(client.get(url("check_in", event)))
    html = "".join(page.content.decode() for page in pages)
    assert ("Kafé Kiwano …" in html, "Mona Lie …" in html) == (True, True)
    assert [text for text in ("34 567", "34-567", "91234567", "mona@") if text in html] == []


def test_a_look_that_finds_nothing_new_is_answered_with_nothing(event, door):
    client = client_for(door)
    participant = make_participant(event)
    seen = client.get(url("check_in", event)).context["seen"]
    ask = {"sett": seen, "q": ""}
    headers = {"HX-Request": "true"}
    assert client.get(url("check_in", event), ask, headers=headers).status_code == 204
    check_in(participant=participant, by=door, now=timezone.now())
    response = client.get(url("check_in", event), ask, headers=headers)
    assert (response.status_code, "<html" in response.content.decode()) == (200, False)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_as_many_queries_for_many_as_for_few(event, door, number, django_assert_num_queries):
    for _ in range(number):
        participant = make_participant(event)
        make_contact(participant)
        check_in(participant=participant, by=door, now=timezone.now())
    client = client_for(door)
    # session, user, event, roles; the latest with contacts, who is here, how many are expected
    with django_assert_num_queries(8):
        client.get(url("check_in", event))


# --- who is not on the list


def walk_in(**changed):
    return {
        "key": str(uuid4()),
        "name": "Nabolagets Vel",
        "sector": "voluntary",
        "contact": "Kari Li",
        "people": "2",
    } | changed


def test_who_is_not_on_the_list_is_registered_and_in_with_one_form(event, door):
    form = walk_in()
    for _double_tap in range(2):
        response = client_for(door).post(url("check_in.walk_in", event), form, follow=True)
    participant = event.participants.get()
    assert (participant.name, participant.source, participant.status) == ("Nabolagets Vel", Source.WALK_IN, "approved")
    assert (participant.present, participant.checked_in_by, str(participant.contacts.get())) == (2, door, "Kari Li")
    assert said(response) == ["Nabolagets Vel er sjekket inn. 2 personer er talt med."]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"name": " "}, "Skriv hva deltakeren heter."),
        ({"sector": ""}, "Velg hva slags deltaker det er."),
        ({"name": "kafé KIWANO"}, "«Kafé Kiwano» står på listen. Søk opp navnet, og sjekk inn der."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_that_was_typed_is_lost(event, door, changed, message):
    findable(event, "Kafé Kiwano")
    response = client_for(door).post(url("check_in.walk_in", event), walk_in(**changed))
    html = response.content.decode()
    assert (response.status_code, message in html, 'value="Kari Li"' in html) == (422, True, True)
    assert event.participants.count() == 1
