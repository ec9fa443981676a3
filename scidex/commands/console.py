"""What commands say to whom they were started by, and how they take what is typed."""

import argparse
import os
import sys
from pathlib import Path
from typing import TextIO, TypeAlias

# argparse has no public name for what add_subparsers returns.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001


class Failure(Exception):
    """A command cannot be carried out; the message says why."""


def say(words: str, stream: TextIO | None = None) -> None:
    """Print a sentence at once, to the standard output if no other stream is given."""
    print(words, file=stream or sys.stdout, flush=True)


def called_from(text: str) -> Path:
    """Return a path as it is meant where run.py was called; run.py itself goes to the checkout."""
    return Path(os.environ.get("SCIDEX_CALLED_FROM", "."), text)
