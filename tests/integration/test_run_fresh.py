"""A fresh checkout, installed for real from the machine's own index: minutes rather than seconds."""

import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.folders import open_folder
from tests.integration.running import copy_checkout, get, served_at, server_lives

# A Python that every account can start.
_SYSTEM_PYTHON = Path("/usr/bin/python3")


def _install_and_serve(folder: Path, account: dict[str, Any], environment: dict[str, str]) -> None:
    """Run run.py as an account twice, the second time without an index; check what it serves and its end."""
    offline = {"PIP_NO_INDEX": "1", "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_FIND_LINKS": "/nowhere"}
    for variables in (environment, environment | offline):
        serving = subprocess.Popen(
            [_SYSTEM_PYTHON, folder / "run.py", "--port", "0"],
            cwd="/",
            env=variables,
            stdout=subprocess.PIPE,
            text=True,
            **account,
        )
        assert get(served_at(serving) + "/api/models")["total"] >= 18
        serving.send_signal(signal.SIGINT)
        serving.communicate(timeout=30)
        assert serving.returncode == 0
    assert not server_lives(folder)
    installed = {path.name.partition("-")[0] for path in folder.glob(".venv/lib/*/site-packages/*.dist-info")}
    assert "fastapi" in installed
    assert not {"pytest", "playwright", "schemathesis", "scikit_learn"} & installed


@pytest.mark.slow
@pytest.mark.skipif(not _SYSTEM_PYTHON.exists(), reason="needs a system-wide Python")
@pytest.mark.parametrize("private", [False, True])
def test_a_fresh_checkout_serves(private: bool) -> None:
    with open_folder("fresh test ") as folder:
        folder.chmod(0o700 if private else 0o755)
        checkout = copy_checkout(folder / "check out")
        _install_and_serve(checkout, {}, dict(os.environ))
        if (elsewhere := checkout / ".scidex/postgres").is_symlink():
            shutil.rmtree(elsewhere.resolve())


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.skipif(not _SYSTEM_PYTHON.exists(), reason="needs a system-wide Python")
def test_a_fresh_checkout_serves_as_an_ordinary_user_without_a_home() -> None:
    nobody = pwd.getpwnam("nobody")
    with open_folder("fresh test ") as folder:
        checkout = copy_checkout(folder / "check out")
        for path in (checkout, *checkout.rglob("*")):
            os.chown(path, nobody.pw_uid, nobody.pw_gid)
        kept = {name: value for name, value in os.environ.items() if name != "HOME"}
        account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        _install_and_serve(checkout, account, kept)
