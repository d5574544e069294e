"""The forms in which a børs is made and changed."""

from copy import copy
from datetime import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .enums import Sector
from .events import COPIED_FIELDS, PLAIN_FIELDS, EventDraft, HostDraft
from .models import MAX_CHALLENGES, Event, Host
from .slugs import is_free, suggested

MAX_HOSTS = 20
WEB_ADDRESS = gettext_lazy("Skriv adressen slik: www.eksempel.no")
# Outside these a year is a slip of the keyboard, and near year 1 or 9999 there are dates that can't be counted with.
FIRST_YEAR, LAST_YEAR = 2000, 2099


class DraftForm(forms.ModelForm):
    """What is asked when a børs is made; `draft` is what the verbs take. Never saved as it is."""

    date = forms.DateField(
        label=gettext_lazy("Dato"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    time = forms.TimeField(
        label=gettext_lazy("Gongen slår klokka"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    class Meta:
        model = Event
        fields: tuple[str, ...] = ("name", "place", "theme", "minutes", "goal")
        labels = {
            "name": gettext_lazy("Hva heter børsen?"),
            "place": gettext_lazy("Sted"),
            "theme": gettext_lazy("Tema"),
            "minutes": gettext_lazy("Hvor mange minutter varer børstimen?"),
            "goal": gettext_lazy("Mål for antall avtaler"),
        }
        help_texts = {"goal": gettext_lazy("Vises på storskjermen. La stå tomt hvis dere ikke har noe mål.")}

    def __init__(self, data: Any = None, *, instance: Event | None = None, like: Event | None = None) -> None:
        """`instance`: the børs that is changed. `like`: an earlier one, for a new børs to begin from."""
        source = instance or like
        start = timezone.localtime(source.starts_at) if source else None
        initial = {"date": start and instance and start.date(), "time": start and start.time()}
        if like is not None:
            instance = Event(**{name: getattr(like, name) for name in COPIED_FIELDS})
        # A copy: what is wrong in the form must not show in the page's frame.
        super().__init__(data, instance=copy(instance) if instance else None, initial=initial)
        texts = [""] * MAX_CHALLENGES
        for challenge in source.challenges.all() if source else ():
            texts[min(challenge.position, MAX_CHALLENGES - 1)] = challenge.text
        for number, text in enumerate(texts, start=1):
            label = _("Problemstilling %d") % number
            self.fields[f"challenge_{number}"] = forms.CharField(
                label=label, max_length=160, required=False, initial=text
            )

    def clean_date(self) -> Any:
        day = self.cleaned_data["date"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(_("Årstallet kan ikke stemme. Skriv det med fire sifre."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("date") and cleaned.get("time"):
            try:
                cleaned["starts_at"] = from_current_timezone(datetime.combine(cleaned["date"], cleaned["time"]))
            except ValidationError:
                self.add_error("time", _("Dette klokkeslettet finnes ikke den dagen, fordi klokka stilles."))
        return cleaned

    @property
    def challenge_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("challenge_")]

    def draft(self, hosts: list[HostDraft]) -> EventDraft:
        """What the verbs take; what this form does not ask for stays as it was."""
        kept = {name: getattr(self.instance, name) for name in PLAIN_FIELDS}
        said = {name: self.cleaned_data[name] for name in self._meta.fields or () if name != "slug"}
        challenges = [self.cleaned_data[field.name] for field in self.challenge_fields]
        said["starts_at"] = self.cleaned_data["starts_at"]
        return EventDraft(**(kept | said), hosts=hosts, challenges=challenges)


def address_taken(slug: str) -> str:
    """What is said of an address that another børs has, with one that is free."""
    return _("Denne adressen er opptatt. «%s» er ledig.") % suggested(slug)


class CreateForm(DraftForm):
    slug = forms.SlugField(
        label=gettext_lazy("Nettadresse"),
        max_length=60,
        required=False,
        error_messages={"invalid": gettext_lazy("Bruk bare bokstavene a til z, tall og bindestrek, uten mellomrom.")},
        help_text=gettext_lazy(
            "Det siste i adressen til børsens sider. Små bokstaver, tall og bindestrek. La stå tomt, så lager vi den av"
            " navnet."
        ),
    )

    class Meta(DraftForm.Meta):
        fields = ("name", "slug", "place", "theme", "minutes", "goal")

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).lower()
        if not slug:
            return suggested(self.cleaned_data.get("name", ""))
        if not is_free(slug):
            raise ValidationError(address_taken(slug))
        return slug


class SettingsForm(DraftForm):
    film_url = forms.URLField(
        label=gettext_lazy("Lenke til film"),
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        error_messages={"invalid": WEB_ADDRESS},
        help_text=gettext_lazy("En film som forklarer hva en frivilligbørs er."),
    )

    class Meta(DraftForm.Meta):
        fields = (
            "name", "place", "theme", "minutes", "goal", "grace_minutes", "published", "reads_together",
            "practical", "programme", "film_url",
        )  # fmt: skip
        labels = DraftForm.Meta.labels | {
            "grace_minutes": gettext_lazy("Minutter til å registrere etter sluttgongen"),
            "published": gettext_lazy("Storskjermen kan åpnes av alle"),
            "practical": gettext_lazy("Praktisk informasjon"),
            "programme": gettext_lazy("Program"),
        }
        help_texts = DraftForm.Meta.help_texts | {
            "grace_minutes": gettext_lazy("Meglerne får så lang tid til å skrive inn det som ble avtalt i børstimen."),
            "published": gettext_lazy("Da trenger maskinen ved skjermen ingen innlogging, bare adressen."),
            "reads_together": gettext_lazy(
                "Nettbrettet viser avtalen i store setninger til partene før den registreres. Det tar noen sekunder"
                " mer, og hjelper den som hører dårlig eller leser sakte."
            ),
            "practical": gettext_lazy("Parkering, inngang, mat, tilgjengelighet."),
        }
        widgets = {"practical": forms.Textarea(attrs={"rows": 4}), "programme": forms.Textarea(attrs={"rows": 6})}


class HostForm(forms.Form):
    """One of the hosts. A row without a name is no host; emptying the name takes the host away."""

    name = forms.CharField(label=gettext_lazy("Navn"), max_length=120, required=False)
    sector = forms.ChoiceField(
        label=gettext_lazy("Type"), choices=[choice for choice in Sector.choices if choice[0] != Sector.INDIVIDUAL]
    )
    contributes = forms.CharField(label=gettext_lazy("Bidrar med"), max_length=300, required=False)
    website = forms.URLField(
        label=gettext_lazy("Nettsted"),
        required=False,
        assume_scheme="https",
        # A browser's own address field refuses what people write: without https://.
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        error_messages={"invalid": WEB_ADDRESS},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (cleaned.get("contributes") or cleaned.get("website")) and not cleaned.get("name") and "name" in cleaned:
            self.add_error("name", _("Skriv hvem det gjelder, eller tøm hele raden."))
        return cleaned


class _HostFormSet(forms.BaseFormSet):
    def drafts(self) -> list[HostDraft]:
        """The hosts of the rows that have a name."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("name")]
        return [HostDraft(**row) for row in rows]


def hosts_formset(data: Any, hosts: list[Host]) -> _HostFormSet:
    """The hosts there are, and empty rows: two in all at least, one more than there are."""
    initial = [
        {"name": host.name, "sector": host.sector, "contributes": host.contributes, "website": host.website}
        for host in hosts
    ]
    factory = forms.formset_factory(
        HostForm, formset=_HostFormSet, extra=max(1, 2 - len(hosts)), max_num=MAX_HOSTS, validate_max=True
    )
    return cast("_HostFormSet", factory(data, initial=initial, prefix="hosts"))
