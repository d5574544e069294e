"""`manage.py send_mail`: send what waits in the queue now, where no server runs that would."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from borsen.mail_worker import send_all_now


class Command(BaseCommand):
    help = "Sender e-posten som venter i køen, og sier hvor mange som gikk."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.HAS_MAIL:
            raise CommandError(
                "Det er ingen e-posttjener. Sett EMAIL_URL, for eksempel smtp+tls://bruker:passord@vert:587"
            )
        sent, failed = send_all_now()
        self.stdout.write(f"{sent} sendt. {failed} kunne ikke sendes nå.")
