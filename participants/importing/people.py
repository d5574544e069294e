"""Contact persons as people write them: one to a cell, or several with numbers and addresses in between."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import zip_longest

from borsen.collation import folded

from .cells import phone, says_nothing, tidied

_EMAIL = re.compile(r"[^\s<>()\[\],;:/\"']+@[^\s<>()\[\],;:/\"']+")
_PHONE = re.compile(r"(?:(?:\+|00)\d{1,3}[\s-]?)?\d(?:[\s.-]?\d){7,11}(?!\d)|\b1[0-9]{2}\b(?=\s*$)|\b\d{5}\b")
_LABEL = re.compile(
    r"\b(?:tlf|telefon|mob|mobil|e-?post|mail|m|t|e|kontaktperson|kontakt)\b\.?\s*:?\s*(?=$|[,;/|])"
    r"|\b(?:tlf|telefon|mob|mobil|e-?post|e-?mail)\b\.?\s*:?",
    re.IGNORECASE,
)
_CAPITAL = "[A-ZÆØÅÁČĐŊŠŦŽÄÖÜÉÓ]"
_NAME = re.compile(rf"^{_CAPITAL}[\w'’.-]*(?:\s+(?:{_CAPITAL}[\w'’.-]*|van|von|de|af|al|bin|da))+$")
_BETWEEN = re.compile(r"\n|;|\s/\s|\s\|\s|(?<=\d)/|/(?=[A-ZÆØÅ])")
_AND = re.compile(r"\s+(?:og|&|\+|samt)\s+")
_GENERIC = frozenset(
    {"post", "info", "kontakt", "mail", "epost", "leder", "styret", "admin", "kontor", "hei", "firmapost"}
)


@dataclass(frozen=True)
class Person:
    """A contact person as the list has it; any part may be missing."""

    name: str = ""
    email: str = ""
    phone: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.email or self.phone)


def people(name: str, emails: str, phones: str, *, known: Collection[str] = ()) -> list[Person]:
    """The persons of one set of columns. Addresses and numbers in columns of their own go to them in order.

    What is no address is kept as it is written, so that it can be told as an error. `known` are folded names that the
    børs already has, which are one person however many they seem to be.
    """
    if name and folded(name) in known and emails.count("@") <= 1:
        return [Person(*(" ".join(text.split()) for text in (name, emails, phones)))]
    found = _from_text(name)
    addresses, numbers = _addresses(emails), _numbers(phones)
    result = []
    for person, address, number in zip_longest(found, addresses, numbers):
        person = person or Person()
        result.append(replace(person, email=address or person.email, phone=number or person.phone))
    return _named([each for each in result if each])


def _from_text(text: str) -> list[Person]:
    text = tidied(text)
    if says_nothing(text):
        return []
    persons: list[Person] = []
    for chunk in _chunks(text):
        person = _person(chunk)
        if not person.name and persons:
            # «Kari Berg / 900 00 000»: the sign stood between a person and the number, not between two persons.
            last = persons[-1]
            persons[-1] = replace(last, email=last.email or person.email, phone=last.phone or person.phone)
        elif person:
            persons.append(person)
    return persons


def _chunks(text: str) -> list[str]:
    chunks = []
    for part in filter(None, map(str.strip, _BETWEEN.split(text))):
        names = [each.strip(" ,") for each in _AND.split(part)]
        both = len(names) > 1 and all(_looks_like_a_name(_person(each).name) for each in names)
        for each in names if both else [part]:
            chunks += _by_commas(each)
    return chunks


def _by_commas(text: str) -> list[str]:
    """«Kari Berg, 900 00 000, Ola Moe» as two persons, «Kari Berg, daglig leder» and «Berg, Kari» as one."""
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    if len(pieces) == 2 and all(re.fullmatch(r"[^\W\d_][\w'’-]*", piece) and piece[0].isupper() for piece in pieces):
        return [f"{pieces[1]} {pieces[0]}"]
    chunks: list[str] = []
    for piece in pieces:
        if chunks and not _looks_like_a_name(_person(piece).name):
            chunks[-1] += f", {piece}"
        else:
            chunks.append(piece)
    return chunks


def _person(text: str) -> Person:
    address = _EMAIL.search(text)
    rest = _EMAIL.sub(" ", text)
    number = _PHONE.search(rest)
    rest = _LABEL.sub(" ", _PHONE.sub(" ", rest))
    rest = re.sub(r"[<>()\[\]]", " ", rest)
    name = ", ".join(part for each in rest.split(",") if (part := " ".join(each.split()).strip(" -–:./|")))
    return Person(name, address[0].rstrip(".") if address else "", phone(number[0].strip()) if number else "")


def _looks_like_a_name(text: str) -> bool:
    return bool(_NAME.match(text))


def _addresses(text: str) -> list[str]:
    text = tidied(text)
    if says_nothing(text):
        return []
    text = re.sub(r"mailto:", "", text, flags=re.IGNORECASE)
    found: list[str] = _EMAIL.findall(text)
    if not found or len(re.findall("@", text)) != len(found):
        return [" ".join(text.split())]
    return [each.rstrip(".") for each in found]


def _numbers(text: str) -> list[str]:
    text = tidied(text)
    if says_nothing(text):
        return []
    parts = [part.strip() for part in re.split(r"[\n;/,|]|\bog\b|\beller\b", text) if part.strip()]
    if len(parts) > 1 and all(sum(map(str.isdigit, part)) >= 8 for part in parts):
        return [phone(part) for part in parts]
    return [" ".join(text.split())]


def _named(persons: list[Person]) -> list[Person]:
    """Somebody who has only an address is called what the address says: kari.berg@… is Kari Berg."""
    return [each if each.name else replace(each, name=_name_in(each.email)) for each in persons]


def _name_in(address: str) -> str:
    local = address.partition("@")[0]
    words = [word for word in re.split(r"[._-]", local) if word.isalpha()]
    if len(words) < 2 or words[0].casefold() in _GENERIC:
        return ""
    return " ".join(word.capitalize() for word in words)
