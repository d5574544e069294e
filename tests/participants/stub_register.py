"""Enhetsregisteret on this machine: the shapes of its answers, and all the ways in which an answer can go wrong.

The organisations are made up. A number or name below says what happens to who asks for it.
"""

import contextlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

BASE = "/enhetsregisteret/api"
V2 = "application/vnd.brreg.enhetsregisteret.enhet.v2+json;charset=UTF-8"

CLUB = "800000017"  # an association in Frivillighetsregisteret
COMPANY = "800000025"
MUNICIPALITY = "800000033"
SCHOOL = "800000041"  # a branch of the municipality
SHOP = "800000068"  # a branch of the company, with its name
BANKRUPT = "800000076"
DELETED = "800000084"  # 200 and a date
REMOVED = "800000092"  # 410
SLOW = "800000106"
SLOW_PARENT = "800000114"  # a branch of SLOW
GARBAGE = "800000122"  # 200 and `StubRegister.garbage`
TROUBLE = "800000130"  # 500
HUGE = "800000149"
ENDLESS = "800000157"  # a byte at a time, each of them soon enough
ELSEWHERE = "800000165"  # a redirect to another host
PACKED = "800000173"
UNKNOWN = "800000181"  # 404

TOO_BROAD = "norge"  # 400
MANY = "mange"  # as many as asked for
HALF_SLOW = "halve svaret"  # the organisations at once, the branches never
NONSENSE = "søppel"  # 200 and `StubRegister.garbage`


def unit(number: str, name: str, form: str, **fields: Any) -> dict[str, Any]:
    """A unit as version 2 of the register writes it."""
    return {
        "organisasjonsnummer": number,
        "navn": name,
        "organisasjonsform": {
            "kode": form,
            "beskrivelse": "Beskrivelse av formen",
            "_links": {"self": {"href": f"https://data.brreg.no{BASE}/organisasjonsformer/{form}"}},
        },
        "registreringsdatoEnhetsregisteret": "1999-02-23",
        "registrertIMvaregisteret": False,
        "naeringskode1": {"kode": "93.120", "beskrivelse": "Idrettslag og -klubber"},
        "antallAnsatte": 3,
        "harRegistrertAntallAnsatte": True,
        "forretningsadresse": {
            "land": "Norge",
            "landkode": "NO",
            "postnummer": "7999",
            "poststed": "GRANFJORD",
            "adresse": ["c/o Kari Granli", "Fjordveien 12"],
            "kommune": "GRANFJORD",
            "kommunenummer": "5099",
        },
        "stiftelsesdato": "1921-05-01",
        "registrertIForetaksregisteret": False,
        "registrertIStiftelsesregisteret": False,
        "registrertIFrivillighetsregisteret": False,
        "registrertIPartiregisteret": False,
        "konkurs": False,
        "underAvvikling": False,
        "underTvangsavviklingEllerTvangsopplosning": False,
        "maalform": "Bokmål",
        "respons_klasse": "Enhet",
        "_links": {"self": {"href": f"https://data.brreg.no{BASE}/enheter/{number}"}},
        **fields,
    }


def sector_code(number: str) -> dict[str, str]:
    return {"kode": number, "beskrivelse": "Beskrivelse av sektoren"}


def branch(number: str, name: str, parent: str) -> dict[str, Any]:
    """A branch has a location in place of a business address, and no sector."""
    made = unit(number, name, "BEDR", overordnetEnhet=parent, respons_klasse="Underenhet")
    made["beliggenhetsadresse"] = {**made.pop("forretningsadresse"), "adresse": ["SKOLEVEIEN 3"]}
    return made


UNITS = (
    unit(
        CLUB,
        "GRANFJORD IDRETTSLAG",
        "FLI",
        registrertIFrivillighetsregisteret=True,
        institusjonellSektorkode=sector_code("7000"),
    ),
    unit(
        COMPANY,
        "GRANFJORD BAKERI AS",
        "AS",
        registrertIForetaksregisteret=True,
        institusjonellSektorkode=sector_code("2100"),
    ),
    unit(MUNICIPALITY, "GRANFJORD KOMMUNE", "KOMM", institusjonellSektorkode=sector_code("6500")),
    unit(BANKRUPT, "SJØMAT I FJORDEN AS", "AS", konkurs=True, underAvvikling=True),
    {
        "organisasjonsnummer": DELETED,
        "navn": "GRANFJORD TELEFONFORENING",
        "organisasjonsform": {"kode": "FLI", "beskrivelse": "Forening/lag/innretning"},
        "slettedato": "2021-03-01",
        "respons_klasse": "SlettetEnhet",
    },
)
BRANCHES = (
    branch(SCHOOL, "GRANFJORD SKOLE", MUNICIPALITY),
    branch(SHOP, "GRANFJORD BAKERI AS", COMPANY),
    branch(SLOW_PARENT, "FJORDEN HELSESTASJON", SLOW),
)


class StubRegister:
    """The register until it is stopped. `asked` is what it has been asked, `headers` how."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.garbage: bytes = b"<!doctype html><title>Vedlikehold</title>"
        self.slowness = 10.0
        self.stopping = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"register": self}))
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}{BASE}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def stop(self) -> None:
        """From now on the connection is refused."""
        if not self.stopping.is_set():
            self.stopping.set()
            self.server.shutdown()
            self.server.server_close()


class Handler(BaseHTTPRequestHandler):
    """One question to the register."""

    register: StubRegister

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        self.register.asked.append(self.path.removeprefix(BASE))
        self.register.headers.append(dict(self.headers))
        kind, *number = address.path.removeprefix(BASE).strip("/").split("/")
        units = {"enheter": UNITS, "underenheter": BRANCHES}[kind]
        with contextlib.suppress(OSError):  # who asked has gone away
            if number:
                self._one({each["organisasjonsnummer"]: each for each in units}, number[0])
            else:
                self._search(kind, units, {name: values[0] for name, values in parse_qs(address.query).items()})

    def _one(self, units: dict[str, dict[str, Any]], number: str) -> None:
        elsewhere = f"http://localhost:{self.register.server.server_port}{BASE}/enheter/{CLUB}"
        special = {
            REMOVED: lambda: self._say(410, {"organisasjonsnummer": REMOVED, "slettedato": "2019-11-30"}),
            SLOW: self._slowly,
            GARBAGE: lambda: self._write(200, self.register.garbage),
            TROUBLE: lambda: self._say(500, {"status": 500, "feilmelding": "Intern feil"}),
            HUGE: lambda: self._write(200, b'{"navn": "' + b"X" * 3_000_000 + b'"}'),
            ENDLESS: self._endlessly,
            ELSEWHERE: lambda: self._write(302, b"", Location=elsewhere),
            PACKED: lambda: self._write(200, b"{}", **{"Content-Encoding": "gzip"}),
        }
        if number in special:
            special[number]()
        elif number in units:
            self._say(200, units[number])
        else:
            self._say(404, {"status": 404, "error": "Not Found", "path": self.path})

    def _search(self, kind: str, units: tuple[dict[str, Any], ...], query: dict[str, str]) -> None:
        wanted, size = query["navn"].casefold(), int(query["size"])
        if wanted == TOO_BROAD:
            wrong = [{"feilmelding": "Søket gir for mange treff", "parametere": ["navn"], "feilaktigVerdi": wanted}]
            self._say(400, {"status": 400, "feilmelding": "Feilaktig forespørsel", "valideringsfeil": wrong})
            return
        if wanted == NONSENSE:
            self._write(200, self.register.garbage)
            return
        if wanted == HALF_SLOW and kind == "underenheter":
            self._slowly()
            return
        words = {"idrettslag"} if wanted == HALF_SLOW else set(wanted.split())
        found = [each for each in units if words <= set(each["navn"].casefold().split())]
        if wanted == MANY:
            found = [unit(f"8{number:08}", f"MANGE NUMMER {number}", "FLI") for number in range(size)]
        page = {"size": size, "totalElements": len(found), "totalPages": 1, "number": 0}
        embedded = {"_embedded": {kind: found[:size]}} if found else {}
        self._say(200, {**embedded, "_links": {"self": {"href": self.path}}, "page": page})

    def _slowly(self) -> None:
        self.register.stopping.wait(self.register.slowness)
        self._say(200, UNITS[0])

    def _endlessly(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        ends = time.monotonic() + self.register.slowness
        while time.monotonic() < ends and not self.register.stopping.wait(0.05):
            self.wfile.write(b" ")

    def _say(self, status: int, answer: Any) -> None:
        self._write(status, json.dumps(answer, ensure_ascii=False).encode())

    def _write(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": V2, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Nobody reads it."""
