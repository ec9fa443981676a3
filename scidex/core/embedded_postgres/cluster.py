"""The data directory: made once, as a whole, or found and left as it is."""

import shutil
import subprocess
from pathlib import Path

from scidex.core.embedded_postgres import connection, process
from scidex.core.embedded_postgres.account import Account
from scidex.core.embedded_postgres.binaries import major_version
from scidex.core.embedded_postgres.errors import EmbeddedPostgresError
from scidex.core.embedded_postgres.location import Location

# Unicode letters, sorted by code point. On a system without C.UTF-8, only ASCII letters.
_CHARACTER_TYPES = ("C.UTF-8", "C")
_INITDB_SECONDS = 60


def prepare(location: Location, account: Account, folder: Path, lock: int) -> None:
    """Make the data directory if it is missing; the lock must be held.

    Raises:
        EmbeddedPostgresError: it is of another major version, holds no database, or is in use; it then stays as it
            is. Or it cannot be made.

    """
    data = location.data
    if not data.exists() or not any(data.iterdir()):
        _make(location, account, folder, lock)
        return
    mine, theirs = major_version(account, folder), _version_of(data)
    if str(mine) != theirs:
        message = (
            f"The database in {data} was made by PostgreSQL {theirs}; PostgreSQL {mine} cannot open it. "
            f"Set PG_BIN to the bin folder of PostgreSQL {theirs}, or move the data away to begin with an empty one."
        )
        raise EmbeddedPostgresError(message)
    if (pid := process.runs_on(data)) is not None:
        message = (
            f"PostgreSQL runs on {data} already, as process {pid}, which was started by hand. "
            "End it (pg_ctl stop), or set SCIDEX_PG_DSN to use it."
        )
        raise EmbeddedPostgresError(message)
    # The lock is ours, so the former server is gone, whatever process now has the id in its file.
    (data / "postmaster.pid").unlink(missing_ok=True)


def _version_of(data: Path) -> str:
    try:
        return (data / "PG_VERSION").read_text("ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError) as error:
        message = f"{data} holds files, but no PostgreSQL database. Move it away to begin with an empty one."
        raise EmbeddedPostgresError(message) from error


def _make(location: Location, account: Account, folder: Path, lock: int) -> None:
    """Make the database under another name first, so that an interrupted start leaves no incomplete one."""
    unfinished = location.home / "data.new"
    failure = ""
    for character_type in _CHARACTER_TYPES:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        account.own(unfinished)
        failure = _initdb(folder / "initdb", unfinished, character_type, account, lock)
        if not failure:
            unfinished.rename(location.data)
            return
    message = f"The database could not be made in {location.home}: {failure}"
    raise EmbeddedPostgresError(message)


def _initdb(program: Path, directory: Path, character_type: str, account: Account, lock: int) -> str:
    """Return what went wrong; empty on success."""
    # Everyone who can reach the socket may connect; its directory is private to the server's account.
    options = (f"--pgdata={directory}", f"--username={connection.ROLE}", "--auth=trust")
    text = ("--encoding=UTF8", "--locale=C", f"--lc-ctype={character_type}")
    started = process.spawn([program, *options, *text], account, keep_open=lock, output=subprocess.PIPE)
    try:
        output, _ = started.communicate(timeout=_INITDB_SECONDS)
    except subprocess.TimeoutExpired:
        output = f"initdb did not end within {_INITDB_SECONDS} seconds".encode()
    finally:
        started.kill()
        code = started.wait()
    return output.decode(errors="replace").strip() if code else ""
