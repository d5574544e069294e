"""`manage.py simulate SLUG`: brokers at work, in real time and through the web address (design.md §8)."""

import signal
import sys
import time
from argparse import ArgumentParser
from random import Random
from typing import Any

import httpx
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from borsen.enums import Phase
from borsen.management.plain import PlainCommand
from borsen.management.simulation.tablets import SentOut, Tablet, tablets
from borsen.management.simulation.talks import Talks, pauses
from borsen.models import Event


class Command(PlainCommand):
    help = "Lar simulerte børsmeglere registrere avtaler gjennom nettadressen. Stopp med Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="børsens adresse, for eksempel demo")
        parser.add_argument("--url", default="http://127.0.0.1:8000", help="der serveren er")
        parser.add_argument("--per-minute", type=float, default=6, help="avtaler i minuttet, i gjennomsnitt")
        parser.add_argument("--minutes", type=float, default=10, help="hvor lenge det varer")

    def handle(self, *_args: Any, slug: str, url: str, **options: Any) -> None:
        event = find_event(slug)
        url = url.rstrip("/")
        # A plain «kill» must send the tablets out too, as Ctrl-C does.
        before = signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(0))
        try:
            with tablets(event, url) as signed_in:
                see_that_it_is_open(signed_in[0], event)
                self.work(signed_in, Talks(event, Random()), options["per_minute"], options["minutes"])  # noqa: S311
        except KeyboardInterrupt:
            self.stdout.write("")
        except SentOut as error:
            text = _("Serveren på %s kjenner ikke nettbrettene. Er de logget ut, eller bruker den en annen database?")
            raise CommandError(text % url) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            text = _("Får ikke svar fra %s. Start serveren med «manage.py start», eller si hvor den er med --url.")
            raise CommandError(text % url) from error
        finally:
            signal.signal(signal.SIGTERM, before)
        self.stdout.write(_("De simulerte nettbrettene er logget ut."))

    def work(self, signed_in: list[Tablet], talks: Talks, per_minute: float, minutes: float) -> None:
        """Register until the time is up, now on one tablet and now on another."""
        if per_minute <= 0 or minutes <= 0:
            raise CommandError(_("--per-minute og --minutes må være større enn null."))
        end = time.monotonic() + minutes * 60
        for pause in pauses(per_minute, talks.random):
            if time.monotonic() + pause > end:
                return
            time.sleep(pause)
            form = talks.form()
            answer = talks.random.choice(signed_in).send(form)
            said = _("Avtale %d: ") % answer.number if answer.number else _("Ikke registrert: ")
            self.stdout.write(said + (answer.text or form["summary"] or form["parties-0-gives"]))
            self.stdout.flush()


def find_event(slug: str) -> Event:
    event = Event.objects.filter(slug=slug).first()
    if event is None:
        known = ", ".join(Event.objects.values_list("slug", flat=True)[:10]) or _("ingen")
        text = _("Det finnes ingen børs med adressen «%(slug)s». Disse finnes: %(known)s.")
        raise CommandError(text % {"slug": slug, "known": known})
    return event


def see_that_it_is_open(tablet: Tablet, event: Event) -> None:
    """Say so at once when no agreement can be registered now."""
    match tablet.look()["hour"]["phase"]:
        case Phase.BEFORE:
            raise CommandError(_("Børstimen i %s har ikke begynt. Slå åpningsgongen i kontrollrommet først.") % event)
        case Phase.OVER:
            text = _("Børstimen i %s er slutt. Åpne den igjen i kontrollrommet, eller kjør «manage.py demo».")
            raise CommandError(text % event)
