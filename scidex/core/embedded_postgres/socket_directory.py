"""A short private folder for the server's socket.

A socket's path may have at most 103 bytes (macOS; 107 on Linux), which a checkout's path easily exceeds. The folder
has a random name, which a note beside the data tells to borrowers of the server. A later start takes the same name
again, unless another account has it by then.
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
    """Return a new empty folder that only the account can enter, with its path noted.

    It is the noted one if possible, as processes that borrowed the server look there.
    """
    former = _written(note)
    if former is not None and _made_again(account, former):
        return former
    directory = _make_private()
    account.own(directory)
    written = note.with_suffix(".new")
    written.write_text(str(directory))
    written.replace(note)
    return directory


def _written(note: Path) -> Path | None:
    try:
        directory = Path(note.read_text())
    except FileNotFoundError:
        return None
    return directory if directory.name.startswith(_PREFIX) else None


def _made_again(account: Account, directory: Path) -> bool:
    """Return whether the folder, made or emptied, is private to the account; another account's is not touched."""
    try:
        directory.mkdir(mode=0o700)
        account.own(directory)
    except FileExistsError:
        if not _is_private(account, directory):
            return False
        for left in directory.iterdir():
            left.unlink()
    except OSError:
        return False
    return True


def noted(account: Account, note: Path) -> Path | None:
    """Return the noted folder if it exists and is still private to the account."""
    directory = _written(note)
    return directory if directory is not None and _is_private(account, directory) else None


def _is_private(account: Account, directory: Path) -> bool:
    try:
        status = directory.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == account.uid and not status.st_mode & 0o077


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
    """Remove a folder of :func:`make` after its server has ended."""
    shutil.rmtree(directory, ignore_errors=True)
