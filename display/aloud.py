"""An agreement as sentences to read aloud.

What the parties typed can be anything («Kaker», «Vi vasker», «Sal onsdager kl. 18–20»), and is never rewritten: it is
quoted after a colon, where every text fits.
"""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from agreements.enums import Kind
from agreements.models import Agreement, Party
from participants.masking import without_contact_details

ENDS_A_SENTENCE = (".", "!", "?", "…")


def aloud(agreement: Agreement) -> list[SafeString]:
    """One sentence for each that gives, or one for them all when nothing was typed. Wants `with_parties`."""
    parties = list(agreement.parties.all())
    givers = [party for party in parties if party.gives.strip()]
    is_intent = agreement.kind == Kind.INTENT
    if not givers:
        sentences = [_nothing_typed(parties, agreement.summary)]
    elif len(givers) == 1 or len(parties) == 2:
        sentences = _between(givers, parties, is_intent=is_intent)
    else:
        sentences = _together(givers, parties, is_intent=is_intent)
    if is_intent:
        sentences.append(mark_safe(_("Det er en intensjonsavtale: De må avklare noe først.")))  # noqa: S308 - our own
    return sentences


def _between(givers: list[Party], parties: list[Party], *, is_intent: bool) -> list[SafeString]:
    """One gives to the others; where there are two, the other may give something back."""
    first, *back = givers
    others = [party for party in parties if party is not first]
    to = _("{giver} vil gi til {others}: {gift}") if is_intent else _("{giver} gir til {others}: {gift}")
    alone = _("{giver} vil gi: {gift}") if is_intent else _("{giver} gir: {gift}")
    again = _("{giver} vil gi tilbake: {gift}") if is_intent else _("{giver} gir tilbake: {gift}")
    words = to if others else alone
    return [
        format_html(words, giver=_name(first), others=_names(others), gift=_quoted(first.gives)),
        *(format_html(again, giver=_name(party), gift=_quoted(party.gives)) for party in back),
    ]


def _together(givers: list[Party], parties: list[Party], *, is_intent: bool) -> list[SafeString]:
    """Three or more, of whom several give: to whom was never typed, so it isn't said."""
    gives = _("{giver} vil gi: {gift}") if is_intent else _("{giver} gir: {gift}")
    receivers = [party for party in parties if party not in givers]
    sentences = [format_html(_("{names} er blitt enige."), names=_names(parties))]
    sentences += [format_html(gives, giver=_name(party), gift=_quoted(party.gives)) for party in givers]
    if receivers:
        sentences.append(format_html(_("{names} tar imot."), names=_names(receivers)))
    return sentences


def _nothing_typed(parties: list[Party], summary: str) -> SafeString:
    if summary.strip():
        return format_html(_("{names} er blitt enige: {what}"), names=_names(parties), what=_quoted(summary))
    return format_html(_("{names} er blitt enige."), names=_names(parties))


def _name(party: Party) -> SafeString:
    return format_html('<b dir="auto">{}</b>', without_contact_details(party.participant.name))


def _names(parties: Sequence[Party]) -> SafeString:
    """«A», «A og B», «A, B og C»."""
    names = [_name(party) for party in parties]
    if len(names) < 2:
        return names[0] if names else SafeString()
    listed = format_html_join(", ", "{}", ((name,) for name in names[:-1]))
    return format_html(_("{names} og {last}"), names=listed, last=names[-1])


def _quoted(typed: str) -> SafeString:
    """As it was typed, in quotation marks, and with the full stop of the sentence unless it brings its own."""
    text = without_contact_details(typed.strip())
    stop = "" if text.endswith(ENDS_A_SENTENCE) else "."
    return format_html('«<span dir="auto">{}</span>»{}', text, stop)
