"""Several offers or needs in one cell, as the list of them that its writer meant."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from borsen.collation import folded

from .cells import is_error, says_nothing, tidied

_BULLET = re.compile(r"^(?:[•●○▪▫◦■□►▶➢✓✔☐☑·*»]+\s*|[-–—+]+\s+|[-–—](?=[^\W\d_]))")
_INLINE_BULLET = re.compile(r"\s*[•●▪◦■►➢]\s*")
_GOES_ON = re.compile(r"(og|eller|samt) ")
_MONTHS = r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember)"
_NUMBER = re.compile(rf"^\(?\d{{1,2}}[.)](?:\s+(?!{_MONTHS}\b)|(?=[^\W\d]))", re.IGNORECASE)
_LETTER = re.compile(r"^([a-zA-Z])\)\s+")
_INLINE_NUMBER = re.compile(rf"(?:^|[\s,;])\(?(\d{{1,2}})[.)]\s+(?!{_MONTHS}\b)", re.IGNORECASE)


@dataclass(frozen=True)
class Item:
    """One offer or need; `category` is the folded name of the one that its writer put beside it."""

    title: str
    category: str = ""


def split(
    text: str,
    *,
    categories: Collection[str],
    known: Collection[str] = (),
    one_per_line: bool = False,
    at_commas: bool = False,
) -> list[Item]:
    """The things of a cell, each once.

    `categories` and `known` are folded: names of categories, and titles that the event already has, which are never
    taken apart. A comma separates only with `at_commas`: «Puter, lamper og en lenestol» is one offer.
    """
    found: dict[str, Item] = {}
    for line in _lines(tidied(text), one_per_line=one_per_line):
        whole = _item(line, categories)
        if one_per_line or folded(whole.title) in known:
            parts = [whole]
        else:
            parts = [_item(part, categories) for part in _parts(line, at_commas=at_commas)]
        for part in parts:
            if not says_nothing(part.title) and not is_error(part.title):
                found.setdefault(folded(part.title), part)
    return list(found.values())


def _lines(text: str, *, one_per_line: bool) -> list[str]:
    lines = [line for line in text.split("\n") if line]
    if one_per_line:
        return lines
    bullets = any(_BULLET.match(line) for line in lines)
    joined: list[str] = []
    for line in lines:
        # Among bullets, a line without one that begins in the middle of a sentence goes on from the line above.
        if joined and (_GOES_ON.match(line) or (bullets and not _BULLET.match(line) and line[0].islower())):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return joined


def _parts(line: str, *, at_commas: bool) -> list[str]:
    parts: list[str] = []
    for piece in _INLINE_BULLET.split(line):
        for half in re.split(r"\s*;\s*", piece):
            for entry in _numbered(half):
                parts += re.split(r"\s*,\s+", entry) if at_commas else [entry]
    return [stripped for part in parts if (stripped := _stripped(part))]


def _numbered(text: str) -> list[str]:
    """«1. Kurs 2. Foredrag» as two; a number that does not count up is part of the text."""
    marks = list(_INLINE_NUMBER.finditer(text))
    if len(marks) < 2 or [int(mark[1]) for mark in marks] != list(range(1, len(marks) + 1)):
        return [text]
    introduction = text[: marks[0].start()].strip()
    if introduction and not introduction.endswith(":"):
        return [text]
    starts = [mark.end() for mark in marks]
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def _stripped(text: str) -> str:
    text = _BULLET.sub("", text.strip())
    text = _LETTER.sub("", _NUMBER.sub("", text))
    return text.strip().strip(",;").strip()


def _item(text: str, categories: Collection[str]) -> Item:
    """The title without a category that stands beside it: «Gymsal [Lokaler]», «Gymsal (Lokaler)», «Lokaler: Gymsal»."""
    if text.endswith(("]", ")")):
        for category in categories:
            match = re.match(rf"(.+?)\s*[\[(]{re.escape(category)}[\])]$", text, re.IGNORECASE)
            if match:
                return Item(match[1], category)
    before, colon, rest = text.partition(":")
    if colon and rest.strip() and folded(before) in categories:
        return Item(rest.strip(), folded(before))
    return Item(text)
