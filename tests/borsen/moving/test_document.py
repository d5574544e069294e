"""docs/borsfil.md and the code say the same."""

import json
import re
from pathlib import Path

import pytest
from django.db.models import JSONField

from agreements.moving_tables import CONTENT, PARTY
from borsen.moving import reading
from borsen.moving.tables import PEOPLE, tables
from borsen.moving.writing import VERSION
from participants.moving_tables import RESOURCE
from participants.proposals import SEEN
from tests.factories import make_event

from .test_equal import file_of

TEXT = (Path(__file__).parents[3] / "docs/borsfil.md").read_text(encoding="utf-8")


def rows_under(heading):
    section = TEXT.split(f"\n{heading}\n", 1)[1].split("\n#", 1)[0]
    return re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)


def test_the_document_has_the_same_tables_as_the_file():
    assert re.findall(r"^### (\w+)$", TEXT, re.MULTILINE) == [PEOPLE, *(table.name for table in tables())]


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_the_document_has_the_same_fields_as_the_file(table):
    assert rows_under(f"### {table.name}") == [field.name for field in table.fields()]


@pytest.mark.django_db
def test_the_document_has_the_same_names_at_the_top_as_the_file():
    assert rows_under("## Øverst") == list(json.loads(file_of(make_event())))
    assert (set(rows_under("## Øverst")), f"nå `{VERSION}`" in TEXT) == (reading.TOP, True)
    assert rows_under(f"### {PEOPLE}") == sorted(reading.PERSON - {"ref"}, reverse=True)


def test_the_document_names_everything_inside_the_values_that_hold_more():
    inside = TEXT.split("## Innholdet i historikken")[1]
    assert {name for name in {*CONTENT, *PARTY, *RESOURCE, *SEEN} if f"`{name}`" not in inside} == set()


def test_every_value_that_holds_ids_is_looked_up_and_every_other_one_is_plain():
    holding = {
        (table.name, field.name) for table in tables() for field in table.fields() if isinstance(field, JSONField)
    }
    looked_up = {(table.name, name) for table in tables() for name in table.ids}
    assert looked_up == holding | {("mails", "about")}
