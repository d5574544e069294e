#!/usr/bin/env python
"""Entrance for every command of the product; `manage.py start` is the one most people need."""

import os
import sys

OURS = {"borsen", "participants", "agreements", "display"}


def main() -> None:
    """Run the command. What goes wrong in daily life is said in one Norwegian sentence instead of a stack trace."""
    if sys.version_info < (3, 11):  # noqa: UP036 — this is where somebody with an old Python is told so
        sys.exit("Børsen trenger Python 3.11 eller nyere. Dette er Python %d.%d." % sys.version_info[:2])  # noqa: UP031
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "borsen.settings")
    for stream in (sys.stdout, sys.stderr):
        # An old Windows console lacks a few characters; a question mark is better than a crash.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        run()
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] in OURS:
            raise
        sys.exit(
            f"Pakken {error.name} mangler. Installer først: .venv/bin/pip install -r requirements.txt"
            "\n(Windows: .venv\\Scripts\\pip install -r requirements.txt)"
        )
    except KeyboardInterrupt:
        sys.exit(130)


def run() -> None:
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 — Django may be what is missing
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"Feil i innstillingene. {error}")


if __name__ == "__main__":
    main()
