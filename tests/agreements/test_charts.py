"""The charts as shapes: the numbers of their tables, and that they can be read whatever the figures are."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import translation

from agreements.charts import PHONE, WIDE, pictures_of
from agreements.charts.bars import Bar, Group, Look, Part, bars
from agreements.charts.hour import through_the_hour
from agreements.charts.picture import SECTOR_PAINTS, SHADES, Anchor, Hatch, Paint, Rect, Symbol, Text
from agreements.charts.words import lines, width, written
from agreements.statistics import Bin, FirstMeetings, SectorFigures
from borsen.enums import Sector
from tests.agreements.a_report import at, figures
from tests.agreements.figures import AWKWARD, many_figures

ALL = [
    "gjennom-timen", "kategorier", "sektorer", "gitt-og-mottatt", "nye-samarbeid", "behov-og-tilbud",
    "problemstillinger", "kommuner", "sammenlignet",
]  # fmt: skip
ROOMS = [WIDE, PHONE]


@pytest.fixture(autouse=True)
def _bokmal():
    with translation.override("nb"):
        yield


def pictures(found, room=WIDE):
    return {named.name: named.picture for named in pictures_of(found, room=room)}


def edges(shape, picture):
    """The left and the right edge of a shape."""
    match shape:
        case Rect() | Hatch():
            return shape.x, shape.x + shape.width
        case Symbol():
            return shape.x, shape.x + shape.size
        case Text():
            wide = width(shape.text, shape.size, is_bold=shape.is_bold)
            left = shape.x - {Anchor.START: 0, Anchor.MIDDLE: wide / 2, Anchor.END: wide}[shape.anchor]
            return left, left + wide
    return min(shape.x1, shape.x2), max(shape.x1, shape.x2)


def depths(shape):
    """The upper and the lower edge of a shape; of letters, what stands over the base line and what hangs under it."""
    match shape:
        case Text():
            return shape.y - shape.size * 0.8, shape.y + shape.size * 0.22
        case Symbol():
            return shape.y, shape.y + shape.size
        case Rect() | Hatch():
            return shape.y, shape.y + shape.height
    return min(shape.y1, shape.y2), max(shape.y1, shape.y2)


EVENTS = {
    "none": figures(0),
    "one": figures(1),
    "many": many_figures(120),
    "very many of many kinds": many_figures(5000, categories=40),
    "no kind": replace(figures(0), categories=[], hour=[]),
}


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("event", EVENTS)
def test_nothing_of_a_picture_stands_outside_it(event, room):
    outside = []
    for name, picture in pictures(EVENTS[event], room).items():
        for shape in picture.shapes:
            (left, right), (top, bottom) = edges(shape, picture), depths(shape)
            if min(left, top) < -0.5 or right > picture.width + 0.5 or bottom > picture.height + 0.5:
                outside.append((name, shape))
    assert outside == []


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("event", EVENTS)
def test_no_text_of_a_picture_stands_on_another(event, room):
    clashes = []
    for name, picture in pictures(EVENTS[event], room).items():
        texts = [(*edges(text, picture), *depths(text), text.text) for text in picture.shapes if isinstance(text, Text)]
        for place, (left, right, top, bottom, words) in enumerate(texts):
            clashes += [
                (name, words, other)
                for l2, r2, t2, b2, other in texts[:place]
                if left < r2 - 0.5 and l2 < right - 0.5 and top < b2 - 0.5 and t2 < bottom - 0.5
            ]
    assert clashes == []


def test_pictures_are_those_that_the_figures_have_something_for():
    assert [named.name for named in pictures_of(many_figures())] == ALL
    assert [named.name for named in pictures_of(figures(0))] == [
        "gjennom-timen", "kategorier", "sektorer", "gitt-og-mottatt", "behov-og-tilbud",
    ]  # fmt: skip
    before = replace(figures(0), hour=[], categories=[])
    assert [named.name for named in pictures_of(before)] == ["sektorer", "gitt-og-mottatt", "behov-og-tilbud"]
    answered = replace(figures(3), first_meetings=FirstMeetings(across=3, answered=1, first=0))
    assert "nye-samarbeid" in [named.name for named in pictures_of(answered)]


def test_tables_hold_the_figures():
    found = many_figures(120)
    tables = {name: picture.table.rows for name, picture in pictures(found).items()}
    assert [number for _time, number in tables["gjennom-timen"]] == [part.count for part in found.hour]
    assert [number for _name, number in tables["kategorier"]] == [figure.count for figure in found.categories]
    assert tables["gitt-og-mottatt"] == tuple(
        (str(one.sector.label), one.given, one.received) for one in found.exchange
    )
    assert [row[1:] for row in tables["nye-samarbeid"]] == [(40,), (20,), (60,), (120,)]
    assert tables["behov-og-tilbud"] == (("Behov", 75, 52, 23), ("Tilbud", 90, 41, 49))
    assert [row[1:] for row in tables["problemstillinger"]] == [(13, 22, 9, 3)] * 5
    assert [row[1:] for row in tables["kommuner"]] == [(3, 30, 15)] * 8 + [("", 2, 0)]
    assert [row[1:] for row in tables["sammenlignet"]] == [
        (120, 0, 2, "–"), (100, "–", "–", "–"), (92, 8, 80, 120), (62, 7, 55, "–"),
    ]  # fmt: skip


def test_table_of_sectors_has_each_pair_once_and_adds_up_to_the_total():
    pair = frozenset({Sector.BUSINESS, Sector.PUBLIC})
    several = frozenset({Sector.BUSINESS, Sector.PUBLIC, Sector.VOLUNTARY})
    inside = frozenset({Sector.VOLUNTARY})
    found = replace(figures(0), sectors=SectorFigures({pair: 5, several: 2, inside: 3}, {pair: 4, several: 1}))
    rows = pictures(found)["sektorer"].table.rows
    assert [row for row in rows if row[1]] == [
        ("Frivillig og frivillig", 3, 0, 3),
        ("Bedrift og offentlig", 5, 4, 1),
        ("Parter fra tre eller flere sektorer", 2, 1, 1),
        ("Til sammen", 10, 5, 5),
    ]
    assert (len(rows), sum(row[1] for row in rows[:-1]), sum(row[2] for row in rows[:-1])) == (12, 10, 5)


def test_pictures_say_the_numbers_of_their_tables():
    for name, picture in pictures(many_figures(120)).items():
        said = {part for text in picture.texts for part in text.replace(":", " ").split()}
        cells = {str(cell) for row in picture.table.rows for cell in row[1:] if isinstance(cell, int) and cell}
        # Beside bars stand sums; their parts stand in the table.
        if name in {"gjennom-timen", "kategorier", "sektorer", "gitt-og-mottatt", "nye-samarbeid"}:
            assert cells - said == set()


def test_largest_category_comes_first_and_equals_keep_the_event_s_order():
    found = replace(figures(1), categories=[replace(figures(1).categories[0], name=name, count=count)
                                            for name, count in (("A", 1), ("B", 3), ("C", 1))])  # fmt: skip
    assert [row[0] for row in pictures(found)["kategorier"].table.rows] == ["B", "A", "C"]


# --- without colours


def test_parts_of_a_bar_differ_without_any_colour():
    drawn = bars([Group("x", (Bar((Part(4), Part(3, Look.HATCHED), Part(2, Look.EMPTY)), "9"),))], room=WIDE)
    rects = [shape for shape in drawn.shapes if isinstance(shape, Rect)]
    hatches = [shape for shape in drawn.shapes if isinstance(shape, Hatch)]
    assert [rect.fill for rect in rects] == [Paint.GREEN, Paint.PAPER, Paint.PAPER]
    assert [rect.stroke for rect in rects] == [None, Paint.GREEN, Paint.GREEN]
    assert [(hatch.x, hatch.width) for hatch in hatches] == [(rects[1].x, rects[1].width)]


def test_bars_are_as_long_as_their_numbers_are_large_and_few_are_never_nothing():
    drawn = bars([Group(str(number), (Bar((Part(number),), str(number)),)) for number in (5000, 2500, 1, 0)], room=WIDE)
    lengths = [shape.width for shape in drawn.shapes if isinstance(shape, Rect)]
    assert lengths[1] == pytest.approx(lengths[0] / 2)
    assert (len(lengths), lengths[2]) == (3, 2)


def test_hatch_keeps_inside_its_rectangle():
    hatch = Hatch(10, 20, 33, 15)
    strokes = list(hatch.strokes())
    assert len(strokes) == 9
    assert all(10 <= x <= 43 and 20 <= y <= 35 for x1, y1, x2, y2 in strokes for x, y in ((x1, y1), (x2, y2)))
    assert list(Hatch(0, 0, 0.5, 0.5).strokes()) == []


def luminance(color):
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one.value), luminance(other.value)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_words_and_bars_stand_out_from_what_is_behind_them():
    assert min(contrast(Paint.INK, shade) for shade in SHADES) > 7
    assert min(contrast(Paint.INK, paint) for paint in SECTOR_PAINTS.values()) > 4.5
    assert contrast(Paint.SECOND, Paint.PAPER) > 7
    assert contrast(Paint.GREEN, Paint.PAPER) > 7


def test_sector_is_told_by_symbol_and_word_too():
    for name in ("sektorer", "gitt-og-mottatt"):
        picture = pictures(figures(1))[name]
        symbols = {shape.name for shape in picture.shapes if isinstance(shape, Symbol)}
        assert {"shop", "heart", "temple", "person"} <= symbols
        assert {str(sector.label) for sector in Sector} <= set(picture.texts)


# --- the hour


def hour(counts, minutes=5, room=WIDE):
    bins = [Bin(at(minutes * place), at(minutes * (place + 1)), count) for place, count in enumerate(counts)]
    return through_the_hour(bins, room=room)


def test_each_column_has_its_number_and_the_edges_their_times():
    picture = hour([3, 0, 12])
    assert picture.texts == ["3", "0", "12", "18.00", "18.05", "18.10", "18.15"]
    assert picture.table.rows == (("18.00–18.05", 3), ("18.05–18.10", 0), ("18.10–18.15", 12))


def test_columns_too_narrow_for_numbers_have_a_scale_instead():
    picture = hour([1234] * 24, room=PHONE)
    assert [text for text in picture.texts if "." not in text] == ["500", "1000", "1500"]


def test_hour_without_agreements_says_so():
    assert "Ingen avtaler" in hour([0] * 12).texts


def test_hour_of_several_days_says_which_day():
    assert hour([1, 2, 3], minutes=1440).table.rows[1][0] == "6.3. 18.00–7.3. 18.00"
    assert timedelta(minutes=1440) == at(1440) - at(0)


# --- words


def test_long_words_are_broken_and_what_has_no_room_ends_with_an_ellipsis():
    assert lines("en to tre", 14, 1000, most=4) == ["en to tre"]
    found = lines("x" * 100, 14, 80, most=3)
    assert (len(found), found[-1][-1]) == (3, "…")
    assert max(width(line, 14) for line in found) <= 80
    assert "".join(lines("x" * 30, 14, 80, most=9)) == "x" * 30
    assert lines("", 14, 80, most=3) == []


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_is_broken_to_fit_and_nothing_is_lost(text):
    found = lines(text, 14, 120, most=99)
    assert max(width(line, 14) for line in found) <= 120
    assert "".join("".join(found).split()) == "".join(written(text).split())


def test_signs_that_cannot_be_seen_are_left_out():
    assert written("A\u200dB\u202e\x00C\ud800D\nE") == "AB C D E"


# --- where it is made


def test_drawing_for_the_page_keeps_the_pdf_s_library_out_of_the_server():
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'borsen.settings'; django.setup();"
        "import borsen.urls, agreements.charts.image, agreements.report_page;"
        "print(sorted(name for name in sys.modules if name.startswith('reportlab')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"
