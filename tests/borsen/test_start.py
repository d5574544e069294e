"""`manage.py start`, as somebody at a keyboard meets it: one process, its words, and what is on the disk afterwards."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time

import httpx
import pytest

import manage
from tests.browser.server import BASE_DIR, PASSWORD, Server, free_port


def run_start(tmp_path, *arguments, **environment):
    """Run `start` where it is expected to stop at once; returns exit code and everything that it said."""
    done = subprocess.run(
        [sys.executable, "manage.py", "start", "--port", str(free_port()), *arguments],
        cwd=BASE_DIR,
        env={**os.environ, "BORSEN_DATA": str(tmp_path / "data"), "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def new_server(tmp_path):
    server = Server(tmp_path / "data")
    yield server
    server.close()


@pytest.fixture
def prepared_server(template_server, tmp_path):
    """A server that has been started before, on data of its own."""
    server = Server(tmp_path / "data", template=template_server)
    yield server
    server.close()


def test_the_first_start_makes_everything_and_says_where_and_how_to_sign_in(new_server):
    new_server.environment.pop("BORSEN_DEMO_PASSWORD")
    new_server.start()
    said = new_server.output()
    assert f"{new_server.base_url}/demo/storskjerm/" in said
    assert "Logg inn som: arrangor, megler, koordinator" in said
    password = said.split("Passord: ")[1].split()[0]
    assert "Traceback" not in said
    key = new_server.data / "secret_key"
    assert len(key.read_text()) >= 50
    if os.name == "posix":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    with httpx.Client(base_url=new_server.base_url) as client:
        page = client.get("/konto/logg-inn/")
        token = page.cookies["csrftoken"]
        form = {"username": "koordinator", "password": password, "csrfmiddlewaretoken": token}
        assert client.post("/konto/logg-inn/", data=form).status_code == 302


def test_a_second_start_reuses_everything_and_soon_serves(prepared_server):
    key = (prepared_server.data / "secret_key").read_bytes()
    started = time.monotonic()
    prepared_server.start()
    # It takes half a second; the bound leaves room for a busy machine that runs other tests meanwhile.
    assert time.monotonic() - started < 10
    said = prepared_server.output()
    assert "gjort klar" not in said
    assert "Passord: det samme som før" in said
    assert (prepared_server.data / "secret_key").read_bytes() == key
    assert httpx.get(f"{prepared_server.base_url}/healthz", timeout=20).status_code == 200


def test_sessions_outlive_a_restart(prepared_server):
    prepared_server.start()
    with httpx.Client(base_url=prepared_server.base_url) as client:
        token = client.get("/konto/logg-inn/").cookies["csrftoken"]
        form = {"username": "arrangor", "password": PASSWORD, "csrfmiddlewaretoken": token}
        client.post("/konto/logg-inn/", data=form)
        prepared_server.kill()
        prepared_server.start()
        assert client.get("/demo/innstillinger/").status_code == 200


def test_without_the_demo_there_is_an_organiser_and_no_event(new_server):
    new_server.start("--no-demo")
    said = new_server.output()
    assert "Logg inn som: arrangor\n" in said
    assert "/demo/" not in said
    assert httpx.get(f"{new_server.base_url}/demo/storskjerm/").status_code == 302


def test_on_all_addresses_it_names_the_local_network_and_answers_there(prepared_server):
    prepared_server.environment["ALLOWED_HOSTS"] = "localhost"
    prepared_server.start("--host", "0.0.0.0")
    marker = "Fra nettbrett på samme nett: "
    found = [line.split(marker)[1] for line in prepared_server.output().splitlines() if marker in line]
    for address in found:
        assert httpx.get(f"{address}healthz").status_code == 200
    assert found or "Fant ingen adresse på lokalnettet" in prepared_server.output()
    answer = httpx.get(f"{prepared_server.base_url}/healthz", headers={"Host": "ond.example"})
    assert answer.status_code == 400


def test_a_changed_address_is_said_because_tablets_may_hold_agreements_for_the_old_one(prepared_server):
    (prepared_server.data / "address").write_text("http://10.0.0.7:8000\n")
    prepared_server.start()
    assert f"fra http://10.0.0.7:8000 til {prepared_server.base_url}" in prepared_server.output()


@pytest.mark.skipif(os.name != "posix", reason="Windows has no signal that a test can send as Ctrl-C")
def test_ctrl_c_stops_it_quietly(prepared_server):
    prepared_server.start()
    prepared_server.process.send_signal(signal.SIGINT)
    assert prepared_server.process.wait(20) == 0
    assert prepared_server.output().splitlines()[-1] == "Børsen er stoppet."


def test_an_old_python_is_said(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit, match=r"trenger Python 3\.11 eller nyere. Dette er Python 3\.9\."):
        manage.main()


def test_a_missing_package_is_said_with_the_command_that_installs_it(monkeypatch):
    def run():
        raise ModuleNotFoundError("No module named 'daphne'", name="daphne")

    monkeypatch.setattr(manage, "run", run)
    with pytest.raises(SystemExit, match=r"Pakken daphne mangler.*pip install -r requirements\.txt"):
        manage.main()


def test_behind_a_proxy_with_https_the_public_address_is_named(prepared_server):
    prepared_server.environment |= {"HTTPS": "1", "PUBLIC_URL": "https://bors.example.no"}
    prepared_server.start()
    assert "https://bors.example.no/" in prepared_server.output()
    forwarded = {"Host": "bors.example.no", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    assert httpx.get(f"{prepared_server.base_url}/konto/logg-inn/", headers=forwarded).status_code == 200
    assert (
        httpx.get(f"{prepared_server.base_url}/konto/logg-inn/", headers={"Host": "bors.example.no"}).status_code == 301
    )


def test_a_taken_port_is_said_with_another_to_try(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, said = run_start(tmp_path, "--port", str(port))
    assert code == 1
    assert said.startswith(f"Port {port} er opptatt.")
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("arguments", "environment", "words"),
    [
        (["--port", "åtte"], {}, "--port må være et tall"),
        (["--port", "70000"], {}, "--port må være et tall"),
        (["--host", "198.51.100.7"], {}, "--host 198.51.100.7 er ikke en adresse på denne maskinen."),
        (["--host", "finnes.invalid"], {}, "--host finnes.invalid er ikke en adresse på denne maskinen."),
        ([], {"HTTPS": "maybe"}, "HTTPS='maybe': bruk 1 (på) eller 0 (av)."),
        ([], {"DEBUG": "kanskje"}, "DEBUG='kanskje'"),
        ([], {"PUBLIC_URL": "bors.example"}, "PUBLIC_URL må være en adresse som begynner med https://"),
        ([], {"CSRF_TRUSTED_ORIGINS": "bors.example"}, "CSRF_TRUSTED_ORIGINS"),
        ([], {"EMAIL_URL": "min@epost.example"}, "EMAIL_URL må være en adresse som begynner med smtp://"),
        ([], {"EMAIL_URL": "smtp://vert:port"}, "EMAIL_URL kan ikke leses"),
        ([], {"DATABASE_URL": "mysql://vert/base"}, "DATABASE_URL må være en adresse som begynner med postgres://"),
        ([], {"DATABASE_URL": "postgres://bruker:hemmelig@vert:port/base"}, "DATABASE_URL kan ikke leses"),
        ([], {"DATABASE_URL": "postgres://bruker:hemmelig@127.0.0.1:9/base"}, "Får ikke kontakt med databasen"),
        ([], {"DATABASE_URL": "sqlite:////finnes/ikke/base.sqlite3"}, "Databasefilen kan ikke åpnes."),
        ([], {"REDIS_URL": "redis://127.0.0.1:9"}, "Redis svarer ikke på adressen i REDIS_URL"),
        ([], {"REDIS_URL": "127.0.0.1"}, "REDIS_URL må være en adresse som begynner med redis://"),
    ],
)
def test_an_everyday_mistake_is_said_in_a_sentence(tmp_path, arguments, environment, words):
    code, said = run_start(tmp_path, *arguments, **environment)
    assert code == 1
    assert words in said
    assert "Traceback" not in said
    assert "hemmelig" not in said


def test_a_file_where_the_data_folder_should_be_is_said(tmp_path):
    (tmp_path / "data").write_text("en fil")
    code, said = run_start(tmp_path)
    assert (code, said) == (1, f"BORSEN_DATA må være en mappe. {tmp_path / 'data'} er en fil.\n")


def test_a_broken_database_file_is_said(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "borsen.sqlite3").write_bytes(b"ikke en database" * 100)
    code, said = run_start(tmp_path, DATABASE_URL="")
    assert code == 1
    assert "Databasefilen er ødelagt eller er ikke en database." in said
    assert "Traceback" not in said


def test_the_server_asks_for_a_lasting_key_when_it_is_run_without_start(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", "import borsen.asgi"],
        cwd=BASE_DIR,
        env={**os.environ, "BORSEN_DATA": str(tmp_path), "SECRET_KEY": "", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "SECRET_KEY mangler." in done.stderr


# More than the limit in borsen/bodies.py, and no more than a test should send.
TOO_MUCH = 21 * 2**20


def answer_to(server, head, body=b""):
    """The status line that the server answers a raw request with, and nothing when it only hangs up."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall(head)
        try:
            line.sendall(body)
            return line.recv(100).split(b"\r\n", 1)[0].decode()
        except (ConnectionResetError, BrokenPipeError):
            return ""


def test_a_body_that_would_fill_the_memory_is_refused_by_its_length_and_as_it_comes(prepared_server):
    server = prepared_server.start()
    head = b"POST /demo/inn/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    said = answer_to(server, head + b"Content-Length: 300000000\r\n\r\n")
    chunk = b"%x\r\n%s\r\n" % (2**20, b"x" * 2**20)
    unsaid = answer_to(server, head + b"Transfer-Encoding: chunked\r\n\r\n", chunk * (TOO_MUCH // 2**20))
    assert said == "HTTP/1.1 413 Content Too Large"
    assert unsaid in {"HTTP/1.1 413 Content Too Large", ""}
    assert httpx.get(f"{server.base_url}/healthz").status_code == 200
    fits = answer_to(server, head + b"Content-Length: 1000000\r\n\r\n", b"x" * 1_000_000)
    assert fits.startswith("HTTP/1.1 403")
