"""The application as users start it: in a process of its own, on a free port of this machine."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

import httpx2
from starlette.types import ASGIApp, Receive, Scope, Send

CHECKOUT = Path(__file__).resolve().parents[1]
START_SECONDS = 30.0

# What tests ask servers with, each time by a new connection; a client for each request would read all certificates
# of this machine for each (25 ms).
http = httpx2.Client(limits=httpx2.Limits(max_keepalive_connections=0), timeout=START_SECONDS)


class AsSent:
    """An application for Starlette's test client, which decodes paths twice: of ``%252F`` it would make a slash."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request under the path that was sent."""
        if scope["type"] == "http":
            scope = {**scope, "path": unquote(scope["raw_path"].decode("ascii"))}
        await self._app(scope, receive, send)


@contextmanager
def serve(dsn: str, **environment: str) -> Iterator[str]:
    """Serve the application on the database of ``dsn``; returns its base address and ends it afterwards."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "scidex", "serve", "--port", str(port), "--no-demo"],
        cwd=CHECKOUT,
        env=os.environ | {"SCIDEX_PG_DSN": dsn} | environment,
        stdout=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended before it answered"
        try:
            http.get(f"{address}/health", timeout=1)
        except httpx2.TransportError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(address)
