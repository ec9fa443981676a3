"""Runs a reader that a hostile file might crash in a separate program, and waits for it at most a minute."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from scidex.forge.importers.refusals import Refused

_SECONDS: Final = 60
_CHECKOUT: Final = Path(__file__).resolve().parents[3]
_OTHER: Final = "give a smaller model; where other programs read this one, report it with the file"


def read_apart(module: str, text: bytes, *, seconds: float = _SECONDS) -> Any:
    """Return the content that a program reads in a text.

    Raises:
        Refused: the program refuses the text, crashes, or takes too much time or memory.

    """
    command = [sys.executable, "-m", module]
    with subprocess.Popen(  # noqa: S603 - a module of this package
        command,
        cwd=_CHECKOUT,
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as started:
        try:
            answered, _ = started.communicate(text, timeout=seconds)
        except subprocess.TimeoutExpired:
            raise Refused("", f"reading it takes more than {seconds} seconds", _OTHER) from None
        finally:
            started.kill()
    return _result(started.returncode, answered)


def _environment() -> dict[str, str]:
    """Return the paths of programs and libraries; the reader gets no password of the database."""
    kept = ("PATH", "LANG", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
    return {name: value for name in kept if (value := os.environ.get(name))}


def _result(status: int, answered: bytes) -> Any:
    try:
        answer = json.loads(answered) if status == 0 else None
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        ended = signal.Signals(-status).name if status < 0 else f"status {status}"
        raise Refused("", f"the library that reads it stopped at it ({ended})", _OTHER)
    if "refused" in answer:
        raise Refused(*answer["refused"])
    return answer["read"]
