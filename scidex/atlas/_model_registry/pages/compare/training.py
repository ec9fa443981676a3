"""The section on training data: which data trained which model, what models share, where evaluation data leaked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.answers import Leakage, Overlap, RelatedDatasets, TrainingData
from scidex.atlas._model_registry.entries.sentences import listed
from scidex.atlas._model_registry.pages.parts.named import Named, Share, letters, share_words, titled_version
from scidex.atlas._model_registry.pages.words.addresses import artifact_address
from scidex.atlas._model_registry.pages.words.numbers import counted, number

_TITLE_LIMIT = 80
_RELATIONS = {
    "same_lineage": "are versions of one dataset",
    "common_ancestor": "both derive from",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetLine:
    """A training dataset and, for each column, whether that model used it."""

    id: str
    title: str
    href: str
    share: Share
    share_words: str
    used: list[bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapLine:
    """The overlap of two models' training data."""

    pair: str
    shared: str
    jaccard: str
    related: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingSection:
    """The section: warnings, datasets, pairs of models."""

    summary: str
    leaks: list[str]
    possible_leaks: list[str]
    datasets: list[DatasetLine]
    overlaps: list[OverlapLine]


def training(data: TrainingData, models: Mapping[str, Named], *, only_differences: bool) -> TrainingSection:
    """Return the training data of the compared models; ``only_differences`` leaves out what all of them used."""
    datasets = _datasets(data, models)
    return TrainingSection(
        summary=_summary(data),
        leaks=_leaks(data["leakage"], models),
        possible_leaks=_possible_leaks(data["possible_leakage"], models),
        datasets=[line for line in datasets if not (only_differences and line.share == "all")],
        overlaps=[_overlap(pair, models) for pair in data["overlap"]],
    )


def _summary(data: TrainingData) -> str:
    if not data["datasets"]:
        return "No training dataset is known for any of these models."
    unique = sum(len(ids) for ids in data["unique"].values())
    return (
        f"{counted(len(data['datasets']), 'training dataset')}: {len(data['shared'])} shared by all, "
        f"{len(data['partly_shared'])} by some, {unique} used by one model only."
    )


def _datasets(data: TrainingData, models: Mapping[str, Named]) -> list[DatasetLine]:
    lines = []
    for dataset in data["datasets"]:
        share, words = share_words(letters(models, dataset["models"]), len(models))
        lines.append(
            DatasetLine(
                id=dataset["artifact_id"],
                title=titled_version(
                    dataset["title"] or dataset["artifact_id"], dataset["version_number"], _TITLE_LIMIT
                ),
                href=artifact_address(dataset["artifact_id"], "dataset"),
                share=share,
                share_words=words,
                used=[model_id in dataset["models"] for model_id in models],
            )
        )
    return lines


def _leaks(leaks: Sequence[Leakage], models: Mapping[str, Named]) -> list[str]:
    """Return the leaks in words, one sentence for each model and dataset that it was evaluated on."""
    return [
        f"{letter} was evaluated on {dataset}, which went into the training data: {ways}."
        for (letter, dataset), ways in _ways(
            leaks, models, direct="into that of ", through="through {} into that of "
        )
    ]


def _possible_leaks(leaks: Sequence[Leakage], models: Mapping[str, Named]) -> list[str]:
    """Return the possible leaks in words, likewise."""
    return [
        f"{letter} was evaluated on data of {dataset}; it is not declared whether they were left out of training: "
        f"{ways}."
        for (letter, dataset), ways in _ways(
            leaks, models, direct="trained on it: ", through="trained on {}: "
        )
    ]


def _ways(
    leaks: Sequence[Leakage], models: Mapping[str, Named], *, direct: str, through: str
) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield a model's letter with its evaluation dataset, and the way by which that may have entered a training."""
    trained: dict[tuple[str, str], dict[str, list[str]]] = {}
    for leak in leaks:
        ways = trained.setdefault((models[leak["model"]].letter, leak["evaluated_on"]), {})
        way = direct if leak["via"] == leak["evaluated_on"] else through.format(leak["via"])
        ways.setdefault(way, []).append(models[leak["in_training_of"]].letter)
    for where, ways in trained.items():
        yield where, "; ".join(way + listed(users) for way, users in ways.items())


def _overlap(pair: Overlap, models: Mapping[str, Named]) -> OverlapLine:
    jaccard = pair["jaccard"]
    return OverlapLine(
        pair=" and ".join(sorted(models[pair[one]].letter for one in ("a", "b"))),
        shared=listed(pair["shared"]) or "none",
        jaccard="no training data known" if jaccard is None else f"{number(jaccard * 100, 3)}%",
        related=[_related(related) for related in pair["related"]],
    )


def _related(related: RelatedDatasets) -> str:
    relation = _RELATIONS[related["relation"]]
    via = "" if related["relation"] == "same_lineage" else f" {related['via']}"
    return f"{related['a_dataset']} and {related['b_dataset']} {relation}{via}"
