"""Commands that say what went wrong in one sentence."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _


class PlainCommand(BaseCommand):
    """A command whose everyday mistakes are told without Django's prefix and without a stack trace."""

    _called_from_command_line: bool  # Django's own; its stubs don't know it

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except CommandError as error:
            if not self._called_from_command_line or options["traceback"]:
                raise
            self.stderr.write(str(error))
            sys.exit(error.returncode)
        except DatabaseError as error:
            if not self._called_from_command_line or options["traceback"]:
                raise
            text = _("Databasen svarer ikke som den skal: %s\nEr den gjort klar? Kjør «manage.py start» først.")
            self.stderr.write(text % str(error).strip())
            sys.exit(1)
