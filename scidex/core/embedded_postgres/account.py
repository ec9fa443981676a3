"""The account that runs the server, as PostgreSQL refuses to run as root."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scidex.core.embedded_postgres.errors import EmbeddedPostgresError

_ACCOUNTS_FOR_ROOT = ("postgres", "nobody")
_PROBE_SECONDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account of this machine; ``switched`` if root has to become it first."""

    name: str
    uid: int
    gid: int
    switched: bool

    def spawn_options(self) -> dict[str, Any]:
        """Return the keyword arguments of ``subprocess`` that start a program as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switched else {}

    def own(self, path: Path) -> None:
        """Make this account the owner of a file or folder."""
        if self.switched:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def succeeds(self, command: Sequence[str | Path]) -> bool:
        """Return whether a short command, started as this account, ends with status 0."""
        try:
            done = subprocess.run(  # noqa: S603 - only commands of this package
                command,
                check=False,
                capture_output=True,
                timeout=_PROBE_SECONDS,
                cwd="/",
                **self.spawn_options(),
            )
        except (OSError, subprocess.SubprocessError):
            return False
        return done.returncode == 0

    def can_enter(self, directory: Path) -> bool:
        """Return whether this account can enter a folder, by trying: modes do not tell of ACLs and mounts."""
        return not self.switched or self.succeeds(["/bin/sh", "-c", 'cd -- "$1"', "sh", directory])


def account_for(data: Path) -> Account:
    """Return the account that runs the server: ours; for root, the owner of existing data, else a known account.

    Raises:
        EmbeddedPostgresError: the data belong to another account, or root finds no account to switch to.

    """
    owner = data.stat().st_uid if data.exists() else None
    if os.geteuid() != 0:
        return _ourselves(data, owner)
    entries = [_entry(owner)] if owner else [_entry(name) for name in _ACCOUNTS_FOR_ROOT]
    for entry in entries:
        if entry is not None and entry.pw_uid != 0:
            return Account(name=entry.pw_name, uid=entry.pw_uid, gid=entry.pw_gid, switched=True)
    message = (
        f"PostgreSQL does not run as root, and this machine has no account for it "
        f"({'user id ' + str(owner) + ' owns ' + str(data) if owner else 'postgres or nobody'}). "
        "Run this as an ordinary user, or set SCIDEX_PG_DSN to a server of your own."
    )
    raise EmbeddedPostgresError(message)


def _ourselves(data: Path, owner: int | None) -> Account:
    if owner is not None and owner != os.geteuid():
        message = (
            f"The database in {data} belongs to the account {_name(owner)}. "
            "Run this as that account or as root, or move the folder away to begin with an empty database."
        )
        raise EmbeddedPostgresError(message)
    return Account(name=_name(os.geteuid()), uid=os.geteuid(), gid=os.getegid(), switched=False)


def _name(uid: int) -> str:
    entry = _entry(uid)
    return entry.pw_name if entry else str(uid)


def _entry(who: str | int | None) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(who) if isinstance(who, str) else pwd.getpwuid(who or 0)
    except KeyError:
        return None
