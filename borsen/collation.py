"""Norwegian order and comparison of names, the same on every database (SQLite folds ASCII only)."""

import unicodedata

# After z come æ, ø and å, whatever letters a name borrows from: Ä sorts with Æ, Ö with Ø, and «aa» stays two letters.
_AFTER_Z = {"æ": "{a", "ä": "{b", "ø": "{c", "ö": "{d", "å": "{e"}
_PLAIN = {"đ": "d", "ð": "d", "ł": "l", "ŋ": "n", "ŧ": "t", "þ": "th", "œ": "oe", "ß": "ss"}


def folded(text: str) -> str:
    """The form in which texts are compared and searched: composed, casefolded, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def norwegian_key(text: str) -> tuple[str, str]:
    """Sort key in Norwegian order; accents and punctuation count only between names that are otherwise alike."""
    letters: list[str] = []
    for character in folded(text):
        if character in _AFTER_Z:
            letters.append(_AFTER_Z[character])
            continue
        plain = _PLAIN.get(character) or unicodedata.normalize("NFD", character)[0]
        if plain.isalnum() or plain.isspace():
            letters.append(plain)
    return "".join(letters).strip(), text
