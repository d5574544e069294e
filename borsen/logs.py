"""What is written in the log: never the secret part of a link that signs somebody in."""

import logging
import re

# /konto/lenke/<token>/ and /konto/nytt-passord/<user>/<token>/: whoever reads one of these in time is that person.
SECRET = re.compile(r"(/konto/(?:lenke|nytt-passord/[^/\s]+)/)[^/\s]+")


class WithoutLinks(logging.Formatter):
    """Masks the tokens in whatever is logged: Django names the address of every request that is refused."""

    def format(self, record: logging.LogRecord) -> str:
        return SECRET.sub(r"\1…", super().format(record))


class NoTraceOfRefusals(logging.Filter):
    """Leaves out where in the program a visitor was refused (403, too large a form …): a line says it all, and anybody
    could fill the disk with the rest."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = record.exc_text = None
        return True
