"""Why an event can't be handed out, or a file not be read in: in words for the person who tried."""

from dataclasses import dataclass


class BadFile(Exception):
    """The file can't be read in; the text says why, and how to mend it."""


class NotNow(Exception):
    """The event can't be handed out or taken back as it stands; the text says why."""


@dataclass(frozen=True)
class Difference:
    """One thing in which two copies differ; an empty text is a thing that is missing there."""

    what: str
    field: str
    here: str
    there: str


class BothChanged(BadFile):
    """The copy here has changed since it was handed out, or never was. `differences` are the first ones of `count`."""

    def __init__(self, text: str, differences: list[Difference], count: int) -> None:
        super().__init__(text)
        self.differences, self.count = differences, count
