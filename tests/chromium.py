"""Where the machine keeps its Chromium, if it has one."""

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


def find_chromium() -> str | None:
    return next((path for path in map(shutil.which, NAMES) if path), None)
