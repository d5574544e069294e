"""Bakgrunn and Saksopplysninger: what a frivilligbørs is, who holds this one, and who takes part."""

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from borsen.enums import Sector

from .parts import Facts, Listing, Part, by_sector, clock


def background(facts: Facts) -> list[Part]:
    """Why there is a børs, and what it was to solve."""
    parts: list[Part] = [
        _who_holds_it(facts),
        _(
            "En frivilligbørs er et møte der bedrifter, frivillige organisasjoner og offentlige virksomheter avtaler å "
            "hjelpe hverandre uten at penger skifter hender. Avtalene blir inngått i løpet av en avgrenset tid, "
            "børstimen."
        ),
    ]
    if facts.event.theme:
        parts.append(facts.was(_("Temaet er «%s»."), _("Temaet var «%s».")) % facts.event.theme)
    challenges = tuple(challenge.name for challenge in facts.figures.challenges)
    if challenges:
        parts += [
            facts.was(_("Børsen skal bidra til å løse:"), _("Børsen skulle bidra til å løse:")),
            Listing(challenges),
        ]
    return parts


def _who_holds_it(facts: Facts) -> str:
    day = date_format(localtime(facts.event.opened_at or facts.event.starts_at), "l j. F Y")
    values = {
        "name": facts.event.name,
        "hosts": get_text_list([host.name for host in facts.hosts], _("og")),
        "when": f"{day}, {facts.event.place}" if facts.event.place else day,
    }
    if facts.hosts:
        return facts.was(_("%(hosts)s holder «%(name)s» %(when)s."), _("%(hosts)s holdt «%(name)s» %(when)s.")) % values
    return facts.was(_("«%(name)s» blir holdt %(when)s."), _("«%(name)s» ble holdt %(when)s.")) % values


def information(facts: Facts) -> list[Part]:
    """The hour, the hosts, who is there, the goal; before the børs also the plan."""
    parts: list[Part] = [_the_hour(facts)]
    contributions = tuple(f"{host.name}: {host.contributes}" for host in facts.hosts if host.contributes)
    if contributions:
        are_several = len(facts.hosts) > 1
        says = _("Vertskapet er likestilt. Slik bidrar de:") if are_several else _("Vertskapet bidrar slik:")
        parts += [says, Listing(contributions)]
    parts.append(_who_takes_part(facts))
    if facts.event.goal:
        goal = ngettext("%d avtale", "%d avtaler", facts.event.goal) % facts.event.goal
        parts.append(facts.was(_("Målet er %s."), _("Målet var %s.")) % goal)
    return parts if facts.is_held else [*parts, *_plan(facts)]


def _the_hour(facts: Facts) -> str:
    event = facts.event
    hours = {
        "begins": clock(event.opened_at or event.starts_at),
        "ends": clock(event.closed_at or event.planned_end),
    }
    if event.closed_at:
        return _("Børstimen varte fra kl. %(begins)s til kl. %(ends)s.") % hours
    return (
        facts.was(
            _("Børstimen er planlagt fra kl. %(begins)s til kl. %(ends)s."),
            _("Børstimen begynte kl. %(begins)s og varer til kl. %(ends)s."),
        )
        % hours
    )


def _who_takes_part(facts: Facts) -> str:
    who, resources = facts.figures.participation, facts.figures.resources
    if not who.participants:
        return _("Ingen deltakere er påmeldt ennå.")
    number = ngettext("%d deltaker", "%d deltakere", who.participants) % who.participants
    values = {"number": number, "sectors": by_sector(who.by_sector)}
    took_part = facts.was(_("%(number)s er påmeldt: %(sectors)s."), _("%(number)s var med: %(sectors)s."))
    sentences = [took_part % values]
    if who.present:
        present = ngettext("%d person var til stede.", "%d personer var til stede.", who.present)
        sentences.append(present % who.present)
    if resources.offers or resources.needs:
        said = _("Det er meldt inn %(offers)d tilbud og %(needs)d behov.")
        sentences.append(said % {"offers": resources.offers, "needs": resources.needs})
    return " ".join(sentences)


def _plan(facts: Facts) -> list[Part]:
    wishes = {
        Sector.BUSINESS: facts.event.wish_business or 0,
        Sector.VOLUNTARY: facts.event.wish_voluntary or 0,
        Sector.PUBLIC: facts.event.wish_public or 0,
    }
    parts: list[Part] = []
    if any(wishes.values()):
        parts.append(_("Vertskapet ønsker å få med %s.") % by_sector(wishes))
    parts.append(
        _(
            "I børstimen hjelper børsmeglere partene med å skrive avtalene. Etterpå lager vertskapet en rapport og "
            "følger opp hva det ble av avtalene."
        )
    )
    return parts
