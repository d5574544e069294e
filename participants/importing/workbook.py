"""An .xlsx file as sheets of text, read as a stream.

Not through openpyxl: its read-only mode tells nothing of merged or hidden cells, the other one builds the whole
workbook in memory before it can be asked how large it is, and both give up on style sheets that other programs write.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from io import BytesIO
from xml.etree.ElementTree import Element
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - the exception's name in zlib is plain `error`

from .sheet import LONGEST_GAP, MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, NOT_CALCULATED, Row, Sheet, Unreadable, dense
from .xml_stream import elements

MOST_ENTRIES = 500
MOST_STRINGS_BYTES = 8_000_000
MOST_PART_BYTES = 16_000_000
MOST_MERGES = 5000
MOST_STYLES_BYTES = 2_000_000

_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_NOT_IN_FORMAT = re.compile(r'"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]|_.|\*.', re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def read_workbook(data: bytes) -> list[Sheet]:
    """Every worksheet of the file. Raises Unreadable when the file is none, or is made to do harm."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _Workbook(archive).sheets()
    except (BadZipFile, ExpatError, ZlibError, EOFError, KeyError, ValueError, NotImplementedError) as error:
        raise Unreadable("damaged") from error
    except RuntimeError as error:  # what zipfile raises for a file inside that is locked with a password
        raise Unreadable("password") from error


class _Workbook:
    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        self.sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
        if len(self.sizes) > MOST_ENTRIES:
            raise Unreadable("too_big")
        self._refuse_what_is_no_xlsx()
        self.strings: list[str] = []
        self.date_styles: set[int] = set()
        self.epoch = datetime(1899, 12, 30)  # noqa: DTZ001 - a date in a list has no time zone

    def sheets(self) -> list[Sheet]:
        book = self._main_part()
        targets = self._targets(book)
        named = []
        for element in self._elements(book, "sheet", "workbookPr"):
            if element.tag == "workbookPr":
                if element.get("date1904") in {"1", "true"}:
                    self.epoch = datetime(1904, 1, 1)  # noqa: DTZ001
                continue
            link = element.get("id", "")
            if link in targets:
                hidden = element.get("state", "visible") != "visible"
                named.append((element.get("name", ""), hidden, targets[link]))
        folder = book.rsplit("/", 1)[0]
        self._read_strings(f"{folder}/sharedStrings.xml")
        self._read_styles(f"{folder}/styles.xml")
        return [self._sheet(*each) for each in named[:MOST_SHEETS]]

    def _refuse_what_is_no_xlsx(self) -> None:
        names = self.sizes
        if "mimetype" in names or "content.xml" in names:
            raise Unreadable("ods")
        if any(name.endswith("vbaProject.bin") for name in names):
            raise Unreadable("macros")
        if any(name.endswith("workbook.bin") for name in names):
            raise Unreadable("xlsb")
        if "[Content_Types].xml" not in names or any(name.startswith("word/") for name in names):
            raise Unreadable("other_zip")

    def _main_part(self) -> str:
        for element in self._elements("_rels/.rels", "Relationship"):
            if element.get("Type", "").endswith("/officeDocument"):
                return element.get("Target", "").lstrip("/")
        raise Unreadable("damaged")

    def _targets(self, book: str) -> dict[str, str]:
        folder, name = book.rsplit("/", 1)
        found = {}
        for element in self._elements(f"{folder}/_rels/{name}.rels", "Relationship"):
            if element.get("Type", "").endswith("/worksheet"):
                target = element.get("Target", "")
                found[element.get("Id", "")] = target.lstrip("/") if target[:1] == "/" else f"{folder}/{target}"
        return found

    def _read_strings(self, part: str) -> None:
        if part not in self.sizes:
            return
        for element in self._elements(part, "si", limit=MOST_STRINGS_BYTES):
            self.strings.append(_rich_text(element))

    def _read_styles(self, part: str) -> None:
        # Without its styles a date is a number, which is no reason to refuse the list.
        if self.sizes.get(part, MOST_STYLES_BYTES + 1) > MOST_STYLES_BYTES:
            return
        dates = set(_BUILT_IN_DATES)
        for element in self._elements(part, "numFmt", "cellXfs"):
            if element.tag == "numFmt":
                code = _NOT_IN_FORMAT.sub("", element.get("formatCode", ""))
                if re.search(r"[dmyhs]", code, re.IGNORECASE):
                    dates.add(int(element.get("numFmtId", "0")))
            else:
                formats = enumerate(int(each.get("numFmtId", "0")) for each in element)
                self.date_styles = {index for index, number in formats if number in dates}

    def _sheet(self, name: str, hidden: bool, part: str) -> Sheet:
        try:
            rows, hidden_columns = self._rows(part)
        except Unreadable as refusal:
            return Sheet(name, [], hidden, trouble=refusal.code)
        return Sheet(name, rows, hidden, hidden_columns)

    def _rows(self, part: str) -> tuple[list[Row], frozenset[int]]:
        found: dict[int, tuple[dict[int, str], bool]] = {}
        hidden_columns: set[int] = set()
        merges: list[str] = []
        last = 0
        for element in self._elements(part, "row", "col", "mergeCell"):
            kind = element.tag
            if kind == "col" and element.get("hidden") in {"1", "true"}:
                first, final = int(element.get("min", "1")), int(element.get("max", "1"))
                hidden_columns.update(range(first - 1, min(final, MOST_COLUMNS)))
            elif kind == "mergeCell" and len(merges) < MOST_MERGES:
                merges.append(element.get("ref", ""))
            elif kind == "row":
                last = int(element.get("r") or last + 1)
                cells = self._cells(element)
                if cells:
                    _check_extent(last, cells, found)
                    found[last] = cells, element.get("hidden") in {"1", "true"}
        _fill_merged(found, merges)
        rows = [Row(number, dense(cells), hidden) for number, (cells, hidden) in sorted(found.items())]
        return rows, frozenset(hidden_columns)

    def _cells(self, row: Element) -> dict[int, str]:
        cells: dict[int, str] = {}
        column = -1
        for cell in row:
            if cell.tag == "c":
                reference = _REFERENCE.match(cell.get("r", ""))
                column = _index(reference[1]) if reference else column + 1
                text = self._text(cell)
                if text.strip():
                    cells[column] = text
        return cells

    def _text(self, cell: Element) -> str:
        kind = cell.get("t", "n")
        parts = {part.tag: part for part in cell}
        if kind == "inlineStr":
            return _rich_text(parts["is"]) if "is" in parts else ""
        value = parts["v"].text if "v" in parts else None
        if value is None:
            return NOT_CALCULATED if "f" in parts else ""
        if kind == "s":
            index = int(value)
            return self.strings[index] if 0 <= index < len(self.strings) else ""
        if kind == "b":
            return "Ja" if value.strip() in {"1", "true"} else "Nei"
        if kind != "n":
            return _unescaped(value)
        return self._number(float(value), int(cell.get("s", "0")))

    def _number(self, number: float, style: int) -> str:
        if style in self.date_styles and 0 <= number < 2_958_466:
            moment = self.epoch + timedelta(days=number)
            clock = f" kl. {moment:%H.%M}" if number % 1 else ""
            return f"{moment.day}.{moment.month}.{moment.year}{clock}"
        if number == int(number):
            return str(int(number))
        return f"{number:.10g}".replace(".", ",")

    def _elements(self, part: str, *wanted: str, limit: int = MOST_PART_BYTES) -> Iterator[Element]:
        """Each element of a part that is called one of `wanted`."""
        if self.sizes[part] > limit:
            raise Unreadable("too_big")
        with self.archive.open(part) as stream:
            yield from elements(stream, *wanted)


def _check_extent(number: int, cells: dict[int, str], found: Mapping[int, object]) -> None:
    if max(cells) >= MOST_COLUMNS or number - max(found, default=0) > LONGEST_GAP:
        raise Unreadable("far_away")
    if len(found) >= MOST_ROWS:
        raise Unreadable("too_many_rows")


def _fill_merged(found: dict[int, tuple[dict[int, str], bool]], merges: list[str]) -> None:
    """A cell merged downwards says the same of every row that it covers."""
    for merge in merges:
        corners = _REFERENCE.findall(merge)
        if len(corners) != 2:
            continue
        (first, top), (_last, bottom) = corners
        column, start = _index(first), int(top)
        text = found.get(start, ({}, False))[0].get(column, "")
        if text and int(bottom) > start:
            for number in found:
                if start < number <= int(bottom):
                    found[number][0].setdefault(column, text)


def _index(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _rich_text(element: Element) -> str:
    """The text of a string with its formatted runs, without the phonetic guides that stand beside them."""
    texts = []
    for part in element:
        if part.tag == "t":
            texts.append(part.text or "")
        elif part.tag == "r":
            texts += [run.text or "" for run in part if run.tag == "t"]
    return _unescaped("".join(texts))


def _unescaped(text: str) -> str:
    """Excel writes a line break as _x000D_; half characters and null characters are no text."""

    def character(match: re.Match[str]) -> str:
        code = int(match[1], 16)
        return "" if code == 0 or 0xD800 <= code < 0xE000 else chr(code)

    return _ESCAPED.sub(character, text)
