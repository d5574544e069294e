"""What kind of file it is, and its sheets. Run as a program it reads a file from standard input: see apart.py.

Imports neither Django nor anything that holds a model, so that the child starts at once and stays small.
"""

import contextlib
import csv
import json
import sys
from typing import Any

from .delimited import read_delimited
from .sheet import Sheet, Unreadable
from .workbook import read_workbook

LARGEST_FILE = 5_000_000
MOST_MEMORY = 400_000_000  # of address space; what the limits in workbook.py leave is a quarter of it
MOST_SECONDS = 4  # of work; the largest list that is taken needs one

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER_KINDS = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "other"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"Rar!", "other"),
    (b"7z\xbc\xaf", "other"),
    (b"\x1f\x8b", "other"),
    (b"{", "other"),
    (b"[", "other"),
)


def read(data: bytes) -> list[Sheet]:
    """The sheets that something stands in. Raises Unreadable with the reason when there is none."""
    if len(data) > LARGEST_FILE:
        raise Unreadable("too_large_file")
    if not data.strip(b"\x00\r\n\t \xef\xbb\xbf"):
        raise Unreadable("empty")
    sheets = _sheets(data)
    readable = [sheet for sheet in sheets if sheet.rows]
    if not readable:
        raise Unreadable(next((sheet.trouble for sheet in sheets if sheet.trouble), "empty"))
    return [sheet for sheet in sheets if sheet.rows or sheet.trouble]


def _sheets(data: bytes) -> list[Sheet]:
    if data.startswith(b"PK"):
        return read_workbook(data)
    if data.startswith(_OLE):
        # Word for it in the directory of an old Office file; an encrypted .xlsx lies inside such a file.
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise Unreadable("password" if encrypted else "xls")
    for start, code in _OTHER_KINDS:
        if data.startswith(start):
            raise Unreadable(code)
    if data.lstrip(b"\xef\xbb\xbf\r\n\t ")[:200].lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        raise Unreadable("web_page")
    try:
        return read_delimited(data)
    except csv.Error as error:
        raise Unreadable("not_a_list") from error


def outcome(data: bytes) -> dict[str, Any]:
    """What the child says: its sheets, or the code of why there are none."""
    try:
        return {"sheets": [sheet.as_json() for sheet in read(data)]}
    except Unreadable as refusal:
        return {"refused": refusal.code}
    except (MemoryError, RecursionError, OverflowError):
        return {"refused": "too_big"}


def main() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    json.dump(outcome(sys.stdin.buffer.read(LARGEST_FILE + 1)), sys.stdout)


if __name__ == "__main__":
    main()
