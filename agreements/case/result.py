"""Resultat: what came out of it, in sentences and tables."""

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..statistics import traded_for, traded_minutes
from .parts import Facts, Listing, Part, Table, clock


def result(facts: Facts) -> list[Part]:
    """What came out of it; before the opening gong, what the hosts have done before."""
    if not facts.is_held:
        return [_("Børsen er ikke holdt ennå."), *_earlier(facts)]
    figures, totals = facts.figures, facts.figures.totals
    if not totals.count:
        return [_("Det ble ikke inngått noen avtaler."), *_earlier(facts)]
    parts: list[Part] = [
        " ".join(filter(None, (_made(facts), _mutual(facts), _against_goal(facts)))),
        " ".join(filter(None, (_across(facts), _first_meetings(facts)))),
        _pairs(facts),
    ]
    parts += [_categories(facts), _coverage(facts)]
    answers = tuple(
        _("%(challenge)s: %(agreements)s") % {"challenge": each.name, "agreements": _agreements(each.count)}
        for each in figures.challenges
    )
    if answers:
        parts += [_("Så mange avtaler svarer på det børsen ville løse:"), Listing(answers)]
    return [*parts, *_municipalities(facts), *_earlier(facts)]


def _made(facts: Facts) -> str:
    how_long = traded_for(traded_minutes(facts.event))
    made = {"how_long": capfirst(how_long), "agreements": facts.figures.totals.in_full}
    return (
        _("%(how_long)s ble det inngått %(agreements)s.") if how_long else _("Det er inngått %(agreements)s.")
    ) % made


def _mutual(facts: Facts) -> str:
    totals = facts.figures.totals
    values = {"mutual": totals.mutual, "one_way": totals.one_way}
    return _("I %(mutual)d av dem gir minst to parter noe, i %(one_way)d gir én part.") % values


def _against_goal(facts: Facts) -> str:
    goal = facts.figures.goal
    if goal is None:
        return ""
    if goal.reached_at is None:
        return _("Det er %(percent)d prosent av målet på %(goal)d.") % {"percent": goal.percent, "goal": goal.goal}
    return _("Målet på %(goal)d ble nådd kl. %(reached)s.") % {"goal": goal.goal, "reached": clock(goal.reached_at)}


def _across(facts: Facts) -> str:
    across = facts.figures.sectors.across
    text = ngettext("%d avtale går på tvers av sektorer.", "%d avtaler går på tvers av sektorer.", across)
    return text % across


def _first_meetings(facts: Facts) -> str:
    first = facts.figures.first_meetings
    if not first.answered:
        return ""
    return _(
        "I %(answered)d av dem har partene svart på om de har samarbeidet før, og i %(first)d er det første gang."
    ) % {"answered": first.answered, "first": first.first}


def _pairs(facts: Facts) -> Table:
    found = [pair for pair in facts.figures.sectors.pairs() if pair.count]
    rows = [(pair.label, str(pair.count), str(pair.mutual), str(pair.one_way)) for pair in found]
    totals = facts.figures.totals
    rows.append((_("Til sammen"), str(totals.count), str(totals.mutual), str(totals.one_way)))
    head = (_("Sektorer"), _("Avtaler"), _("Gjensidige"), _("Enveis"))
    return Table(_("Avtaler etter hvilke sektorer partene kommer fra"), head, tuple(rows))


def _categories(facts: Facts) -> Table:
    found = sorted((each for each in facts.figures.categories if each.count), key=lambda each: -each.count)
    rows = [(each.name, str(each.count)) for each in found]
    rows.append((_("Til sammen"), str(facts.figures.totals.count)))
    return Table(_("Avtaler etter kategori"), (_("Kategori"), _("Avtaler")), tuple(rows))


def _coverage(facts: Facts) -> str:
    who, resources = facts.figures.participation, facts.figures.resources
    sentences = [
        ngettext(
            "%(some)d av %(all)d deltaker inngikk minst én avtale.",
            "%(some)d av %(all)d deltakere inngikk minst én avtale.",
            who.participants,
        )
        % {"some": who.with_agreement, "all": who.participants}
    ]
    if resources.needs:
        sentences.append(
            _("%(met)d av %(needs)d behov er dekket.") % {"met": resources.needs_met, "needs": resources.needs}
        )
    return " ".join(sentences)


def _municipalities(facts: Facts) -> list[Part]:
    found = facts.figures.municipalities
    if not found.is_worth_showing:
        return []
    rows = tuple((each.name, str(each.participants), str(each.inside), str(each.across)) for each in found.rows)
    head = (_("Kommune"), _("Deltakere"), _("Avtaler i kommunen"), _("Avtaler med andre kommuner"))
    across = ngettext("%d avtale går på tvers av kommuner.", "%d avtaler går på tvers av kommuner.", found.across)
    return [across % found.across, Table(_("Avtaler etter kommune"), head, rows)]


def _earlier(facts: Facts) -> list[Part]:
    if not facts.figures.earlier:
        return []
    rows = tuple(
        (f"{each.name}, {date_format(each.held_on, 'F Y')}", str(each.count), str(each.participants))
        for each in facts.figures.earlier
    )
    head = (_("Børs"), _("Avtaler"), _("Deltakere"))
    return [Table(_("Vertskapets tidligere børser"), head, rows)]


def _agreements(number: int) -> str:
    return ngettext("%d avtale", "%d avtaler", number) % number
