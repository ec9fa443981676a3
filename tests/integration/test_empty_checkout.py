"""An empty checkout answers without ``run.py``: from Python, and under a bare uvicorn."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.folders import open_folder
from tests.integration.running import copy_checkout, get, served_at, server_lives

# An embedded server of its own is made for each: seconds.
pytestmark = [pytest.mark.slow, pytest.mark.ci]

_ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("SCIDEX_")}


@pytest.fixture
def checkout() -> Iterator[Path]:
    with open_folder("empty ") as folder:
        copied = copy_checkout(folder / "checkout")
        yield copied
        assert not server_lives(copied)
        if (elsewhere := copied / ".scidex/postgres").is_symlink():
            shutil.rmtree(elsewhere.resolve())


def test_functions_answer_from_python(checkout: Path) -> None:
    code = "from scidex.atlas.model_registry import list_models; print(list_models()['total'])"
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=checkout,
        env=_ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.stdout, found.returncode) == ("0\n", 0), found.stderr


def test_a_bare_uvicorn_answers(checkout: Path) -> None:
    serving = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "api:app", "--port", "0"],
        cwd=checkout,
        env=_ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert get(served_at(serving) + "/api/models")["total"] == 0
    finally:
        serving.send_signal(signal.SIGINT)
        serving.communicate(timeout=30)
