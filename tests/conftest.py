"""What every test stands on: an error that is logged fails the test, and static files keep their plain names."""

import logging

import pytest
from django.conf import settings as django_settings


def pytest_configure():
    # The tests' database is a file in the data folder, which nothing has made on a fresh machine.
    django_settings.DATA_DIR.mkdir(parents=True, exist_ok=True)


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_errors_logged(request):
    """Fail the test when something logged an error; a test that expects one takes the marker `logs_errors`."""
    collector = _Collector()
    loggers = [logging.getLogger(name) for name in ("", "django", "borsen", "display", "daphne")]
    for logger in loggers:
        logger.addHandler(collector)
    yield collector
    for logger in loggers:
        logger.removeHandler(collector)
    if request.node.get_closest_marker("logs_errors") is None:
        assert collector.lines == []


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
