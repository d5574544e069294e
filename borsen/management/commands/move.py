"""`manage.py move SLUG FILE --to TEXT`: lock an event here, and write the file that it moves as."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from agreements.moving_file import taken
from borsen.management.plain import PlainCommand
from borsen.models import Event
from borsen.moving.handing_out import hand_out
from borsen.moving.refusals import NotNow
from borsen.moving.writing import as_file


class Command(PlainCommand):
    help = "Låser en børs her og skriver den til en fil, som leses inn på en annen maskin med «receive»."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="børsens adresse")
        parser.add_argument("file", metavar="FIL", type=Path, help="filen som skrives; den må ikke finnes fra før")
        parser.add_argument("--to", default="", metavar="TEKST", help="hvor børsen flyttes; vises for alle her")

    def handle(self, *_args: Any, slug: str, file: Path, to: str, **_options: Any) -> None:
        event = Event.objects.filter(slug=slug).first()
        if event is None:
            raise CommandError(f"Det finnes ingen børs på adressen «{slug}».")
        if event.moved_to and to:
            raise CommandError(f"Børsen er alt flyttet til «{event.moved_to}». Utelat --to for å skrive filen på nytt.")
        if not event.moved_to and not to:
            raise CommandError("Skriv hvor børsen flyttes: --to «PC-en i salen».")
        try:
            # First the file: without room for it the event must not be locked. Only its owner may read it.
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
                target.write(self._content(event, to))
        except FileExistsError:
            raise CommandError(f"Filen {file} finnes alt. Velg et annet navn.") from None
        except OSError as error:
            raise CommandError(f"Filen {file} kan ikke skrives: {error.strerror}.") from None
        except NotNow as problem:
            file.unlink()
            raise CommandError(str(problem)) from None
        self.stdout.write(
            f"Børsen er låst her, og ligger i {file}. Les den inn med «manage.py receive» på den andre.\n"
        )

    def _content(self, event: Event, to: str) -> bytes:
        now = timezone.now()
        if not event.moved_to:
            event = hand_out(event=event, to=to, by=None, now=now)
        snapshot, figures = taken(event, now)
        return as_file(snapshot, key_figures=figures, now=now, handed_out=True)
