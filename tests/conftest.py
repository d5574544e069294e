"""What every test stands on: an error that is logged fails the test, and static files keep their plain names."""

import logging
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from asgiref.sync import SyncToAsync
from django.conf import settings as django_settings
from django.db import connections

from borsen.lanes import lanes

from .browser.server import SESSIONS, Server
from .chromium import find_chromium

BROWSER_GROUPS = 5
BROWSER_TESTS = Path(__file__).parent / "browser"
LEFT_OUT = "Nettlesertestene er utelatt: fant ingen Chromium på denne maskinen (apt install chromium)."


def pytest_configure():
    # The tests' database is a file in the data folder, which nothing has made on a fresh machine.
    django_settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    # Who is started in the background ignores Ctrl-C, and so would every server that a test starts and stops by it.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores: a browser test waits for clocks and servers for half of its time."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Leave the browser tests out on a machine without a browser; in CI leaving something out is a failure.

    They are kept together in a few groups, each run by one worker in one browser.
    """
    modules = sorted({item.path.name for item in items if BROWSER_TESTS in item.path.parents})
    for item in items:
        if BROWSER_TESTS in item.path.parents:
            item.add_marker(pytest.mark.browser)
            group = modules.index(item.path.name) % BROWSER_GROUPS
            item.add_marker(pytest.mark.xdist_group(f"browser-{group}"))
            if find_chromium() is None and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason=LEFT_OUT))


def pytest_terminal_summary(terminalreporter):
    if find_chromium() is None:
        terminalreporter.write_line(LEFT_OUT, yellow=True, bold=True)


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
def no_connection_left_behind():
    """Close what the test's event loop opened in asgiref's thread and on the lanes: another test, that may not use the
    database, would be asked for it there, and PostgreSQL does not drop a database that somebody is connected to."""
    yield
    lanes.close()
    SyncToAsync.single_thread_executor.submit(connections.close_all).result()


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def no_register(settings):
    """No test asks the real Enhetsregisteret; one that looks something up has a register of its own on this machine."""
    settings.BRREG_URL = ""


@pytest.fixture(scope="session")
def template_server(tmp_path_factory) -> Iterator[Server]:
    """A server with the demo børs that has been started once and stopped; each test gets a copy of its data."""
    server = Server(tmp_path_factory.mktemp("template") / "data")
    server.start()
    SESSIONS.update({name: server.session_of(name) for name in ("arrangor", "megler", "koordinator")})
    server.kill()
    yield server
    server.close()


@pytest.fixture
def server(template_server: Server, tmp_path: Path) -> Iterator[Server]:
    """A running server of the test's own, with the demo børs in the middle of its hour."""
    server = Server(tmp_path / "data", template=template_server).start()
    yield server
    server.close()
    assert "Traceback" not in server.output(), server.output()
