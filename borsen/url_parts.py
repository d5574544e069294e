"""Parts of addresses that are looked up in the database as they stand."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class Word(StringConverter):
    """Any text without a slash or a NUL byte: PostgreSQL takes no NUL, and says so with an error that fills the log."""

    regex = r"[^/\x00]+"


register_converter(Word, "word")
