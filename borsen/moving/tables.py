"""Which tables an event's file has, and what of the database stays behind, each with its reason."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Field, ForeignKey, Model, QuerySet, UniqueConstraint
from django.utils.functional import Promise

from borsen.models import Event, User

EVENT, PEOPLE = "event", "people"

# What a row is called elsewhere: its number in the file, or here its primary key. 0 is one that is gone.
LookUp = Callable[[str, Any], Any]


def _nothing_kept(_kept: Mapping[str, Any], _row: Any) -> None:
    """What came is what counts."""


@dataclass(frozen=True)
class Table:
    """One table of the file. `to_event` is the way from its rows to the event, as the ORM writes it.

    `left_out`: fields that stay behind, with the reason. `ids`: fields other than foreign keys that name rows; each
    function gives the value with its ids looked up, and raises for a value of the wrong shape. `patterns`: what a text
    must look like, because addresses are made from it. `checks` raise ValueError. `known_by`: what tells the row to
    people. `outgoing`: what is written instead of a value. `on_return`: what of the row that is here wins over the one
    that comes back. `without`: rows that stay behind. `about`: what mails about such a row are marked with.
    """

    name: str
    model: type[Model]
    to_event: str
    words: str | Promise
    known_by: tuple[str, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[str, Callable[[Any, LookUp], Any]] = field(default_factory=dict)
    patterns: Mapping[str, str] = field(default_factory=dict)
    checks: Mapping[str, Callable[[Any], None]] = field(default_factory=dict)
    outgoing: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    on_return: Callable[[Mapping[str, Any], Any], None] = _nothing_kept
    without: Mapping[str, Any] = field(default_factory=dict)
    about: str = ""
    # What lets people in: only an organiser may have it, so a coordinator's copy is without it.
    secret: frozenset[str] = frozenset()
    is_secret: bool = False
    # Read and written after all others, because its rows may name rows of any of them.
    comes_last: bool = False
    # Changes by itself also while the event is held elsewhere, so it does not tell whether the event was changed.
    is_of_this_place: bool = False

    def field(self, name: str) -> Any:
        return self.model._meta.get_field(name)  # noqa: SLF001

    def rows(self) -> "QuerySet[Any]":
        return self.model._default_manager.all()  # noqa: SLF001

    def unique_together(self) -> list[list[str]]:
        """The sets of fields that tell one row of the event from another."""
        found = [[each.name] for each in self.fields() if each.unique]
        constraints = [one for one in self.model._meta.constraints if isinstance(one, UniqueConstraint)]  # noqa: SLF001
        return found + [
            [name for name in one.fields if name != self.to_event] for one in constraints if one.condition is None
        ]

    def fields(self) -> list["Field[Any, Any]"]:
        """The fields that travel: all but the primary key, the way to the event, and what is left out."""
        return [
            each
            for each in self.model._meta.concrete_fields  # noqa: SLF001
            if not each.primary_key and each.name not in self.left_out and not self._is_the_way(each)
        ]

    def _is_the_way(self, each: "Field[Any, Any]") -> bool:
        return each.name == self.to_event and self.name != EVENT


_tables: dict[str, Table] = {}
_staying: dict[type[Model], str] = {}
_obstacles: list[Callable[[Event], str]] = []


def register(*tables: Table, staying: Mapping[type[Model], str] | None = None) -> None:
    """Name tables of an app, and those of its models that stay behind with the reason (AppConfig.ready)."""
    _tables.update({table.name: table for table in tables})
    _staying.update(staying or {})


def register_obstacle(obstacle: Callable[[Event], str]) -> None:
    """Let an app say why an event can't be handed out just now; an empty text when it can."""
    if obstacle not in _obstacles:
        _obstacles.append(obstacle)


def obstacles(event: Event) -> list[str]:
    return [text for obstacle in _obstacles if (text := obstacle(event))]


def tables() -> list[Table]:
    """All tables in an order in which each one's rows name only rows of those before it, or of itself."""
    return sorted(_tables.values(), key=lambda table: table.comes_last)


def staying() -> Mapping[type[Model], str]:
    return _staying


def table_of(each: "Field[Any, Any]") -> str:
    """The name of the table that a foreign key points at; empty for what is no foreign key."""
    if not isinstance(each, ForeignKey):
        return ""
    if each.related_model is User:
        return PEOPLE
    return next(table.name for table in _tables.values() if table.model is each.related_model)


def abouts() -> Mapping[str, str]:
    """The tables that mails can be about, by the word that stands before the id («message:12»)."""
    return {table.about: table.name for table in _tables.values() if table.about}
