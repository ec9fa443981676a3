"""uvicorn's HTTP/1.1, with bounds on the size of a request's head and on its time to arrive.

The application answers what is not a request too, so that a refusal has the headers, the id, the form and the log line
of any other answer: it gets a substitute request with a :class:`Refusal` in ``scope["state"]``.
"""

import re
from asyncio import TimerHandle
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

import httptools
from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# httptools keeps positions in an address in 16 bits. Ten ids of 1,000 characters, of two bytes each as %XX, fit.
LARGEST_ADDRESS: Final = 65_535
LARGEST_HEAD: Final = 128 * 1024
# Between the first and the last byte of a head, and on an idle connection.
HEAD_SECONDS: Final = 10.0

_LONGEST_PATH = 300
_PATH = re.compile(rb"/[!-~]*")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the server stops reading: the status and the sentence of the answer."""

    status: int
    sentence: str


_NO_HTTP = Refusal(
    HTTPStatus.BAD_REQUEST, "this is not an HTTP/1.1 request; check its first line and its headers"
)
_TOO_LARGE = Refusal(
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    f"the address and the headers have more than {LARGEST_HEAD} bytes; shorten them",
)
_ADDRESS_TOO_LONG = Refusal(
    HTTPStatus.REQUEST_URI_TOO_LONG,
    f"the address has more than {LARGEST_ADDRESS} bytes; ask in several requests",
)
_NO_HOST = Refusal(HTTPStatus.BAD_REQUEST, "a request must name its host once; send one Host header")
# RFC 9112, section 6.3: how long the body of such a request is cannot be told.
_NO_LENGTH = Refusal(
    HTTPStatus.BAD_REQUEST,
    "the only Transfer-Encoding that is read here is chunked; leave the header out, as a GET has no body",
)
_TOO_SLOW = Refusal(
    HTTPStatus.REQUEST_TIMEOUT,
    f"the address and the headers did not arrive within {HEAD_SECONDS:.0f} seconds; send them at once",
)


class BoundedProtocol(HttpToolsProtocol):
    """One connection; bytes after a refusal are read and dropped, so that its answer arrives."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.url, self.headers = b"", []
        self._refusal: Refusal | None = None
        self._deadline: TimerHandle | None = None
        self._in_head, self._in_body, self._head_size = False, False, 0
        self._unanswered = 0

    @override
    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._set_deadline()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._clear_deadline()
        super().connection_lost(exc)

    @override
    def data_received(self, data: bytes) -> None:
        if self._refusal is not None:
            return
        self._head_size += len(data) if self._in_head else 0
        super().data_received(data)
        if self._in_head and self._head_size > LARGEST_HEAD:
            self._refuse(_TOO_LARGE)
        if not self._unanswered:
            self._set_deadline()

    @override
    def eof_received(self) -> bool:  # type: ignore[override]  # asyncio's own; uvicorn's returns nothing
        """Return whether the connection stays open: the client sends no more requests and waits for its answers."""
        if not self._unanswered or self.cycle.more_body:
            return False
        self.cycle.keep_alive = False
        return True

    @override
    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head, self._head_size = True, 0

    @override
    def on_header(self, name: bytes, value: bytes) -> None:
        if self._in_head:  # trailers after a body in chunks are not needed
            super().on_header(name, value)

    @override
    def on_headers_complete(self) -> None:
        if self._refusal is None and (fault := self._fault()) is not None:
            self._refusal = fault
            raise ValueError  # httptools turns it into an error, which uvicorn answers by send_400_response
        self._clear_deadline()
        super().on_headers_complete()
        self._in_head, self._in_body = False, True
        self._unanswered += 1
        if self._refusal is not None:
            self.scope["method"] = "?"
            self.scope["state"]["refusal"] = self._refusal

    @override
    def on_message_complete(self) -> None:
        self._in_body = False
        self._clear_deadline()
        super().on_message_complete()

    @override
    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._unanswered -= 1
        if self._in_head:  # the next head has begun and has its own deadline
            self._unset_keepalive_if_required()
            self._set_deadline()
        # Closed later, by uvicorn's bound on idle connections: closed at once, unread bytes would reset the connection
        # and the answer would be lost (RFC 9112, section 9.6).
        if self._refusal is not None and not self._unanswered and not self.transport.is_closing():
            self.transport.write_eof()

    @override
    def send_400_response(self, msg: str) -> None:
        if (
            self._in_body
        ):  # its request has its own answer; a second one would be taken for that of the next request
            self.shutdown()
            self._set_deadline()
        else:
            self._refuse(self._refusal or _NO_HTTP)

    def _fault(self) -> Refusal | None:
        """Return why the head that has arrived is refused; None if it is a request."""
        if len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > LARGEST_HEAD:
            return _TOO_LARGE
        if len(self.url) > LARGEST_ADDRESS:
            return _ADDRESS_TOO_LONG
        # RFC 9112, section 3.2; in HTTP/1.0 the header is optional, but may not occur twice.
        hosts = sum(name == b"host" for name, _ in self.headers)
        if hosts > 1 or (hosts == 0 and self.parser.get_http_version() == "1.1"):
            return _NO_HOST
        codings = [value.strip().lower() for name, value in self.headers if name == b"transfer-encoding"]
        return _NO_LENGTH if codings and codings != [b"chunked"] else None

    def _refuse(self, refusal: Refusal) -> None:
        """Let the application answer a substitute for the request that could not be read."""
        self._refusal = refusal
        path = self.url.partition(b"?")[0][:_LONGEST_PATH]
        lines = [b"GET %b HTTP/1.1" % (path if _PATH.fullmatch(path) else b"/")]
        lines += [b"%b: %b" % (name, value) for name, value in self.headers if name == b"x-request-id"][:1]
        self.parser = httptools.HttpRequestParser(self)
        self.parser.feed_data(b"\r\n".join([*lines, b"", b""]))

    def _set_deadline(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _clear_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        self._deadline = None
        if self._in_head:
            self._refuse(_TOO_SLOW)
        else:
            self.transport.close()
