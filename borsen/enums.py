"""Words that the database and the interface share (design.md §2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.TextChoices):
    """What kind of organisation a participant or host is; colours and symbols: static/css/tokens.css."""

    BUSINESS = "business", _("Bedrift")
    VOLUNTARY = "voluntary", _("Frivillig organisasjon")
    PUBLIC = "public", _("Offentlig virksomhet")
    INDIVIDUAL = "individual", _("Frivillig enkeltperson")

    @property
    def short(self) -> str:
        """The one word that stands where there is no room for two."""
        return str(SHORT_SECTORS[self])


SHORT_SECTORS = {
    Sector.BUSINESS: _("Bedrift"),
    Sector.VOLUNTARY: _("Frivillig"),
    Sector.PUBLIC: _("Offentlig"),
    Sector.INDIVIDUAL: _("Enkeltperson"),
}


class Role(models.TextChoices):
    """What a user may do at one event. ORGANISER may do all that the others may (borsen/access.py)."""

    ORGANISER = "organiser", _("arrangør")
    COORDINATOR = "coordinator", _("koordinator")
    BROKER = "broker", _("børsmegler")
    DOOR = "door", _("dørvert")
    STAGE = "stage", _("børsgeneral")


class Phase(models.TextChoices):
    """Where børstimen stands (borsen/clock.py)."""

    BEFORE = "before", _("før børstimen")
    OPEN = "open", _("børstimen er i gang")
    GRACE = "grace", _("foreløpig resultat")
    OVER = "over", _("børstimen er slutt")


class Scene(models.TextChoices):
    """What the storskjerm shows; AUTO follows the strokes of the gong (display/scenes.py)."""

    AUTO = "auto", _("Følger timen")
    TEST = "test", _("Prøvebilde")
    WELCOME = "welcome", _("Velkommen")
    TRADING = "trading", _("Børs")
    PAUSE = "pause", _("Pause")
    RESULT = "result", _("Resultat")


class Panel(models.TextChoices):
    """What stands beside the latest agreements on the storskjerm."""

    TRIANGLE = "triangle", _("Hvem som finner hverandre")
    CATEGORIES = "categories", _("Kategorier")
    GOAL = "goal", _("Målet")
    CHALLENGES = "challenges", _("Problemstillingene")
    TURNS = "turns", _("Etter tur")


class MailKind(models.TextChoices):
    """What an e-mail is for (borsen/mail_queue.py)."""

    RECEIPT = "receipt", _("kvittering for påmelding")
    LINK = "link", _("ny lenke til min side")
    REMINDER = "reminder", _("påminnelse om tilbud og behov")
    MESSAGE = "message", _("melding")
    INVITATION = "invitation", _("invitasjon til å være med på å arrangere")
    COPY = "copy", _("kopi av avtale")


class MailStatus(models.TextChoices):
    """Where an e-mail stands. HELD was queued where there was no mail server: somebody has to let it go."""

    WAITING = "waiting", _("venter")
    SENDING = "sending", _("sendes")
    SENT = "sent", _("sendt")
    FAILED = "failed", _("kunne ikke sendes")
    HELD = "held", _("holdt igjen uten e-posttjener")
