"""An address or a telephone in what the organiser writes for everybody is told of, and left where it may be meant."""

import pytest
from django.test import Client
from django.urls import reverse

from borsen.public_texts import remarks
from tests.borsen.addresses import client_for
from tests.borsen.test_events import form_data
from tests.factories import make_event, make_user
from tests.participants.pages import text_of

pytestmark = pytest.mark.django_db
MAIL, PHONE = "kari@granfjord.example", "900 11 222"
SEEN = "har en e-postadresse eller et telefonnummer. Dette blir synlig for alle."
COVERED = "har en e-postadresse eller et telefonnummer. Andre enn dere ser «…» der."


@pytest.fixture
def event():
    return make_event("granfjord", name="Granfjordbørsen", page_published=True, registration_open=True)


@pytest.fixture
def organiser(event):
    return client_for(event.memberships.get().user)


def pages_of(event):
    return [reverse(name, args=[event.slug]) for name in ("event.settings", "registration.settings")]


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("name", "Hva heter børsen?"),
        ("place", "Sted"),
        ("practical", "Praktisk informasjon"),
        ("registration_text", "Hilsen på påmeldingssiden"),
    ],
)
@pytest.mark.parametrize("contact", [MAIL, PHONE])
def test_a_contact_in_a_text_for_all_is_told_of_on_both_pages_of_settings_and_stays(
    event, organiser, field, label, contact
):
    for where in pages_of(event):
        assert SEEN not in text_of(organiser.get(where))
    setattr(event, field, f"Ring Kari, {contact}")
    event.save()
    for where in pages_of(event):
        assert f"«{label}» {SEEN}" in text_of(organiser.get(where))
    shown = "registration" if field == "registration_text" else "event.overview"
    assert contact in text_of(Client().get(reverse(shown, args=[event.slug])))


@pytest.mark.parametrize(
    ("field", "label"),
    [("theme", "Tema"), ("programme", "Program"), ("thanks", "Takk etter børsen"), ("next_date", "Neste børs")],
)
def test_a_contact_where_others_see_none_is_told_of_as_that(event, organiser, field, label):
    setattr(event, field, f"Ring Kari, {PHONE}")
    event.save()
    for where in pages_of(event):
        said = text_of(organiser.get(where))
        assert (f"«{label}» {COVERED}" in said, SEEN in said) == (True, False)
    assert PHONE not in text_of(Client().get(reverse("event.overview", args=[event.slug])))


def test_hosts_and_challenges_are_looked_at_too_each_kind_once(event):
    for number in range(2):
        event.hosts.create(name=f"Kari {number}, {PHONE}", sector="public", contributes=MAIL)
    event.challenges.create(text=f"Ensomhet {MAIL}")
    assert [said.partition("»")[0] for said in remarks(event)] == [
        "«Vertskap: navn", "«Vertskap: bidrar med", "«Problemstilling",
    ]  # fmt: skip


def test_what_is_meant_for_it_is_not_remarked_on(event):
    event.ask_whom = f"Kari, {MAIL}, {PHONE}"
    assert remarks(event) == []


def test_it_is_told_when_an_event_is_made():
    client = client_for(make_user(may_create_events=True))
    told = text_of(client.post("/ny/", form_data(place=f"Spør {PHONE}"), follow=True))
    assert f"«Sted» {SEEN}" in told


def test_it_is_told_of_a_categorys_name(event, organiser):
    where = reverse("category.list", args=[event.slug])
    assert SEEN not in text_of(organiser.get(where))
    event.categories.create(name=f"Hjelp {PHONE}")
    assert f"«Hjelp {PHONE}» {SEEN}" in text_of(organiser.get(where))


def test_the_pages_ask_as_often_with_three_hosts_as_with_one(event, django_assert_num_queries):
    for number in (1, 3):
        while event.hosts.count() < number:
            event.hosts.create(name="Vert", sector="public")
            event.challenges.create(text="Ensomhet")
        with django_assert_num_queries(2):
            remarks(event)
