"""The version of the screen's own software: a page that was loaded with another one is asked to load itself again."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

PARTS = (
    "templates/display",
    "static/js/screen",
    "static/css/screen.css",
    "static/css/screen-scenes.css",
    "static/css/screen-sizes.css",
    "static/css/tokens.css",
)


@cache
def software() -> str:
    """Twelve hexadecimal digits of what the page is made of, the same in every process of one release."""
    digest = hashlib.sha256()
    for part in PARTS:
        path = Path(settings.BASE_DIR) / part
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file():
                digest.update(file.relative_to(settings.BASE_DIR).as_posix().encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
