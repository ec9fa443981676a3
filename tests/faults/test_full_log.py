"""The disk with the embedded server's log is full: PostgreSQL serves on, and logs again when there is room."""

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
from tests.faults.served import Served
from tests.faults.suffering import suffer
from tests.integration.running import copy_checkout

pytestmark = pytest.mark.slow


@pytest.fixture
def small_disk(place: Path) -> Iterator[Path]:
    """Make a checkout whose log lies on a disk of 256 kB, and the data elsewhere."""
    checkout = copy_checkout(place / "checkout")
    root = checkout / ".scidex"
    root.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k,mode=755", "none", root], check=False)
    if mounted.returncode:
        pytest.skip("only root can mount a small disk")
    (place / "postgres").mkdir(mode=0o755)
    (root / "postgres").symlink_to(place / "postgres")
    yield checkout
    subprocess.run(["umount", "-l", root], check=True)


def _fill(folder: Path) -> Path:
    """Leave no room on a disk."""
    ballast = folder / "ballast"
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 512)
    free = os.statvfs(folder)
    assert free.f_bavail == 0
    return ballast


def test_a_full_disk_of_the_log_is_not_noticed_by_anybody(small_disk: Path, place: Path) -> None:
    root = small_disk / ".scidex"
    served = Served(place / "served.log", (), {}, small_disk)
    served.start()
    try:
        socket = (place / "postgres/socket").read_text()
        log = root / "postgres.log"
        with psycopg.connect(connection.dsn(Path(socket)), autocommit=True) as admin:

            def fill() -> None:
                ballast = _fill(root)
                full = log.stat().st_size
                _log_every_statement(admin, "all")
                time.sleep(3)
                _log_every_statement(admin, "none")
                assert log.stat().st_size - full < 4096, "the disk was not full"
                ballast.unlink()

            record = suffer(served, questions(connection.dsn(Path(socket))), fill)
            assert not record.of("unavailable")
            admin.execute("SET log_statement = 'all'")
            admin.execute("SELECT 'there is room'")
            assert "there is room" in log.read_text()
    finally:
        served.stop()


def _log_every_statement(admin: psycopg.Connection, which: str) -> None:
    admin.execute(f"ALTER SYSTEM SET log_statement = '{which}'".encode())
    admin.execute("SELECT pg_reload_conf()")
