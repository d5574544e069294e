"""Names out of Enhetsregisteret, which shouts: «GRANFJORD IDRETTSLAG» is «Granfjord idrettslag».

Nobody can know which words of a name are names themselves. So only words that are surely none become small (og, for,
idrettslag, kommune), what is short for something stays large (AS, NRK, 4H), and all others get a capital letter. Who
registers sees the name and mends it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SMALL = _words("av de den det ei en et fra for hos i innen med mot og om over på samt som til under uten ved å")
FORMS = _words("as asa sa ba ans da ks nuf iks kf fkf sf hf rhf sti ab")
# What clubs and public bodies are called for short.
LARGE = FORMS | _words(
    "il bil ail uil ul ok ik if tif bk fk sk rk ibk kfum kfuk iogt fau nav aof aa uia ntnu obos usa eu it"
)
ROMAN = re.compile(r"(?=[ivx])(x{0,2})(ix|iv|v?i{0,3})")
# Words, and endings of words, that say what kind of organisation it is: «sanitetsforening», «frivilligsentralen».
KINDS = _words(
    "lag laget forening foreningen forbund forbundet klubb klubben korps korpset skole skolen barnehage barnehagen"
    " kommune kommunen sentral sentralen menighet menigheten mannskor barnekor blandakor blandakoret kirkekor damekor"
    " sangkor råd rådet senter senteret bibliotek biblioteket museum museet sykehjem sykehjemmet bofellesskap"
    " stiftelse stiftelsen avdeling krets kretsen gruppe gruppen ungdomshus samfunnshus grendehus kulturhus orkester"
    " selskap selskapet sokn venner"
)
KIND_ENDS = tuple(KINDS)
KIND_WORDS = KINDS | _words("vel omegn kor kultur idretts ungdoms musikk avd")
VOWELS = frozenset("aeiouyæøåäöáàâéèêëíìîïóòôúùûü")
# Without a vowel, and all the same words.
SHORT_WORDS = frozenset({"st", "dr", "mr", "mrs", "nr", "vg"})
LONGEST_SHORT = 5
# A word with what it is joined by: hyphens, slashes, ampersands, full stops, quotation marks, parentheses.
PIECE = re.compile(r"[^\W_]+(?:['’´`][^\W_]+)*")


def name_in_case(shouted: str) -> str:
    """A name as people write it. One that isn't all in capitals has been written by somebody, and is left alone."""
    text = " ".join(shouted.split())
    if any(letter.islower() for letter in text):
        return text
    return _each_piece(text, _of_a_name)


def place_in_case(shouted: str) -> str:
    """A municipality, a post town, a street: «MØRE OG ROMSDAL» is «Møre og Romsdal»."""
    text = " ".join(shouted.split())
    if any(letter.islower() for letter in text):
        return text
    return _each_piece(text, _of_a_place)


def _each_piece(text: str, in_case: Callable[["_Piece"], str]) -> str:
    """The text with each of its words put in case; what stands between them as it was."""
    pieces = list(PIECE.finditer(text))
    written, end, previous = [], 0, ""
    for number, match in enumerate(pieces):
        written.append(text[end : match.start()])
        piece = _Piece(
            word=match[0].lower(),
            before=text[match.start() - 1 : match.start()],
            after=text[match.end() : match.end() + 2],
            first=number == 0,
            last=number == len(pieces) - 1,
            previous=previous,
        )
        previous = in_case(piece)
        written.append(previous)
        end = match.end()
    return "".join(written) + text[end:]


@dataclass(frozen=True)
class _Piece:
    """A word in small letters, what stands on either side of it, and how the one before it was written."""

    word: str
    before: str
    after: str
    first: bool
    last: bool
    previous: str

    @property
    def alone(self) -> bool:
        return self.before == self.after[:1] == " "


def _of_a_name(piece: _Piece) -> str:
    if _is_large(piece):
        return piece.word.upper()
    return piece.word if _is_small(piece) else _capitalised(piece.word)


def _is_small(piece: _Piece) -> bool:
    if piece.first:
        return False
    if piece.before == "-":
        # «Sør-Granfjord», but «IT-hjelpen».
        return piece.previous.isupper()
    # «ski-» of «ski- og friidrettsklubb».
    return piece.after == "- " or piece.word in SMALL | KIND_WORDS or piece.word.endswith(KIND_ENDS)


def _of_a_place(piece: _Piece) -> str:
    word = piece.word
    if any(letter.isdigit() for letter in word) or (len(word) == 1 and piece.last and not piece.first):
        return word.upper()  # «Storgata 4B», «Havnegata 4 B»
    return word if word in SMALL and piece.alone else _capitalised(word)


def _is_large(piece: _Piece) -> bool:
    word = piece.word
    if any(letter.isdigit() for letter in word) or word in LARGE:
        return True
    if len(word) == 1:
        # «I» and «å» are words between words; «A/S», «J. Hansen» and «Lag B» are letters.
        return word not in SMALL or piece.first or not piece.alone
    # «vi» is a word, and «Karl VI» is rare; the others are no words.
    if word != "vi" and not piece.first and ROMAN.fullmatch(word):
        return True
    return len(word) <= LONGEST_SHORT and word not in SHORT_WORDS and VOWELS.isdisjoint(word) and word.isalpha()


def _capitalised(word: str) -> str:
    return word[:1].upper() + word[1:]
