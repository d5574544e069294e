"""A report of any size, by hand: what a børs with so many agreements would say, the same each time."""

from collections import Counter
from dataclasses import replace
from itertools import cycle, islice
from random import Random

from agreements.report_data import (
    Attendee,
    Chapter,
    Edition,
    Entry,
    OpenChapter,
    OpenResource,
    Person,
    Report,
    Side,
)
from agreements.statistics import CategoryFigure, ParticipantFigures
from borsen.enums import Sector

from .a_report import a_report, figures

CATEGORIES = (
    "Kompetanse, foredrag og kurs",
    "Underholdning",
    "Utstyr",
    "Dugnad",
    "Tid for andre",
    "Transport",
    "Lokaler",
)
KINDS = ("Radioamatører", "kor", "Sparebank", "sykehjem", "speidergruppe", "Elektro AS", "bibliotek", "velforening")
PLACES = ("Granfjord", "Lysvik", "Ørland", "Čáhppesjohka", "Świętokrzyskie", "Nguyễn Đào", "Ås", "Œuvre")
TEXT = (
    "reparasjonskveld for gamle radioer hver måned med hyller benk og lamper til verkstedet konsert sang kaffe kake "
    "dugnad på stranda en kveld i mai to montører ordner lys på hytta"
)
WORDS = TEXT.split()


def a_large_report(number: int, *, edition: Edition = Edition.PUBLIC) -> Report:
    """So many agreements, a participant for each four of them, and half as many things still open."""
    random = Random(number)
    people = [f"{place} {kind} {turn}" for turn, place, kind in _names(max(number // 4, 3 if number else 0))]
    sectors = dict(zip(people, cycle((Sector.VOLUNTARY, Sector.BUSINESS, Sector.PUBLIC)), strict=False))

    def words(least: int, most: int) -> str:
        return " ".join(random.choices(WORDS, k=random.randint(least, most))).capitalize()

    contact = (Person("Kari Kontakt", "911 22 333", "kari@example.org"),) if edition is Edition.INTERNAL else ()
    gave, received = Counter[str](), Counter[str]()
    entries = []
    for place in range(number):
        one, other = random.sample(people, 2)
        back = words(4, 14) if place % 3 else ""
        gave.update([one, *([other] if back else [])])
        received.update([other, *([one] if back else [])])
        sides = (Side(one, sectors[one], words(4, 14), contact), Side(other, sectors[other], back, contact))
        entries.append(Entry(place + 1, words(3, 9), place % 9 == 0, sides))
    numbers = {who: tuple(entry.number for entry in entries if who in _names_in(entry)) for who in people}
    chapters = []
    for pk, name in enumerate(CATEGORIES, start=1):
        found = tuple(entries[pk - 1 :: len(CATEGORIES)])
        chapters.append(Chapter(CategoryFigure(pk, name, len(found)), found))
    attendees = tuple(
        Attendee(
            who, sectors[who], words(6, 18), (words(2, 6), words(2, 6)), (words(2, 6),),
            ParticipantFigures(len(numbers[who]), gave[who], received[who]),
            gave=numbers[who], received=numbers[who], contacts=contact,
        )
        for who in people
    )  # fmt: skip
    each = number // (4 * len(CATEGORIES))
    left = (
        [OpenResource(words(2, 6), who, sectors[who]) for who in islice(cycle(people or ["Ingen"]), each)]
        if each
        else []
    )
    made = a_report(attendees=attendees, entries=())
    return replace(
        made,
        edition=edition,
        figures=replace(figures(number), categories=[chapter.figure for chapter in chapters]),
        chapters=tuple(chapter for chapter in chapters if chapter.entries),
        left=tuple(OpenChapter(name, tuple(left), tuple(left)) for name in CATEGORIES) if left else (),
    )


def _names(number: int) -> list[tuple[int, str, str]]:
    return [(turn, PLACES[turn % len(PLACES)], KINDS[turn // 3 % len(KINDS)]) for turn in range(number)]


def _names_in(entry: Entry) -> set[str]:
    return {side.name for side in entry.sides}
