"""A checkout that cannot be written says so, and serves a database of one's own all the same."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.folders import open_folder
from tests.integration.running import copy_checkout, get, served_at


@pytest.fixture(scope="module")
def checkout() -> Iterator[Path]:
    """Copy what runs to where it cannot be written: as root a mount, since modes do not bind root."""
    with open_folder("read-only-") as folder:
        path = copy_checkout(folder / "checkout")
        if os.geteuid():
            path.chmod(0o555)
            yield path
            path.chmod(0o755)
            return
        if subprocess.run(["mount", "--bind", path, path], check=False).returncode:
            pytest.skip("root may not mount here")
        subprocess.run(["mount", "-o", "remount,ro,bind", path], check=True)
        yield path
        subprocess.run(["umount", "-l", path], check=True)


def _start(checkout: Path, *command: str, **environment: str) -> subprocess.Popen[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SCIDEX_")}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, cwd=checkout, env=kept | environment, stdout=pipe, stderr=pipe, text=True
    )


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (
            ("-m", "scidex", "serve", "--port", "0"),
            "The embedded PostgreSQL keeps its data in {}/.scidex, which cannot be written",
        ),
        (("run.py", "serve", "--port", "0"), "{} cannot be written, so the packages"),
    ],
)
def test_what_cannot_be_written_is_said_in_a_sentence(
    command: tuple[str, ...], words: str, checkout: Path
) -> None:
    started = _start(checkout, sys.executable, *command)
    said, errors = started.communicate(timeout=60)
    assert (started.returncode, said) == (1, "")
    assert errors.startswith(words.format(checkout))
    assert errors.count("\n") == 1


def test_a_database_of_ones_own_is_served(checkout: Path, dsn: str) -> None:
    serving = _start(checkout, sys.executable, "-m", "scidex", "serve", "--port", "0", SCIDEX_PG_DSN=dsn)
    try:
        assert get(served_at(serving) + "/health")["status"] == "ok"
    finally:
        serving.terminate()
        serving.communicate(timeout=30)
