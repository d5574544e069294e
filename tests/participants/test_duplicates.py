"""Who is probably the same one twice."""

import time

import pytest

from participants.duplicates import Sign, bare_name, likely_doubles
from participants.enums import Status
from participants.models import Participant
from tests.factories import make_agreement, make_contact, make_event, make_open_event, make_participant, make_resource
from tests.participants.pages import client_of, text_of, tree_of, url_of

pytestmark = pytest.mark.django_db


def found(event) -> list[tuple[str, str, list[Sign]]]:
    return [(pair.keep.name, pair.take.name, pair.signs) for pair in likely_doubles(event)]


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Hammer & Sag Byggservice AS", "hammersagbyggservice"),
        ("hammer og sag", "hammerogsag"),
        ("A/S Granfjord", "asgranfjord"),
        ("Granfjord A.S.", "granfjord"),
        ("AS", "as"),
        ("Koret  «Syng meg hjem»", "koretsyngmeghjem"),
        ("!!!", ""),
    ],
)
def test_the_bare_name_has_no_legal_form_space_or_punctuation(name, bare):
    assert bare_name(name) == bare


@pytest.mark.parametrize(
    ("one", "other", "sign"),
    [
        ("Kafé Kiwano AS", "KAFÉ  KIWANO", Sign.NAME),
        ("Granfjord Kajakk-klubb", "Granfjord Kajakk klubb", Sign.NAME),
        ("Granfjord Kajakklubb", "Granfjord Kajaklubb", Sign.SIMILAR),
        ("Granfjord Sanitetsforening", "Granfjord Sanitetsforeining", Sign.SIMILAR),
        ("Granfjord Sanitetsforening", "Granfjord Sannitetsforeining", Sign.SIMILAR),
        ("Granfjord Handverkslag", "Grannfjord Håndverkslag", Sign.SIMILAR),
        ("Kafé Kiwano", "Kafe Kiwano", Sign.SIMILAR),
    ],
)
def test_the_same_name_and_nearly_the_same_name_are_a_pair(one, other, sign):
    event = make_event()
    make_participant(event, one)
    make_participant(event, other)
    assert found(event) == [(one, other, [sign])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("4H Granfjord nr. 1", "4H Granfjord nr. 2"),
        ("Granfjord idrettslag", "Granfjord idrettsråd"),
        ("Koret", "Kortet"),
        ("Lions", "Lyons"),
        ("Granfjord barnehage", "Granfjord skole"),
        ("!!!", "???"),
    ],
)
def test_other_names_are_no_pair(one, other):
    event = make_event()
    make_participant(event, one)
    make_participant(event, other)
    assert found(event) == []


def test_the_organisation_number_the_email_with_a_similar_name_and_what_they_say_themselves_are_signs():
    event = make_event()
    numbers = [make_participant(event, name, org_number="974760673") for name in ("Kommunen", "Bygdas bibliotek")]
    clubs = [make_participant(event, name) for name in ("Granfjord turlag", "Granfjord turlag, ungdom", "Sjakklubben")]
    for email, club in zip(("Torunn@example.org", "torunn@example.org", "torunn@example.org"), clubs, strict=True):
        make_contact(club, "Torunn", email=email)
    said = make_participant(event, "De andre", same_as=numbers[0])
    assert {(pair.keep.name, pair.take.name): pair.signs for pair in likely_doubles(event)} == {
        ("Kommunen", "Bygdas bibliotek"): [Sign.ORG_NUMBER],
        ("Granfjord turlag", "Granfjord turlag, ungdom"): [Sign.EMAIL],
        ("Kommunen", said.name): [Sign.SAID],
    }


def test_one_with_other_figures_between_them_does_not_hide_a_pair():
    event = make_event()
    for name in ("Speidergruppe 1 Granfjord", "Speidergruppe 2 Granfjord", "Speidergruppa 2 Granfjord"):
        make_participant(event, name)
    assert found(event) == [("Speidergruppe 2 Granfjord", "Speidergruppa 2 Granfjord", [Sign.SIMILAR])]


def test_who_has_cancelled_and_who_belongs_to_another_event_is_no_double():
    event = make_event()
    make_participant(event, "Koret Syng")
    make_participant(event, "Koret Syng", status=Status.CANCELLED)
    make_participant(make_event(), "Koret Syng")
    assert found(event) == []


def test_the_one_with_agreements_that_is_approved_and_has_written_most_is_kept():
    event = make_open_event()
    first = make_participant(event, "Bakeren i byen", status=Status.REGISTERED)
    second = make_participant(event, "Bakeren i byen")
    assert [pair.keep.pk for pair in likely_doubles(event)] == [second.pk]
    third = make_participant(event, "Bakeren i byen AS", status=Status.REGISTERED)
    make_resource(third, "Boller")
    assert {(pair.keep.pk, pair.take.pk) for pair in likely_doubles(event)} == {
        (second.pk, first.pk),
        (second.pk, third.pk),
        (third.pk, first.pk),
    }
    make_agreement(event, first, make_participant(event, "Kommunen"))
    assert {pair.keep.pk for pair in likely_doubles(event)} == {first.pk, second.pk}


def test_not_the_same_is_remembered_and_what_they_said_is_taken_back():
    event = make_event()
    first = make_participant(event, "Koret Syng")
    second = make_participant(event, "Koret Syng", same_as=first)
    client = client_of(event)
    assert "Koret Syng" in text_of(client.get(url_of("doubles", event)))
    response = client.post(url_of("not_double", event, second.pk, first.pk), follow=True)
    assert "blir stående som to." in text_of(response)
    assert found(event) == []
    second.refresh_from_db()
    assert second.same_as is None
    client.post(url_of("not_double", event, first.pk, second.pk))
    assert event.not_doubles.count() == 1


def test_another_events_participant_cannot_be_paired():
    event, elsewhere = make_event(), make_event()
    mine, theirs = make_participant(event, "Koret Syng"), make_participant(elsewhere, "Koret Syng")
    client = client_of(event)
    assert client.post(url_of("not_double", event, mine.pk, theirs.pk)).status_code == 404
    assert client.get(url_of("join", event, mine.pk, theirs.pk)).status_code == 404
    assert client.post(url_of("join", event, theirs.pk, mine.pk)).status_code == 404
    assert Participant.objects.filter(name="Koret Syng").count() == 2


def test_the_page_shows_both_and_an_address_only_where_nobody_can_read_along():
    event = make_event()
    for _ in range(2):
        make_contact(make_participant(event, "Koret Syng"), email="kari@hemmelig.example")
    client = client_of(event)
    assert "kari@hemmelig.example" in text_of(client.get(url_of("doubles", event)))
    open_wifi = client.get(url_of("doubles", event), REMOTE_ADDR="192.168.1.20")
    assert "hemmelig" not in open_wifi.content.decode()
    assert "Samme navn" in text_of(open_wifi)


def test_no_pairs_says_so():
    event = make_event()
    make_participant(event)
    assert "Ingen ser ut til å stå to ganger" in text_of(client_of(event).get(url_of("doubles", event)))


def test_five_hundred_long_names_are_compared_in_a_moment_with_as_many_queries_as_two(django_assert_num_queries):
    """0.2 s on a core that does nothing else; the limit is for machines that do (docs/sidetider.md has the page)."""
    for number in (2, 6, 500):
        event = make_event()
        for index in range(number):
            participant = make_participant(
                event, f"Granfjord sanitetsforening avdeling {'abcdefghij'[index % 10] * 9} {index // 2}"
            )
            make_contact(participant, email=f"person{index % 100}@example.org")
        started = time.perf_counter()
        # the participants, their contacts, resources and parties, and what has been said not to be
        with django_assert_num_queries(5):
            likely_doubles(event)
        assert time.perf_counter() - started < 3


def test_after_not_the_same_the_keyboard_goes_on_from_the_next_pair():
    event = make_event()
    for name in ("Koret", "Bandet", "Sirkuset"):
        for _ in range(2):
            make_participant(event, name)
    client = client_of(event)
    second = likely_doubles(event)[1]
    url = url_of("not_double", event, second.keep.pk, second.take.pk)
    page = tree_of(client.post(url, {"place": "1"}, follow=True))
    following = likely_doubles(event)[1].keep.name
    heads = [each for each in page.iter("h2") if "autofocus" in each.attrib]
    assert [(each.get("tabindex"), each.get("id"), following in "".join(each.itertext())) for each in heads] == [
        ("-1", "pair-2", True)
    ]
