"""The PDF as a document: contents and links that lead where they say, heads that come again, and two editions."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from agreements.pdf.render import render
from agreements.public_report import for_public
from agreements.report_data import (
    ChallengeLine,
    Edition,
    HostLine,
    Logo,
    OpenChapter,
    OpenResource,
    Person,
    Prize,
)
from agreements.statistics import (
    CategoryFigure,
    ChallengeFigure,
    EarlierEvent,
    FirstMeetings,
    GoalFigures,
    MunicipalityFigure,
    MunicipalityFigures,
)
from borsen.enums import Sector
from tests.agreements.a_large_report import a_large_report
from tests.agreements.a_report import START, a_report, an_entry, at, figures

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0000003010100"
    "18dd8db00000000049454e44ae426082"
)


def reader(report):
    return PdfReader(BytesIO(render(report)))


def pages_of(document):
    """The text of each page, with the line breaks of the layout taken out."""
    return [" ".join(page.extract_text().split()) for page in document.pages]


def text_of(report):
    return " ".join(pages_of(reader(report)))


def with_figures(**changes):
    return replace(figures(1), **changes)


def links_on(document, page):
    """The pages that the links on a page lead to, from the top down."""
    notes = [note.get_object() for note in document.pages[page].get("/Annots", [])]
    in_order = sorted(notes, key=lambda note: (-float(note["/Rect"][3]), float(note["/Rect"][0])))
    places = {page.indirect_reference.idnum: number for number, page in enumerate(document.pages)}
    found = []
    for note in in_order:
        target = note["/Dest"]
        target = document.named_destinations[target].dest_array if isinstance(target, str) else target
        found.append(places[target[0].idnum])
    return found


def test_each_line_of_the_contents_leads_to_the_page_that_it_says():
    document = reader(a_large_report(60))
    printed = [int(page) - 1 for page in re.findall(r"\n(\d+)(?=\n)", document.pages[1].extract_text())]
    assert links_on(document, 1) == printed
    assert len(printed) == 7 + 7


@pytest.mark.parametrize("number", [1, 9, 30])
def test_summary_is_one_page_with_as_many_categories_as_it_has_room_for(number):
    categories = [CategoryFigure(pk, f"Kategori {pk}", 40 - pk) for pk in range(1, number + 1)]
    pages = pages_of(reader(a_report(figures=with_figures(categories=categories))))
    summary = [page for page in pages if page.endswith(f"· Nøkkeltall 3 av {len(pages)}")]
    assert [("Til sammen 1 avtale" in page, "Kategori 1 39" in page) for page in summary] == [(True, True)]
    assert ("Avtalene etter kategori" in summary[0], "største kategoriene" in summary[0]) == (number < 30, number == 30)
    assert "· Nøkkeltall" not in pages[3]


def test_number_at_a_participant_leads_to_the_agreement():
    report = a_large_report(60)
    document = reader(report)
    pages = pages_of(document)
    attendee = report.attendees[0]
    first = next(number for number, page in enumerate(pages) if "Deltakerne" in page and "Gir i avtale" in page)
    leads_to = links_on(document, first)[: len(attendee.gave)]
    summaries = {entry.number: entry.summary for chapter in report.chapters for entry in chapter.entries}
    assert [summaries[number] in pages[page] for number, page in zip(attendee.gave, leads_to, strict=True)] == [
        True for _number in attendee.gave
    ]


def test_number_that_has_no_place_in_the_document_is_no_link_and_no_error():
    report = a_report()
    lost = replace(report.attendees[0], gave=(47, 99), received=(47,))
    assert "Gir i avtale 47, 99" in text_of(replace(report, attendees=(lost,)))


def test_table_repeats_its_head_on_every_page():
    rows = tuple(OpenResource(f"Øvingslokale {number}", "Ørland kor", Sector.VOLUNTARY) for number in range(200))
    pages = pages_of(reader(a_report(left=(OpenChapter("Lokaler", (), rows),))))
    with_rows = [page for page in pages if "Øvingslokale" in page]
    assert len(with_rows) > 3
    assert ["Tilbud som er ledige Hvem som tilbyr det" in page for page in with_rows] == [True for _page in with_rows]
    assert sum(page.count("Øvingslokale") for page in with_rows) == 200


@pytest.mark.parametrize("before", range(20, 32))
def test_heading_and_head_of_a_table_never_stand_without_a_row(before):
    def chapter(name, number):
        rows = tuple(OpenResource(f"{name} {row}", "Ørland kor", Sector.VOLUNTARY) for row in range(number))
        return OpenChapter(name, (), rows)

    pages = pages_of(reader(a_report(left=(chapter("Lokaler", before), chapter("Overnatting", 3)))))
    with_heading = [page for page in pages if "Overnatting Tilbud som er ledige" in page]
    assert ["Hvem som tilbyr det Overnatting 0" in page for page in with_heading] == [True]


def test_what_is_left_stands_by_category_with_who_and_invites():
    need = OpenResource("Bass til koret", "Ørland kor", Sector.VOLUNTARY)
    offer = OpenResource("Møterom", "Granfjord Sparebank", Sector.BUSINESS)
    text = text_of(a_report(left=(OpenChapter("Underholdning", (need,), (offer,)),)))
    assert "1 behov er ikke dekket, og 1 tilbud er fortsatt ledig." in text
    assert "Ta kontakt med Granfjord kommune." in text
    assert "Underholdning Behov som ikke er dekket Hvem som trenger det Bass til koret Ørland kor" in text
    assert "Tilbud som er ledige Hvem som tilbyr det Møterom Granfjord Sparebank" in text


def test_challenge_stands_with_what_came_of_it_and_its_agreements():
    figure = ChallengeFigure(1, "Eldre som er ensomme", 1, offers=3, needs=2, needs_met=1)
    report = a_report(
        figures=with_figures(challenges=[figure]), challenge_lines=(ChallengeLine(figure, (47,)),),
        challenges=(figure.name,),
    )  # fmt: skip
    assert (
        "Eldre som er ensomme 1 avtale svarer på dette. Deltakerne meldte inn 2 behov og 3 tilbud om det. "
        "Dekkede behov: 1. – Avtale 47: Radioverksted"
    ) in text_of(report)


def test_prizes_stand_with_their_winners():
    prizes = (
        Prize("Årets avtale", "Den er så fin", 47, "", None),
        Prize("Årets nykommer", "", None, "Ørland kor", Sector.VOLUNTARY),
    )
    text = text_of(a_report(prizes=prizes))
    assert "Prisene Årets avtale Avtale 47: Radioverksted Granfjord Radioamatører 0 og" in text
    assert "Begrunnelse: Den er så fin Årets nykommer Ørland kor" in text


def test_goal_earlier_events_first_meetings_and_municipalities_are_told_when_they_are_known():
    earlier = EarlierEvent("Frivilligbørs 2025", START.date(), 88, 4, 71, 0, is_public=True)
    found = with_figures(
        goal=GoalFigures(1, 1, at(51)),
        earlier=[earlier],
        first_meetings=FirstMeetings(112, 80, 33),
        municipalities=MunicipalityFigures(
            (MunicipalityFigure("Granfjord", 3, 1, 0), MunicipalityFigure("Lysvik", 2, 0, 0)), 1, 0, 0
        ),
    )
    text = text_of(a_report(figures=found))
    assert "Målet var 1 avtale. Det ble nådd kl. 18.51." in text
    assert "Frivilligbørs 2025, 5. mars 2026 88 4 71 –" in text
    assert "I 80 av dem har partene svart på om det er første gang de samarbeider. Det er det i 33." in text
    assert "1 avtaler er innenfor én kommune" in text
    plain = text_of(a_report())
    assert [word in plain for word in ("Målet var", "Frivilligbørs 2025", "kommune vet")] == [False] * 3


def test_every_figure_stands_with_its_definition():
    text = text_of(a_report())
    assert "Tall Verdi Hva som telles Antall avtaler 1 Avtaler som er registrert og ikke trukket." in text
    assert "Behov som ikke er dekket 1 Resten av behovene." in text


def test_hosts_logo_is_on_the_front_page_and_at_the_host():
    host = HostLine("Granfjord kommune", "Lokaler", Logo(PIXEL, 1, 1, "a"))
    document = reader(a_report(hosts=(host,)))
    assert [len(page.images) for page in document.pages if page.images] == [1, 1]
    assert "Granfjord kommune Bidrar med Lokaler" in pages_of(document)[3]


def test_logo_that_cannot_be_read_does_not_stop_the_report(caplog):
    host = HostLine("Granfjord kommune", "Lokaler", Logo(b"no picture", 1, 1, "a"))
    assert "Granfjord kommune Bidrar med Lokaler" in text_of(a_report(hosts=(host,)))
    assert {record.levelname for record in caplog.records} == {"WARNING"}


def internal():
    kari = Person("Kari Kontakt", "911 22 333", "kari@example.org")
    entry = an_entry()
    entry = replace(
        entry,
        sides=tuple(replace(side, contacts=(kari,)) for side in entry.sides),
        first_contact="Ås sykehjem",
        first_contact_by="12. mars 2026",
    )
    report = a_report(entries=(entry,), edition=Edition.INTERNAL)
    return replace(report, attendees=tuple(replace(one, contacts=(kari,)) for one in report.attendees))


def test_internal_edition_has_contacts_at_agreement_and_participant_and_says_what_it_is_on_each_page():
    pages = pages_of(reader(internal()))
    assert [page.count("Intern utgave") > 0 for page in pages] == [True for _page in pages]
    contact = "Kontakt Kari Kontakt, 911 22 333, kari@example.org"
    # Twice at the agreement and once at the participant, which stand on the same page here.
    assert [page.count(contact) for page in pages if contact in page] == [3]
    assert "Ås sykehjem tar første kontakt innen 12. mars 2026" in " ".join(pages)


def test_public_edition_of_the_same_has_none_of_it():
    text = text_of(for_public(internal()))
    assert [
        word for word in ("Kari", "911 22 333", "kari@example.org", "tar første kontakt", "Intern") if word in text
    ] == []
    assert "Offentlig utgave." in text


def test_public_edition_names_no_private_volunteer_in_what_is_left_and_in_prizes():
    leak = OpenResource("Kjøring, ring 911 22 333", "Frivillig (Åse)", Sector.INDIVIDUAL)
    prize = Prize("Årets ildsjel", "Åse kjører alle", None, "Frivillig (Åse)", Sector.INDIVIDUAL)
    whole = a_report(left=(OpenChapter("Transport", (), (leak,)),), prizes=(prize,))
    assert "Frivillig (Åse)" in text_of(whole)
    text = text_of(for_public(whole))
    assert [word for word in ("Åse", "911 22 333") if word in text] == []
    assert text.count("Frivillig enkeltperson") >= 2


def test_public_edition_names_an_earlier_event_only_when_its_report_is_open():
    earlier = [
        EarlierEvent(f"Børsen {year}", START.date(), 88, 4, 71, 0, is_public=is_public)
        for year, is_public in ((2025, True), (2024, False))
    ]
    public = for_public(a_report(figures=with_figures(earlier=earlier)))
    assert [one.name for one in public.figures.earlier] == ["Børsen 2025"]


@pytest.mark.parametrize("place", ["theme", "host", "challenge", "prize", "left", "contact"])
def test_five_thousand_characters_without_a_space_stop_nothing(place):
    long = "W" * 5000
    figure = ChallengeFigure(1, long, 0, 0, 0, 0)
    report = {
        "theme": lambda: a_report(theme=long),
        "host": lambda: a_report(hosts=(HostLine(long, long),)),
        "challenge": lambda: a_report(
            figures=with_figures(challenges=[figure]), challenge_lines=(ChallengeLine(figure, ()),)
        ),
        "prize": lambda: a_report(prizes=(Prize(long, long, None, long, Sector.VOLUNTARY),)),
        "left": lambda: a_report(left=(OpenChapter(long, (), (OpenResource(long, long, Sector.PUBLIC),)),)),
        "contact": lambda: replace(
            a_report(), attendees=(replace(a_report().attendees[0], contacts=(Person(long, long, long),)),)
        ),
    }[place]()
    assert text_of(report).count("W") >= 5000
