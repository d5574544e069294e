"""Words that the database and the interface share (design.md §2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Which way a resource goes."""

    OFFER = "offer", _("Tilbud")
    NEED = "need", _("Behov")


class Status(models.TextChoices):
    """Where a participant stands. What a stranger wrote is seen by staff only until it is approved."""

    REGISTERED = "registered", _("Ny")
    APPROVED = "approved", _("Godkjent")
    CANCELLED = "cancelled", _("Avmeldt")

    @property
    def plural(self) -> str:
        """What a list of them is called."""
        return str(PLURAL_STATUSES[self])


PLURAL_STATUSES = {
    Status.REGISTERED: _("Nye"),
    Status.APPROVED: _("Godkjente"),
    Status.CANCELLED: _("Avmeldte"),
}


class Only(models.TextChoices):
    """What a list of participants can be narrowed to. NOTHING_WRITTEN is neither offers nor needs, ever."""

    NOTHING_WRITTEN = "mangler", _("Mangler tilbud og behov")
    COME = "kommet", _("Har kommet")
    NOT_COME = "ikke-kommet", _("Har ikke kommet")
    NO_EMAIL = "uten-epost", _("Uten e-post")
    CHANGED = "endret", _("Har endret noe som venter")


class Source(models.TextChoices):
    """Who made the participant."""

    STAFF = "staff", _("arrangøren")
    ONLINE = "online", _("påmeldingen")
    IMPORT = "import", _("importert liste")
    WALK_IN = "walk_in", _("i døra eller hos megler")
    DEMO = "demo", _("demo")


DEFAULT_CATEGORIES = (
    _("Lokaler"),
    _("Utstyr og materiell"),
    _("Foredrag, kurs og undervisning"),
    _("Praktisk hjelp og dugnad"),
    _("Tid for andre"),
    _("Underholdning og opplevelser"),
    _("Arrangement og samarbeid"),
    _("Transport"),
    _("Annet"),
)
