"""The performance of a model: each metric with its direction, its unit and the data it was measured on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from scidex.atlas._model_registry.contract.answers import ModelDetail
from scidex.atlas._model_registry.contract.answers.evaluations import RecomputedMetric
from scidex.atlas._model_registry.metrics.kinds import kind_of
from scidex.atlas._model_registry.metrics.titles import display_name
from scidex.atlas._model_registry.pages.model_page.artifacts import ArtifactLink, KnownArtifacts
from scidex.atlas._model_registry.pages.model_page.headline import Recomputed, recomputed_by_name
from scidex.atlas._model_registry.pages.model_page.reading import MOST_TABLE_ROWS
from scidex.atlas._model_registry.pages.model_page.tables import SettingTable, setting_table
from scidex.atlas._model_registry.pages.parts.evidence import SPLIT_NAMES
from scidex.atlas._model_registry.pages.parts.splits import SPLIT_TITLES, SplitGroup, split_group
from scidex.atlas._model_registry.pages.words.numbers import interval_words, number, spread_beside
from scidex.atlas._model_registry.pages.words.wording import direction_words
from scidex.atlas._model_registry.records.metrics import Direction
from scidex.atlas._model_registry.records.states import State
from scidex.atlas._model_registry.records.values import as_object

_DIGITS = 5
_MOST_TABLES = 6


class DeclaredMetric(Protocol):
    """A model's declaration of one of its metrics; None where it declares nothing."""

    @property
    def direction(self) -> Direction | None: ...
    @property
    def target(self) -> float | None: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def dataset(self) -> str | None: ...
    @property
    def spread(self) -> float | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricLine:
    """One metric; ``measured_on`` is None where the model does not declare it.

    ``interval`` and ``agreement`` tell what an evaluation gives for it; both are empty where none does.
    """

    title: str
    name: str
    text: str
    exact: float
    unit: str | None
    direction: str
    interval: str
    agreement: str
    is_contradicted: bool
    measured_on: ArtifactLink | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricGroup:
    """The metrics of one data split; ``left_out`` is the number of further ones."""

    title: str
    lines: list[MetricLine]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreMetrics:
    """Metrics that an evaluation gives but the model does not report, as rows of name, value and interval."""

    title: str
    rows: list[tuple[str, str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """All metrics, those that are only recomputed, and other figures that were reported beside them.

    ``fallen`` says what the cells of evaluations that fell mean; empty without any.
    """

    fallen: str
    groups: list[MetricGroup]
    more: list[MoreMetrics]
    others: list[SettingTable]


def performance(
    model: ModelDetail, declared: Mapping[str, DeclaredMetric], known: KnownArtifacts
) -> Performance:
    """Return the metrics, held-out data first; ``declared`` holds the declaration of each."""
    groups, found = [], recomputed_by_name(model["evaluations"])
    for split, title in SPLIT_TITLES.items():
        names = sorted(name for name in model["evaluation_metrics"] if _split(name, model, declared) == split)
        if names:
            lines = [_line(name, model, declared, known, found.get(name)) for name in names[:MOST_TABLE_ROWS]]
            groups.append(MetricGroup(title=title, lines=lines, left_out=len(names) - len(lines)))
    return Performance(fallen=_fallen(model), groups=groups, more=_more(model), others=_others(model))


def _split(name: str, model: ModelDetail, declared: Mapping[str, DeclaredMetric]) -> SplitGroup:
    """Return the split of a metric, by its name or by the dataset that the model declares for it."""
    own = declared.get(name)
    split = split_group(name, direction=own.direction if own else None)
    if split == "unnamed" and own and own.dataset:
        names = {own.dataset, f"dataset-{own.dataset}"}
        return "training" if names & set(model["training_datasets"]) else split
    return split


def _line(
    name: str,
    model: ModelDetail,
    declared: Mapping[str, DeclaredMetric],
    known: KnownArtifacts,
    found: Recomputed | None,
) -> MetricLine:
    own, value = declared.get(name), model["evaluation_metrics"][name]
    kind = kind_of(name, own.unit if own else None)
    return MetricLine(
        title=display_name(name),
        name=name,
        text=spread_beside(number(value, _DIGITS), own.spread if own else None),
        exact=value,
        unit=own.unit if own else None,
        direction=direction_words(own.direction, own.target)
        if own and own.direction
        else direction_words(kind.direction, kind.target),
        interval=_interval(found.metric, found.evaluation["state"]) if found else "",
        agreement=_agreement(found.metric, found.evaluation["state"]) if found else "",
        is_contradicted=found is not None and found.metric["agrees"] is False,
        measured_on=_measured_on(name, model, own, known),
    )


def _fallen(model: ModelDetail) -> str:
    states = dict.fromkeys(one["state"] for one in model["evaluations"] if one["state"] != "sound")
    if not states:
        return ""
    named = " or ".join(f"“{state}”" for state in states)
    return f"Nothing is concluded where a cell says {named}: the evaluation or its data fell."


def _interval(metric: RecomputedMetric, state: State) -> str:
    if state != "sound":
        return f"none: {state}"
    if metric["interval"] is None:
        return f"none: {metric['no_interval']}" if metric["no_interval"] else "none"
    return interval_words(metric["interval"])


def _agreement(metric: RecomputedMetric, state: State) -> str:
    """Return in words what the predictions give compared with the reported value."""
    if state != "sound":
        return f"{number(metric['value'], _DIGITS)}; {state}"
    if metric["agrees"]:
        return f"the same, {metric['form']}" if metric["form"] else "the same"
    if metric["agrees"] is False:
        return f"{number(metric['value'], _DIGITS)}, not what is reported"
    return f"{number(metric['value'], _DIGITS)}; {metric['reason']}"


def _more(model: ModelDetail) -> list[MoreMetrics]:
    """Return for each evaluation the metrics that it gives but the model does not report."""
    ranked = sorted(model["evaluations"], key=lambda one: list(SPLIT_NAMES).index(one["split"]))
    tables = [
        MoreMetrics(
            title=f"{SPLIT_NAMES[one['split']]}, {one['dataset']}",
            rows=[
                (
                    display_name(metric["metric"]),
                    number(metric["value"], _DIGITS),
                    _interval(metric, one["state"]),
                )
                for metric in one["metrics"]
                if metric["reported_as"] is None and metric["value"] is not None
            ],
        )
        for one in ranked
    ]
    return [table for table in tables if table.rows][:_MOST_TABLES]


def _measured_on(
    name: str, model: ModelDetail, own: DeclaredMetric | None, known: KnownArtifacts
) -> ArtifactLink | None:
    version = model["model_version"]
    evaluated_on = version["eval_dataset_artifact_id"] if version else None
    if own and own.dataset:
        return known.link(own.dataset, "dataset")
    group = split_group(name)
    if group == "sizes":
        return None
    if group in {"training", "fit"}:
        return known.link(model["trained_on"], "dataset") if model["trained_on"] else None
    return known.link(evaluated_on, "dataset") if evaluated_on else None


def _others(model: ModelDetail) -> list[SettingTable]:
    metadata = as_object(model["metadata"])
    reported = model["evaluation_metrics"]
    found = []
    for title, key in (
        ("Figures of the training", "training_metrics"),
        ("Figures of the fit", "fit_metrics"),
    ):
        document = metadata.get(key)
        if isinstance(document, dict) and not document.items() <= reported.items():
            found.append(setting_table(title, document, head="Figure"))
    return [table for table in found if table is not None]
