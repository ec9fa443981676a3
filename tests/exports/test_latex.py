"""The LaTeX table of a comparison, set by TeX itself; without TeX the tests are skipped."""

import shutil
import subprocess
from pathlib import Path
from typing import Final

import psycopg
import pytest
from starlette.testclient import TestClient

from tests.registry import rows
from tests.serving import http

pytestmark = pytest.mark.slow

_DOCUMENT: Final = (
    "\\documentclass{article}\n\\usepackage{booktabs,url}\n\\begin{document}\n\\input{t}\n\\end{document}\n"
)
_SIGNS: Final = "& % $ # _ { } ~ ^ \\ < > | \" ' ` [x] -- ?` \\end{table} \\input{x}"
_LATIN: Final = ("é à ü ß ñ ø", "µg/L – “quoted” … °C ± ×")  # noqa: RUF001
_OTHER_SCRIPTS: Final = ("Θεοφυλλίνη", "阿尔茨海默病", "нейрон", "نموذج", "🧠")


def _set(program: str, text: str, folder: Path) -> str:
    """Let TeX set a table and return what went wrong; empty where nothing did."""
    if shutil.which(program) is None:
        pytest.skip(f"there is no {program} here")
    (folder / "t.tex").write_text(text, encoding="utf-8")
    (folder / "whole.tex").write_text(_DOCUMENT, encoding="utf-8")
    command = [program, "-interaction=nonstopmode", "-halt-on-error", "whole.tex"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    log = ran.stdout.decode("utf-8", "replace")
    assert ran.returncode or (folder / "whole.pdf").exists()
    return "" if ran.returncode == 0 else log[log.find("\n!") :]


def _table(
    conn: psycopg.Connection, client: TestClient, titles: tuple[str, ...], names: tuple[str, ...]
) -> str:
    for place, title in enumerate(titles):
        metrics = dict.fromkeys(names, place + 1.5)
        units = {name: {"unit": "µg/L" if place else "mg/L"} for name in names}
        metadata = {"evaluation_metrics": metrics, "metric_metadata": units}
        rows.model(conn, f"model-{place} {title}", metadata, title=title)
    asked = [("ids", f"model-{place} {title}") for place, title in enumerate(titles)]
    answer = client.get("/api/models/compare", params=[*asked, ("format", "tex")])
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("program", ["pdflatex", "lualatex"])
def test_signs_that_tex_acts_on_are_set_as_they_are(
    conn: psycopg.Connection, client: TestClient, tmp_path: Path, program: str
) -> None:
    text = _table(conn, client, (_SIGNS, *_LATIN), ("rmse", "[a] & b", "*c", "%", "\\d", "~^_"))
    assert _set(program, text, tmp_path) == ""


def test_other_scripts_are_set_by_luatex(
    conn: psycopg.Connection, client: TestClient, tmp_path: Path
) -> None:
    assert _set("lualatex", _table(conn, client, _OTHER_SCRIPTS, ("rmse", "нейрон", "数据")), tmp_path) == ""


@pytest.mark.parametrize(
    "ids",
    [
        "ad-logistic-v1,ad-perceptron-v4,ad-penalised-v3",
        "theophylline-v1,theophylline-v2,theophylline-v3",
        "indomethacin-one-compartment-v1,indomethacin-two-compartments-v2",
        "puromycin-treated-v1,puromycin-treated-v2,puromycin-both-states-v1",
        "amyloid-regression-v1,amyloid-regression-v3",
        "ad-logistic-v1,theophylline-v1",
    ],
)
def test_comparisons_of_the_demo_are_set(live_server: str, tmp_path: Path, ids: str) -> None:
    text = http.get(f"{live_server}/api/models/compare?ids={ids}&format=tex", timeout=60).text
    assert _set("pdflatex", text, tmp_path) == ""
