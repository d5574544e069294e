"""The invitation kit: what to write to whom, with what the børs already knows of itself."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from borsen.countdown import when
from borsen.enums import Sector
from borsen.models import Event

from . import links

CHARACTERS_A_LINE = 70


@dataclass(frozen=True)
class Text:
    """A text to copy. `anchor` is its place on the page; `sector` is who it is to, or None for everybody."""

    anchor: str
    title: str
    text: str
    sector: Sector | None = None

    @property
    def rows(self) -> int:
        """How tall its field is, so that the whole text can be read."""
        return sum(1 + len(line) // CHARACTERS_A_LINE for line in self.text.split("\n")) + 1


def link_of(event: Event) -> str:
    """Where an invitation leads: to the registration, else to the front page; nothing when nobody could open it."""
    if event.registration_open:
        return links.from_outside(links.registration(event))
    return links.from_outside(event.get_absolute_url()) if event.has_front_page else ""


def why_no_link(event: Event) -> str:
    """In words to the organiser; nothing when there is a link to the registration."""
    if not settings.PUBLIC_URL:
        return _(
            "Serveren har ingen adresse som virker utenfor dette rommet, så tekstene har ingen lenke og plakaten ingen "
            "QR-kode. Den som driver serveren, setter adressen med PUBLIC_URL."
        )
    if event.registration_open:
        return ""
    if event.has_front_page:
        return _("Påmeldingen er ikke åpen. Lenken i tekstene og QR-koden på plakaten går til forsiden.")
    return _("Verken påmeldingen eller forsiden er åpen, så tekstene har ingen lenke og plakaten ingen QR-kode.")


def texts(event: Event, now: datetime) -> list[Text]:
    """One for each sector, one for social media and one for the local newspaper. Two queries."""
    words = _Words(event, now)
    return [
        Text("bedrift", _("Til bedrifter"), words.to_businesses(), Sector.BUSINESS),
        Text("frivillig", _("Til frivillige organisasjoner"), words.to_voluntary(), Sector.VOLUNTARY),
        Text("offentlig", _("Til offentlige virksomheter"), words.to_public(), Sector.PUBLIC),
        Text("enkeltperson", _("Til enkeltpersoner"), words.to_individuals(), Sector.INDIVIDUAL),
        Text("sosiale-medier", _("Kort, til sosiale medier"), words.to_social_media()),
        Text("lokalavis", _("Til lokalavisa"), words.to_newspaper()),
    ]


class _Words:
    """The parts that the texts are made of. An empty part is left out with the paragraph around it."""

    def __init__(self, event: Event, now: datetime) -> None:
        self.event = event
        self.when = when(event, now)
        self.hosts = [host.name for host in event.hosts.all()]
        self.challenges = [challenge.text for challenge in event.challenges.all()]
        self.link = link_of(event)

    def to_businesses(self) -> str:
        return self._letter(
            _("Hei!\nVil dere være med på %s?") % self.event.name,
            _(
                "Vi ber ikke om sponsing. Kanskje har dere et møterom som står tomt om kvelden, en varebil i helga, "
                "en regnskapsfører med to timer til overs eller noen som kan lære bort noe. Til gjengjeld kan dere få "
                "sang til sommerfesten, folk til en ryddedag, eller naboer dere ikke visste at dere hadde."
            ),
        )

    def to_voluntary(self) -> str:
        return self._letter(
            _("Hei!\nVil dere være med på %s?") % self.event.name,
            _(
                "Dere har folk, kunnskap og engasjement som andre trenger. Og kanskje trenger dere et sted å øve, en "
                "tilhenger, hjelp med regnskapet, flere hender eller noen å finne på noe sammen med. Kom og spør, og "
                "si hva dere kan gi."
            ),
        )

    def to_public(self) -> str:
        return self._letter(
            _("Hei!\nVil dere være med på %s?") % self.event.name,
            _(
                "Skoler, sykehjem, barnehager, bibliotek og andre har rom, fagfolk og god greie på hvor det trengs. Og "
                "kanskje trenger dere musikk på avdelingen, turvenner, lekselesere eller en bedrift å besøke. Ta "
                "gjerne med en som kan love noe på vegne av dere."
            ),
        )

    def to_individuals(self) -> str:
        return self._letter(
            _("Hei!\nVil du være med på %s?") % self.event.name,
            _(
                "Du trenger ikke være med i noe fra før. Kan du snekre, synge, kjøre bil, snakke et språk til eller "
                "bare ha tid til en prat, er det noen her som trenger akkurat det."
            ),
            to_one=True,
        )

    def to_social_media(self) -> str:
        return _paragraphs(
            _("%(name)s! %(where)s.") % {"name": self.event.name, "where": self._when_and_where()},
            _(
                "Bedrifter, frivillige og det offentlige møtes og avtaler å hjelpe hverandre. Ingen penger, bare det "
                "vi har: lokaler, utstyr, kunnskap, hender og tid."
            ),
            self._way_in(_("Meld på: %s"), _("Les mer: %s")),
        )

    def to_newspaper(self) -> str:
        place = _(" Stedet er %s.") % self.event.place.strip() if self.event.place.strip() else ""
        return _paragraphs(
            _("Skal hjelpe hverandre helt uten penger"),
            _("%(when)s møtes bedrifter, frivillige organisasjoner og det offentlige på %(name)s.%(place)s")
            % {"when": self.when, "name": self.event.name, "place": place},
            self._what_happens(),
            _(
                "En bedrift kan låne bort lokalet sitt og få hjelp til å rydde i hagen. En forening kan synge på "
                "sykehjemmet og få et sted å øve. Alt er lov å bytte, bare ikke penger. Hver avtale kommer opp på en "
                "storskjerm, til jubel i salen."
            ),
            self._theme(),
            self._challenges(),
            _("Vertskap er %s.") % get_text_list(self.hosts, _("og")) if self.hosts else "",
            self._way_in(_("Påmelding: %s"), _("Les mer: %s")),
            self._questions(),
        )

    def _letter(self, greeting: str, offer: str, *, to_one: bool = False) -> str:
        hosts = get_text_list(self.hosts, _("og"))
        way = self._way_in(_("Meld deg på her: %s") if to_one else _("Meld dere på her: %s"), _("Les mer her: %s"))
        return _paragraphs(
            greeting,
            f"{self._when_and_where()}.",
            self._what_happens(),
            offer,
            self._theme(),
            self._challenges(),
            way,
            self._questions(),
            _("Vennlig hilsen\n%s") % hosts if hosts else _("Vennlig hilsen"),
        )

    def _when_and_where(self) -> str:
        return ", ".join(filter(None, (self.when, self.event.place.strip())))

    def _what_happens(self) -> str:
        minutes = self.event.minutes
        lasts = _("én time") if minutes == 60 else ngettext("%d minutt", "%d minutter", minutes) % minutes
        return (
            _(
                "En gong slår, og i %s går alle rundt i salen og avtaler hva de kan gi og få. Børsmeglere med "
                "bowlerhatt skriver ned avtalene. Penger er aldri med."
            )
            % lasts
        )

    def _theme(self) -> str:
        return _("Temaet er «%s».") % self.event.theme.strip() if self.event.theme.strip() else ""

    def _challenges(self) -> str:
        if not self.challenges:
            return ""
        return "\n".join([_("Dette vil vi gjerne gjøre noe med:"), *(f"– {text}" for text in self.challenges)])

    def _way_in(self, register: str, read: str) -> str:
        if not self.link:
            return ""
        return (register if self.event.registration_open else read) % self.link

    def _questions(self) -> str:
        return _("Spørsmål? %s") % self.event.ask_whom.strip() if self.event.ask_whom.strip() else ""


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(filter(None, parts))
