"""What must be there before the server can serve: folder, key, database, static files, somebody who may sign in."""

import errno
import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.files.storage import Storage
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.management.utils import get_random_secret_key
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from .models import User
from .statics import StaticFiles

FIRST_ORGANISER = "arrangor"


class CannotStart(CommandError):
    """Something outside the program is in the way; the text says what, to the person at the keyboard."""


def prepare_data_folder() -> None:
    """Make the data folder, for its owner alone (sessions and people's data lie there), and see that it can be written
    to. A folder that is there keeps the rights it was given."""
    folder: Path = settings.DATA_DIR
    if folder.exists() and not folder.is_dir():
        raise CannotStart(_("BORSEN_DATA må være en mappe. %s er en fil.") % folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = folder / f".skriveprøve-{secrets.token_hex(4)}"
        probe.write_bytes(b"?")
        probe.unlink()
    except OSError as error:
        raise CannotStart(_what_the_disk_said(folder, error)) from error


def prepare_secret_key() -> None:
    """Write a key file that only its owner may read, and let it take effect in this process."""
    if settings.SECRET_KEY_IS_LASTING:
        return
    path: Path = settings.SECRET_KEY_FILE
    key = get_random_secret_key()
    unfinished = path.with_suffix(".ny")
    try:
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(key)
        os.replace(unfinished, path)
    except OSError as error:
        raise CannotStart(_what_the_disk_said(path, error)) from error
    settings.SECRET_KEY = key
    settings.SECRET_KEY_IS_LASTING = True


def prepare_database() -> bool:
    """Bring the tables up to date; returns whether anything had to be done."""
    try:
        executor = MigrationExecutor(connection)
        unknown = set(executor.loader.applied_migrations) - set(executor.loader.graph.nodes)
        if any(app in settings.INSTALLED_APPS for app, _name in unknown):
            raise CannotStart(_("Databasen er laget av en nyere utgave av programmet. Bruk den utgaven."))
        missing = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if missing:
            call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        raise CannotStart(_what_the_database_said(error)) from error
    return missing


def prepare_static_files() -> bool:
    """Collect the static files when their source has changed since last time; returns whether it had."""
    stamp: Path = settings.STATIC_ROOT / ".digest"
    try:
        digest = static_digest()
        if stamp.is_file() and stamp.read_text(encoding="ascii") == digest:
            return False
        # Without `clear` a file with an older date than last time's copy (an unpacked release) would be left out.
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.write_text(digest, encoding="ascii")
    except OSError as error:
        raise CannotStart(_what_the_disk_said(settings.STATIC_ROOT, error)) from error
    return True


def static_digest() -> str:
    """Hash of every static file's path and content."""
    digest = hashlib.sha256()
    found: list[tuple[str, Storage]] = [
        item for finder in get_finders() for item in finder.list(StaticFiles.ignore_patterns)
    ]
    for path, storage in sorted(found, key=lambda item: item[0]):
        with storage.open(path) as file:
            content = file.read()
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def prepare_first_organiser(password: str) -> bool:
    """Make somebody who may create børser, when nobody may yet; returns whether it was needed."""
    if User.objects.filter(may_create_events=True, is_active=True).exists():
        return False
    user, _created = User.objects.get_or_create(username=FIRST_ORGANISER, defaults={"display_name": _("Arrangør")})
    user.may_create_events = True
    user.set_password(password)
    user.save()
    return True


def made_up_password() -> str:
    """Twelve syllables with hyphens between, easy to read aloud and to type on a tablet (about 76 bits)."""
    syllables = [secrets.choice("bdfghjklmnprstv") + secrets.choice("aeiou") for _turn in range(12)]
    return "-".join("".join(syllables[start : start + 3]) for start in range(0, 12, 3))


def check_channel_layer() -> None:
    """Say it now when the address of Redis leads nowhere; later on a lost Redis does no harm."""
    if not settings.REDIS_URL:
        return
    import redis  # noqa: PLC0415 — 0.1 s that an installation without Redis needn't wait

    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=3, socket_timeout=3) as client:
            client.ping()
    except (redis.RedisError, OSError, ValueError) as error:
        text = _("Redis svarer ikke på adressen i REDIS_URL: %s")
        raise CannotStart(text % error) from error


def _what_the_disk_said(path: Path, error: OSError) -> str:
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return _("Disken er full. Rydd plass der %s ligger, og start igjen.") % path
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return _("Jeg får ikke skrive i %s. Velg en annen mappe med BORSEN_DATA, eller gi skrivetilgang.") % path
    return _("%(path)s kan ikke brukes: %(error)s") % {"path": path, "error": error.strerror or error}


def _what_the_database_said(error: DatabaseError) -> str:
    said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    if connection.vendor == "sqlite":
        text = {
            "database or disk is full": _("Disken er full. Rydd plass, og start igjen."),
            "attempt to write a readonly database": _("Jeg får ikke skrive i databasefilen."),
            "database is locked": _("Databasefilen er i bruk av et annet program."),
            "file is not a database": _("Databasefilen er ødelagt eller er ikke en database."),
            "unable to open database file": _("Databasefilen kan ikke åpnes. Finnes mappen den ligger i?"),
        }.get(said, said)
        return f"{text} ({settings.DATABASES['default']['NAME']})"
    return _("Får ikke kontakt med databasen i DATABASE_URL: %s") % said
