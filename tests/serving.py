"""The application as users start it: uvicorn in a process of its own, on a free port of this machine."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2

CHECKOUT = Path(__file__).resolve().parents[1]
START_SECONDS = 30.0


@contextmanager
def serve(dsn: str, **environment: str) -> Iterator[str]:
    """Serve the application on the database of ``dsn``; answers its base address and ends it afterwards."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "api:app", "--port", str(port), "--log-level", "warning"],
        cwd=CHECKOUT,
        env=os.environ | {"SCIDEX_PG_DSN": dsn} | environment,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


def free_port() -> int:
    """Answer a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended before it answered"
        try:
            httpx2.get(f"{address}/health", timeout=1)
        except httpx2.TransportError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(address)
