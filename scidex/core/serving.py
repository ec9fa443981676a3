"""Serves the application with uvicorn on its own socket, and announces when it is ready."""

import ctypes
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from typing_extensions import override
from uvicorn.server import HANDLED_SIGNALS
from uvicorn.supervisors import Multiprocess

from scidex.core import signals
from scidex.core.http_protocol import BoundedProtocol

_APPLICATION = "api:app"
_BACKLOG = 2048  # the default of uvicorn
_STOP_SECONDS = 5  # for answers in progress when the server is told to stop
_START_SECONDS = 60.0
_ANY_IPV6 = "::"
# A client that takes nothing for so long loses its connection (tcp(7), TCP_USER_TIMEOUT).
_UNREAD_MILLISECONDS = 30_000
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens, before anything else starts; port 0 is any free one, ``::`` includes IPv4.

    Raises:
        OSError: the address is in use, belongs to another machine, or is not allowed.

    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except UnicodeError as error:
        message = "this is not a valid host name"
        raise OSError(message) from error
    both = family == socket.AF_INET6 and address[0] == _ANY_IPV6 and socket.has_dualstack_ipv6()
    listener = socket.create_server(address, family=family, backlog=_BACKLOG, dualstack_ipv6=both)
    if sys.platform == "linux":  # connections inherit it
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _UNREAD_MILLISECONDS)
    return listener


def address_of(listener: socket.socket) -> str:
    """Return the address for a browser."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def protocols_of(listener: socket.socket) -> str:
    """Return the protocols of an address that stands for all addresses of this machine; empty for any other."""
    if listener.getsockname()[0] != _ANY_IPV6:
        return ""
    alone = listener.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY)
    return "IPv6 alone; " if alone else "IPv4 and IPv6; "


def serve(
    listener: socket.socket, workers: int, announce: Callable[[], None], *, trusted: str = "127.0.0.1"
) -> bool:
    """Serve until a signal ends it; call ``announce`` once requests are answered.

    ``trusted`` are the addresses whose ``X-Forwarded-For`` and ``X-Forwarded-Proto`` are believed, separated by
    commas; ``*`` is all. Returns whether it ever served; a failure is then in the log.
    """
    if workers > 1:
        crew = _Workers(_configure(_WorkerConfig, workers, trusted), [listener], announce)
        crew.run()
        return crew.served
    server = _Server(_configure(uvicorn.Config, workers, trusted), announce)
    for number in HANDLED_SIGNALS:  # for the rest of the process: the first signal begins an orderly end
        signal.signal(number, server.handle_exit)
    try:
        server.run([listener])
    except SystemExit:  # uvicorn raises it when the application does not start
        return False
    return server.started


def _configure(kind: type[uvicorn.Config], workers: int, trusted: str) -> uvicorn.Config:
    return kind(
        _APPLICATION,
        workers=workers,
        http=BoundedProtocol,
        ws="none",  # an upgrade is ignored, and the request answered like any other (RFC 9110, section 7.8)
        log_level="error",
        access_log=False,  # the application logs all requests, see request_log
        server_header=False,
        forwarded_allow_ips=trusted,
        timeout_graceful_shutdown=_STOP_SECONDS,
    )


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    @contextmanager
    @override
    def capture_signals(self) -> Iterator[None]:
        yield  # uvicorn would restore the signals before the loop is closed, and another signal would break it

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._announce()

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await super().shutdown(sockets)
        if self.force_exit:  # after a second interrupt: close all connections without waiting for requests
            await self.lifespan.shutdown()


class _Workers(Multiprocess):
    def __init__(
        self, config: uvicorn.Config, sockets: list[socket.socket], announce: Callable[[], None]
    ) -> None:
        kept = {number: signal.getsignal(number) for number in signals.LIKE_TERMINATION}
        super().__init__(config, sockets)  # installs its own handlers of signals
        for number, handler in kept.items():
            signal.signal(number, handler)
        self._announce = announce
        self.served = False

    @override
    def init_processes(self) -> None:
        super().init_processes()
        self.served = self.processes[0].wait_until_ready(_START_SECONDS)
        if self.served:
            self._announce()


class _WorkerConfig(uvicorn.Config):
    """Loaded in each worker, which must end when the parent is killed, as it would keep the port for ever."""

    @override
    def load(self) -> None:
        signals.end_in_order_when_hung_up()  # a terminal signals its end to every process
        if sys.platform == "linux":
            parent = os.getppid()
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM.value, 0, 0, 0)
            if os.getppid() != parent:
                sys.exit(1)
        super().load()
