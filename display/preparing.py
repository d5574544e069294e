"""«Før gongen»: what has to be in place before børstimen, each step true because the data say so."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import ceil

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements import statistics
from borsen.enums import Role
from borsen.models import Event
from participants.enums import Source, Status

from . import links
from .nettest import in_short, results
from .signs import screens

PARTICIPANTS_PER_BROKER = 15  # a broker has one to two minutes per agreement (design.md §1)


@dataclass(frozen=True)
class Facts:
    """What the overview tells of an event; the figures are those of agreements/statistics/."""

    participation: statistics.Participation
    resources: statistics.ResourceFigures
    agreements: int
    brokers: int
    tablets: int
    with_card: int
    waiting: int
    signed_up: int
    signed_up_today: int
    screens: int
    net_tests: str

    @property
    def brokers_needed(self) -> int:
        return max(1, ceil(self.participation.participants / PARTICIPANTS_PER_BROKER))


@dataclass(frozen=True)
class Step:
    """One line of the list. `next` marks the first one that is not done and that the hour can't do without; `other` is
    a second way to get there, as address and words."""

    done: bool
    title: str
    details: str
    url: str
    action: str
    next: bool = False
    is_optional: bool = False
    other: tuple[str, str] | None = None


def facts(event: Event) -> Facts:
    """Everything that the overview shows, in a number of queries that does not grow with the event."""
    # People with the role, and people whose tablet has it.
    members = dict(event.memberships.filter(role=Role.BROKER).values_list("user", "card"))
    sign_ups = _sign_ups(event)
    tablets = list(event.devices.filter(role=Role.BROKER, revoked_at=None).values_list("user", flat=True))
    return Facts(
        participation=statistics.participation(event),
        resources=statistics.resources(event),
        agreements=statistics.count(event),
        brokers=len({*members, *tablets}),
        tablets=len(tablets),
        with_card=sum(card is not None for card in members.values()),
        **sign_ups,
        screens=len(screens(event, timezone.now())),
        net_tests=in_short(tests) if (tests := results(event)) else "",
    )


def _sign_ups(event: Event) -> dict[str, int]:
    """Who waits for approval; who has registered by themselves and not cancelled, and who of them did it today."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    themselves = Q(source=Source.ONLINE) & ~Q(status=Status.CANCELLED)
    found: dict[str, int] = event.participants.aggregate(
        waiting=Count("pk", filter=Q(status=Status.REGISTERED)),
        signed_up=Count("pk", filter=themselves),
        signed_up_today=Count("pk", filter=themselves & Q(created_at__gte=today)),
    )
    return found


def steps(event: Event, known: Facts) -> list[Step]:
    """The list in the order in which the work is done; exactly one step is next, unless all are done."""
    found: list[Step] = []
    for step in _steps(event, known):
        is_next = not (step.done or step.is_optional) and not any(earlier.next for earlier in found)
        found.append(replace(step, next=is_next))
    return found


def _steps(event: Event, known: Facts) -> Iterator[Step]:
    yield _set_up(event)
    yield _registration(event, known)
    yield _participants(event, known)
    yield _enough_brokers(event, known)
    if known.with_card:
        yield _tablets(event, known)
    yield _network(event, known)
    yield Step(
        done=known.screens > 0,
        title=_("Prøv storskjermen i salen"),
        details=_("En skjerm er koblet til nå.") if known.screens else _("Åpne den på maskinen som står der."),
        url=reverse("screen", args=[event.slug]),
        action=_("Åpne"),
    )
    yield Step(
        done=event.opened_at is not None,
        title=_("Slå gongen"),
        details=_("Det gjør du i kontrollrommet når alle er klare."),
        url=reverse("control", args=[event.slug]),
        action=_("Åpne kontrollrommet"),
    )


def _set_up(event: Event) -> Step:
    missing = [word for word, there in ((_("sted"), event.place), (_("vertskap"), event.hosts.exists())) if not there]
    if missing:
        details = _("Mangler %s.") % _(" og ").join(missing)
    elif event.goal:
        details = (
            ngettext("Sted, tid, vertskap og mål på %d avtale", "Sted, tid, vertskap og mål på %d avtaler", event.goal)
            % event.goal
        )
    else:
        details = _("Sted, tid og vertskap")
    url = reverse("event.settings", args=[event.slug])
    title = _("Sett opp børsen") if missing else _("Børsen er satt opp")
    return Step(not missing, title, details, url, _("Fyll ut") if missing else _("Endre"))


def _registration(event: Event, known: Facts) -> Step:
    """Who has a list from elsewhere can do without."""
    settings_url = links.registration_settings(event)
    number, today = known.signed_up, known.signed_up_today
    details = _("%(number)d har meldt seg på, %(today)d i dag.") % {"number": number, "today": today}
    if event.registration_open:
        if not number:
            details = _("Ingen har meldt seg på ennå.")
        return Step(True, _("Påmeldingen er åpen"), details, links.registration(event), _("Se siden"))
    if number:
        return Step(True, _("Påmeldingen er lukket"), details, settings_url, _("Endre"))
    details = _("Da kan alle som har adressen, melde på seg selv.")
    has_list = known.participation.participants >= 2
    return Step(False, _("Åpne påmeldingen"), details, settings_url, _("Åpne"), is_optional=has_list)


def _participants(event: Event, known: Facts) -> Step:
    number = known.participation.participants
    list_url = reverse("participant.list", args=[event.slug])
    if known.waiting:
        details = ngettext("%d ny venter på godkjenning.", "%d nye venter på godkjenning.", known.waiting)
        url = f"{list_url}?status={Status.REGISTERED}"
        return Step(False, _("Godkjenn nye deltakere"), details % known.waiting, url, _("Se dem"))
    list_from_elsewhere = (reverse("participant.import", args=[event.slug]), _("Importer liste"))
    if number < 2 and event.registration_open:
        details = _(
            "Tekster å kopiere til hver sektor, og en plakat å henge opp. Har du alt en liste, kan du importere den."
        )
        url = reverse("invitation_kit", args=[event.slug])
        return Step(False, _("Inviter deltakerne"), details, url, _("Se invitasjonene"), other=list_from_elsewhere)
    if number < 2:
        details = _("Fra et regneark, eller én og én. Det må være minst to for å lage en avtale.")
        one = (reverse("participant.create", args=[event.slug]), _("Legg til én"))
        return Step(False, _("Registrer deltakerne"), details, *list_from_elsewhere, other=one)
    details = ngettext("%d deltaker", "%d deltakere", number) % number
    return Step(True, _("Deltakerne er registrert"), details, list_url, _("Se listen"))


def _enough_brokers(event: Event, known: Facts) -> Step:
    needed, short = known.brokers_needed, known.brokers_needed - known.brokers
    url = reverse("event.people", args=[event.slug])
    if short <= 0:
        details = ngettext("%d megler er klar.", "%d meglere er klare.", known.brokers) % known.brokers
        return Step(True, _("Det er nok meglere"), details, url, _("Se hvem"))
    title = ngettext("Skaff %d megler til", "Skaff %d meglere til", short) % short
    if known.brokers == 0:
        title = ngettext("Skaff %d megler", "Skaff %d meglere", short) % short
    ready = ngettext("%d er klar.", "%d er klare.", known.brokers) % known.brokers
    words = {"participants": known.participation.participants, "needed": needed, "ready": ready}
    details = _("%(participants)d deltakere trenger %(needed)d meglere. %(ready)s") % words
    if needed == 1:
        details = _("Én megler per 15 deltakere. Ingen er klare.")
    return Step(False, title, details, url, _("Legg til megler"))


def _network(event: Event, known: Facts) -> Step:
    """Best done the day before, with the devices that are to be used."""
    url = reverse("nettest", args=[event.slug])
    if not known.net_tests:
        details = _("Gjerne dagen før, med hver enhet som skal brukes.")
        return Step(False, _("Prøv nettet i salen"), details, url, _("Prøv"), is_optional=True)
    return Step(True, _("Nettet i salen er prøvd"), known.net_tests, url, _("Se enhetene"))


def _tablets(event: Event, known: Facts) -> Step:
    """Only where brokers have cards; with passwords they come in by themselves."""
    url = reverse("device.list", args=[event.slug])
    if known.tablets:
        details = ngettext("%d enhet er inne.", "%d enheter er inne.", known.tablets) % known.tablets
        return Step(True, _("Meglerne har logget inn"), details, url, _("Se enhetene"))
    details = _("Meglerne skanner kortene sine mens du holder døra åpen.")
    return Step(False, _("Slipp inn nettbrettene"), details, url, _("Slipp inn"))
