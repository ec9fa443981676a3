"""Starts the server in a process of its own and ends it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import psutil

from tests.benchmark.database import CHECKOUT

_STOP_SECONDS = 30.0


@dataclass(frozen=True)
class Server:
    """A running server: where it is, and its process."""

    address: str
    process: psutil.Process

    def resident_bytes(self) -> int:
        """Return how much memory the process holds now."""
        return int(self.process.memory_info().rss)

    def processor_seconds(self) -> float:
        """Return how long the process has computed so far."""
        times = self.process.cpu_times()
        return float(times.user + times.system)


@contextmanager
def serving(dsn: str, log: Path) -> Iterator[Server]:
    """Serve the database of ``dsn`` with one worker, as ``python3 run.py serve`` does; it writes to ``log``."""
    with log.open("w") as lines, _started(dsn, lines) as server:
        yield server


@contextmanager
def _started(dsn: str, log: TextIO) -> Iterator[Server]:
    started = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmark.serve", "serve", "--port", "0", "--no-demo"],
        cwd=CHECKOUT,
        env=os.environ | {"SCIDEX_PG_DSN": dsn},
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    try:
        assert started.stdout is not None
        said = started.stdout.readline()  # "SciDEX is at http://127.0.0.1:8000 (Ctrl-C ends it)"
        if "http://" not in said:
            message = f"the server did not start; see {log.name}"
            raise RuntimeError(message)
        address = next(word for word in said.split() if word.startswith("http://"))
        yield Server(address, psutil.Process(started.pid))
    finally:
        started.terminate()
        started.wait(_STOP_SECONDS)
