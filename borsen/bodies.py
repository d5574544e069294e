"""No visitor fills the machine's memory: a request with too large a body is refused while it arrives.

Daphne takes a body in whole before anybody asks who it is from. A reverse proxy has a limit of its own; this is the one
of a laptop that serves the hall by itself.
"""

from typing import Any

from daphne.http_protocol import HTTPFactory, WebRequest

# Four times the largest list that is read (participants/importing), so that who picked the wrong file is told so.
MOST_BYTES = 20 * 2**20
REFUSAL = b"HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class BoundedRequest(WebRequest):
    """Counts what arrives, whatever the request says of its length."""

    received = 0

    def gotLength(self, length: int | None) -> None:  # noqa: N802 - Twisted's name
        super().gotLength(length)
        if (length or 0) > MOST_BYTES:
            self._refuse()

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        self.received += len(data)
        if self.received > MOST_BYTES:
            self._refuse()
        else:
            super().handleContentChunk(data)

    def _refuse(self) -> None:
        self.channel.transport.write(REFUSAL)
        self.channel.transport.loseConnection()


class BoundedFactory(HTTPFactory):
    """Daphne's factory with requests that have a limit."""

    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802 - Twisted's name
        protocol = super().buildProtocol(addr)
        protocol.requestFactory = BoundedRequest
        return protocol
