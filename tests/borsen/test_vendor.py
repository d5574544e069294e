"""The vendored files are the ones that the table beside them names."""

import hashlib
import re

from django.conf import settings

VENDOR = settings.BASE_DIR / "static" / "vendor"


def test_every_vendored_file_is_listed_with_its_checksum():
    table = (VENDOR / "README.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `([^`]+)` .*`([0-9a-f]{64})` \|$", table, flags=re.MULTILINE))
    present = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and not path.name.startswith(("LICENSE", "README"))
    }
    assert listed == present


def test_every_vendored_folder_has_its_licence():
    folders = [path for path in VENDOR.iterdir() if path.is_dir()]
    assert [folder.name for folder in folders if not list(folder.glob("LICENSE*"))] == []
