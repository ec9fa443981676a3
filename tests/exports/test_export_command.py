"""``python3 run.py export`` as a person types it."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from scidex.atlas.model_registry import export_model

CHECKOUT = Path(__file__).resolve().parents[2]


def _run(dsn: str, folder: Path, *arguments: str) -> tuple[int, str, str]:
    ran = subprocess.run(
        [sys.executable, "-m", "scidex", "export", *arguments],
        cwd=CHECKOUT,
        env=os.environ | {"SCIDEX_PG_DSN": dsn, "SCIDEX_CALLED_FROM": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout, ran.stderr


def test_it_writes_the_file_where_it_was_called(
    demo_dsn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SCIDEX_PUBLIC_URL", raising=False)
    status, said, _ = _run(demo_dsn, tmp_path, "ad-logistic-v2", "--format", "bibtex", "--out", "a.bib")
    with psycopg.connect(demo_dsn) as conn:
        expected = export_model("model-ad-logistic-v2", "bibtex", conn=conn).content
    assert (status, (tmp_path / "a.bib").read_bytes()) == (0, expected)
    assert said == f"{tmp_path / 'a.bib'}: {len(expected)} bytes of application/x-bibtex.\n"


@pytest.mark.slow
@pytest.mark.ci
def test_files_of_two_models_lie_side_by_side(demo_dsn: str, tmp_path: Path) -> None:
    for model_id in ("ad-logistic-v1", "ad-logistic-v2"):
        assert _run(demo_dsn, tmp_path, model_id, "--format", "bibtex")[0] == 0
    names = {one.name for one in tmp_path.iterdir()}
    assert names == {"model-ad-logistic-v1.citation.bib", "model-ad-logistic-v2.citation.bib"}


@pytest.mark.slow
@pytest.mark.ci
def test_a_model_that_is_unknown_is_said(demo_dsn: str, tmp_path: Path) -> None:
    status, _, error = _run(demo_dsn, tmp_path, "model-x")
    assert (status, "no model has the id 'model-x'" in error) == (1, True)
    assert list(tmp_path.iterdir()) == []
