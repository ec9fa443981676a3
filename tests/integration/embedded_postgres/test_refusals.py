"""A folder that cannot be started is refused with a sentence and left untouched."""

import fcntl
import hashlib
import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from scidex.core.embedded_postgres import EmbeddedPostgres, EmbeddedPostgresError, start
from tests.integration.embedded_postgres.conftest import query

# Programs are started and stopped: seconds each, and the same on every PostgreSQL that is tested against.
pytestmark = [pytest.mark.slow, pytest.mark.ci]

Started = Callable[..., EmbeddedPostgres]
DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")


def _fingerprint(tree: Path) -> str:
    """Of every name, mode, time and content below a folder."""
    digest = hashlib.sha256()
    for path in sorted(tree.rglob("*")):
        status = path.lstat()
        digest.update(f"{path} {status.st_mode} {status.st_mtime_ns} {status.st_uid}\n".encode())
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def test_a_database_of_another_major_version_is_refused_untouched(own_root: Path) -> None:
    data = own_root / "postgres/data"
    (data / "PG_VERSION").write_text("9\n")
    before = _fingerprint(data)
    with pytest.raises(EmbeddedPostgresError, match=r"made by PostgreSQL 9; .* Set PG_BIN .* or move"):
        start(own_root)
    assert _fingerprint(data) == before


@pytest.mark.skipif(not DEBIAN_15.exists(), reason="needs Debian's PostgreSQL 15")
def test_programs_of_ones_own_serve_and_their_data_are_theirs(folder: Path, started: Started) -> None:
    root = folder / ".scidex"
    server = started(root, DEBIAN_15, fsync="off")
    assert str(query(server.dsn, "SHOW server_version")).startswith("15.")
    assert query(server.dsn, "SHOW fsync") == "off"
    server.stop()
    before = _fingerprint(root / "postgres/data")
    with pytest.raises(EmbeddedPostgresError, match="made by PostgreSQL 15"):
        start(root)
    assert _fingerprint(root / "postgres/data") == before


def test_files_other_than_a_database_are_refused_untouched(folder: Path) -> None:
    data = folder / ".scidex/postgres/data"
    data.mkdir(parents=True)
    (data / "thesis.txt").write_text("years of work")
    with pytest.raises(EmbeddedPostgresError, match="no PostgreSQL database"):
        start(folder / ".scidex")
    assert [path.name for path in data.iterdir()] == ["thesis.txt"]


def test_a_folder_without_programs_is_named(folder: Path) -> None:
    with pytest.raises(EmbeddedPostgresError, match="PG_BIN names"):
        start(folder / ".scidex", folder)


def test_a_server_that_ends_at_once_is_quoted_and_the_next_start_works(root: Path, started: Started) -> None:
    with pytest.raises(EmbeddedPostgresError, match='unrecognized configuration parameter "no_such_thing"'):
        start(root, settings={"no_such_thing": "1"})
    assert started(root).owned


def test_a_data_root_that_cannot_be_made_is_named(folder: Path) -> None:
    (folder / "file").write_text("")
    with pytest.raises(EmbeddedPostgresError, match="cannot be started under"):
        start(folder / "file" / ".scidex")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is not known who holds the data")
def test_a_lock_that_somebody_else_holds_is_told_of_within_seconds(root: Path) -> None:
    with (root / "postgres/lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        began = time.monotonic()
        with pytest.raises(
            EmbeddedPostgresError, match=rf"Another process \({os.getpid()}\) holds the database"
        ):
            start(root)
    assert time.monotonic() - began < 10


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it is not known who uses the data")
def test_a_server_started_by_hand_is_told_of_and_goes_on(own_root: Path, started: Started) -> None:
    running = started(own_root)
    by_hand = own_root.with_name("by hand")  # a root of its own lock, so nothing tells but the data
    (by_hand / "postgres").mkdir(parents=True)
    (by_hand / "postgres/data").symlink_to(own_root / "postgres/data")
    with pytest.raises(EmbeddedPostgresError, match=r"runs on .* already, as process \d+"):
        start(by_hand)
    time.sleep(0.1)
    assert query(running.dsn, "SELECT 1") == 1
    assert re.match(r"\d+\n", (own_root / "postgres/data/postmaster.pid").read_text())
