"""One value of a row: as it is written in the file, and as it is read from there, trusted by nobody."""

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

AnyField: TypeAlias = "models.Field[Any, Any]"
T = TypeVar("T")
D = TypeVar("D", bound=date)

# Beyond these JSON is read differently in different places, and a counter could not go on.
LARGEST_NUMBER = 2**53 - 1
# Near year 1 or 9999 there are dates that can't be counted with.
FIRST_YEAR, LAST_YEAR = 1970, 2199
_UNREADABLE = re.compile("[\x00\ud800-\udfff]")


class Wrong(ValueError):
    """The value can't be that field's; the text is for a person."""


def written(value: Any) -> Any:
    """A value of the database as JSON has it."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(bytes(value)).decode()
    return value


def read(field: "models.Field[Any, Any]", value: Any) -> Any:
    """The value that the database takes. Raises Wrong."""
    if value is None:
        if not field.null:
            raise Wrong(_("mangler verdi"))
        return None
    if isinstance(field, models.JSONField):
        check_texts(value)
        return value
    try:
        found = _as_type(field, value)
    except (ValueError, TypeError, OverflowError, binascii.Error):
        raise Wrong(_("har en verdi av feil slag")) from None
    _check_text(field, found)
    if field.choices and found not in dict(field.flatchoices) and not (found == "" and field.blank):
        raise Wrong(_("har en verdi som ikke finnes"))
    try:
        field.run_validators(found)
    except ValidationError as error:
        raise Wrong(" ".join(error.messages)) from None
    return found


def _as_type(field: "models.Field[Any, Any]", value: Any) -> Any:  # noqa: PLR0911 — one for each kind of field
    match field:
        case models.BooleanField():
            return _exactly(bool, value)
        case models.IntegerField():
            number = _exactly(int, value)
            if abs(number) > LARGEST_NUMBER:
                raise ValueError
            return number
        case models.DateTimeField():
            moment = datetime.fromisoformat(_exactly(str, value))
            if moment.tzinfo is None:
                raise ValueError
            return _in_time(moment).astimezone(UTC)
        case models.DateField():
            return _in_time(date.fromisoformat(_exactly(str, value)))
        case models.UUIDField():
            return UUID(_exactly(str, value))
        case models.BinaryField():
            return base64.b64decode(_exactly(str, value), validate=True)
        case models.CharField() | models.TextField():
            return _exactly(str, value)
    raise TypeError


def _exactly(kind: type[T], value: Any) -> T:
    """JSON's true is no number."""
    if type(value) is not kind:
        raise TypeError
    return value


def _in_time(moment: D) -> D:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError
    return moment


def _check_text(field: "models.Field[Any, Any]", value: Any) -> None:
    if not isinstance(value, str):
        return
    check_texts(value)
    if field.max_length is not None and len(value) > field.max_length:
        raise Wrong(_("er lengre enn %d tegn") % field.max_length)


def check_texts(value: Any) -> None:
    """Every text in a value of JSON is one that a database can keep. Raises Wrong."""
    match value:
        case str():
            if _UNREADABLE.search(value):
                raise Wrong(_("har tegn som ikke kan lagres"))
        case Mapping():
            for name, each in value.items():
                check_texts(name)
                check_texts(each)
        case list():
            for each in value:
                check_texts(each)
        case int():
            if abs(value) > LARGEST_NUMBER:
                raise Wrong(_("har et for stort tall"))
