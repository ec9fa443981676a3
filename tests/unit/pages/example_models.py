"""The models of a comparison by hand: three Alzheimer's classifiers, and a lineage of as many versions as wanted."""

from scidex.atlas._model_registry.contract.answers import ModelEntry, VersionEntry

MLP, LOGISTIC, LASSO = "model-ad-mlp-v3", "model-ad logistic/v1", "model-ad-lasso-v2"
IDS = [MLP, LOGISTIC, LASSO]
TRAIN, OTHER, TEST = "dataset-ad-train", "dataset-ad-train-2024", "dataset-ad-test"


def model(model_id: str, title: str, *, version: int = 1, score: float | None = 0.87) -> ModelEntry:
    """Return the entry of a complete model."""
    return ModelEntry(
        id=model_id,
        title=title,
        model_family="statistical",
        version_number=version,
        version_tag=None,
        is_latest=True,
        quality_score=score,
        quality_score_stored=score,
        evaluation_metrics={},
        headline=None,
        computed=True,
        contradicted=[],
        parameter_count=131,
        trained_on=TRAIN,
        training_datasets=[TRAIN],
        produced_by="analysis-ad",
        tests_hypothesis=None,
        origin_type="internal",
        lifecycle_state="active",
        promotion_state="candidate",
        provenance_complete=True,
        provenance_missing=[],
        provenance_warning=None,
        unreadable=[],
        created_at="2026-04-05T12:00:00Z",
    )


def lineage(ids: list[str]) -> list[VersionEntry]:
    """Return a lineage of as many versions as there are ids, each a little better than the one before."""
    return [
        VersionEntry(
            id=version_id,
            version_number=place,
            version_tag=None,
            changelog=None,
            created_at="2026-04-05T12:00:00Z",
            content_hash=None,
            is_latest=place == len(ids),
            quality_score=None,
            evaluation_metrics={"test_roc_auc": 0.85 + place / 50, "test_brier": 0.2 / place},
        )
        for place, version_id in enumerate(ids, start=1)
    ]
