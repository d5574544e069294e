"""The list that an organiser really kept: everything that is said of it holds (data/README.md)."""

from pathlib import Path

import pytest
from django.utils import timezone

from borsen.enums import Sector
from participants.enums import Source, Status
from participants.importing.bringing_in import Moved, bring_in, try_out
from participants.importing.keeping import keep, mapping_of, set_answers
from participants.importing.plan import State
from participants.importing.reading import read
from tests.factories import make_event, make_user

SAMPLE = Path(__file__).parent / "data" / "paameldte.xlsx"
IMPORTED = [*range(5, 17), *range(18, 36), *range(38, 43), *range(45, 48), *range(49, 59), *range(60, 69)]

pytestmark = pytest.mark.django_db


def uploaded(event, path=SAMPLE):
    return keep(event=event, user=make_user(), file_name=path.name, sheets=read(path.read_bytes()), now=timezone.now())


def imported(event, **answers):
    stored = uploaded(event)
    set_answers(stored, answers)
    return bring_in(stored=stored, digest=try_out(stored).digest, now=timezone.now())


def rows_in(plan, state):
    return [outcome.number for outcome in plan.outcomes if outcome.state == state]


def test_the_sheet_and_the_headings_are_found_where_they_stand():
    mapping = mapping_of(uploaded(make_event()))
    assert (mapping.sheet, mapping.heading_row) == (0, 4)
    assert list(mapping.columns.values()) == [
        "name", "sector", "org_number", "contact.1", "email.1", "phone.1", "offers", "needs", "website",
    ]  # fmt: skip


def test_57_participants_with_94_offers_and_73_needs_come_in():
    event = make_event()
    plan = try_out(uploaded(event))
    assert rows_in(plan, State.NEW) == IMPORTED
    imported(event)
    resources = [each for one in event.participants.all() for each in one.resources.all()]
    kinds = [each.kind for each in resources]
    assert (event.participants.count(), kinds.count("offer"), kinds.count("need")) == (57, 94, 73)
    assert set(event.participants.values_list("source", "status")) == {(Source.IMPORT, Status.APPROVED)}


def test_the_five_others_are_told_with_row_cell_and_reason():
    plan = try_out(uploaded(make_event()))
    found = {
        each.number: (each.name, each.problems) for each in plan.outcomes if each.state in {State.WRONG, State.DOUBLE}
    }
    long_name = "Foreningen til bevaring av Granfjord gamle dampskipskai, fyrhuset og det tilhørende kulturmiljøet"
    assert found == {
        17: (
            "Fjellgrend Bygdekvinnelag",
            [("E", "«age.gronnset(at)example.no» er ikke en gyldig e-postadresse.")],
        ),
        43: ("Vårflua IT-hjelp", [("C", "«999990162» er ikke et gyldig organisasjonsnummer.")]),
        44: ("Granfjord svømmehall", [("B", "«Vet ikke» er ikke en type som børsen kjenner.")]),
        48: (long_name, [("", f"«{long_name}» står også i rad 30.")]),
        59: ("", [("A", "Raden har ikke noe navn.")]),
    }


def test_each_value_comes_in_as_a_person_would_have_written_it():
    event = make_event()
    imported(event)
    skiers = event.participants.get(name="Skilaget Snøfonn")
    assert (skiers.sector, skiers.org_number, skiers.website, skiers.expected) == (
        Sector.VOLUNTARY,
        "999990037",
        "https://www.example.no/skilaget-snofonn",
        1,
    )
    assert list(skiers.contacts.values_list("name", "email", "phone")) == [
        ("Lars Nordvåg", "lars.nordvag@example.com", "+47 000 00 005")
    ]
    assert list(skiers.resources.values_list("kind", "title", "category__name")) == [
        ("need", "Aggregat og telt til Snøfonnrennet", "Utstyr og materiell"),
        ("offer", "Utlån av 20 par ski med staver", "Utstyr og materiell"),
        ("offer", "Skileikdag med tidtaking", "Annet"),
    ]
    printers = event.participants.get(name="Trykk & Skilt Granfjord")
    assert [each.title for each in printers.resources.filter(kind="offer")] == [
        "200 plakater i A3",
        "Tre rollups med deres logo",
    ]
    theatre = event.participants.get(name="Teaterlaget Kulissen")
    assert theatre.website == "https://www.example.no/teaterlaget-kulissen"
    assert event.participants.get(name="Solbakken barnehage").sector == Sector.PUBLIC
    # One person speaks for two, which makes neither a double.
    assert event.participants.filter(contacts__name="Torunn Fossheim-Lie").count() == 2


def test_the_same_file_once_more_changes_nothing():
    event = make_event()
    imported(event)
    before = list(event.participants.values())
    version = type(event).objects.get(pk=event.pk).feed_version
    plan = try_out(uploaded(event))
    assert (plan.to_do, rows_in(plan, State.SAME)) == (0, IMPORTED)
    imported(event)
    assert list(event.participants.values()) == before
    assert type(event).objects.get(pk=event.pk).feed_version == version


def test_with_other_answers_four_of_the_five_come_in_too():
    event = make_event()
    answers = {"email": "without", "org_number": "without", "sector:vet ikke": "public", "individual": "display"}
    imported(event, **answers)
    assert event.participants.count() == 60
    assert event.participants.get(name="Vårflua IT-hjelp").org_number == ""
    assert event.participants.get(name="Granfjord svømmehall").sector == Sector.PUBLIC
    assert event.participants.get(name="Fjellgrend Bygdekvinnelag").contacts.get().email == ""
    person = event.participants.get(sector=Sector.INDIVIDUAL)
    assert (person.name, person.contacts.get().name) == ("Frivillig (Åse)", "Åse Bjørnsdatter")
    assert try_out(uploaded_with(event, answers)).to_do == 0


def uploaded_with(event, answers):
    stored = uploaded(event)
    set_answers(stored, answers)
    return stored


def test_what_has_moved_since_the_dry_run_is_told_instead_of_done():
    event = make_event()
    stored = uploaded(event)
    shown = try_out(stored).digest
    event.participants.create(name="Kafé Kiwano", sector=Sector.BUSINESS)
    with pytest.raises(Moved) as moved:
        bring_in(stored=stored, digest=shown, now=timezone.now())
    assert rows_in(moved.value.plan, State.CHANGED) == [5]
    assert event.participants.count() == 1


def test_sent_twice_it_is_brought_in_once():
    event = make_event()
    stored = uploaded(event)
    digest = try_out(stored).digest
    first = bring_in(stored=stored, digest=digest, now=timezone.now())
    second = bring_in(stored=stored, digest=digest, now=timezone.now())
    assert first.result == second.result
    assert event.participants.count() == 57
