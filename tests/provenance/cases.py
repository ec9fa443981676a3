"""Small registries by hand, made from one that is complete."""

from typing import Any, TypeAlias

from tests.provenance.registry import Registry, artifact

# What is decided, the registry that shows it, and what is said of its model-m.
Case: TypeAlias = tuple[str, Registry, dict[str, Any]]

DATASET, ANALYSIS, PINS, HYPOTHESIS = (
    "trained_on_dataset_id",
    "produced_by_analysis_id",
    "pinned_inputs",
    "tests_hypothesis_id",
)
PIN = {"artifact_id": "dataset-d", "version_number": 1, "content_hash": "sha256:d"}

# Artifacts that lead nowhere yet: what is known of the model is what a case adds.
LOOSE = Registry(
    {
        "model-m": artifact("model", quality_score=0.9),
        "dataset-d": artifact("dataset", content_hash="sha256:d"),
        "dataset-e": artifact("tabular_dataset"),
        "SDA-1": artifact("analysis", metadata={"pinned_artifacts": [PIN]}),
        "analysis-SDA-2": artifact("analysis"),
        "hypothesis-h-1": artifact("hypothesis"),
        "figure-f": artifact("figure"),
    },
    (),
)
# All that is required is known: a dataset, pinned, and the analysis.
TRACED = LOOSE.with_link("model-m", "trained_on", "dataset-d").with_link("model-m", "produced_by", "SDA-1")
# The same without any pin.
UNPINNED = TRACED.with_row("SDA-1", metadata={})


def saying(registry: Registry = LOOSE, **metadata: Any) -> Registry:
    """Return a registry whose model carries this metadata."""
    return registry.with_row("model-m", metadata=metadata)


def linked(link_type: str, target: str, registry: Registry = LOOSE) -> Registry:
    """Return a registry whose model has one link more."""
    return registry.with_link("model-m", link_type, target)


def pinned(*entries: Any, registry: Registry = UNPINNED, chain: Any = ()) -> Registry:
    """Return a registry whose producing analysis carries these entries as its pins."""
    return registry.with_row(
        "SDA-1", metadata={"pinned_artifacts": list(entries)}, provenance_chain=list(chain)
    )


def status(word: str, version: int | None, of: str = "dataset-d") -> dict[str, Any]:
    """Return what is expected of one input."""
    return {"inputs": {of: (word, version)}}
