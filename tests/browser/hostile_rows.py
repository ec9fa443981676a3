"""Two models and what they rest on, with the same hostile text in every text column and every JSON value."""

import json
from typing import Any

import psycopg

HOSTILE = (
    "</script><script>window.hacked = 1</script>\"'><img src=x onerror='window.hacked = 1'>"
    "\u202eRTL\u202c עברית 👩‍🔬 漢字 \\u0000 %00 &lt; {{ 7*7 }} "
)
LONG = HOSTILE + "long" * 1250


def insert_hostile_rows(conn: psycopg.Connection) -> list[str]:
    """Write the rows and answer the ids of the two models."""
    names = {kind: f"{kind}-{HOSTILE}" for kind in ("dataset", "analysis", "hypothesis")}
    for kind, artifact_id in names.items():
        _artifact(conn, artifact_id, kind, {"note": LONG, **_pins(names["dataset"])})
    models = [f"model-{number}, {HOSTILE}" for number in (1, 2)]
    for number, model_id in enumerate(models, start=1):
        _artifact(conn, model_id, "model", _model_metadata(names, number))
        _model_version(conn, model_id, names["dataset"])
        for kind, relation in (
            ("dataset", "trained_on"),
            ("analysis", "produced_by"),
            ("hypothesis", "tests"),
        ):
            _link(conn, model_id, names[kind], relation)
        _link(conn, model_id, f"gone-{HOSTILE}", "derives_from")
    _link(conn, names["analysis"], names["dataset"], "cites")
    _link(conn, names["analysis"], f"unpinned-{HOSTILE}", "cites")
    return models


def _pins(dataset: str) -> dict[str, Any]:
    return {
        "pinned_artifacts": [
            {"artifact_id": dataset, "version_number": 1, "content_hash": f"sha256:{HOSTILE}"}
        ]
    }


def _model_metadata(names: dict[str, str], number: int) -> dict[str, Any]:
    return {
        "model_family": "biophysical",
        "trained_on_dataset_id": [names["dataset"], f"nowhere-{HOSTILE}"],
        "architecture": f"{number} {LONG}",
        "equations": [f"d{HOSTILE}/dt = {number} * {HOSTILE}"],
        "parameters": {HOSTILE: {"value": number, "units": HOSTILE, "source": LONG}},
        "training_config": {HOSTILE: [HOSTILE, number], "optimizer": f"{number}{HOSTILE}"},
        "evaluation_metrics": {HOSTILE: number, "rmse": number / 10},
        "metric_metadata": {"rmse": {"direction": HOSTILE, "unit": HOSTILE, "dataset": HOSTILE}},
    }


def _artifact(conn: psycopg.Connection, artifact_id: str, kind: str, metadata: dict[str, Any]) -> None:
    conn.execute(
        """
        INSERT INTO artifacts (id, artifact_type, title, entity_ids, metadata, content_hash, provenance_chain,
            quality_score, created_by, origin_type, origin_url, version_tag, changelog, lifecycle_state, superseded_by)
        VALUES (%(id)s, %(kind)s, %(long)s, %(list)s, %(metadata)s, %(text)s, %(list)s,
            0.9, %(text)s, %(text)s, %(text)s, %(text)s, %(long)s, %(text)s, %(text)s)
        """,
        {
            "id": artifact_id,
            "kind": kind,
            "long": LONG,
            "text": HOSTILE,
            "list": json.dumps([HOSTILE]),
            "metadata": json.dumps(metadata),
        },
    )


def _model_version(conn: psycopg.Connection, model_id: str, dataset: str) -> None:
    conn.execute(
        """
        INSERT INTO model_versions (artifact_id, external_source_url, external_source_version, code_repo_url,
            code_commit_sha, code_entrypoint, training_started_at, training_completed_at, trained_by,
            gpu_allocation_id, training_params_json, eval_dataset_artifact_id, benchmark_id, promotion_notes,
            created_at)
        VALUES (%(id)s, %(text)s, %(text)s, %(text)s,
            %(text)s, %(text)s, %(text)s, %(text)s, %(text)s,
            %(text)s, %(json)s, %(dataset)s, %(text)s, %(text)s, %(text)s)
        """,
        {"id": model_id, "text": HOSTILE, "json": json.dumps({HOSTILE: HOSTILE}), "dataset": dataset},
    )


def _link(conn: psycopg.Connection, source: str, target: str, relation: str) -> None:
    conn.execute(
        "INSERT INTO artifact_links (source_artifact_id, target_artifact_id, link_type, evidence)"
        " VALUES (%s, %s, %s, %s)",
        (source, target, relation, json.dumps({HOSTILE: HOSTILE})),
    )
