"""A fitted model of the analyses, and its entry in ``registry.json``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scidex.forge.demo.fit import measures
from scidex.forge.demo.fit.entries import ArtifactEntry, LinkPairs, artifact
from scidex.forge.demo.fit.evaluated import Predicted
from scidex.forge.demo.fit.promotion import Contender
from scidex.forge.demo.fit.quality import headline_metric, quality_score
from scidex.forge.demo.fit.rounding import rounded


@dataclass(frozen=True, kw_only=True)
class FittedModel:
    """One model version.

    ``described`` is the metadata of its family, ``settings`` are training parameters, ``plotted`` is the content of its
    figure, ``predicted`` are its predictions, ``card`` is what it says of itself. ``changelog`` tells the change since
    the version before, or what a first version is.

    ``trained_on`` is None where the training table was not registered (``unregistered_table`` is its name then),
    ``analysis`` is None where the analysis was not. ``claims`` is the hypothesis to test, registered or not. ``lacks``
    holds the provenance rules that it is known to break.
    """

    lineage: str
    version: int
    title: str
    family: str
    changelog: str
    described: Mapping[str, Any]
    metrics: Mapping[str, float]
    parameter_count: int
    test_table: str
    entrypoint: str
    trained_on: str | None
    analysis: str | None
    claims: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    unit: str | None = None
    response: str | None = None
    card: Mapping[str, Any] = field(default_factory=dict)
    links: LinkPairs = ()
    lacks: tuple[str, ...] = ()
    unregistered_table: str | None = None
    plotted: Mapping[str, Any] | None = None
    predicted: tuple[Predicted, ...] = ()

    @property
    def id(self) -> str:
        """The id of this version."""
        return f"model-{self.lineage}-v{self.version}"

    def contender(self) -> Contender:
        """Return the facts that the promotion rule uses."""
        return Contender(
            id=self.id,
            lineage=self.lineage,
            version=self.version,
            trained_on=self.trained_on,
            complete=not self.lacks,
            metrics=self.metrics,
        )

    def entry(self, promotion: tuple[str, str]) -> ArtifactEntry:
        """Return the entry of the version; ``promotion`` is its state and the reason."""
        metrics = rounded(dict(self.metrics))
        plain = artifact("model", self.id, self.title, metadata=self._metadata(metrics), links=self.links)
        score = quality_score(metrics)
        return {
            **plain,
            "parent": f"model-{self.lineage}-v{self.version - 1}" if self.version > 1 else None,
            "changelog": self.changelog if self.version > 1 else None,
            "model_family": self.family,
            "quality_score": None if score is None else rounded(score),
            "lacks": list(self.lacks),
            "model_version": self._model_version(metrics, promotion),
        }

    def evaluations(self) -> list[ArtifactEntry]:
        """Return the entries of its predictions for the test table and, if registered, for the training table."""
        tables = {"test": self.test_table}
        on = [(one, tables.get(one.split, self.trained_on)) for one in self.predicted]
        return [
            one.entry(of=self.id, title=self.title, dataset=dataset, analysis=self.analysis)
            for one, dataset in on
            if dataset is not None
        ]

    def _metadata(self, metrics: ArtifactEntry) -> ArtifactEntry:
        declared = measures.declared(
            list(metrics),
            train=self.trained_on,
            test=self.test_table,
            unit=self.unit,
            response=self.response,
        )
        named = {
            "model_family": self.family,
            "trained_on_dataset_id": self.trained_on or self.unregistered_table,
            "produced_by_analysis_id": self.analysis,
            "tests_hypothesis_id": self.claims,
        }
        measured = {
            "evaluation_metrics": metrics,
            "metric_metadata": declared,
            "headline_metric": headline_metric(metrics),
        }
        present = {key: value for key, value in named.items() if value is not None}
        if self.version == 1:  # a first version has no changelog
            present["description"] = self.changelog
        card = {"card": dict(self.card)} if self.card else {}
        return {**present, **card, "parameter_count": self.parameter_count, **measured, **self.described}

    def _model_version(self, metrics: ArtifactEntry, promotion: tuple[str, str]) -> ArtifactEntry:
        state, reason = promotion
        return {
            "code_entrypoint": self.entrypoint,
            "training_params": rounded(dict(self.settings)),
            "eval_metrics": metrics,
            "eval_dataset_artifact_id": self.test_table,
            "promotion_state": state,
            "promotion_notes": reason,
        }
