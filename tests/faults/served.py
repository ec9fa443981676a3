"""The application in a process of its own that can be killed and started again, and the figures it gives of itself."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.serving import CHECKOUT, free_port

logging.getLogger("httpx2").setLevel(logging.WARNING)  # asks for health too often to be listened to

_START_SECONDS = 90.0  # with a database to be made, on a machine under load
# Least and most are the same, so that the figures before a fault and after it can be the same too.
POOL_SECONDS, STATEMENT_SECONDS = 2.0, 2.0
BOUNDS = {
    "SCIDEX_PG_POOL_MIN": "2",
    "SCIDEX_PG_POOL_MAX": "2",
    "SCIDEX_PG_RO_POOL_MIN": "8",
    "SCIDEX_PG_RO_POOL_MAX": "8",
    "SCIDEX_PG_POOL_TIMEOUT": str(POOL_SECONDS),
    "SCIDEX_PG_STATEMENT_TIMEOUT": str(int(STATEMENT_SECONDS * 1000)),
}
# What the two bounds allow, and what a machine under load adds to any of it.
LONGEST_SECONDS = POOL_SECONDS + STATEMENT_SECONDS + 1.0


class Served:
    """A server process on a port that stays the same; what it says goes to ``log``."""

    def __init__(
        self, log: Path, arguments: Sequence[str], environment: Mapping[str, str], checkout: Path = CHECKOUT
    ) -> None:
        self.log = log
        self._checkout = checkout
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._command = [sys.executable, "-m", "scidex", "serve", "--port", str(self.port), *arguments]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SCIDEX_")}
        self._environment: Mapping[str, str] = kept | BOUNDS | dict(environment)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command, cwd=self._checkout, env=self._environment, stdout=log, stderr=log
            )
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers():
            ended = self.process.poll() is not None
            if ended or time.monotonic() > deadline:
                self.stop()
                pytest.fail(f"the server does not answer: {self.log.read_text()}")
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            return httpx2.get(f"{self.address}/health", timeout=1).status_code == 200
        except httpx2.TransportError:
            return False

    def kill(self) -> None:
        """End it without its say."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> None:
        """End it in order."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(_START_SECONDS)

    def threads(self) -> int:
        """Count the process's threads (Linux)."""
        return len(list(Path(f"/proc/{self.process.pid}/task").iterdir()))


def open_files(pid: int) -> int:
    """Count a process's descriptors (Linux)."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def health(address: str) -> Any:
    """Ask a server for its health."""
    return httpx2.get(f"{address}/health", timeout=30).json()


def figures_when_quiet(address: str, seconds: float = 5.0) -> Any:
    """Return the pools' figures once every connection is back and nobody waits."""
    deadline = time.monotonic() + seconds
    while True:
        pools = health(address)["pools"]
        if all(pool["available"] == pool["size"] and not pool["waiting"] for pool in pools.values()):
            return pools
        assert time.monotonic() < deadline, f"the pools do not come to rest: {pools}"
        time.sleep(0.05)
