"""The same figure wherever it stands: counted by SQL, and read back out of every file, page and screen."""

import json
import re
from html import unescape
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from agreements import statistics
from agreements.key_figures import key_figures
from borsen.enums import Role, Sector
from display import feed
from tests.agreements.reading import files, sql
from tests.agreements.reading.everything import make_everything
from tests.borsen.addresses import client_for
from tests.factories import make_member

pytestmark = pytest.mark.django_db
SEEDS = (1, 2, 3)
LABELS = {str(sector.label): sector.value for sector in Sector}


@pytest.fixture(params=SEEDS)
def event(request):
    return make_everything(request.param)


def got(event, name, role=Role.COORDINATOR, **kwargs):
    response = client_for(role and make_member(event, role)).get(reverse(name, kwargs={"slug": event.slug, **kwargs}))
    assert response.status_code == 200
    return response.content


def said(text):
    """The words that are seen, on one line."""
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", text, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def only(truth, *keys):
    return {key: truth[key] for key in keys}


def read_by(text, patterns):
    found = {key: re.search(pattern, text) for key, pattern in patterns.items()}
    return {key: int(match[1]) if match else None for key, match in found.items()}


# --- the checker itself


def test_the_event_has_everything_that_could_be_counted_wrongly(event):
    truth = sql.figures(event)
    rare = {key: number for key, number in truth.items() if not number}
    assert rare == {}
    agreements = event.agreements
    assert agreements.exclude(withdrawn_at=None).exists()
    assert agreements.filter(withdrawn_at=None, hidden_at__isnull=False).exists()
    assert agreements.filter(withdrawn_at=None).exclude(needs_review="").exists()
    assert max(agreements.filter(withdrawn_at=None).values_list("number", flat=True)) > truth["agreements"]


# --- the files


def key_values(rows):
    return {row["Nøkkel"]: row["Verdi"] for row in files.records(rows)}


def test_the_workbook_and_the_csv_files_tell_the_key_figures(event):
    truth = sql.figures(event)
    in_book = key_values(files.workbook(got(event, "report.xlsx"))["Nøkkeltall"])
    in_csv = key_values(files.table(got(event, "report.table", table="nokkeltall")))
    shared = [key for key in in_book if key in truth]
    assert len(shared) == 19
    assert {key: in_book[key] for key in shared} == only(truth, *shared)
    assert {key: int(in_csv[key]) for key in shared} == only(truth, *shared)
    assert set(in_book) - set(shared) == {"busiest_minute", "busiest_minute_at", "goal_reached_at"}


def test_who_counts_the_rows_of_the_workbook_gets_the_key_figures(event):
    sheets = {title: files.records(rows) for title, rows in files.workbook(got(event, "report.xlsx")).items()}
    agreements, resources = sheets["Avtaler"], sheets["Tilbud og behov"]

    def number(rows, **cells):
        wanted = {heading.replace("_", " "): cell for heading, cell in cells.items()}
        return sum(all(row[heading] == cell for heading, cell in wanted.items()) for row in rows)

    across = [row for row in agreements if row["På tvers av sektorer"] == "Ja"]
    people = [*sheets["Deltakere"], *sheets["Andre som møtte"]]
    counted = {
        "agreements": len(agreements),
        "intents": number(agreements, Type="Intensjonsavtale"),
        "mutual": number(agreements, Gjensidig="Ja"),
        "one_way": number(agreements, Gjensidig="Nei"),
        "across_sectors": len(across),
        "first_meetings": number(across, Samarbeid_før="Første gang"),
        "participants": len(sheets["Deltakere"]),
        "participants_with_agreement": len({row["ID på børsen"] for row in sheets["Parter"]}),
        "checked_in": sum(row["Sjekket inn"] is not None for row in people),
        "people_present": sum(row["Personer til stede"] for row in people),
        "offers": number(resources, Tilbud_eller_behov="Tilbud"),
        "offers_used": number(resources, Brukt_i_en_avtale="Ja"),
        "offers_open": number(resources, Fortsatt_ledig="Ja"),
        "needs_met": number(resources, Dekket="Ja"),
        "needs_unmet": number(resources, Dekket="Nei"),
    }
    truth = sql.figures(event)
    assert counted == only(truth, *counted)
    assert len(sheets["Trukket"]) + len(agreements) == event.agreements.count()
    for title in ("Kategorier", "Nye samarbeid", "Kommuner samlet", "Børstimen", "Minutt for minutt"):
        expected = truth["across_sectors" if title == "Nye samarbeid" else "agreements"]
        assert (title, sum(row["Antall avtaler"] for row in sheets[title])) == (title, expected)


def test_the_workbook_s_tables_are_what_sql_counts(event):
    sheets = files.workbook(got(event, "report.xlsx"))
    truth = sql.figures(event)
    assert dict(sheets["Kategorier"][1:]) == sql.categories(event)
    assert {row[0]: row[1] for row in sheets["Problemstillinger"][1:]} == sql.challenges(event)
    found = {
        frozenset({LABELS[one], LABELS[other]}): (mutual, one_way)
        for one, other, mutual, one_way, total in sheets["Sektorpar"][1:-1]
        if total
    }
    assert found == sql.pairs(event)
    assert sheets["Sektorpar"][-1][-1] == truth["several_sectors"]
    assert {LABELS[row[0]]: (row[2], row[3]) for row in sheets["Sektorer"][1:]} == sql.exchange(event)
    assert [row[1] for row in sheets["Kommuner samlet"][1:]] == [
        truth["inside_municipality"], truth["across_municipalities"], truth["no_municipality"],
    ]  # fmt: skip


def test_the_csv_of_the_report_is_the_agreements(event):
    rows = files.records(files.table(got(event, "report.csv")))
    truth = sql.figures(event)
    assert (len(rows), sum(row["Type"] == "Intensjonsavtale" for row in rows)) == (
        truth["agreements"], truth["intents"],
    )  # fmt: skip
    assert sum(row["Gjensidig"] == "Ja" for row in rows) == truth["mutual"]


def test_the_file_of_the_whole_event_tells_the_key_figures_and_holds_the_rows_that_give_them(event):
    whole = json.loads(got(event, "report.json"))
    truth = sql.figures(event)
    told = {row["key"]: row["value"] for row in whole["key_figures"]}
    shared = [key for key in told if key in truth]
    assert len(shared) == 19
    assert only(told, *shared) == only(truth, *shared)
    counted = [row for row in whole["tables"]["agreements"] if row["withdrawn_at"] is None]
    assert (len(counted), sum(row["kind"] == "intent" for row in counted)) == (truth["agreements"], truth["intents"])


# --- the pages and the screen

SENTENCE = {
    "agreements": r"(\d+) avtaler, av dem \d+ intensjonsavtaler",
    "intents": r"\d+ avtaler, av dem (\d+) intensjonsavtaler",
}


def patterns_of(event):
    """How each key figure stands where its definition stands: what it is called, the figure, and what counts in it."""
    rows = [row for row in key_figures(statistics.figures(event, timezone.now())) if isinstance(row.value, int)]
    parts = {row.key: (re.escape(row.label), re.escape(row.definition)) for row in rows}
    return {key: rf"{label} (\d+) {definition}" for key, (label, definition) in parts.items()}


@pytest.mark.parametrize("name", ["report.pdf", "report.internal.pdf"])
def test_the_pdf_tells_the_same(event, name):
    pages = PdfReader(BytesIO(got(event, name))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    truth = sql.figures(event)
    patterns = SENTENCE | patterns_of(event)
    shared = [key for key in patterns if key in truth]
    assert len(shared) == 19
    assert only(read_by(text, patterns), *shared) == only(truth, *shared)


@pytest.mark.parametrize("role", [Role.COORDINATOR, None])
def test_the_web_page_tells_the_same_to_the_coordinator_and_to_everybody(event, role):
    text = unescape(said(got(event, "report", role).decode()))
    truth = sql.figures(event)
    patterns = SENTENCE | patterns_of(event)
    shared = [key for key in patterns if key in truth]
    assert len(shared) == 19
    assert only(read_by(text, patterns), *shared) == only(truth, *shared)


def test_the_case_tells_the_same(event):
    text = said(got(event, "report.case").decode())
    patterns = SENTENCE | {
        "mutual": r"I (\d+) av dem gir minst to parter noe",
        "one_way": r"minst to parter noe, i (\d+) gir én part",
        "across_sectors": r"(\d+) avtaler? går på tvers av sektorer",
        "first_meetings": r"i (\d+) er det første gang",
        "first_meetings_answered": r"I (\d+) av dem har partene svart",
        "participants": r"(\d+) deltakere var med:",
        "participants_with_agreement": r"(\d+) av \d+ deltakere inngikk minst én avtale",
        "people_present": r"(\d+) personer var til stede",
        "offers": r"Det er meldt inn (\d+) tilbud",
        "needs": r"tilbud og (\d+) behov",
        "needs_met": r"(\d+) av \d+ behov er dekket",
        "across_municipalities": r"(\d+) avtaler? går på tvers av kommuner",
    }
    assert read_by(text, patterns) == only(sql.figures(event), *patterns)


def test_the_storskjerm_tells_the_same(event):
    truth = sql.figures(event)
    frame = feed.snapshot(event.pk)
    assert (frame.total, frame.participants, frame.goal) == (
        truth["agreements"], truth["participants"], truth["goal"],
    )  # fmt: skip
    assert {
        frozenset(map(str, kinds)): number for kinds, number in frame.sectors.by_sectors.items() if len(kinds) < 3
    } == {kinds: sum(numbers) for kinds, numbers in sql.pairs(event).items()}
    page = got(event, "screen", None).decode()
    assert {int(each) for each in re.findall(r"data-total>(\d+)<", page)} == {truth["agreements"]}


def test_the_front_page_and_the_overview_tell_the_same(event):
    truth = sql.figures(event)
    front = said(got(event, "event.overview", None).decode())
    patterns = {
        **SENTENCE,
        "participants": r"av (\d+) deltakere inngikk minst én avtale",
        "participants_with_agreement": r"(\d+) av \d+ deltakere inngikk minst én avtale",
        "needs_met": r"(\d+) behov på børsen ble dekket",
    }
    assert read_by(front, patterns) == only(truth, *patterns)
    overview = said(got(event, "event.overview", Role.ORGANISER).decode())
    tiles = {
        "agreements": r"(\d+) avtaler er registrert",
        "participants": r"(\d+) deltakere",
        "offers": r"(\d+) tilbud",
        "needs": r"(\d+) behov",
    }
    assert read_by(overview, tiles) == only(truth, *tiles)
