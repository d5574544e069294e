"""A real server process for the tests: `manage.py start` on a data folder of its own, killed and started at will."""

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Self

import httpx

BASE_DIR = Path(__file__).resolve().parents[2]
PASSWORD = "hatt-og-gong-i-salen"
HOST = "test.lan"
# Settings that a server of the tests doesn't take over from who runs them. Without compiled files each of the servers
# would compile the whole product once more.
LEFT_OUT = {"SECRET_KEY", "PUBLIC_URL", "HTTPS", "PYTHONDONTWRITEBYTECODE"}
# Who is signed in on every copy of the template, by login name (tests/conftest.py: template_server).
SESSIONS: dict[str, str] = {}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """The product as somebody runs it, at `http://test.lan:<port>`, a plain http address that is not localhost.

    Over `base_url` (127.0.0.1) httpx reaches the same server. With DATABASE_URL set, the server gets a PostgreSQL
    database of its own, which `close` drops again.
    """

    def __init__(self, data: Path, *, template: "Server | None" = None, **environment: str) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://{HOST}:{self.port}"
        self.base_url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None
        self.has_been_killed = False
        self.log = data.with_suffix(".log")
        self._database = _own_database(template)
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in LEFT_OUT},
            "BORSEN_DATA": str(data),
            "BORSEN_DEMO_PASSWORD": PASSWORD,
            "ALLOWED_HOSTS": f"{HOST},127.0.0.1,localhost",
            "PYTHONUTF8": "1",
            "DEBUG": "0",
            "BRREG_URL": "",  # no test asks the real Enhetsregisteret
            **({"DATABASE_URL": self._database} if self._database else {}),
            **environment,
        }
        if template is not None:
            shutil.copytree(template.data, data)

    def start(self, *arguments: str) -> Self:
        """Start it (again, on the same port) and return when it answers."""
        assert self.process is None, "it is running"
        command = [sys.executable, "manage.py", "start", "--port", str(self.port), *arguments]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=BASE_DIR, env=self.environment, stdout=log, stderr=log)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            with contextlib.suppress(httpx.TransportError):
                httpx.get(f"{self.base_url}/static/.digest", timeout=5)
                return self
            time.sleep(0.05)
        raise AssertionError(f"the server does not answer:\n{self.output()}")

    def kill(self) -> None:
        """End it without warning, as when the plug is pulled."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)
            self.process = None
            self.has_been_killed = True

    def manage(self, *arguments: str) -> str:
        """Run another command on the same data; returns what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=BASE_DIR,
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ask(self, code: str) -> Any:
        """Run `code` in the product's shell and return what it prints, read as JSON."""
        return json.loads(self.manage("shell", "--no-imports", "-c", code))

    def session_of(self, username: str) -> str:
        """Sign in by the form; returns the value of the session cookie."""
        with httpx.Client(base_url=self.base_url, headers={"Host": f"127.0.0.1:{self.port}"}) as client:
            client.get("/konto/logg-inn/")
            form = {"username": username, "password": PASSWORD, "csrfmiddlewaretoken": client.cookies["csrftoken"]}
            assert client.post("/konto/logg-inn/", data=form).status_code == 302
            return client.cookies["sessionid"]

    def output(self) -> str:
        """What it has printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def close(self) -> None:
        self.kill()
        if self._database:
            _drop_database(self._database)


def _own_database(template: Server | None) -> str:
    """The address of a new PostgreSQL database beside the one in DATABASE_URL, or nothing on SQLite."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith(("postgres://", "postgresql://")):
        return ""
    name = f"bors_test_{os.getpid()}_{secrets.token_hex(4)}"
    copied = f' TEMPLATE "{_name_of(template._database)}"' if template else ""
    _in_postgres(given, f'CREATE DATABASE "{name}"{copied}')
    return _with_name(given, name)


def _drop_database(address: str) -> None:
    _in_postgres(os.environ["DATABASE_URL"], f'DROP DATABASE IF EXISTS "{_name_of(address)}" WITH (FORCE)')


def _in_postgres(address: str, statement: str) -> None:
    import psycopg  # noqa: PLC0415 — only the second run of .ci/run has a PostgreSQL

    with psycopg.connect(_with_name(address, "postgres"), autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[arg-type]


def _with_name(address: str, name: str) -> str:
    return f"{address.rsplit('/', 1)[0]}/{name}"


def _name_of(address: str) -> str:
    return address.rsplit("/", 1)[1]
