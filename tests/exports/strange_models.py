"""Models as they come: strange ids, scripts of the world, nothing stated, everything stated, a large graph."""

import random
from typing import Any

from psycopg import Connection

from tests.registry import rows

_IDS = [
    *(
        "model-a/b c",
        "模型-1",
        "'quoted\"",
        "a?b#c&d=e",
        "%2F",
        "..",
        "compare",
        "\x01",
        "é\u0301",
        "{}\\%$_^~",
    ),
    *("model:x", "-", "---", "a\nb", "\u202eabc", "🧠", "<script>", "@misc{x,", "# h", "x" * 800),
]
_TITLES = [
    *(
        "",
        " ",
        "---",
        "Θεοφυλλίνη: μοντέλο",
        "阿尔茨海默病",
        "نموذج",
        "| a | b |",
        "{unbalanced",
        "}",
        "\\end{x}",
        "a: b",
    ),
    *(
        "- x",
        "&amp; <b>",
        "`code`",
        "'",
        '"',
        "no",
        "2026-01-01",
        "null",
        "\x07bell",
        "line\nline",
        "🧬 " * 200,
    ),
]
_NAMES = ["rmse", "test_roc_auc", "train_r2", "aic", "cv_rmse", "ß", "a b", "x|y", "", "---", "n" * 300]


def strange_model(conn: Connection, number: int) -> str:
    """Write the model of that number, the same for each number, with what it speaks of; returns its id."""
    dice = random.Random(number)  # noqa: S311  no secret
    model_id = f"{dice.choice(_IDS)}{number or ''}"
    columns: dict[str, Any] = {
        "title": dice.choice(_TITLES),
        "version_number": dice.randint(1, 40),
        "created_by": dice.choice([None, "", "agent-7", "Ωμέγα & Söhne", "a\tb"]),
        "created_at": dice.choice(
            ["2026-04-05T12:00:00Z", "0001-01-01", "infinity", "1999-12-31T23:59:59.5+09"]
        ),
        "version_tag": dice.choice([None, "best", "1.0.0-rc1", "\n"]),
        "quality_score": dice.choice([None, 0, 0.123456789012, 1]),
        "content_hash": dice.choice([None, "sha256:1", "?"]),
        "origin_url": dice.choice([None, "https://example.org/a b", "javascript:alert(1)", "nothing"]),
    }
    if dice.random() < 0.3:
        rows.model(conn, model_id, **columns)
    else:
        rows.traceable_model(conn, model_id, _metadata(dice), **columns)
    if dice.random() < 0.5:
        rows.model_version(conn, model_id, **_version(dice, model_id))
    if dice.random() < 0.2:
        _large_graph(conn, model_id, dice.randint(1, 450))
    return model_id


def _metadata(dice: random.Random) -> dict[str, Any]:
    metrics: dict[str, Any] = {name: dice.choice([0, 1e-300, -3.5, 1e22]) for name in dice.sample(_NAMES, 6)}
    declared = {
        name: {"dataset": dice.choice(["dataset-x", "数据", ""]), "unit": "mg/L"}
        for name in dice.sample(_NAMES, 5)
    }
    every = {
        "model_family": dice.choice(["biophysical", "statistical", "deep_learning", "other"]),
        "evaluation_metrics": metrics,
        "metric_metadata": declared,
        "license": dice.choice(["MIT", "whatever you like", 7]),
        "author": dice.choice(["Ada Lovelace", ["A", "B"], None]),
        "doi": dice.choice(["10.1000/xyz123", "none"]),
        "card": {
            "summary": dice.choice(["A model.", "", "数 ]]> </script> --- \\end{x}"]),
            "licence": dice.choice(["MIT", "ETALAB-2.0", "MIT OR Apache-2.0", "as you like", None]),
            "authors": [
                {"name": "Ada B.", "orcid": "0000-0002-1825-0097"},
                {"name": "研究班", "affiliation": "X"},
            ],
            "publications": [{"doi": "10.1000/a<b>(c)"}, {"citation": "B (2026) {A} model."}],
            "caveats": ["small", "one site"],
            "intended_use": "Research",
        },
        "equations": dice.choice([["dC/dt = -k*C"], "y = a*x", [1, 2]]),
        "parameters": {"k": {"value": 0.1, "unit": "1/h"}, "ä b": {"value": None}, "z": 3},
    }
    return {name: every[name] for name in dice.sample(sorted(every), dice.randint(0, len(every)))}


def _version(dice: random.Random, base: str) -> dict[str, Any]:
    return {
        "code_repo_url": dice.choice([None, "https://example.org/code.git", "git@host:x", "https://e x"]),
        "code_commit_sha": dice.choice([None, "9fceb02d0ae598e95dc970b74767f19372d61af8", "?"]),
        "eval_dataset_artifact_id": dice.choice([None, base]),
        "eval_metrics_json": dice.choice([None, '{"rmse": 0.5, "auc": 0.7}', "[]", "no json"]),
        "training_params_json": dice.choice([None, '{"seed": 1}', '{"x": "\\ud800"}']),
        "training_started_at": dice.choice([None, "2026-01-01T00:00:00Z", "last week"]),
        "training_completed_at": dice.choice([None, "2026-01-01T01:00:00Z"]),
        "base_model_id": dice.choice([None, base]),
        "external_source_url": dice.choice([None, "https://example.org/m"]),
        "trained_by": dice.choice([None, "somebody"]),
    }


def _large_graph(conn: Connection, model_id: str, nodes: int) -> None:
    for number in range(nodes):
        source = rows.dataset(conn, f"{model_id[:300]} in {number}", title=f"入力 {number}")
        rows.link(conn, model_id, source, "derives_from")
