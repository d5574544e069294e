"""What the agreements were about, who found someone new, and what was left."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.masking import without_contact_details

from ..statistics import (
    CategoryFigure,
    ChallengeFigure,
    FirstMeetings,
    MunicipalityFigure,
    MunicipalityFigures,
    ResourceFigures,
)
from .bars import Bar, Drawn, Group, Look, Part, bars
from .picture import Picture, Table

# More municipalities than these stand in the table only: a list that everybody may write in can be long.
MOST_MUNICIPALITIES = 20


def categories(figures: Sequence[CategoryFigure], *, room: float) -> Picture:
    """A bar for each category, the largest first, those without agreements too."""
    largest_first = sorted(figures, key=lambda figure: -figure.count)
    groups = [Group(figure.name, (Bar((Part(figure.count),), str(figure.count)),)) for figure in largest_first]
    return _picture(
        bars(groups, room=room),
        room,
        title=_("Avtalene etter kategori"),
        description=_("En stolpe for hver kategori, den med flest avtaler først."),
        table=Table(
            (_("Kategori"), _("Avtaler")),
            tuple((figure.name, figure.count) for figure in largest_first),
        ),
    )


def challenges(figures: Sequence[ChallengeFigure], *, room: float) -> Picture:
    """For each challenge the agreements that answer it, the needs that were met, and what was offered."""
    groups = [
        Group(
            figure.name,
            (
                Bar((Part(figure.count),), str(figure.count), _("avtaler")),
                Bar(
                    (Part(figure.needs_met, Look.HATCHED), Part(figure.needs - figure.needs_met, Look.EMPTY)),
                    _("%(met)d av %(all)d dekket") % {"met": figure.needs_met, "all": figure.needs},
                    _("behov"),
                ),
                Bar((Part(figure.offers, Look.EMPTY),), str(figure.offers), _("tilbud")),
            ),
        )
        for figure in figures
    ]
    return _picture(
        bars(groups, room=room, above=True),
        room,
        title=_("Det børsen ville løse"),
        description=_(
            "Tre stolper for hver problemstilling: avtaler som svarer på den, behov for den og hvor mange av dem som "
            "er dekket, og tilbud til den."
        ),
        table=Table(
            (_("Problemstilling"), _("Avtaler"), _("Behov"), _("Dekket"), _("Tilbud")),
            tuple((one.name, one.count, one.needs, one.needs_met, one.offers) for one in figures),
        ),
    )


def first_meetings(figures: FirstMeetings, *, room: float) -> Picture:
    """One bar of the agreements across sectors: the parties' first, not their first, and those that have not said."""
    sorts = [
        (Look.SOLID, _("nye samarbeid"), figures.first),
        (Look.HATCHED, _("har samarbeidet før"), figures.answered - figures.first),
        (Look.EMPTY, _("har ikke svart"), figures.across - figures.answered),
    ]
    bar = Bar(tuple(Part(number, look) for look, _words, number in sorts), str(figures.across))
    return _picture(
        bars(
            [Group(_("Avtaler på tvers av sektorer"), (bar,))],
            room=room,
            meanings=[(look, f"{words}: {number}") for look, words, number in sorts],
        ),
        room,
        title=_("Nye samarbeid på tvers av sektorer"),
        description=_("Avtalene på tvers av sektorer, delt etter om partene har samarbeidet før."),
        table=Table(
            (_("Har partene samarbeidet før?"), _("Avtaler på tvers av sektorer")),
            (
                (_("Nei, dette er første gang"), figures.first),
                (_("Ja"), figures.answered - figures.first),
                (_("Har ikke svart"), figures.across - figures.answered),
                (_("Til sammen"), figures.across),
            ),
        ),
    )


def resources(figures: ResourceFigures, *, room: float) -> Picture:
    """Of the needs those that are met, of the offers those that an agreement gives from."""
    rows = [
        (_("Behov"), _("dekket"), figures.needs, figures.needs_met),
        (_("Tilbud"), _("brukt i en avtale"), figures.offers, figures.offers_used),
    ]
    groups = [
        Group(
            label,
            (
                Bar(
                    (Part(found), Part(number - found, Look.EMPTY)),
                    _("%(some)d av %(all)d") % {"some": found, "all": number},
                    word,
                ),
            ),
        )
        for label, word, number, found in rows
    ]
    return _picture(
        bars(groups, room=room),
        room,
        title=_("Behov som er dekket, og tilbud som er brukt"),
        description=_("En stolpe for behovene og en for tilbudene; den fylte delen er dekket eller brukt i en avtale."),
        table=Table(
            (_("Slag"), _("Meldt inn"), _("Dekket eller brukt"), _("Resten")),
            tuple((label, number, found, number - found) for label, _word, number, found in rows),
        ),
    )


def municipalities(figures: MunicipalityFigures, *, room: float) -> Picture:
    """For each municipality the agreements inside it and those together with others."""
    most = sorted(figures.rows, key=lambda row: -(row.inside + row.across))[:MOST_MUNICIPALITIES]
    groups = [
        Group(
            f"{_place(row)} ({ngettext('%d deltaker', '%d deltakere', row.participants) % row.participants})",
            (Bar((Part(row.inside), Part(row.across, Look.HATCHED)), str(row.inside + row.across)),),
        )
        for row in figures.rows
        if row in most
    ]
    meanings = [(Look.SOLID, _("innen kommunen")), (Look.HATCHED, _("sammen med andre kommuner"))]
    unknown = ((_("Ingen av partene har oppgitt kommune"), "", figures.unknown, 0),) if figures.unknown else ()
    return _picture(
        bars(groups, room=room, meanings=meanings),
        room,
        title=_("Avtalene etter kommune"),
        description=_(
            "En stolpe for hver kommune: avtaler der alle er fra kommunen, og avtaler sammen med andre kommuner, som "
            "står hos hver av dem."
        ),
        table=Table(
            (_("Kommune"), _("Deltakere"), _("Avtaler innen kommunen"), _("Avtaler sammen med andre")),
            (*((_place(row), row.participants, row.inside, row.across) for row in figures.rows), *unknown),
        ),
    )


def _place(row: MunicipalityFigure) -> str:
    """As somebody wrote it, who may have written more."""
    return without_contact_details(row.name)


def _picture(drawn: Drawn, room: float, *, title: str, description: str, table: Table) -> Picture:
    return Picture(title, description, room, drawn.height, tuple(drawn.shapes), table, drawn.breaks)
