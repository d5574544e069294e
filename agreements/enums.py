"""Words that the database and the interface share (design.md §2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """An intention: «vi vil, men må avklare noe først»."""

    AGREEMENT = "agreement", _("Avtale")
    INTENT = "intent", _("Intensjonsavtale")


class FirstTime(models.TextChoices):
    """Whether the parties have worked together before."""

    YES = "yes", _("Første gang")
    NO = "no", _("Har samarbeidet før")
    UNKNOWN = "unknown", _("Vet ikke")


class Outcome(models.TextChoices):
    """What became of an agreement."""

    NOT_STARTED = "not_started", _("Ikke begynt")
    RUNNING = "running", _("I gang")
    DONE = "done", _("Gjennomført")
    IMPOSSIBLE = "impossible", _("Ble ikke noe av")


class What(models.TextChoices):
    """What a change did to an agreement."""

    REGISTERED = "registered", _("registrert")
    CORRECTED = "corrected", _("rettet")
    WITHDRAWN = "withdrawn", _("trukket")
    RESTORED = "restored", _("tatt tilbake")
    HIDDEN = "hidden", _("skjult fra skjermen")
    SHOWN = "shown", _("vist på skjermen igjen")
    REVIEWED = "reviewed", _("sett på")
    HELD_BACK = "held_back", _("lagt tilbake til «Må ses på»")
