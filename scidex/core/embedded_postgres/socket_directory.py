"""A short private folder for the server's socket.

A socket's path may have 103 bytes at most (macOS; 107 on Linux), which a checkout's path easily exceeds. The
folder has a new random name at every start, so nobody can be there first; whoever borrows the server reads
the name from a note beside the data.
"""

import shutil
import stat
import tempfile
from pathlib import Path

from scidex.core.embedded_postgres.account import Account
from scidex.core.embedded_postgres.errors import EmbeddedPostgresError

_PREFIX = "scidex-"
_LONGEST = 100 - len("/.s.PGSQL.65535")


def make(account: Account, note: Path) -> Path:
    """Make a folder that only the account can enter and note its path; remove the one noted before."""
    former = noted(account, note)
    if former is not None:
        remove(former)
    directory = _make_private()
    account.own(directory)
    written = note.with_suffix(".new")
    written.write_text(str(directory))
    written.replace(note)
    return directory


def noted(account: Account, note: Path) -> Path | None:
    """Return the noted folder if it is there and is still the account's alone."""
    try:
        directory = Path(note.read_text())
        status = directory.lstat()
    except FileNotFoundError:
        return None
    private = stat.S_ISDIR(status.st_mode) and status.st_uid == account.uid and not status.st_mode & 0o077
    return directory if private and directory.name.startswith(_PREFIX) else None


def _make_private() -> Path:
    for parent in (Path("/tmp"), Path(tempfile.gettempdir())):  # noqa: S108 - short; mkdtemp makes it private
        try:
            directory = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        except OSError:
            continue
        if len(bytes(directory)) <= _LONGEST:
            return directory
        directory.rmdir()
    message = "The server's socket has no place: /tmp cannot be written. Set TMPDIR to a short path that can."
    raise EmbeddedPostgresError(message)


def remove(directory: Path) -> None:
    """Remove a folder that ``make`` made, when its server has ended."""
    shutil.rmtree(directory, ignore_errors=True)
