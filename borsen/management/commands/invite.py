"""`manage.py invite E-POST`: a link with which somebody may make børser here."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from borsen.invitations import LIFE, can_mail, invite, link_of


class Command(BaseCommand):
    help = "Inviterer en person til å lage børser: skriver ut en lenke, og sender den når det er en e-posttjener."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="E-POST")
        parser.add_argument("--name", default="", metavar="NAVN", help="navnet til den som inviteres")

    def handle(self, *_args: Any, email: str, name: str, **_options: Any) -> None:
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"«{email}» er ikke en e-postadresse.") from None
        invitation = invite(event=None, email=email, name=name[:120], by=None, now=timezone.now())
        sent = ", og sendes på e-post" if can_mail() else ""
        self.stdout.write(
            f"Lenke for {invitation}. Den virker én gang, i {LIFE.days} dager{sent}:\n{link_of(invitation)}\n"
        )
