"""What `start` does before it serves, where a test can stand in for the disk and the database."""

import errno
import os

import pytest
from django.contrib.staticfiles.finders import get_finder
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from borsen import addresses, starting
from borsen.models import User
from tests.factories import make_user


@pytest.fixture
def data_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.SECRET_KEY_FILE = settings.DATA_DIR / "secret_key"
    settings.STATIC_ROOT = settings.DATA_DIR / "static"
    return settings.DATA_DIR


def refuse(number):
    def refused(*_args, **_kwargs):
        raise OSError(number, os.strerror(number))

    return refused


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "Disken er full."),
        (errno.EACCES, "Jeg får ikke skrive i"),
        (errno.EROFS, "Jeg får ikke skrive i"),
        (errno.EIO, "kan ikke brukes"),
    ],
)
def test_a_folder_that_can_not_be_written_to_is_said(data_folder, monkeypatch, number, words):
    monkeypatch.setattr("pathlib.Path.write_bytes", refuse(number))
    with pytest.raises(starting.CannotStart, match=words):
        starting.prepare_data_folder()


def test_the_key_takes_effect_in_this_process_and_half_a_key_is_never_left(data_folder, monkeypatch, settings):
    settings.SECRET_KEY_IS_LASTING = False
    starting.prepare_data_folder()
    with monkeypatch.context() as patch:
        patch.setattr("os.replace", refuse(errno.ENOSPC))
        with pytest.raises(starting.CannotStart, match="Disken er full"):
            starting.prepare_secret_key()
    assert not settings.SECRET_KEY_FILE.exists()
    starting.prepare_secret_key()
    assert settings.SECRET_KEY_FILE.read_text() == settings.SECRET_KEY
    assert settings.SECRET_KEY_IS_LASTING


def test_a_key_that_is_there_is_kept(data_folder, settings):
    settings.SECRET_KEY_IS_LASTING = True
    starting.prepare_data_folder()
    starting.prepare_secret_key()
    assert not settings.SECRET_KEY_FILE.exists()


def test_static_files_are_collected_only_when_their_source_has_changed(data_folder, settings, tmp_path, request):
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("a {}")
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    get_finder.cache_clear()
    request.addfinalizer(get_finder.cache_clear)
    starting.prepare_data_folder()
    assert starting.prepare_static_files()
    assert not starting.prepare_static_files()
    (source / "a.css").write_text("b {}")
    assert starting.prepare_static_files()
    assert (settings.STATIC_ROOT / "a.css").read_text() == "b {}"


@pytest.mark.django_db
def test_a_database_that_is_up_to_date_is_left_alone():
    assert not starting.prepare_database()


@pytest.mark.django_db
def test_a_database_of_a_newer_version_is_refused():
    MigrationRecorder(connection).record_applied("agreements", "9999_from_the_future")
    with pytest.raises(starting.CannotStart, match="nyere utgave"):
        starting.prepare_database()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("database or disk is full", "Disken er full."),
        ("attempt to write a readonly database", "Jeg får ikke skrive i databasefilen."),
        ("database is locked", "i bruk av et annet program"),
        ("noe annet", "noe annet"),
    ],
)
def test_what_sqlite_says_is_said_in_norwegian(monkeypatch, said, words):
    def broken(*_args):
        raise OperationalError(said)

    monkeypatch.setattr(connection, "vendor", "sqlite")
    monkeypatch.setattr(starting, "MigrationExecutor", broken)
    with pytest.raises(starting.CannotStart, match=words):
        starting.prepare_database()


@pytest.mark.django_db
def test_the_first_organiser_is_made_once():
    assert starting.prepare_first_organiser("riktig-hest-batteri")
    assert not starting.prepare_first_organiser("et-annet-passord")
    user = User.objects.get()
    assert (user.username, user.may_create_events) == ("arrangor", True)
    assert user.check_password("riktig-hest-batteri")


@pytest.mark.django_db
def test_somebody_who_may_create_events_already_is_enough():
    make_user("kari", may_create_events=True)
    assert not starting.prepare_first_organiser("riktig-hest-batteri")


def test_made_up_passwords_differ_and_can_be_read_aloud():
    first, second = starting.made_up_password(), starting.made_up_password()
    assert first != second
    assert [len(part) for part in first.split("-")] == [6, 6, 6, 6]


def test_the_address_of_last_time_is_told_once_it_has_changed(data_folder):
    data_folder.mkdir()
    assert addresses.remember_address("http://10.0.0.7:8000") == ""
    assert addresses.remember_address("http://10.0.0.7:8000") == ""
    assert addresses.remember_address("http://10.0.0.8:8000") == "http://10.0.0.7:8000"


@pytest.mark.parametrize(
    ("host", "port", "address"),
    [
        ("127.0.0.1", 8000, "http://127.0.0.1:8000"),
        ("0.0.0.0", 80, "http://127.0.0.1"),
        ("::1", 8000, "http://[::1]:8000"),
    ],
)
def test_the_local_address_is_one_that_a_browser_takes(host, port, address):
    assert addresses.local_address(host, port) == address


def test_with_a_public_address_that_is_the_one_that_tablets_use(settings):
    settings.PUBLIC_URL = "https://bors.example.no"
    assert addresses.address_of_tablets("0.0.0.0", 8000) == "https://bors.example.no"


@pytest.mark.django_db
def test_start_refuses_a_wrong_port_also_when_it_is_called_from_code():
    with pytest.raises(starting.CannotStart, match="--port må være et tall"):
        call_command("start", port="0")
