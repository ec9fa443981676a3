"""A signing key for every test of exports, as an operator would make one."""

import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def signing_key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an Ed25519 key with openssl."""
    path = tmp_path_factory.mktemp("key") / "signing.pem"
    subprocess.run(
        ["openssl", "genpkey", "-algorithm", "ed25519", "-out", str(path)], check=True, capture_output=True
    )
    return path


@pytest.fixture(autouse=True)
def _signs(signing_key: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCIDEX_SIGNING_KEY", str(signing_key))
