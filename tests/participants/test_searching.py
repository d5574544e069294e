"""Finding participants."""

import pytest

from participants.registering import ContactDraft, ParticipantDraft, ResourceDraft, register
from participants.searching import matching, of_the_same_name
from tests.factories import first_category, make_event, make_participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    event = make_event()
    register(
        event=event,
        draft=ParticipantDraft(
            name="Kafé Ærlig & Øl",
            sector="business",
            org_number="974760673",
            contacts=[ContactDraft("Áile-Márjá Čearru", "hemmelig@example.org", "911 22 333")],
            resources=[ResourceDraft("need", "Levende MUSIKK", first_category(event))],
        ),
    )
    make_participant(event, "Granfjord Kajakklubb")
    return event


@pytest.mark.parametrize(
    "query",
    ["kafé", "kafe", "KAFÉ", "ærlig", "ÆRLIG", "øl kafe", "čearru", "cearru", "musikk", "levende kaf", "974 760 673"],
)
def test_found_by_name_contact_resource_and_number_without_regard_to_case_and_accents(event, query):
    assert [each.name for each in matching(event.participants, query)] == ["Kafé Ærlig & Øl"]


@pytest.mark.parametrize("query", ["hemmelig", "911 22 333", "example.org", "arlig", "ol", "%", "_", "kafé kajakk"])
def test_not_found_by_email_phone_other_letters_or_wildcards(event, query):
    assert [each.name for each in matching(event.participants, query)] == []


def test_nothing_finds_everybody(event):
    assert matching(event.participants, "  ").count() == 2


def test_the_same_name_is_found_whatever_the_case_and_spaces_but_not_at_another_event_and_not_itself(event):
    kajakk = event.participants.get(name="Granfjord Kajakklubb")
    assert of_the_same_name(event, "granfjord  KAJAKKLUBB") == kajakk
    assert of_the_same_name(event, "KAFÉ ÆRLIG & ØL").name == "Kafé Ærlig & Øl"
    assert of_the_same_name(event, "Granfjord") is None
    assert of_the_same_name(event, "Granfjord Kajakklubb", besides=kajakk) is None
    assert of_the_same_name(make_event(), "Granfjord Kajakklubb") is None
