"""Ressursbruk: what the hosts have noted that they spent (borsen/spending.py)."""

from collections.abc import Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from borsen.models import Host

from .parts import Facts, Part, Table


def spending(facts: Facts) -> list[Part]:
    """Hours and kroner, host by host and together."""
    parts: list[Part] = [_("Avtalene er gjort uten penger mellom partene.")]
    noted = [host for host in facts.hosts if host.hours_spent is not None or host.kroner_spent is not None]
    if not noted:
        return [*parts, _("Vertskapets timer og utgifter er ikke notert.")]
    hours, kroner = _sum(noted, "hours_spent"), _sum(noted, "kroner_spent")
    used = [hours and _hours(hours), kroner and _kroner(kroner)]
    said = get_text_list([text for text in used if text], _("og"))
    if said:
        spent = facts.was(_("Vertskapet har til nå brukt %s."), _("Vertskapet har til sammen brukt %s."))
        parts.append(spent % said)
    rows = [(host.name, _noted(host.hours_spent), _noted(host.kroner_spent)) for host in noted]
    if len(noted) > 1:
        rows.append((_("Til sammen"), _noted(hours), _noted(kroner)))
    head = (_("Vert"), _("Timer"), _("Kroner"))
    return [*parts, Table(_("Vertskapets ressursbruk"), head, tuple(rows))]


def _sum(hosts: Sequence[Host], field: str) -> int | None:
    """The sum of what is noted, or None when nobody has noted anything."""
    found = [value for host in hosts if (value := getattr(host, field)) is not None]
    return sum(found) if found else None


def _spaced(number: int) -> str:
    """«12 500», with a space that no line breaks at."""
    return f"{number:,}".replace(",", "\u00a0")


def _noted(number: int | None) -> str:
    return "–" if number is None else _spaced(number)


def _hours(number: int) -> str:
    return ngettext("%s time", "%s timer", number) % _spaced(number)


def _kroner(number: int) -> str:
    return ngettext("%s krone", "%s kroner", number) % _spaced(number)
