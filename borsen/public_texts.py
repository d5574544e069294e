"""An address or a telephone in what the organiser writes for everybody: it may stand there on purpose, and so it is not
taken away but told of. In some of the texts it never belongs, and others than the organisers see «…» there."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from .masking import has_contact_details
from .models import Event

# A text's name on the page, and the text.
Named = tuple[str, str]


def remarks(event: Event) -> list[str]:
    """What the organiser ought to know of the event's own texts, in words. Two queries."""
    hosts = list(event.hosts.all())
    seen = [
        (_("Hva heter børsen?"), event.name),
        (_("Sted"), event.place),
        (_("Praktisk informasjon"), event.practical),
        (_("Hilsen på påmeldingssiden"), event.registration_text),
        *((_("Vertskap: navn"), host.name) for host in hosts),
    ]
    covered = [
        (_("Tema"), event.theme),
        (_("Program"), event.programme),
        (_("Takk etter børsen"), event.thanks),
        (_("Neste børs"), event.next_date),
        *((_("Vertskap: bidrar med"), host.contributes) for host in hosts),
        *((_("Problemstilling"), challenge.text) for challenge in event.challenges.all()),
    ]
    return [*seen_by_all(seen), *covered_for_others(covered)]


def seen_by_all(texts: Iterable[Named]) -> list[str]:
    """For each kind of text that shows an address or a telephone to everybody."""
    said = _("«%s» har en e-postadresse eller et telefonnummer. Dette blir synlig for alle.")
    return [said % name for name in _with_contacts(texts)]


def covered_for_others(texts: Iterable[Named]) -> list[str]:
    """For each kind of text in which others see «…» instead."""
    said = _(
        "«%s» har en e-postadresse eller et telefonnummer. Andre enn dere ser «…» der."
        " Skal alle se det, skriv det i «Hvem kan deltakerne spørre?»."
    )
    return [said % name for name in _with_contacts(texts)]


def _with_contacts(texts: Iterable[Named]) -> list[str]:
    """The names, each once."""
    return list(dict.fromkeys(name for name, text in texts if has_contact_details(text)))
