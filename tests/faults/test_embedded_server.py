"""The embedded PostgreSQL is killed, or dies of a full disk: it is there again, or the server ends with a sentence."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx2
import psycopg
import pytest

from scidex.core.embedded_postgres import connection
from tests.faults.figures import note
from tests.faults.postgres import children
from tests.faults.served import Served
from tests.integration.embedded_postgres.conftest import server_pid
from tests.integration.running import copy_checkout

pytestmark = pytest.mark.slow

_BACK_SECONDS = 2.0
_GIVEN_UP_SECONDS = 60.0


@pytest.fixture
def small_disk(place: Path) -> Iterator[Path]:
    """Make a checkout whose data lie on a disk of 256 MB."""
    checkout = copy_checkout(place / f"checkout-{len(list(place.iterdir()))}")
    root = checkout / ".scidex"
    root.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256m,mode=755", "none", root], check=False)
    if mounted.returncode:
        pytest.skip("only root can mount a small disk")
    yield checkout
    subprocess.run(["umount", "-l", root], check=True)


@pytest.fixture
def embedded(small_disk: Path) -> Iterator[Callable[[], Served]]:
    """Serve that checkout, any number of times."""
    started: list[Served] = []

    def run() -> Served:
        log = small_disk.with_suffix(f".log{len(started)}")
        started.append(Served(log, (), {}, small_disk))
        started[-1].start()
        return started[-1]

    yield run
    for served in reversed(started):
        served.stop()


def _is_healthy(served: Served) -> bool:
    with suppress(httpx2.TransportError):
        return httpx2.get(f"{served.address}/health", timeout=15).status_code == 200
    return False


def _back(*servers: Served) -> float:
    """Wait until all are healthy; return how long that took."""
    began = time.monotonic()
    waited = list(servers)
    while waited := [served for served in waited if not _is_healthy(served)]:
        assert time.monotonic() - began < 30
        time.sleep(0.02)
    return time.monotonic() - began


@pytest.fixture
def on_a_disk(place: Path) -> Iterator[Served]:
    """Serve a checkout on the disk of the machine."""
    served = Served(place / "disk.log", (), {}, copy_checkout(place / "on-a-disk"))
    served.start()
    yield served
    served.stop()


def _write_much(root: Path) -> tuple[int, int]:
    """Write 24,000 papers of 10 kB, not compressed; return the bytes to replay and the checkpoints begun."""
    directory = Path((root / "postgres/socket").read_text())
    with psycopg.connect(connection.dsn(directory), autocommit=True) as conn:
        conn.execute("ALTER TABLE artifacts ALTER changelog SET STORAGE EXTERNAL")
        for part in range(60):
            conn.execute(
                "INSERT INTO artifacts (id, artifact_type, title, changelog) "
                "SELECT 'paper-' || %s || '-' || n, 'paper', 'P', repeat('x', 10000) FROM generate_series(1, 400) AS n",
                [part],
            )
        ((replayed, begun),) = conn.execute(
            "SELECT pg_current_wal_lsn() - redo_lsn, (SELECT num_requested FROM pg_stat_checkpointer) "
            "FROM pg_control_checkpoint()"
        )
    return int(replayed), int(begun)


def test_killed_after_many_writes_it_has_little_to_recover_from(on_a_disk: Served, place: Path) -> None:
    root = place / "on-a-disk/.scidex"
    replayed, begun = _write_much(root)
    os.kill(server_pid(root), signal.SIGKILL)
    time.sleep(0.05)
    back = _back(on_a_disk)
    note(f"503; {replayed / 1e6:.0f} MB replayed", back, back)
    assert begun > 0  # when one ends is up to the disk
    assert back < _BACK_SECONDS * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


@pytest.mark.parametrize("whom", ["the postmaster", "a backend"])
def test_killed_it_serves_its_owner_and_a_borrower_within_two_seconds(
    whom: str, embedded: Callable[[], Served], small_disk: Path
) -> None:
    owner, borrower = embedded(), embedded()
    postmaster = server_pid(small_disk / ".scidex")
    os.kill(postmaster if whom == "the postmaster" else children(postmaster)[-1], signal.SIGKILL)
    time.sleep(0.05)
    back = _back(owner, borrower)
    note("503", back, back)
    assert back < _BACK_SECONDS


def _fill(folder: Path) -> Path:
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 65536)
    return ballast


def _write_until_it_dies(root: Path) -> None:
    directory = Path((root / "postgres/socket").read_text())
    with suppress(psycopg.Error), psycopg.connect(connection.dsn(directory), autocommit=True) as conn:
        while True:
            # Not compressed, so that the log of transactions needs new files at once.
            conn.execute("SELECT pg_logical_emit_message(false, 'fault', repeat(md5(random()::text), 30000))")


def test_a_full_disk_that_is_cleared_in_time(embedded: Callable[[], Served], small_disk: Path) -> None:
    served, root = embedded(), small_disk / ".scidex"
    former = server_pid(root)
    ballast = _fill(root)
    _write_until_it_dies(root)
    time.sleep(2)
    ballast.unlink()
    back = _back(served)
    note("503", back, back)
    assert server_pid(root) != former
    assert served.process.poll() is None


def test_a_full_disk_that_stays_full_ends_the_server_with_a_sentence(
    embedded: Callable[[], Served], small_disk: Path
) -> None:
    served, root = embedded(), small_disk / ".scidex"
    _fill(root)
    _write_until_it_dies(root)
    assert served.process.wait(_GIVEN_UP_SECONDS) == 1
    said = served.log.read_text()
    assert "The embedded PostgreSQL ended 8 times within 60 seconds and is not started again." in said
    assert "Traceback" not in said
