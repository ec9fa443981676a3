"""The program: reads one document from standard input, within bounds on time and memory, and writes JSON."""

import json
import resource
import sys
from typing import Any, Final

from scidex.forge.sbml.reading import read
from scidex.forge.sbml.unusable import Unusable

_SECONDS: Final = 60
_MEMORY: Final = 2 * 1024**3
_LIMITS: Final = (
    (resource.RLIMIT_AS, _MEMORY),
    (resource.RLIMIT_CPU, _SECONDS),
    (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_FSIZE, 0),
)
_MOST_ANSWERED: Final = 64 * 1024**2
_OTHER: Final = "give a smaller model"


def answer(text: bytes) -> bytes:
    """Return ``{"read": …}`` or ``{"refused": [place, reason, remedy]}``."""
    try:
        result: dict[str, Any] = {"read": read(text)}
    except Unusable as refusal:
        result = {"refused": [refusal.place, refusal.reason, refusal.remedy]}
    except (MemoryError, RecursionError):
        result = {"refused": ["", "reading it needs too much memory", _OTHER]}
    answered = json.dumps(result, allow_nan=False).encode()
    if len(answered) > _MOST_ANSWERED:
        return json.dumps({"refused": ["", "what it says is too long to be kept", _OTHER]}).encode()
    return answered


if __name__ == "__main__":
    for what, most in _LIMITS:
        resource.setrlimit(what, (most, most))
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read()))
