"""The words of a text that speak of payment: the rule of the børs that money never changes hands.

The patterns are data (`money.json`), which the broker's page runs too (static/js/broker/money.js), so that the tablet
says the same without network; tests hold both to the same verdicts. The rules of the data are tried in their order,
and the first that takes a stretch of text has it: what a `skip` takes is not looked at again, what a `catch` takes is
money. So amounts come first, then payment that is ruled out («uten betaling»), then what only looks like it, then the
words of payment.

Where it is in doubt: a miss breaks the rule of the børs, a false alarm costs the broker one tap. Hence

- caught: amounts with a currency, the dash of «500,-», figures that only payment explains («leie ut for 300», «200 per
  time»); words of paying, wages, fees, rents, discounts (what is left is paid); sponsors, grants and expenses that one
  covers, for that is money too, whoever gets it; «ikke gratis»; the slips that are common on a touch keyboard;
- not caught: payment that is negated, or made in cake; courses and help about money and applications for grants, which
  are services like others; raffles, sales, collections and tickets without a price, where the parties don't pay each
  other; «leie», «kjøpe», «pris», «støtte» and «gavekort» alone, which are said of what is free as well; figures with a
  noun after them.

The patterns keep to what Python's `re` and JavaScript on Safari 16.0 understand alike: no lookbehind, no flags for
capitals, no `\\b`, `\\w`, `\\s` or `\\d` (they differ in which letters they know), and every repetition bounded.
"""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Any

TAKEN = "\0"
# As in money.js: A–Z and the capitals of Latin-1, whose small letters are 32 places further on.
SMALL = {code: code + 32 for first, last in ("AZ", "ÀÖ", "ØÞ") for code in range(ord(first), ord(last) + 1)}
# A run of letters that are plain as they stand, or one letter with the accents that some keyboards send after it.
RUN = re.compile("([!-_a-~ÆØÅæøå]+)(?![\u0300-\u036f])|[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]")


@cache
def patterns() -> dict[str, Any]:
    """The data, for the page as well as for `find_money`."""
    data: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    return data


def find_money(text: str) -> list[str]:
    """The words that speak of payment, as written, in the order of the text, each once."""
    plain = Plain(text)
    found: list[tuple[int, int]] = []
    left = {True: plain.text, False: plain.text.translate(SMALL)}
    for rule in _rules():
        for start, end in rule.spans(left[rule.cased]):
            left = {cased: rest[:start] + TAKEN * (end - start) + rest[end:] for cased, rest in left.items()}
            if rule.is_money:
                found.append((start, end))
    words: dict[str, str] = {}
    for start, end in sorted(found):
        word = plain.as_written(start, end)
        words.setdefault(word.translate(SMALL), word)
    return list(words.values())


class Plain:
    """A text in one spelling: full and half width, all blanks and dashes alike, and where each letter came from."""

    def __init__(self, written: str) -> None:
        self.written = written
        self.text = ""
        self._places: list[tuple[int, int]] = []
        for run in RUN.finditer(written):
            if run[1]:
                self._add(run[1], ((place, place + 1) for place in range(*run.span())))
            else:
                letters = "".join(_letters().get(letter, letter) for letter in unicodedata.normalize("NFKC", run[0]))
                letters = letters.lstrip(" ") if self.text.endswith(" ") else letters
                self._add(letters, repeat(run.span(), len(letters)))

    def _add(self, letters: str, places: Iterable[tuple[int, int]]) -> None:
        self.text += letters
        self._places.extend(places)

    def as_written(self, start: int, end: int) -> str:
        return self.written[self._places[start][0] : self._places[end - 1][1]].strip(" ")


@dataclass(frozen=True)
class Rule:
    """One rule of the data, ready to run. Only `cased` ones see capitals."""

    pattern: re.Pattern[str]
    is_money: bool
    cased: bool

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where it matches, without the character before the first word."""
        return [(match.end(1), match.end()) for match in self.pattern.finditer(text)]


@cache
def _rules() -> list[Rule]:
    parts = patterns()["parts"]
    return [
        Rule(re.compile(_source(rule, parts)), is_money="catch" in rule, cased=rule.get("cased", False))
        for rule in patterns()["rules"]
    ]


def _source(rule: dict[str, Any], parts: dict[str, str]) -> str:
    """Whole words, unless the rule is `open` at its end; `<name>` stands for a part."""
    words = "|".join(rule.get("catch") or rule["skip"])
    source = f"(^|[^<l>])(?:{words}){'' if rule.get('open') else '<e>'}"
    while "<" in source:
        source = re.sub("<([a-z0-9_]+)>", lambda name: parts[name[1]], source)
    return source


@cache
def _letters() -> dict[str, str]:
    """What stands for each letter that is not itself."""
    letters = patterns()["letters"]
    plain = {"blanks": " ", "dashes": "-", "apostrophes": "'", "dropped": ""}
    return {letter: plain[name] for name in plain for letter in letters[name]}
