"""What people write, one text a line: `caught.txt` is about payment, `not_caught.txt` is not."""

from pathlib import Path

HERE = Path(__file__).parent


def texts_in(name: str) -> list[str]:
    """The lines of a file beside this one; empty ones and headings (#) are left out."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


CAUGHT = texts_in("caught.txt")
NOT_CAUGHT = texts_in("not_caught.txt")

# In other letters than an ordinary keyboard's: how they are written, and what is quoted.
LETTERS = {
    "500\u00a0kr": ["500\u00a0kr"],
    "1\u202f200\u2009kr": ["1\u202f200\u2009kr"],
    "５００ｋｒ": ["５００ｋｒ"],
    "￥500": ["￥500"],
    "VI BETALER FAKTURAEN": ["BETALER", "FAKTURAEN"],
    "MOT GODTGJØRELSE": ["GODTGJØRELSE"],
    "Sal til leie:\n500\nkr": ["500\nkr"],
    "500 \t  kr": ["500 \t  kr"],
    "500,\u2013": ["500,\u2013"],
    "500,\u2014 for salen": ["500,\u2014"],
    "100\u2011200 kr": ["100\u2011200 kr"],
    "beta\u00adler": ["beta\u00adler"],
    "500\u200bkr": ["500\u200bkr"],
    "uto\u030a, godtgjo\u0308relse, 500 kr": ["500 kr"],
    "a\u0300 200": ["a\u0300 200"],
    "Vi trenger pa\u030afyll. Betaler 500 kr": ["Betaler", "500 kr"],
    "🎩🎩 500 kr 🎩": ["500 kr"],
    "🎩 betaler, og betaler igjen, BETALER": ["betaler"],
    "uten betaling, 500 kr": ["500 kr"],
    "": [],
    " \n\t ": [],
    "\u0301": [],
    "\0": [],
}
