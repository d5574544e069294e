"""JSON out and in again gives an equal event."""

import json
from collections import Counter

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agreements.moving_file import taken
from borsen.enums import Role
from borsen.models import Event, User
from borsen.moving.reading import parse
from borsen.moving.receiving import receive
from borsen.moving.tables import PEOPLE, staying, tables
from borsen.moving.writing import as_file, snapshot
from tests.factories import make_agreement, make_event, make_participant, make_user

from .full_event import make_full_event

pytestmark = pytest.mark.django_db


def file_of(event):
    found, figures = taken(event, timezone.now())
    return as_file(found, key_figures=figures, now=timezone.now())


def read_in(content, by=None, slug=""):
    return receive(incoming=parse(content), by=by or make_user(may_create_events=True), slug=slug).event


def delete(event):
    for table in reversed(tables()):
        table.rows().filter(**{table.to_event: event.pk}).delete()
    assert not Event.objects.filter(pk=event.pk).exists()


def models_of_an_event():
    """Every model with a way to Event over its own foreign keys."""
    found, more = {Event}, True
    while more:
        new = {
            model
            for model in apps.get_models()
            for field in model._meta.concrete_fields
            if isinstance(field, ForeignKey) and field.related_model in found
        } - found
        found, more = found | new, bool(new)
    return found


def test_every_model_of_an_event_travels_or_is_named_with_the_reason_why_it_stays():
    taken_along, named = {table.model for table in tables()}, set(staying())
    assert models_of_an_event() == taken_along | named
    assert taken_along & named == set()
    assert all(staying().values())


def test_what_stays_points_at_nothing_that_travels_but_the_event():
    travelling = {table.model for table in tables()} - {Event}
    pointing = [
        f"{model.__name__}.{field.name}"
        for model in staying()
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model in travelling
    ]
    assert pointing == []


def test_a_file_of_everything_has_rows_in_every_table():
    content = snapshot(make_full_event()).content
    assert [name for name, rows in content.items() if not rows] == []


def test_written_deleted_read_in_and_written_again_gives_equal_files():
    event = make_full_event()
    organiser = event.memberships.get(role=Role.ORGANISER).user
    written = file_of(event)
    delete(event)
    again = file_of(read_in(written, organiser))
    before, after = (json.loads(content) for content in (written, again))
    del before["written_at"], after["written_at"]
    assert after == before


def test_a_copy_beside_other_events_equals_the_one_it_came_from_though_every_id_is_another():
    event = make_full_event()
    written = file_of(event)
    ids = Counter(event.agreements.values_list("pk", flat=True))
    delete(event)
    make_full_event("nabobygda")
    copy = read_in(written)
    assert snapshot(copy).content == json.loads(written)["tables"]
    assert ids & Counter(copy.agreements.values_list("pk", flat=True)) == Counter()


def test_a_file_gives_nobody_a_role_and_signs_nothing_as_somebody_who_has_an_account():
    event = make_full_event()
    written = file_of(event)
    accounts = set(User.objects.values_list("pk", flat=True))
    delete(event)
    reader = make_user()
    copy = read_in(written, reader)
    assert [(one.user, one.role) for one in copy.memberships.all()] == [(reader, Role.ORGANISER)]
    authors = {pk for pk in copy.agreements.values_list("broker", flat=True) if pk}
    assert authors & accounts == set()
    assert [(user.is_active, user.has_usable_password()) for user in User.objects.filter(pk__in=authors)] == [
        (False, False)
    ] * len(authors)
    assert b"md5$" not in written
    people = json.loads(written)["tables"][PEOPLE]
    assert (len(people) > 0, json.loads(file_of(copy))["tables"][PEOPLE]) == (True, people)


def test_another_events_rows_are_in_no_file():
    event = make_full_event()
    elsewhere = make_event("nabobygda", place="Nabosalen")
    elsewhere.participants.create(name="Nabobygda Vel", sector="voluntary")
    assert ("Nabobygda Vel" in file_of(event).decode(), "Nabobygda Vel" in file_of(elsewhere).decode()) == (False, True)


def queries_of(do):
    with CaptureQueriesContext(connection) as found:
        do()
    return len(found)


def test_the_number_of_queries_of_writing_and_reading_in_does_not_grow_with_the_rows():
    event = make_full_event()
    writing, reading = [], []
    for more in (0, 3):
        for number in range(more):
            make_agreement(event)
            make_participant(event, f"Ny {number}", proposal=event.participants.exclude(proposal=None).first().proposal)
        writing.append(queries_of(lambda: snapshot(event)))  # noqa: B023 — run at once
        written = file_of(event)
        delete(event)
        reader = make_user()
        reading.append(queries_of(lambda: read_in(written, reader)))  # noqa: B023
        event = Event.objects.get(slug="granfjord")
    assert (writing[1], reading[1]) == (writing[0], reading[0])
    assert (writing[0] < 30, reading[0] < 120) == (True, True)
