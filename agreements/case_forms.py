"""The form for what the hosts have spent: two numbers for each host, both optional."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from borsen.models import Host
from borsen.spending import Spent

MOST_HOURS, MOST_KRONER = 100_000, 100_000_000


class SpendingForm(forms.Form):
    """Hours and kroner of the hosts, in fields named by the host's id; an empty field is «not noted»."""

    def __init__(self, data: Any, hosts: Sequence[Host]) -> None:
        super().__init__(data)
        self.hosts = hosts
        for host in hosts:
            self.fields[f"hours-{host.pk}"] = _number(_("Timer"), host.hours_spent, MOST_HOURS)
            self.fields[f"kroner-{host.pk}"] = _number(_("Kroner"), host.kroner_spent, MOST_KRONER)

    def rows(self) -> Iterator[tuple[Host, list[forms.BoundField]]]:
        """Each host with its two fields."""
        return ((host, [self[f"hours-{host.pk}"], self[f"kroner-{host.pk}"]]) for host in self.hosts)

    def spent(self) -> dict[int, Spent]:
        """What the valid form says, by the hosts' ids."""
        said = self.cleaned_data
        return {host.pk: Spent(said[f"hours-{host.pk}"], said[f"kroner-{host.pk}"]) for host in self.hosts}


class WholeNumber(forms.IntegerField):
    """A number as people write it: «12 500» and «12.500» are twelve thousand and a half."""

    def to_python(self, value: Any) -> int | None:
        text = "".join(str(value or "").split())
        head, dot, tail = text.rpartition(".")
        # A dot before three digits groups thousands in Norwegian; any other dot is somebody's decimals, and is refused.
        if dot and len(tail) == 3:
            text = head.replace(".", "") + tail
        found: int | None = super().to_python(text)
        return found


def _number(label: Any, initial: int | None, most: int) -> WholeNumber:
    return WholeNumber(
        label=label,
        initial=initial,
        min_value=0,
        max_value=most,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off", "class": "ds-input", "size": 10}),
        error_messages={"invalid": _("Skriv et helt tall, for eksempel 40.")},
    )
