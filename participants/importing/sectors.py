"""Which of the four kinds a participant is, from the words that people write for it or from its name."""

import re

from borsen.enums import Sector

from .headings import plain_words

_PERSON = re.compile(
    r"enkeltperson|privat ?person|frivillig person|^(person|individual|individ|enkeltpersoner|privatpersoner)$"
)
_WORDS = (
    (
        Sector.PUBLIC,
        re.compile(r"kommun|offentl[ie]g|^off\b|\betat|\bstat(lig|en)?\b|fylke|^(skole|nav|barnehage)$|\bpublic"),
    ),
    (
        Sector.VOLUNTARY,
        re.compile(
            r"frivil|foren|\bideell|lag\b|\blag\b|lagene\b|\bidrett|klubb|\bngo\b|\bkor(ps)?\b|nonprofit|volunt"
        ),
    ),
    (
        Sector.BUSINESS,
        re.compile(r"bedrift|naring|firma|foretak|selskap|\bas\b|butikk|kommersiell|gründer|business|company"),
    ),
)
_WEAK = (
    (Sector.BUSINESS, re.compile(r"^(privat|privat sektor|private|forretning|grunder|bedr|naringsdrivende)$")),
    (
        Sector.VOLUNTARY,
        re.compile(r"^(organisasjon|organisasjoner|friv|org|sivilsamfunn|tredje sektor|menighet|trossamfunn)$"),
    ),
)
_IN_NAMES = (
    (
        Sector.BUSINESS,
        re.compile(r"\b(as|asa|sa|da|ans|enk|nuf)$|sparebank|\bhotell?\b|bakeri|\brema\b|\bkiwi\b|\bcoop\b"),
    ),
    (
        Sector.PUBLIC,
        re.compile(
            r"kommune\b|sykehjem|barnehage|\bskole\b|skule\b|\bnav\b|bibliotek|helsestasjon|omsorgssenter|politi|brann"
        ),
    ),
    (
        Sector.VOLUNTARY,
        re.compile(
            r"idrettslag|forening|\bil\b|klubb|\w{3,}lag(et)?\b|\bkor(et|ps|psene)?\b|janitsjar|frivilligsentral"
            r"|rode kors|\blag(et)?\b|lions|rotary|speider|sanitet|menighet|venne(r|ne)\b"
        ),
    ),
)


def sector_of(text: str) -> str:
    """The sector that a word for it means; empty when it could be none or several."""
    words = plain_words(text)
    if _PERSON.search(words):
        return Sector.INDIVIDUAL
    return _only(_WORDS, words) or _only(_WEAK, words)


def sector_by_name(name: str) -> str:
    """A guess from the participant's own name («… AS», «… kommune», «… idrettslag»); empty when it tells nothing."""
    return _only(_IN_NAMES, plain_words(name))


def _only(rules: tuple[tuple[Sector, re.Pattern[str]], ...], words: str) -> str:
    found = {sector for sector, pattern in rules if pattern.search(words)}
    return found.pop() if len(found) == 1 else ""
