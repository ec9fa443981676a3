"""A checkout of a test's own, and what a command that serves in it says and answers."""

import json
import re
import shutil
import subprocess
import urllib.request
from pathlib import Path
from typing import Any

import pytest

_CHECKOUT = Path(__file__).resolve().parents[2]
_LOCKS = ("requirements.lock", "requirements-import.lock", "requirements-test.lock")
_PARTS = ("api.py", "run.py", *_LOCKS, "scidex", "templates")


def copy_checkout(target: Path) -> Path:
    """Copy what runs, without data and without .venv."""
    target.mkdir()
    for part in _PARTS:
        if (_CHECKOUT / part).is_dir():
            shutil.copytree(_CHECKOUT / part, target / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(_CHECKOUT / part, target)
    return target


def served_at(process: subprocess.Popen[str]) -> str:
    """Wait until the command has said where it serves."""
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"http://\S+", line):
            return found[0]
    pytest.fail(f"it ended without serving: {process.communicate(timeout=30)}")


def get(address: str) -> Any:
    """Fetch JSON."""
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - an address of this test
        return json.load(answer)


def server_lives(checkout: Path) -> bool:
    """Whether the checkout's embedded server runs, or was killed and left its mark."""
    return (checkout / ".scidex/postgres/data/postmaster.pid").exists()
