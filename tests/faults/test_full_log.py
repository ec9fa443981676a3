"""The disk with the logs is full, PostgreSQL's and ours: both serve on, and log again when there is room."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from scidex.core.embedded_postgres import connection
from tests.faults.questions import questions
from tests.faults.served import Served, health
from tests.faults.suffering import suffer
from tests.integration.running import copy_checkout

pytestmark = pytest.mark.slow


@pytest.fixture
def small_disk(place: Path) -> Iterator[Path]:
    """Make a checkout whose logs lie on a disk of 16 MB, and the data elsewhere."""
    checkout = copy_checkout(place / "checkout")
    root = checkout / ".scidex"
    root.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m,mode=755", "none", root], check=False)
    if mounted.returncode:
        pytest.skip("only root can mount a small disk")
    (place / "postgres").mkdir(mode=0o755)
    (root / "postgres").symlink_to(place / "postgres")
    yield checkout
    subprocess.run(["umount", "-l", root], check=True)


def _fill(folder: Path) -> Path:
    """Leave no room on a disk."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65536, 512):
            with suppress(OSError):
                while True:
                    file.write(b"x" * size)
    free = os.statvfs(folder)
    assert free.f_bavail == 0
    return ballast


def test_readers_see_nothing_of_a_full_disk_of_the_logs(small_disk: Path, place: Path) -> None:
    root = small_disk / ".scidex"
    log, ours = root / "postgres.log", root / "served.log"
    served = Served(ours, (), {}, small_disk)
    served.start()
    try:
        socket = (place / "postgres/socket").read_text()
        with psycopg.connect(connection.dsn(Path(socket)), autocommit=True) as admin:

            def fill() -> None:
                ballast = _fill(root)
                full = _sizes(log, ours)
                _log_every_statement(admin, "all")
                time.sleep(3)
                assert all(now - then < 4096 for now, then in zip(_sizes(log, ours), full, strict=True))
                ballast.unlink()
                _log_every_statement(admin, "none")

            record = suffer(served, questions(connection.dsn(Path(socket))), fill)
            assert not record.of("unavailable")
            admin.execute("SET log_statement = 'all'")
            admin.execute("SELECT 'there is room'")
            assert "there is room" in log.read_text()
            _wait_for_a_request_in(served, ours)
    finally:
        served.stop()


def _wait_for_a_request_in(served: Served, log: Path) -> None:
    full = log.stat().st_size
    health(served.address)
    deadline = time.monotonic() + 5
    while b'"path": "/health"' not in log.read_bytes()[full:]:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _sizes(*logs: Path) -> list[int]:
    return [log.stat().st_size for log in logs]


def _log_every_statement(admin: psycopg.Connection, which: str) -> None:
    admin.execute(f"ALTER SYSTEM SET log_statement = '{which}'".encode())
    admin.execute("SELECT pg_reload_conf()")
