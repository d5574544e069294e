#!/usr/bin/env python
"""Entrance for every command of the product; `manage.py start` is the one most people need."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "borsen.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
