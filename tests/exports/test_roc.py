"""Packages pass RO-Crate's own validator, which has an environment of its own; without one the tests are skipped."""

import hashlib
import subprocess
import venv
from pathlib import Path

import psycopg
import pytest

from scidex.atlas.model_registry import InvalidQuery, export_model
from tests.exports.strange_models import strange_model
from tests.serving import http
from tests.unit.demo.demo_registry import IDS

pytestmark = pytest.mark.slow

_HERE = Path(__file__).parent
_LOCK = _HERE.parents[1] / "requirements-crate.lock"
_CONTEXT = _HERE / "schemas" / "ro-crate-1.2-context.jsonld"
_STRANGE = range(10)
_COMPARED = ("ad-logistic-v1,ad-perceptron-v4",)


@pytest.fixture(scope="module")
def validator(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install what the lock names; it needs the network once."""
    folder = tmp_path_factory.mktemp("validator")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    install = [str(python), "-m", "pip", "-q", "install", "--require-hashes", "-r", str(_LOCK)]
    ran = subprocess.run(install, capture_output=True, check=False)
    if ran.returncode:
        pytest.skip(f"roc-validator cannot be installed: {ran.stderr.decode()[-300:]}")
    return python


def _faults(validator: Path, folder: Path) -> str:
    content = _CONTEXT.read_bytes()
    assert hashlib.sha256(content).hexdigest() in (_HERE / "schemas" / "README.md").read_text()
    command = list(map(str, (validator, _HERE / "roc.py", folder, _CONTEXT)))
    ran = subprocess.run(command, capture_output=True, check=False, env={"PYTHONWARNINGS": "ignore"})
    assert ran.returncode == 0 or ran.stdout, ran.stderr.decode()[-2000:]
    return ran.stdout.decode()


def test_packages_of_the_demo_and_its_comparisons(
    validator: Path, demo_dsn: str, live_server: str, tmp_path: Path
) -> None:
    with psycopg.connect(demo_dsn) as conn:
        for model_id in IDS[::5]:
            content = export_model(model_id, "crate", conn=conn).content
            (tmp_path / f"{model_id}.zip").write_bytes(content)
    for number, ids in enumerate(_COMPARED):
        address = f"{live_server}/api/models/compare?ids={ids}&format=crate"
        (tmp_path / f"comparison-{number}.zip").write_bytes(http.get(address, timeout=60).content)
    assert _faults(validator, tmp_path) == ""


def test_packages_of_strange_models(validator: Path, conn: psycopg.Connection, tmp_path: Path) -> None:
    written = 0
    for number in _STRANGE:
        try:
            content = export_model(strange_model(conn, number), "crate", conn=conn).content
        except InvalidQuery:
            continue  # a model without a date is no package
        (tmp_path / f"{number}.zip").write_bytes(content)
        written += 1
    assert written > len(_STRANGE) / 2
    assert _faults(validator, tmp_path) == ""
