"""The places of the server's files.

``<data root>/postgres.log`` is the log; ``<data root>/postgres/`` holds the rest. If root starts the server and the
account that runs it cannot enter the data root (a checkout under ``/root``), ``postgres`` is a symbolic link to a
folder under ``/var/lib/scidex``. The link keeps the place the same between starts.
"""

import fcntl
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from scidex.core.embedded_postgres.account import Account
from scidex.core.embedded_postgres.errors import EmbeddedPostgresError

# Not under /var/tmp, where the system removes old files.
REACHABLE_BY_ALL = Path("/var/lib/scidex")


@dataclass(frozen=True, slots=True)
class Location:
    """The files of one embedded server; ``home`` is free of symbolic links."""

    home: Path
    log: Path

    @property
    def data(self) -> Path:
        """PostgreSQL's data directory."""
        return self.home / "data"

    @property
    def socket_note(self) -> Path:
        """The file with the path of the current socket directory."""
        return self.home / "socket"

    @property
    def lock(self) -> Path:
        """The file that is locked as long as any process of a server runs."""
        return self.home / "lock"

    def try_lock(self, account: Account) -> int | None:
        """Return the descriptor of the lock, which the caller closes; None if the lock is held.

        The server inherits the descriptor, so the lock is held exactly as long as any of its processes runs. Unlike a
        process id, it is never stale after a crash and never passes to an unrelated process.
        """
        descriptor = os.open(self.lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            account.own(self.lock)
        except BaseException as error:
            os.close(descriptor)
            if isinstance(error, BlockingIOError):
                return None
            raise
        return descriptor

    def is_held(self, account: Account) -> bool:
        """Return whether any process of a server runs, or one is being started."""
        lock = self.try_lock(account)
        if lock is None:
            return True
        os.close(lock)
        return False


def prepare(data_root: Path, account: Account) -> Location:
    """Return the location, with missing folders made.

    Raises:
        EmbeddedPostgresError: the link leads nowhere, or the server's account cannot enter existing data.

    """
    _make_folder(data_root, account)
    home = data_root / "postgres"
    if not home.exists() and not home.is_symlink():
        if account.can_enter(data_root):
            _make_folder(home, account)
        else:
            _make_elsewhere(home)
    _check(home, account)
    return Location(home.resolve(), data_root / "postgres.log")


def _make_folder(folder: Path, account: Account) -> None:
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        if account.switched:
            folder.chmod(0o755)  # the server's account has to pass, whatever root's umask


def _make_elsewhere(home: Path) -> None:
    REACHABLE_BY_ALL.mkdir(parents=True, exist_ok=True)
    REACHABLE_BY_ALL.chmod(0o755)
    checkout = home.resolve().parent.parent.name
    folder = Path(tempfile.mkdtemp(prefix=f"{checkout}-", dir=REACHABLE_BY_ALL))
    folder.chmod(0o755)
    try:
        home.symlink_to(folder)
    except FileExistsError:  # another start made it first; both use it
        folder.rmdir()


def _check(home: Path, account: Account) -> None:
    if not home.exists():
        message = (
            f"{home} is a link to {home.readlink()}, which is not there. "
            "Bring that folder back, or remove the link to begin with an empty one."
        )
        raise EmbeddedPostgresError(message)
    if not account.can_enter(home.resolve()):
        message = (
            f"The account {account.name}, which runs the server, cannot enter {home.resolve()}. "
            "Let it pass through the folders above (chmod o+x), or move the folder away to begin with an empty one."
        )
        raise EmbeddedPostgresError(message)
