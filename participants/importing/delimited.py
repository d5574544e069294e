"""A text file with one row to a line, as Excel and others save it: CSV or tabs, in any of the usual alphabets."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from .sheet import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, Row, Sheet, Unreadable, dense

DELIMITERS = (";", "\t", ",", "|")
# What Windows, DOS («CSV (MS-DOS)») and an older Mac («CSV (Macintosh)») call plain text.
_OLD_ALPHABETS = ("cp1252", "cp850", "mac_roman")
_EXPECTED = frozenset("æøåÆØÅéÉèòóôäöüÄÖÜáčđŋšŧž«»–—’“”•…·§°½ \u00a0")
_CONTROLS = frozenset(map(chr, range(32))) - set("\t\n\r\x0b\x0c\x1f")
_LOOKED_AT = 60


def read_delimited(data: bytes) -> list[Sheet]:
    """The file as its one sheet. Raises Unreadable when it is no text or has no columns' worth of it."""
    text = decoded(data).replace("\x00", "")
    if any(character in _CONTROLS for character in text[:20_000]):
        raise Unreadable("not_a_list")
    first, _, rest = text.partition("\n")
    declared = first.strip().strip('"').casefold()
    skipped = 0
    if declared.startswith("sep=") and len(declared) <= 5:
        # Excel hides this line of its own, so the rows are counted without it.
        text, skipped = rest, 1
    delimiter = declared[4:5] if skipped and declared[4:5] else _delimiter(text)
    rows = _rows(text, delimiter)
    if len(rows) == 1 and len(rows[0].cells) == 1:
        raise Unreadable("not_a_list")
    return [Sheet("", rows)]


def decoded(data: bytes) -> str:
    """The text of the file: by its mark, else UTF-8, else the old alphabet that gives most Norwegian letters."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(data, "utf-16")
    if b"\x00" in data[:2000]:
        return _strictly(data, _unmarked_utf_16(data))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return max((data.decode(name, errors="replace") for name in _OLD_ALPHABETS), key=_likeness)


def _strictly(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise Unreadable("not_a_list") from error


def _unmarked_utf_16(data: bytes) -> str:
    start = data[:2000]
    for name, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if zeros.count(0) * 2 > len(zeros) and start.count(0) < zeros.count(0) * 1.5:
            return name
    raise Unreadable("not_a_list")


def _likeness(text: str) -> int:
    odd = Counter(character for character in text[:50_000] if ord(character) > 126)
    worth = {character: 3 if character in "æøåÆØÅ" else 2 if character == "é" else 1 for character in _EXPECTED}
    return sum(count * worth.get(character, -2) for character, count in odd.items())


def _delimiter(text: str) -> str:
    """The one that gives most rows the same number of columns; commas inside sentences don't."""
    start = text[:200_000]

    def score(delimiter: str) -> tuple[float, int]:
        rows = []
        for row in _parsed(start, delimiter):
            if any(cell.strip() for cell in row):
                rows.append(len(row))
            if len(rows) >= _LOOKED_AT:
                break
        if not rows:
            return 0, 0
        width, count = max(Counter(rows).items(), key=lambda item: (item[1], item[0]))
        return (count / len(rows) if width > 1 else 0), width

    return max(DELIMITERS, key=score)


def _rows(text: str, delimiter: str) -> list[Row]:
    rows: list[Row] = []
    for number, values in enumerate(_parsed(text, delimiter), start=1):
        cells = {column: value for column, value in enumerate(values) if value.strip()}
        if not cells:
            continue
        if len(rows) >= MOST_ROWS:
            raise Unreadable("too_many_rows")
        if max(cells) >= MOST_COLUMNS:
            raise Unreadable("far_away")
        rows.append(Row(number, dense(cells)))
    return rows


def _parsed(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_CELL * 4)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
