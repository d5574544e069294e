"""XML of a stranger's, read as a stream at C speed, with an end to everything that could grow.

defusedxml guards the same way against declared entities, but its ElementTree is pure Python, ten times slower.
"""

from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from .sheet import Unreadable

CHUNK = 65_536
DEEPEST = 60
LONGEST_TAG = 500_000
LONGEST_TEXT = 300_000
MOST_ELEMENTS = 100_000
MOST_INSIDE = 140_000


def elements(stream: IO[bytes], *wanted: str) -> Iterator[Element]:
    """Each outermost element whose local name is one of `wanted`, whole, when it has ended.

    Names come without their namespaces, which differ between the two kinds of .xlsx.
    """
    collector = _Collector(frozenset(wanted))
    fed = 0
    while chunk := stream.read(CHUNK):
        fed += len(chunk)
        collector.parser.Parse(chunk, False)
        if fed - collector.parser.CurrentByteIndex > LONGEST_TAG:
            raise Unreadable("too_big")
        yield from collector.taken()
    collector.parser.Parse(b"", True)
    yield from collector.taken()


class _Collector:
    """Builds the wanted elements, and forgets all else as it passes."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self.wanted = wanted
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.builder: TreeBuilder | None = None
        self.found: list[Element] = []
        self.count = self.inside = self.length = self.depth = self.opened_at = 0

    def taken(self) -> list[Element]:
        found, self.found = self.found, []
        return found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable("too_big")
        local = name.rpartition("}")[2]
        if self.builder is None:
            if local not in self.wanted:
                return
            self.builder, self.opened_at = TreeBuilder(), self.depth
            self.inside = self.length = 0
            self.count += 1
        self.inside += 1
        if self.count > MOST_ELEMENTS or self.inside > MOST_INSIDE:
            raise Unreadable("too_big")
        self.builder.start(local, {key.rpartition("}")[2]: value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        if self.builder is not None:
            element = self.builder.end(name.rpartition("}")[2])
            if self.depth == self.opened_at:
                self.found.append(element)
                self.builder = None
        self.depth -= 1

    def _text(self, text: str) -> None:
        if self.builder is not None:
            self.length += len(text)
            if self.length > LONGEST_TEXT:
                raise Unreadable("too_big")
            self.builder.data(text)

    def _refuse(self, *_declared: object) -> None:
        raise Unreadable("hostile")
