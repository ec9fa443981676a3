"""The compare page: a Comparison as the declared context of its template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypedDict

from scidex.atlas._model_registry.contract.answers import Comparison, MetricRow, VersionEntry
from scidex.atlas._model_registry.contract.digests import digest_of, json_text
from scidex.atlas._model_registry.pages.compare.cards import IntroducedModel, model_cards
from scidex.atlas._model_registry.pages.compare.completed import completed
from scidex.atlas._model_registry.pages.compare.doubts import doubts
from scidex.atlas._model_registry.pages.compare.evidence import ComparedEvidence, compared_evidence
from scidex.atlas._model_registry.pages.compare.histories import VersionCurves, version_curves
from scidex.atlas._model_registry.pages.compare.kinship import unrelated
from scidex.atlas._model_registry.pages.compare.looked_at import looked_at
from scidex.atlas._model_registry.pages.compare.measures import ComparedGroup, metric_groups, recomputed_group
from scidex.atlas._model_registry.pages.compare.settings import SettingsSection, settings
from scidex.atlas._model_registry.pages.compare.training import TrainingSection, training
from scidex.atlas._model_registry.pages.compare.verdict import VerdictSection, verdict
from scidex.atlas._model_registry.pages.parts.inputs import InputTable, input_tables
from scidex.atlas._model_registry.pages.parts.named import Named, name_models
from scidex.atlas._model_registry.pages.parts.origins import ComparedOrigins, origins
from scidex.atlas._model_registry.pages.parts.samples import by_id
from scidex.atlas._model_registry.pages.parts.statement import Statement
from scidex.atlas._model_registry.pages.words.addresses import compare_address, download_address
from scidex.atlas._model_registry.records.evaluations import Evaluation

_MOST_MODELS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Actions:
    """The addresses of switches and downloads; forms send ``ids``; ``takes_more`` if a model can be added."""

    only_differences: bool
    setting: str
    every_setting_href: str
    switch_href: str
    permalink: str
    csv_href: str
    markdown_href: str
    file_href: str
    latex_href: str
    package_href: str
    bibtex_href: str
    json_href: str
    digest: str
    ids: list[str]
    takes_more: bool
    baseline: str


class ComparePageContext(TypedDict):
    """All that the template of the compare page reads."""

    title: str
    models: list[Named]
    cards: list[IntroducedModel]
    doubts: list[Statement]
    verdict: VerdictSection
    evidence: ComparedEvidence
    actions: Actions
    metrics: list[ComparedGroup]
    curves: VersionCurves
    settings: SettingsSection
    training: TrainingSection
    inputs: list[InputTable]
    origins: ComparedOrigins


def compare_page(
    comparison: Comparison,
    *,
    only_differences: bool,
    setting: str = "",
    histories: Mapping[str, Sequence[VersionEntry]] | None,
    evaluations: Mapping[str, Sequence[Evaluation]] = MappingProxyType({}),
) -> ComparePageContext:
    """Return the context of the page of a comparison.

    ``only_differences`` leaves out what is equal in all models, ``setting`` all settings whose names lack its words.
    ``histories`` holds the lineage of each model by its id; where all are of one lineage, the page shows how their
    metrics changed from version to version. ``evaluations`` are by model; those of the same samples are drawn
    together.
    """
    models = name_models(comparison)
    digest = digest_of(json_text(comparison))
    comparison, recomputed = _without_recomputed(comparison)
    whole: Comparison = {**comparison, "metrics": [completed(row) for row in comparison["metrics"]]}
    decisive, evaluated = looked_at(whole), by_id(evaluations)
    return ComparePageContext(
        title=f"Compare {len(models)} models: {' · '.join(named.name for named in models.values())}",
        models=list(models.values()),
        cards=model_cards(comparison, models, only_differences=only_differences, setting=setting),
        doubts=doubts(comparison, models, decisive, evaluated),
        verdict=verdict(whole, models, decisive, recomputed),
        evidence=compared_evidence(whole, models, decisive, evaluated),
        actions=_actions(comparison, digest, only_differences=only_differences, setting=setting),
        metrics=[
            *metric_groups(whole["metrics"], models, decisive, only_differences=only_differences),
            *recomputed_group(recomputed, models, decisive),
        ],
        curves=version_curves(histories, models, comparison["metrics"]),
        settings=settings(
            comparison["metadata_diff"],
            models,
            unrelated(comparison, histories or {}),
            only_differences=only_differences,
            words=setting,
        ),
        training=training(comparison["training_data"], models, only_differences=only_differences),
        inputs=input_tables(comparison["provenance"], models, only_differences=only_differences),
        origins=origins(comparison, models),
    )


def _without_recomputed(comparison: Comparison) -> tuple[Comparison, list[MetricRow]]:
    """Return the comparison of reported metrics, and the others: these have their own group, and no verdict."""
    reported = [row for row in comparison["metrics"] if not row.get("recomputed")]
    return {**comparison, "metrics": reported}, [
        row for row in comparison["metrics"] if row.get("recomputed")
    ]


def _actions(comparison: Comparison, digest: str, *, only_differences: bool, setting: str) -> Actions:
    ids = [model["id"] for model in comparison["models"]]
    baseline = comparison["baseline"]
    return Actions(
        only_differences=only_differences,
        setting=setting,
        every_setting_href=compare_address(ids, baseline=baseline, only_differences=only_differences),
        switch_href=compare_address(
            ids, baseline=baseline, only_differences=not only_differences, setting=setting
        ),
        permalink=compare_address(ids, baseline=baseline, only_differences=only_differences, setting=setting),
        csv_href=download_address(ids, baseline=baseline, format_="csv"),
        markdown_href=download_address(ids, baseline=baseline, format_="md"),
        file_href=download_address(ids, baseline=baseline, format_="html"),
        latex_href=download_address(ids, baseline=baseline, format_="tex"),
        package_href=download_address(ids, baseline=baseline, format_="crate"),
        bibtex_href=download_address(ids, baseline=baseline, format_="bibtex"),
        json_href=download_address(ids, baseline=baseline, format_="json"),
        digest=digest,
        ids=ids,
        takes_more=len(ids) < _MOST_MODELS,
        baseline=baseline,
    )
