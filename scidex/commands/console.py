"""The console: sentences of commands, and paths that are typed."""

import argparse
import os
import sys
from pathlib import Path
from typing import TextIO, TypeAlias

# argparse has no public name for what add_subparsers returns.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001


class Failure(Exception):
    """A command cannot be carried out; the message tells why."""


def say(words: str, stream: TextIO | None = None) -> None:
    """Print a sentence at once, to standard output by default."""
    print(words, file=stream or sys.stdout, flush=True)


def called_from(text: str) -> Path:
    """Return a path relative to the folder in which run.py was called; run.py itself changes to the checkout."""
    return Path(os.environ.get("SCIDEX_CALLED_FROM", "."), text)
