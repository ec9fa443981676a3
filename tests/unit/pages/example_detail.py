"""A model's detail and a page of a list by hand, for tests that are about how pages show them."""

from dataclasses import dataclass
from typing import Any

from scidex.atlas._model_registry.contract.answers import ModelDetail, ModelEntry, ModelList
from scidex.atlas._model_registry.entries.card import card_entry
from scidex.atlas._model_registry.records.metrics import Direction

MODEL = "model-a/1 ü"
DATASET, ANALYSIS = "dataset-train", "analysis-fit"


@dataclass(frozen=True)
class Declared:
    """What a model declares of a metric."""

    direction: Direction | None = None
    target: float | None = None
    unit: str | None = None
    dataset: str | None = None
    spread: float | None = None


def link(artifact_id: str, **artifact: Any) -> dict[str, Any]:
    """Return a link to an artifact of which these fields are known."""
    return {
        "link_type": "derives_from",
        "strength": None,
        "evidence": None,
        "created_at": None,
        "artifact": {"id": artifact_id, **artifact},
    }


def entry(model_id: str = MODEL, **fields: Any) -> ModelEntry:
    """Return the entry of a complete model, with some of its fields given."""
    complete: dict[str, Any] = {
        "id": model_id,
        "title": "A model",
        "model_family": "statistical",
        "version_number": 2,
        "version_tag": None,
        "is_latest": True,
        "quality_score": 0.87,
        "quality_score_stored": 0.87,
        "evaluation_metrics": {"aic": -3.0, "test_roc_auc": 0.93, "train_roc_auc": 0.99, "test_brier": 0.1},
        "headline": None,
        "computed": True,
        "contradicted": [],
        "parameter_count": 3,
        "trained_on": DATASET,
        "training_datasets": [DATASET],
        "produced_by": ANALYSIS,
        "tests_hypothesis": None,
        "origin_type": "internal",
        "lifecycle_state": "active",
        "promotion_state": "candidate",
        "provenance_complete": True,
        "provenance_missing": [],
        "provenance_warning": None,
        "created_at": "2026-04-05T12:00:00Z",
    }
    return complete | fields  # type: ignore[return-value]  # a dict of the same keys


def listed(*models: ModelEntry, total: int | None = None, **fields: Any) -> ModelList:
    """Return a page with facets that suit two families and two datasets."""
    page: dict[str, Any] = {
        "models": [{"standing": {"status": "sound"}, **model} for model in models],
        "total": len(models) if total is None else total,
        "limit": 20,
        "offset": 0,
        "next_cursor": None,
        "facets": {
            "family": [{"value": "statistical", "count": 4}, {"value": None, "count": 1}],
            "provenance": [{"value": "complete", "count": 3}],
            "latest": [{"value": True, "count": 2}, {"value": False, "count": 3}],
            "dataset": [{"value": DATASET, "count": 4, "title": "Training participants"}],
            "hypothesis": [],
            "origin_type": [{"value": "internal", "count": 5}],
            "promotion_state": [{"value": None, "count": 5}],
        },
    }
    return page | fields  # type: ignore[return-value]  # a dict of the same keys


def detail(metadata: Any = None, **fields: Any) -> ModelDetail:
    """Return the detail of a complete model, with some of its fields given."""
    more: dict[str, Any] = {
        "metadata": {} if metadata is None else metadata,
        "card": card_entry(metadata),
        "content_hash": "sha256:1",
        "created_by": "somebody",
        "changelog": None,
        "parent_version_id": "model-a1",
        "superseded_by": None,
        "origin_url": None,
        "model_version": None,
        "versions": [version("model-a1", 1), version(MODEL, 2)],
        "links": {"outgoing": [], "incoming": []},
        "provenance": {
            "complete": True,
            "score": 1.0,
            "cap": 0.3,
            "capped": False,
            "rules": [],
            "inputs": [],
            "graph": {"root": MODEL, "nodes": [], "edges": [], "truncated": False},
        },
        "evaluations": [],
        "leakage": {"found": None, "reason": "there is no evaluation on held-out data"},
        "unreadable": [],
        "standing": {"status": "sound", "because": [], "truncated": False},
        "warnings": [],
    }
    return entry() | more | fields  # type: ignore[return-value]  # a dict of the same keys


def version(model_id: str, number: int, **fields: Any) -> dict[str, Any]:
    """Return one member of a lineage."""
    return {
        "id": model_id,
        "version_number": number,
        "version_tag": None,
        "changelog": f"Change {number}",
        "created_at": "2026-04-05T12:00:00Z",
        "content_hash": None,
        "is_latest": model_id == MODEL,
        "quality_score": 0.5,
        "evaluation_metrics": {"test_roc_auc": 0.9 + number / 100},
    } | fields


def model_version(**fields: Any) -> dict[str, Any]:
    """Return a ``model_versions`` row in which nothing is stated but what is given."""
    names = (
        "external_source_url external_source_version base_model_id code_repo_url code_commit_sha code_entrypoint "
        "training_started_at training_completed_at trained_by gpu_allocation_id training_params eval_metrics "
        "eval_dataset_artifact_id benchmark_id promotion_state promotion_notes created_at"
    )
    return {"is_external": False} | dict.fromkeys(names.split()) | fields
