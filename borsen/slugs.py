"""The first part of a børs' addresses: which are taken by the product itself, and one suggested from a name."""

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.text import slugify

from .collation import folded
from .models import Event

DEMO = "demo"  # `manage.py demo` makes that one anew, whatever it was
OUTSIDE_DJANGO = frozenset({"static", "ws"})  # answered in borsen/asgi.py
LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t", "ł": "l"})


def reserved() -> frozenset[str]:
    """The first segments of all addresses that do not begin with a børs."""
    first = (_route(entry).split("/", maxsplit=1)[0] for entry in get_resolver().url_patterns)
    return OUTSIDE_DJANGO | {DEMO} | {segment for segment in first if segment and not segment.startswith("<")}


def is_free(slug: str) -> bool:
    return slug not in reserved() and not Event.objects.filter(slug=slug).exists()


def suggested(name: str) -> str:
    """A free address made from `name`: «Frivilligbørs i Årdal» gives «frivilligbors-i-ardal»."""
    base = slugify(folded(name).translate(LETTERS))[:50].strip("-") or "bors"
    taken = frozenset(Event.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | reserved()
    number = 2
    slug = base
    while slug in taken:
        slug = f"{base}-{number}"
        number += 1
    return slug


def _route(entry: URLPattern | URLResolver) -> str:
    return str(entry.pattern)
