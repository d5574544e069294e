"""`manage.py demo`: makes or remakes the demo børs (design.md §8)."""

import os
from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from borsen import starting
from borsen.management.demo import DEMO_USERS, Stage, build_demo
from borsen.management.plain import PlainCommand


class Command(PlainCommand):
    help = "Lager demobørsen i Granfjord, eller lager den på nytt."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--stage",
            choices=[str(stage) for stage in Stage],
            default=Stage.LIVE,
            help="registration: før dagen, live: midt i børstimen (slik er det uten --stage), over: etterpå",
        )
        parser.add_argument("--seed", type=int, default=1, help="samme tall gir samme tilfeldige valg")

    def handle(self, *_args: Any, stage: str, seed: int, **_options: Any) -> None:
        starting.prepare_data_folder()
        starting.prepare_database()
        given = os.environ.get("BORSEN_DEMO_PASSWORD", "")
        password = given or starting.made_up_password()
        event = build_demo(stage=Stage(stage), seed=seed, password=password)
        text = _("%(name)s er klar på adressen /%(slug)s/, med %(participants)d deltakere og %(agreements)d avtaler.")
        self.stdout.write(
            text
            % {
                "name": event.name,
                "slug": event.slug,
                "participants": event.participants.count(),
                "agreements": event.agreements.count(),
            }
        )
        self.stdout.write(_("Logg inn som: %s") % ", ".join(DEMO_USERS))
        shown = _("det som står i BORSEN_DEMO_PASSWORD") if given else password
        self.stdout.write(_("Passord: %s") % shown)
