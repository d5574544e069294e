"""Which sectors found each other, and what each gave and received."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from borsen.enums import Sector

from ..statistics import SectorExchange, SectorFigures
from .bars import LEADING, NARROW, SIZE, TILE, TILE_GAP, Bar, Group, Look, Part, bars, tile
from .layout import matrix
from .picture import SHADES, Anchor, Paint, Picture, Rect, Shape, Symbol, Table, Text
from .words import lines, widest

CELL_HEIGHT, CELL_GAP, HEAD = 70.0, 4.0, 32.0
LARGE, SMALL = 18.0, 13.0
ARROW = 13.0


def sector_pairs(sectors: SectorFigures, *, room: float) -> Picture:
    """Half a square: each pair of sectors once, with how many are mutual and how many one-way."""
    names = [sector.short if room < NARROW else str(sector.label) for sector in Sector]
    first = TILE + TILE_GAP + widest(names, SIZE) + 12
    step = (room - first) / len(Sector)
    shapes: list[Shape] = []
    for place, sector in enumerate(Sector):
        x = first + place * step
        shapes += _head(sector, x, step, room)
    for row, line in enumerate(matrix(sectors, deepest=len(SHADES) - 1)):
        y = HEAD + row * CELL_HEIGHT
        middle = y + (CELL_HEIGHT - CELL_GAP) / 2
        shapes += tile(line.sector, 0, middle - TILE / 2)
        shapes.append(Text(TILE + TILE_GAP, middle + SIZE * 0.36, names[row], SIZE))
        for column, cell in enumerate(line.cells):
            x = first + column * step
            shapes.append(
                Rect(
                    x + 0.5,
                    y + 0.5,
                    step - CELL_GAP,
                    CELL_HEIGHT - CELL_GAP,
                    fill=SHADES[cell.shade],
                    stroke=Paint.INK,
                    radius=3,
                )
            )
            center = x + (step - CELL_GAP) / 2
            mutual = sectors.mutual_between(line.sector, cell.other)
            shapes += _cell(cell.figure, mutual, center, y, step)
    y = HEAD + len(Sector) * CELL_HEIGHT + 10
    for arrow, words in (("both-ways", _("gjensidige: flere parter gir")), ("one-way", _("enveis: én part gir"))):
        shapes += [Symbol(arrow, 0, y + 2, ARROW), Text(ARROW + 7, y + SIZE, words, SIZE)]
        y += LEADING
    for words, is_bold in _under(sectors):
        for line_of_it in lines(words, SIZE, room, most=4, is_bold=is_bold):
            shapes.append(Text(0, y + SIZE + 4, line_of_it, SIZE, is_bold=is_bold))
            y += LEADING
    return Picture(
        title=_("Avtalene mellom sektorene"),
        description=_(
            "En rute for hvert par av sektorer, med antall avtaler, hvor mange som er gjensidige, og hvor mange som er "
            "enveis. Ruten der en sektor møter seg selv, er avtalene inne i sektoren."
        ),
        width=room,
        height=y + 8,
        shapes=tuple(shapes),
        table=Table(
            (_("Sektorer"), _("Avtaler"), _("Gjensidige"), _("Enveis")),
            tuple(_rows(sectors)),
        ),
    )


def _head(sector: Sector, x: float, step: float, room: float) -> Iterator[Shape]:
    """Over a column: the tile, with its word where there is room for it."""
    if room < NARROW:
        yield from tile(sector, x + (step - CELL_GAP - TILE) / 2, 2)
        return
    wide = TILE + TILE_GAP + widest([sector.short], SIZE)
    left = x + (step - CELL_GAP - wide) / 2
    yield from tile(sector, left, 2)
    yield Text(left + TILE + TILE_GAP, 2 + TILE / 2 + SIZE * 0.36, sector.short, SIZE)


def _cell(figure: int, mutual: int, center: float, y: float, step: float) -> Iterator[Shape]:
    """The number, and under it the two sorts, each behind its arrow."""
    if not figure:
        yield Text(center, y + CELL_HEIGHT / 2 + 4, "0", SIZE, Anchor.MIDDLE, paint=Paint.SECOND)
        return
    sorts = (("both-ways", str(mutual)), ("one-way", str(figure - mutual)))
    wide = ARROW + 4 + widest([number for _arrow, number in sorts], SMALL)
    yield Text(center, y + 23, str(figure), LARGE, Anchor.MIDDLE, is_bold=True)
    for place, (arrow, number) in enumerate(sorts):
        # Beside each other where there is room, otherwise under each other.
        beside = step - CELL_GAP > 2 * wide + 24
        left = center - wide - 8 + place * (wide + 16) if beside else center - wide / 2
        top = y + 37 if beside else y + 29 + place * 17
        yield Symbol(arrow, left, top, ARROW)
        yield Text(left + ARROW + 4, top + 11, number, SMALL)


def _under(sectors: SectorFigures) -> Iterator[tuple[str, bool]]:
    if sectors.several:
        yield _several() + f": {sectors.several}", False
    total = ngettext("Til sammen %d avtale", "Til sammen %d avtaler", sectors.total) % sectors.total
    mutual = sum(sectors.mutual_by_sectors.values())
    yield (
        total
        + ": "
        + _("%(mutual)d gjensidige og %(one_way)d enveis")
        % {
            "mutual": mutual,
            "one_way": sectors.total - mutual,
        },
        True,
    )


def _several() -> str:
    return _("Parter fra tre eller flere sektorer")


def _rows(sectors: SectorFigures) -> Iterator[tuple[str | int, ...]]:
    kinds = list(Sector)
    for place, one in enumerate(kinds):
        for other in kinds[: place + 1]:
            words = _("%(one)s og %(other)s") % {"one": other.short, "other": one.short.lower()}
            mutual = sectors.mutual_between(other, one)
            yield words, sectors.between(other, one), mutual, sectors.one_way_between(other, one)
    if sectors.several:
        mutual = sectors.mutual_across_several
        yield _several(), sectors.several, mutual, sectors.several - mutual
    mutual = sum(sectors.mutual_by_sectors.values())
    yield _("Til sammen"), sectors.total, mutual, sectors.total - mutual


def given_and_received(exchange: Sequence[SectorExchange], *, room: float) -> Picture:
    """Two bars for each sector: in how many agreements it gives, and in how many it receives."""
    groups = [
        Group(
            str(one.sector.label),
            (
                Bar((Part(one.given),), str(one.given), _("gir")),
                Bar((Part(one.received, Look.HATCHED),), str(one.received), _("får")),
            ),
            one.sector,
        )
        for one in exchange
    ]
    drawn = bars(groups, room=room)
    return Picture(
        title=_("Hva sektorene ga og fikk"),
        description=_(
            "To stolper for hver sektor: avtaler der noen fra sektoren gir noe, og avtaler der noen fra sektoren får "
            "noe av en annen part. En gjensidig avtale står i begge."
        ),
        width=room,
        height=drawn.height,
        shapes=tuple(drawn.shapes),
        table=Table(
            (_("Sektor"), _("Avtaler der den gir"), _("Avtaler der den får")),
            tuple((str(one.sector.label), one.given, one.received) for one in exchange),
        ),
        breaks=drawn.breaks,
    )
