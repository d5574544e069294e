"""Keeping a list between the steps of its import, for a day."""

from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.shortcuts import get_object_or_404

from borsen.models import Event, User

from ..models import ListImport
from .choices import Choices
from .mapping import Mapping, guess, guess_sheet
from .sheet import Sheet

KEPT = timedelta(days=1)


def keep(*, event: Event, user: User, file_name: str, sheets: Sequence[Sheet], now: datetime) -> ListImport:
    """Keep what was read of a file, with the columns as they are guessed; forget those whose day is over."""
    forget_old_lists(now)
    return event.list_imports.create(
        user=user,
        file_name=file_name[:200],
        sheets=[sheet.as_json() for sheet in sheets],
        mapping=guess(list(sheets)).as_json(),
    )


def forget_old_lists(now: datetime) -> int:
    """Delete the lists of every event whose day is over; returns how many rows went."""
    count, _rows = ListImport.objects.filter(created_at__lt=now - KEPT).delete()
    return count


def kept(event: Event, token: str, now: datetime) -> ListImport:
    """The event's list of this token, 404 when there is none or its day is over."""
    found = get_object_or_404(event.list_imports.all(), token=token, created_at__gte=now - KEPT)
    found.event = event
    return found


def unfinished(event: Event, now: datetime) -> Sequence[ListImport]:
    """Lists that somebody has begun on and not brought in, the newest first."""
    begun = event.list_imports.filter(created_at__gte=now - KEPT, result__isnull=True)
    return list(begun.select_related("user").defer("sheets", "mapping", "answers")[:5])


def sheets_of(stored: ListImport) -> list[Sheet]:
    """The sheets as they were read."""
    return [Sheet.from_json(sheet) for sheet in stored.sheets]


def other_lists(stored: ListImport) -> list[tuple[int, str]]:
    """Sheets of the file that look like lists too, besides the one that was brought in: index and name."""
    sheets, used = sheets_of(stored), mapping_of(stored).sheet
    guesses = [guess_sheet(sheets, index) for index in range(len(sheets)) if index != used]
    return [(each.sheet, sheets[each.sheet].name) for each in guesses if each.heading_row and each.of("name")]


def mapping_of(stored: ListImport) -> Mapping:
    """Which column says what."""
    return Mapping.from_json(stored.mapping)


def choices_of(stored: ListImport) -> Choices:
    """The answers so far."""
    return Choices(stored.answers)


def set_mapping(stored: ListImport, mapping: Mapping) -> None:
    """Keep the columns as the organiser has corrected them."""
    stored.mapping = mapping.as_json()
    stored.save(update_fields=["mapping"])


def set_answers(stored: ListImport, answers: MappingOf[str, str]) -> bool:
    """Keep the answers beside those given before; tells whether any of them is another one."""
    merged = {**stored.answers, **answers}
    if merged == stored.answers:
        return False
    stored.answers = merged
    stored.save(update_fields=["answers"])
    return True
