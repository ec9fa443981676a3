"""The server's process: it ends with its owner, and ignores the keys of a terminal."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from scidex.core.embedded_postgres.account import Account

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
# Loaded here, as nothing may be imported between fork and exec.
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None

# PostgreSQL's shutdown modes (manual, "Shutting Down the Server") and the seconds each may take.
_SHUTDOWN = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))


def spawn(
    command: Sequence[str | Path], account: Account, *, keep_open: int, output: int
) -> subprocess.Popen[bytes]:
    """Return a program of PostgreSQL, started as the account in its own session, with the lock inherited.

    On Linux it gets a fast-shutdown signal when the calling thread ends, for whatever reason.
    """
    return subprocess.Popen(  # noqa: S603 - only programs of PostgreSQL
        command,
        cwd="/",
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        pass_fds=(keep_open,),
        start_new_session=True,
        preexec_fn=_end_with_owner(os.getpid()),  # noqa: PLW1509 - a single system call, loaded beforehand
        **account.spawn_options(),
    )


def _environment() -> dict[str, str]:
    """Return our environment without variables that redirect PostgreSQL's programs or translate their messages."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    return kept | {"LC_ALL": "C"}


def _end_with_owner(owner: int) -> Callable[[], None] | None:
    libc = _LIBC
    if libc is None:
        return None

    def prepare() -> None:
        # It runs after the change of account, which would clear the setting.
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGINT.value, 0, 0, 0)
        if os.getppid() != owner:  # the owner ended before the setting took effect
            os._exit(1)

    return prepare


def shut_down(server: subprocess.Popen[bytes]) -> None:
    """End the server. Committed work is safe in every shutdown mode; later modes make the next start slower."""
    for mode, seconds in _SHUTDOWN:
        server.send_signal(mode)
        try:
            server.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
        return


def end_orphans(lock: Path) -> None:
    """Kill processes that a killed server left (Linux): in the middle of a query they do not notice and hold the lock.

    Such a process has the lock open and the name ``postgres: …``, while its parent does not have the lock open.
    """
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended meanwhile
            if (
                (entry / "cmdline").read_bytes().startswith(b"postgres: ")
                and _has_open(entry, lock)
                and not _has_open(Path("/proc", _parent(entry)), lock)
            ):
                os.kill(int(entry.name), signal.SIGKILL)


def holders(lock: Path) -> dict[int, bool]:
    """Return the holders of the lock (Linux), each with whether it is a program of PostgreSQL that is not stopped."""
    found = dict[int, bool]()
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended meanwhile, or belongs to another account
            if _has_locked(entry, lock):
                found[int(entry.name)] = (
                    _program(entry) in {"postgres", "initdb"} and _state(entry) not in "tT"
                )
    return found


def runs_on(data: Path) -> int | None:
    """Return the process id of a server that runs on the data directory, whoever started it (Linux)."""
    with suppress(OSError, ValueError, IndexError):
        pid = int((data / "postmaster.pid").read_text().split()[0])
        entry = Path("/proc", str(pid))
        if _program(entry) == "postgres" and (entry / "cwd").samefile(data):
            return pid
    return None


def _has_locked(entry: Path, path: Path) -> bool:
    """Return whether a process holds the lock itself, not only the file open (proc(5), fdinfo)."""
    return any(
        "FLOCK" in (entry / "fdinfo" / one.name).read_text()
        for one in (entry / "fd").iterdir()
        if one.exists() and one.samefile(path)
    )


def _program(entry: Path) -> str:
    return (entry / "comm").read_text().strip()


def _has_open(entry: Path, path: Path) -> bool:
    with suppress(OSError):  # of another account, so not one of ours
        return any(one.samefile(path) for one in (entry / "fd").iterdir() if one.exists())
    return False


def _state(entry: Path) -> str:
    return _state_and_parent(entry)[0]


def _parent(entry: Path) -> str:
    return _state_and_parent(entry)[1]


def _state_and_parent(entry: Path) -> list[str]:
    # proc_pid_stat(5): the name in parentheses may hold any character; state and parent follow it.
    return (entry / "stat").read_text().rpartition(")")[2].split()[:2]
