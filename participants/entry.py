"""A participant's whole page as one form: the participant itself, and three lists that grow."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from borsen.models import Event

from . import org_number
from .drafts import PLAIN_FIELDS, ContactDraft, ParticipantDraft, ResourceDraft
from .enums import Kind
from .forms import ContactForm, ParticipantForm, ResourceForm, RowForm
from .models import Participant

MOST_ROWS = 40
LISTS = ("contacts", "offers", "needs")


class Rows(BaseFormSet):
    """A list that grows. Which row of the database a row changes is told by its `id` alone.

    A row marked «Fjern» is neither checked nor kept; an empty new one is passed over.
    """

    default_error_messages = {
        "missing_management_form": _("Skjemaet kom ikke helt fram. Last inn siden på nytt, og prøv igjen."),
        "too_many_forms": _("Det er plass til høyst %(num)d."),
        "too_few_forms": "",
    }

    def initial_form_count(self) -> int:
        return 0 if self.is_bound else super().initial_form_count()

    def add_fields(self, form: RowForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Fjern")

    def kept(self) -> list[Any]:
        """The rows of a valid list that something is written in and that aren't marked «Fjern»."""
        return [form for form in self.forms if form.has_changed() and form not in self.deleted_forms]


ContactRows = formset_factory(
    ContactForm, formset=Rows, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS * 2, validate_max=True
)
ResourceRows = formset_factory(
    ResourceForm, formset=Rows, can_delete=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS * 2, validate_max=True
)


@dataclass(frozen=True)
class Kinds:
    """Which forms a page is made of: the organiser's own, or those that speak to the participant itself."""

    form: type[ParticipantForm]
    contacts: type[Any]  # a formset of Rows
    resources: type[Any]
    blank_rows: int = 1


FOR_STAFF = Kinds(ParticipantForm, ContactRows, ResourceRows)


@dataclass
class Entry:
    """The forms of one page. `key` comes with a new participant's form, so that sending it twice does no harm."""

    event: Event
    private: bool
    form: ParticipantForm
    contacts: Rows
    offers: Rows
    needs: Rows
    key: UUID
    kinds: Kinds = FOR_STAFF

    def lists(self) -> Iterator[tuple[str, Rows]]:
        return ((name, getattr(self, name)) for name in LISTS)

    def is_valid(self) -> bool:
        # All are asked, so that every error is shown at once.
        return all([self.form.is_valid(), *(rows.is_valid() for _name, rows in self.lists())])

    def located_errors(self) -> list[tuple[str, str]]:
        """Every error with the id of where it is mended, in the order of the page; none before it has been sent."""
        found = list(self.form.located_errors())
        for name, rows in self.lists():
            found += [(f"{name}-list", str(error)) for error in rows.non_form_errors()]
            for form in rows.forms:
                if not (form.is_bound and form.cleaned_data.get("DELETE")):
                    found += form.located_errors()
        return found

    def draft(self, participant: Participant | None = None) -> ParticipantDraft:
        """What a valid page says; what it doesn't show of `participant` is as it was."""
        stored = participant.contacts.all() if participant else ()
        kept = {row.pk: ContactDraft(row.name, row.email, row.phone, row.pk) for row in stored}
        return ParticipantDraft(
            **{name: self.form.cleaned_data[name] for name in PLAIN_FIELDS},
            contacts=[form.draft(kept) for form in self.contacts.kept()],
            resources=[form.draft() for form in (*self.offers.kept(), *self.needs.kept())],
        )

    def mark_agreed(self, numbers: Mapping[int, list[int]]) -> None:
        """Tell each offer and need which agreements name it; such a row can be closed but not removed."""
        for form in (*self.offers.forms, *self.needs.forms):
            form.agreed = numbers.get(form.row_id, [])

    def with_one_more(self, name: str) -> "Entry":
        """The page as typed and not judged, with another empty row in the list called `name`."""
        typed: dict[str, Any] = {each: [form.as_typed() for form in rows.forms] for each, rows in self.lists()}
        typed["form"] = self.form.as_typed()
        return _build(self.event, private=self.private, initial=typed, key=self.key, one_more_in=name, kinds=self.kinds)


def blank_entry(event: Event, *, private: bool, sector: str = "", kinds: Kinds = FOR_STAFF) -> Entry:
    """The page of a new participant, with one empty row in each list."""
    entry = _build(event, private=private, initial={"form": {"sector": sector}}, kinds=kinds)
    if kinds is not FOR_STAFF:
        return entry
    entry.form.fields["name"].widget.attrs["autofocus"] = True
    return entry


def stored_entry(participant: Participant, *, private: bool) -> Entry:
    """The page of a participant as it is kept."""
    rows = [
        ResourceDraft(
            row.kind, row.title, row.category, row.details, row.challenge, row.pk, closed=row.closed_at is not None
        )
        for row in participant.resources.select_related("category", "challenge")
    ]
    contacts = [ContactDraft(row.name, row.email, row.phone, row.pk) for row in participant.contacts.all()]
    said = {name: getattr(participant, name) for name in PLAIN_FIELDS}
    return drafted_entry(
        participant.event, ParticipantDraft(**said, contacts=contacts, resources=rows), private=private
    )


def drafted_entry(event: Event, draft: ParticipantDraft, *, private: bool, kinds: Kinds = FOR_STAFF) -> Entry:
    """The page of a participant as `draft` has it."""
    resources = [_resource_initial(row) for row in draft.resources]
    initial = {
        "form": {
            **{name: getattr(draft, name) for name in PLAIN_FIELDS},
            "org_number": org_number.shown(draft.org_number),
        },
        "contacts": [vars(row) for row in draft.contacts],
        "offers": [row for row in resources if row["kind"] == Kind.OFFER],
        "needs": [row for row in resources if row["kind"] == Kind.NEED],
    }
    return _build(event, private=private, initial=initial, kinds=kinds)


def sent_entry(event: Event, data: QueryDict, *, private: bool, kinds: Kinds = FOR_STAFF) -> Entry:
    """The page as it was sent. A key that can't be read is one more new key."""
    try:
        key = UUID(data.get("key", ""))
    except ValueError:
        key = uuid4()
    return _build(event, private=private, data=data, key=key, kinds=kinds)


def _resource_initial(row: ResourceDraft) -> dict[str, Any]:
    challenge = row.challenge.pk if row.challenge else None
    return vars(row) | {"category": row.category.pk, "challenge": challenge}


def _build(
    event: Event,
    *,
    private: bool,
    data: QueryDict | None = None,
    initial: Mapping[str, Any] | None = None,
    key: UUID | None = None,
    one_more_in: str = "",
    kinds: Kinds = FOR_STAFF,
) -> Entry:
    initial = initial or {}
    shared: dict[str, Any] = {"categories": list(event.categories.all()), "challenges": list(event.challenges.all())}
    form_kwargs: dict[str, dict[str, Any]] = {
        "contacts": {"private": private},
        "offers": {"kind": Kind.OFFER, **shared},
        "needs": {"kind": Kind.NEED, **shared},
    }
    lists: dict[str, Any] = {}
    for name in LISTS:
        kind = kinds.contacts if name == "contacts" else kinds.resources
        rows: Sequence[Any] = initial.get(name, ())
        lists[name] = kind(data, prefix=name, initial=rows, form_kwargs=form_kwargs[name])
        # `min_num` rows are shown whatever there is; they are no extra ones.
        blank = 0 if lists[name].min_num else kinds.blank_rows
        lists[name].extra = 1 if name == one_more_in else 0 if rows else blank
    form = kinds.form(data, initial=initial.get("form"))
    return Entry(event=event, private=private, form=form, key=key or uuid4(), kinds=kinds, **lists)
