"""Lists with one row for each offer and need: a participant stands in several of them, and nobody is asked why."""

import pytest
from django.http import QueryDict
from django.utils import timezone

from participants.importing.bringing_in import bring_in, try_out
from participants.importing.columns_page import ColumnsForm
from participants.importing.keeping import keep
from participants.importing.reading import read
from tests.factories import make_event, make_user

pytestmark = pytest.mark.django_db

LIST = (
    "Hvem;Type;Tilbud/behov;Hva;Kategori;Mer om det;E-post\n"
    "Kirken;lag;Tilbud;Kirkerom, med orgel;Lokaler;Plass til 200;eva@kirken.example\n"
    "Kirken;lag;Behov;Organist;;;eva@kirken.example\n"
    "Lions;lag;tilbyr;Lapskaus;;;jo@lions.example\n"
    "Kirken;lag;Trenger;Snømåking;;;\n"
    "Speiderne;lag;begge deler;Leir;;;\n"
)


@pytest.fixture
def event():
    return make_event()


def kept_list(event, text=LIST):
    return keep(event=event, user=make_user(), file_name="x", sheets=read(text.encode()), now=timezone.now())


def bring(event, text=LIST):
    stored = kept_list(event, text)
    plan = try_out(stored)
    bring_in(stored=stored, digest=plan.digest, now=timezone.now())
    return plan


def resources(event):
    rows = event.participants.order_by("pk", "resources__pk").values_list(
        "name", "resources__kind", "resources__title", "resources__category__name", "resources__details"
    )
    return list(rows)


def test_each_row_is_one_offer_or_need_of_its_participant(event):
    bring(event)
    assert resources(event) == [
        ("Kirken", "offer", "Kirkerom, med orgel", "Lokaler", "Plass til 200"),
        ("Kirken", "need", "Organist", "Annet", ""),
        ("Kirken", "need", "Snømåking", "Annet", ""),
        ("Lions", "offer", "Lapskaus", "Annet", ""),
        ("Speiderne", None, None, None, None),
    ]


def test_only_the_row_that_says_neither_is_asked_about(event):
    plan = bring(event)
    assert [(asked.heading, [row[:2] for row in asked.rows]) for asked in plan.questions] == [
        ("Verken tilbud eller behov", [(6, "C")])
    ]


def test_the_same_list_once_more_changes_nothing(event):
    bring(event)
    assert bring(event).to_do == 0


def test_columns_are_known_by_their_cells_whatever_stands_above_them(event):
    text = "Navn;Type;Slag;Beskrivelse\nLions;lag;Tilbud;Lapskaus\nLions;lag;Behov;Kokker\n"
    bring(event, text)
    assert [row[1:3] for row in resources(event)] == [("offer", "Lapskaus"), ("need", "Kokker")]


def test_a_column_of_offers_beside_one_of_needs_is_no_such_list(event):
    bring(event, "Navn;Type;Tilbud;Behov\nLions;lag;Lapskaus;Kokker\n")
    assert [row[1:3] for row in resources(event)] == [("offer", "Lapskaus"), ("need", "Kokker")]


def test_one_of_the_two_columns_is_not_enough(event):
    sent = QueryDict("column-0=name&column-1=sector&column-2=kind")
    form = ColumnsForm(kept_list(event), sent=sent, address={})
    assert (form.is_valid(), form.errors) == (
        False,
        ["Velg både kolonnen som sier om raden er tilbud eller behov, og kolonnen som sier hva det er."],
    )


def test_such_a_list_lacks_no_columns_of_offers_and_needs(event):
    form = ColumnsForm(kept_list(event), sent=None, address={})
    assert form.missing == ["Kontaktperson"]
