"""What is written in the log: never the secret part of a link that signs somebody in."""

import logging
import re

# /konto/lenke/<token>/, /konto/nytt-passord/<user>/<token>/, /konto/invitasjon/<token>/ and /<slug>/min-side/<token>/:
# whoever reads one of these in time is that person; and /<slug>/kvittering/<token>/ is for the parties alone.
# On the way through the sign-in such an address is itself a part of another one, perhaps with its
# slashes written as %2F.
SLASH = "(?:/|%2[Ff])"
SLASHES = f"{SLASH}+"  # one too many opens nothing, but the link is no less secret
SECRET = re.compile(
    rf"({SLASH}(?:konto{SLASHES}(?:lenke|invitasjon|nytt-passord{SLASHES}[^/%\s]+)|min-side|kvittering){SLASHES})[^/%&?\s]+"
)


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
