"""A client with one connection that is kept, close to the socket: the standard library's, 0.1 ms a request."""

import http.client
import time
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

_SECONDS = 60.0


class WrongAnswer(Exception):
    """An answer is an error, or names other models than the floor."""


class Client:
    """Asks one server over one connection."""

    def __init__(self, address: str) -> None:
        where = urlsplit(address)
        self._connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=_SECONDS)

    def __enter__(self) -> Self:
        """Keep the connection open until the block ends."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self._connection.close()

    def get(self, path: str) -> bytes:
        """Return the body.

        Raises:
            WrongAnswer: the status is not 200.

        """
        self._connection.request("GET", path)
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != http.HTTPStatus.OK:
            message = f"{path} was answered {answer.status}: {body[:300].decode(errors='replace')}"
            raise WrongAnswer(message)
        return body

    def timed(self, path: str) -> float:
        """Return the seconds from sending the request to the last byte of its answer."""
        begun = time.perf_counter()
        self.get(path)
        return time.perf_counter() - begun
