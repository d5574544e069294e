"""`manage.py link USER`: a one-time sign-in link, for who has forgotten the password and has no mail."""

from difflib import get_close_matches
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from borsen.addresses import address_of_links
from borsen.models import User
from borsen.signing_in import LINK_LIFE, make_link_token


class Command(BaseCommand):
    help = "Skriver ut en lenke som logger en bruker inn én gang."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("user", metavar="BRUKERNAVN")
        parser.add_argument("--url", help="serverens adresse når PUBLIC_URL mangler, ellers der den sist gikk")

    def handle(self, *_args: Any, user: str, url: str | None, **_options: Any) -> None:
        person = User.objects.filter(username=user).first() or User.objects.filter(username__iexact=user).first()
        if person is None:
            raise CommandError(_unknown(user))
        if not person.is_active:
            raise CommandError(f"Brukeren «{user}» er stengt.")
        base = settings.PUBLIC_URL or (url or address_of_links()).rstrip("/")
        minutes = int(LINK_LIFE.total_seconds() // 60)
        self.stdout.write(f"Lenke for {person} ({person.username}). Den virker én gang, i {minutes} minutter:\n")
        self.stdout.write(f"{base}{reverse('login.link', args=[make_link_token(person)])}\n")


def _unknown(user: str) -> str:
    """Say it, and which names are like it."""
    # Sign-in names only; who runs this command owns the database.
    names = list(User.objects.order_by("username").values_list("username", flat=True))
    if not names:
        return "Det finnes ingen brukere ennå. Kjør «manage.py start» først."
    like = get_close_matches(user, names, n=3) or names[:5]
    return f"Det finnes ingen bruker som heter «{user}». Mente du: {', '.join(like)}?"
