"""Looking up organisations in Enhetsregisteret, the open register at Brønnøysund (settings.BRREG_URL).

A convenience that nothing may depend on: it takes three seconds at the most, never raises, and that the register can't
be reached is an answer like any other. What it answered is kept a day, that there was nobody by that name too.
"""

import asyncio
import json
import logging
import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto
from functools import partial
from hashlib import sha256
from typing import Any, TypeVar

import httpx
from django.conf import settings
from django.core.cache import cache

from .register_units import Unit, Unreadable, read_date, read_hits, read_unit

T = TypeVar("T")
logger = logging.getLogger(__name__)

LIMIT = 3.0  # seconds for a whole look-up, however many questions it takes
MOST_HITS = 8
MOST_BYTES = 256 * 1024
A_DAY = 60 * 60 * 24
# A register that is down costs one visitor three seconds, and not each of them.
A_WHILE = 20
NUMBER = re.compile(r"[0-9]{9}")
ANSWERS = frozenset({200, 400, 404, 410})
HEADERS = {
    "Accept": (
        "application/vnd.brreg.enhetsregisteret.enhet.v2+json;charset=UTF-8,"
        "application/vnd.brreg.enhetsregisteret.underenhet.v2+json;charset=UTF-8,application/json;q=0.8"
    ),
    # A small packed body may be a very large one.
    "Accept-Encoding": "identity",
}


class Outcome(Enum):
    """How a look-up went."""

    FOUND = auto()
    NONE = auto()
    REMOVED = auto()  # it was in the register once; `units` has it when its name is still known
    TOO_BROAD = auto()
    UNREACHABLE = auto()


@dataclass(frozen=True)
class Answer:
    """What the register answered. A REMOVED one without a unit may say when in `removed_on`."""

    outcome: Outcome
    units: tuple[Unit, ...] = ()
    removed_on: date | None = None


class Unreachable(Exception):
    """No answer that can be used: refused, too slow, in trouble, or something else than the register. `everywhere`
    when other questions would go the same way."""

    def __init__(self, why: str, *, everywhere: bool = True) -> None:
        super().__init__(why)
        self.everywhere = everywhere


def is_on() -> bool:
    """Whether there is a register to ask."""
    return bool(settings.BRREG_URL)


async def known(question: str) -> Answer | None:
    """The answer to a question that has been asked before, or that can't be asked now: it costs the register nothing.

    `question` is nine digits or (part of) a name.
    """
    if not is_on():
        return Answer(Outcome.UNREACHABLE)
    keys = (_key("answer", question), _key("down"))
    kept: dict[str, Answer] = await cache.aget_many(keys)
    return kept.get(keys[0]) or kept.get(keys[1])


async def look_up(question: str) -> Answer:
    """Who has the number, or a name like it. `question` is nine digits or (part of) a name."""
    answer = await known(question)
    if answer is not None:
        return answer
    key, lasts = _key("answer", question), A_DAY
    tls = await _tls()
    try:
        async with _client(tls) as client:
            register = _Register(client)
            answer = await (register.by_number if NUMBER.fullmatch(question) else register.by_name)(question)
            lasts = A_DAY if register.told_all else A_WHILE
    except (Unreachable, httpx.InvalidURL) as problem:
        logger.info("Enhetsregisteret kan ikke nås: %s", problem)
        answer, lasts = Answer(Outcome.UNREACHABLE), A_WHILE
        if getattr(problem, "everywhere", True):
            key = _key("down")
    await cache.aset(key, answer, lasts)
    return answer


class _Register:
    """The register during one look-up: all its questions end at the same moment. `told_all` until one that an answer
    can do without was not answered."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self._ends_at = asyncio.get_running_loop().time() + LIMIT
        self.told_all = True

    async def by_number(self, number: str) -> Answer:
        for kind in ("enheter", "underenheter"):
            status, found = await self._ask(f"{kind}/{number}")
            if status == 404:
                continue
            if status == 410:
                return Answer(Outcome.REMOVED, removed_on=read_date(found))
            if status != 200:
                raise Unreachable(f"status {status}", everywhere=False)
            unit = _read(read_unit, found)
            if unit.number != number:
                raise Unreachable("another unit", everywhere=False)
            if unit.deleted:
                return Answer(Outcome.REMOVED, (unit,), removed_on=unit.deleted_on)
            return Answer(Outcome.FOUND, (await self._with_sector_of_parent(unit),))
        return Answer(Outcome.NONE)

    async def by_name(self, name: str) -> Answer:
        """Organisations, and where there is room for them branches: a school is often one. A branch with the name of an
        organisation that was found is no other hit."""
        units: list[Unit] = []
        for kind in ("enheter", "underenheter"):
            try:
                status, found = await self._ask(kind, navn=name, size=str(MOST_HITS))
                hits = _read(partial(read_hits, kind=kind), found) if status == 200 else []
            except Unreachable:
                if not units:
                    raise
                self.told_all = False
                break
            if status == 400 and not units:
                return Answer(Outcome.TOO_BROAD)
            names = {unit.name.casefold() for unit in units}
            units += [hit for hit in hits if not hit.deleted and hit.name.casefold() not in names]
            if len(units) >= MOST_HITS:
                break
        return Answer(Outcome.FOUND, tuple(units[:MOST_HITS])) if units else Answer(Outcome.NONE)

    async def _with_sector_of_parent(self, unit: Unit) -> Unit:
        """Only the whole organisation has a sector: a school has that of its municipality."""
        if not unit.parent or unit.sector:
            return unit
        try:
            status, found = await self._ask(f"enheter/{unit.parent}")
            return replace(unit, sector=_read(read_unit, found).sector) if status == 200 else unit
        except Unreachable:
            self.told_all = False
            return unit

    async def _ask(self, path: str, **parameters: str) -> tuple[int, Any]:
        """The status and what the JSON says; what a refusal says needs not be JSON."""
        try:
            async with (
                asyncio.timeout_at(self._ends_at),
                self._client.stream("GET", path, params=parameters) as response,
            ):
                status, body = response.status_code, await _body(response)
        except TimeoutError as problem:
            raise Unreachable("too slow") from problem
        except Unreachable:
            raise
        except Exception as problem:  # whatever a network throws: the visitor writes it by hand
            raise Unreachable(type(problem).__name__) from problem
        try:
            return status, json.loads(body)
        except (ValueError, RecursionError) as problem:
            if status != 200:
                return status, None
            raise Unreachable("not JSON", everywhere=False) from problem


async def _body(response: httpx.Response) -> bytes:
    """What a usable answer says, within bounds."""
    status = response.status_code
    if status not in ANSWERS:
        raise Unreachable(f"status {status}", everywhere=status >= 500 or status == 429)
    if response.headers.get("Content-Encoding", "identity") != "identity":
        raise Unreachable("packed", everywhere=False)
    body = bytearray()
    async for piece in response.aiter_raw():
        body += piece
        if len(body) > MOST_BYTES:
            raise Unreachable("too long", everywhere=False)
    return bytes(body)


def _read(read: Callable[[Any], T], found: Any) -> T:
    try:
        return read(found)
    except Unreadable as problem:
        raise Unreachable("not a unit", everywhere=False) from problem


def _client(tls: ssl.SSLContext) -> httpx.AsyncClient:
    """A client that stays at the register: an answer that sends it somewhere else is none."""
    about = settings.PUBLIC_URL or settings.DEFAULT_FROM_EMAIL
    return httpx.AsyncClient(
        base_url=settings.BRREG_URL,
        headers={**HEADERS, "User-Agent": f"Frivilligbors (+{about})".encode("ascii", "ignore").decode()},
        timeout=LIMIT,
        follow_redirects=False,
        verify=tls,
    )


_made: list[ssl.SSLContext] = []


async def _tls() -> ssl.SSLContext:
    """Reading the certificates takes long enough to be done once, and not in the event loop."""
    if not _made:
        _made.append(await asyncio.to_thread(httpx.create_ssl_context))
    return _made[0]


def _key(kind: str, question: str = "") -> str:
    # Hashed: a cache's keys are short and have no spaces. Another register has other answers.
    about = f"{settings.BRREG_URL}\n{kind}\n{question.casefold()}"
    return "enhetsregisteret:" + sha256(about.encode()).hexdigest()
