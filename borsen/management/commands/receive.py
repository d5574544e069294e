"""`manage.py receive FILE --user USER`: read in an event that was moved, or that comes back."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from borsen.management.plain import PlainCommand
from borsen.models import User
from borsen.moving.pages import members_told
from borsen.moving.reading import LARGEST_FILE, parse
from borsen.moving.receiving import receive
from borsen.moving.refusals import BadFile, BothChanged


class Command(PlainCommand):
    help = "Leser inn en børs fra filen som «move» eller siden «Flytt børsen» laget, eller tar den tilbake."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FIL", type=Path)
        parser.add_argument("--user", required=True, metavar="BRUKERNAVN", help="den som blir, eller er, arrangør")
        parser.add_argument("--slug", default="", metavar="SLUG", help="en annen adresse, når den i filen er opptatt")

    def handle(self, *_args: Any, file: Path, user: str, slug: str, **_options: Any) -> None:
        by = User.objects.filter(username=user, is_active=True).first()
        if by is None:
            raise CommandError(f"Det finnes ingen bruker som heter «{user}».")
        try:
            with file.open("rb") as source:
                content = source.read(LARGEST_FILE + 1)
            received = receive(incoming=parse(content), by=by, slug=slug)
        except OSError as error:
            raise CommandError(f"Filen {file} kan ikke leses: {error.strerror}.") from None
        except BothChanged as refused:
            lines = [f"{one.what} {one.field}: her «{one.here}», i filen «{one.there}»" for one in refused.differences]
            more = refused.count - len(refused.differences)
            raise CommandError("\n".join([str(refused), *lines, *([f"og {more} til"] if more else [])])) from None
        except BadFile as refused:
            raise CommandError(str(refused)) from None
        what = "er tilbake" if received.is_back else "er lest inn"
        self.stdout.write(f"Børsen {what}: /{received.event.slug}/\n")
        if received.members and not received.is_back:
            self.stdout.write("De var med der den kom fra, og må få roller her på nytt:\n")
            self.stdout.write("".join(f"- {one['name']}, {one['role']}\n" for one in members_told(received.members)))
