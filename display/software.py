"""The version of the screen's own software: a page that was loaded with another one is asked to load itself again."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

PARTS = ("templates/display", "static/js/screen", "static/css/screen*.css", "static/css/tokens.css")


@cache
def software() -> str:
    """Twelve hexadecimal digits of what the page is made of, the same in every process of one release."""
    digest, root = hashlib.sha256(), Path(settings.BASE_DIR)
    files = {file for part in PARTS for path in root.glob(part) for file in (path, *path.rglob("*")) if file.is_file()}
    for file in sorted(files):
        digest.update(file.relative_to(root).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
