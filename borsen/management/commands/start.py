"""`manage.py start`: prepares everything that is missing, says where and how to sign in, and serves (design.md §8)."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from borsen import addresses, serving, starting
from borsen.forgetting import forget_the_old
from borsen.management.demo import DEMO_USERS, Stage, build_demo
from borsen.management.plain import PlainCommand
from borsen.models import Event, User
from participants.importing.keeping import forget_old_lists


class Command(PlainCommand):
    help = "Gjør alt klart og starter børsen. Stopp med Ctrl-C."
    requires_system_checks: list[str] = []  # they take a second, and the tests run them

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 for nettbrett på samme nett")
        parser.add_argument("--port", default="8000")
        parser.add_argument("--no-demo", action="store_true", help="lag ikke demobørsen i en ny database")

    def handle(self, *_args: Any, host: str, port: str, no_demo: bool, **_options: Any) -> None:
        if not port.isascii() or not port.isdigit() or not 1 <= int(port) <= 65535:
            raise starting.CannotStart(_("--port må være et tall fra 1 til 65535, ikke «%s».") % port)
        serving.check_port(host, int(port))
        starting.check_channel_layer()
        self.prepare()
        self.say_who(self.prepare_people(with_demo=not no_demo))
        for name in addresses.served_hosts(host):
            if name not in settings.ALLOWED_HOSTS:
                settings.ALLOWED_HOSTS.append(name)
        serving.serve(host, int(port), lambda: self.say_ready(host, int(port)))
        self.say(_("Børsen er stoppet."))

    def prepare(self) -> None:
        starting.prepare_data_folder()
        starting.prepare_secret_key()
        self.say(_("Data ligger i %s") % settings.DATA_DIR)
        if starting.prepare_database():
            self.say(_("Databasen er gjort klar."))
        forget_the_old(timezone.now())
        forget_old_lists(timezone.now())
        if starting.prepare_static_files():
            self.say(_("Sidenes filer er gjort klare."))

    def prepare_people(self, *, with_demo: bool) -> str:
        """Make the first organiser, and on a new database the demo børs; returns the password if one was made."""
        password = os.environ.get("BORSEN_DEMO_PASSWORD") or starting.made_up_password()
        with transaction.atomic():
            is_new = not Event.objects.exists() and starting.prepare_first_organiser(password)
            if is_new and with_demo:
                build_demo(stage=Stage.LIVE, seed=1, password=password)
        return password if is_new else ""

    def say_ready(self, host: str, port: int) -> None:
        here = addresses.local_address(host, port)
        self.say("\n" + _("Børsen er i gang."))
        self.say(_("  På denne maskinen:          %s/") % here)
        if host in addresses.EVERYWHERE:
            self.say_lan(port)
        if settings.HTTPS:
            self.say(_("  HTTPS er på: sidene svarer bare gjennom proxyen."))
        if settings.PUBLIC_URL:
            self.say(_("  Utenfra (PUBLIC_URL):       %s/") % settings.PUBLIC_URL)
        if Event.objects.filter(slug="demo").exists():
            self.say(_("  Demobørsens storskjerm:     %s/demo/storskjerm/") % here)
            self.say(_("  Meglerskjemaet i demoen:    %s/demo/megler/") % here)
        addresses.remember_served(host, port)
        self.say_changed_address(addresses.address_of_tablets(host, port))
        self.say("\n" + _("Stopp med Ctrl-C."))

    def say_lan(self, port: int) -> None:
        found = addresses.lan_addresses()
        for address in found:
            self.say(_("  Fra nettbrett på samme nett: %s/") % addresses.web_address(address, port))
        if not found:
            self.say(_("  Fant ingen adresse på lokalnettet. Er maskinen koblet til nettet?"))

    def say_who(self, password: str) -> None:
        known = User.objects.filter(Q(may_create_events=True) | Q(username__in=DEMO_USERS), is_active=True)
        names = list(known.order_by("pk").values_list("username", flat=True)[:5])
        self.say("\n" + _("Logg inn som: %s") % ", ".join(names))
        if password and not os.environ.get("BORSEN_DEMO_PASSWORD"):
            self.say(_("Passord: %s   (skriv det ned, det vises bare nå)") % password)
        elif password:
            self.say(_("Passord: det som står i BORSEN_DEMO_PASSWORD"))
        else:
            self.say(_("Passord: det samme som før. Glemt det? manage.py link %s") % names[0])

    def say_changed_address(self, address: str) -> None:
        before = addresses.remember_address(address)
        if before:
            self.say(
                "\n"
                + _(
                    "Merk: Adressen har endret seg siden sist, fra %(before)s til %(now)s.\n"
                    "Nettbrett som har avtaler de ikke fikk sendt, sender dem bare til den gamle adressen."
                )
                % {"before": before, "now": address}
            )

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
