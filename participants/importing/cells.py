"""What a single cell says: text without what cannot be seen, numbers, yes and no, and values that mean «nothing»."""

import re
import unicodedata
from itertools import pairwise

from .sheet import EXCEL_ERRORS, NOT_CALCULATED

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f]")
_SPACES = re.compile(r"[^\S\n]+")
_NOTHING = frozenset(
    {
        "-", "–", "—", "--", "?", "??", "???", "/", ".", "x", "0", "nei", "ingen", "ingenting", "ikke noe", "intet",
        "n/a", "na", "vet ikke", "vet ikke ennå", "usikker", "ikke aktuelt", "mangler", "har ikke", "ukjent", "tomt",
        "null", "none", "anonymous", "ikke oppgitt", "ikke bestemt", "under registrering", "kommer", "tba", "se over",
        "tbd", "se ovenfor",
        "kommer senere", "kommer tilbake til det", "kommer tilbake", "avklares", "avklares senere", "ikke avklart",
        "ikke nå", "ikke noe nå", "ikke per nå", "ikke ennå", "ikke enda", "ingen nå", "ingen ting", "ingenting nå",
        "ingen behov", "ingen ønsker", "ingen tilbud", "har ingen behov", "ikke relevant", "ikkje noko", "veit ikkje",
        "nothing", "not applicable",
    }
)  # fmt: skip
_ROUNDED = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d{1,2})")
_NUMBER_WORDS = {
    word: number
    for number, word in enumerate("null en to tre fire fem seks sju åtte ni ti elleve tolv".split())  # noqa: SIM905
} | {"ett": 1, "én": 1, "ei": 1, "syv": 7}
_YES = frozenset({"ja", "j", "yes", "y", "x", "kommer", "deltar", "ok", "påmeldt", "bekreftet", "ja takk", "✓", "✔"})
_NO = frozenset(
    {"nei", "n", "no", "kommer ikke", "deltar ikke", "avmeldt", "avlyst", "forfall", "nei takk", "meldt avbud"}
)


class Damaged(ValueError):
    """Excel has kept only the first digits of the number."""


def tidied(text: str) -> str:
    """The cell's text, composed, without invisible characters and doubled spaces; line breaks stay."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    text = re.sub(r"[\r\x0b\x0c\x85\u2028\u2029]", "\n", text)
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def one_line(text: str) -> str:
    """The tidied text on one line."""
    return " ".join(tidied(text).split())


def says_nothing(text: str) -> bool:
    """Whether the cell is empty, or only says that there is nothing to say."""
    return not text or text.casefold().rstrip(".!") in _NOTHING


def is_error(text: str) -> bool:
    """Whether the cell holds an error of Excel's, or a formula that nobody has worked out."""
    return text in EXCEL_ERRORS or text == NOT_CALCULATED


def digits_of(text: str) -> str:
    """The digits of a number, also when it comes as 9,1122333E+07 or 91122333.0. Raises Damaged when some are lost."""
    text = text.strip()
    rounded = _ROUNDED.fullmatch(text)
    if rounded:
        decimals = (rounded[2] or "").rstrip("0")
        if len(decimals) < int(rounded[3]) - 1:
            raise Damaged(text)
        return (rounded[1] + (rounded[2] or "")).ljust(int(rounded[3]) + 1, "0")[: int(rounded[3]) + 1]
    text = re.sub(r"[.,]0+$", "", text) if re.fullmatch(r"\d+[.,]0+", text) else text
    return re.sub(r"\D", "", text)


def phone(text: str) -> str:
    """The telephone number as it is written, and a bare Norwegian one in groups. Raises Damaged."""
    if re.fullmatch(r"[\d.,eE+]+", text) and re.search(r"[eE]|[.,]0+$", text):
        text = digits_of(text)
    # Excel keeps «+4790011222» as a number, without its plus.
    with_country = re.fullmatch(r"(?:\+|00)?47 ?([2-9]\d{7})", text)
    if with_country:
        return f"+47 {phone(with_country[1])}"
    if re.fullmatch(r"\d{8}", text):
        cuts = (0, 3, 5, 8) if text[0] in "489" else (0, 2, 4, 6, 8)
        return " ".join(text[start:end] for start, end in pairwise(cuts))
    return text


def same_phone(one: str, other: str) -> bool:
    """Whether two ways of writing it reach the same telephone."""
    bare = [re.sub(r"\D", "", re.sub(r"^\s*(\+47|0047)", "", text)) for text in (one, other)]
    return bare[0] == bare[1] and (bool(bare[0]) or one == other)


def how_many(text: str) -> int | None:
    """The number in «3», «3 stk», «tre», «2-3» (the higher), «Ja, 2»; None when there is none."""
    numbers = [int(each) for each in re.findall(r"\d{1,6}", re.sub(r"[.,]0+\b", "", text))]
    if numbers:
        return max(numbers) if re.search(r"\d\s*(-|–|til|eller|/)\s*\d", text) else numbers[0]
    words = re.findall(r"[a-zæøåé]+", text.casefold())
    return next((_NUMBER_WORDS[word] for word in words if word in _NUMBER_WORDS), None)


def yes_or_no(text: str) -> bool | None:
    """Whether the cell says that they come; None when it says neither."""
    words = text.casefold().strip(" .!")
    first = re.split(r"[\s,.;(]+", words, maxsplit=1)[0]
    if words in _NO or first in {"nei", "avmeldt"}:
        return False
    return True if words in _YES or first in {"ja", "yes"} else None
