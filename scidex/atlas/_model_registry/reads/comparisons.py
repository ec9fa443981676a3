"""The models that are asked for, and all that a comparison of several of them needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psycopg import Connection

from scidex.atlas._model_registry import comparison
from scidex.atlas._model_registry.comparison.common_units import in_common_units
from scidex.atlas._model_registry.comparison.datasets import dataset_names
from scidex.atlas._model_registry.contract.answers import Comparison, MetricRow
from scidex.atlas._model_registry.contract.checks import check_text
from scidex.atlas._model_registry.contract.errors import InvalidQuery, ModelNotFound, NotAModel
from scidex.atlas._model_registry.reads.evaluations import evaluations_of
from scidex.atlas._model_registry.records.evaluations import Evaluation
from scidex.atlas._model_registry.records.models import DocumentedModel
from scidex.atlas._model_registry.records.provenance import DatasetRecord, TracedModel
from scidex.atlas._model_registry.store import models

FEWEST_COMPARED, MOST_COMPARED = 2, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gathered:
    """All that a comparison is made from."""

    traced: list[TracedModel]
    baseline: str
    datasets: Mapping[str, DatasetRecord]
    evaluations: Mapping[str, Sequence[Evaluation]]
    fallen: Mapping[str, Sequence[Evaluation]]
    sample_ids: Mapping[str, frozenset[str]]


def documents(conn: Connection, names: Sequence[str]) -> list[DocumentedModel]:
    """Return the models of some names, in order.

    Raises:
        ModelNotFound: some names lead to no model; it names all of them.

    """
    return models_found(models.find_models(conn, names))


def models_found(asked: Sequence[models.FoundName]) -> list[DocumentedModel]:
    """Return the models that names lead to, in order; raises what :func:`documents` raises."""
    missing = [one for one in asked if one.document is None]
    if len(missing) == 1 and missing[0].artifact_type is not None:
        raise NotAModel(missing[0].name, missing[0].artifact_type)
    if missing:
        raise ModelNotFound([one.name for one in missing])
    return [one.document for one in asked if one.document is not None]


def compare_models(conn: Connection, asked: str | Sequence[str], baseline: str | None) -> Comparison:
    """Return the comparison of :func:`comparison_with_evaluations`, without the evaluations."""
    return comparison_with_evaluations(conn, asked, baseline)[0]


def comparison_with_evaluations(
    conn: Connection, asked: str | Sequence[str], baseline: str | None
) -> tuple[Comparison, Mapping[str, Sequence[Evaluation]]]:
    """Return the comparison of 2 to 10 models with the first, or with ``baseline``, and their evaluations.

    The evaluations are by model, newest first, with their columns.

    Raises:
        InvalidQuery: too few or too many distinct ids, or a baseline that is not one of them.
        ModelNotFound: some names lead to no model.

    """
    gathered = _gathered(conn, asked, baseline)
    compared = comparison.compare(
        gathered.traced,
        baseline=gathered.baseline,
        datasets=gathered.datasets,
        evaluations=gathered.evaluations,
        fallen=gathered.fallen,
        sample_ids=gathered.sample_ids,
    )
    return compared, gathered.evaluations


def compared_metrics(conn: Connection, asked: Sequence[str]) -> list[MetricRow]:
    """Return the metrics of a comparison alone, with the first as baseline; raises what the comparison raises."""
    gathered = _gathered(conn, asked, None)
    return comparison.metric_rows(
        gathered.traced,
        baseline=gathered.baseline,
        datasets=gathered.datasets,
        evaluations=gathered.evaluations,
        fallen=gathered.fallen,
    )


def _gathered(conn: Connection, asked: str | Sequence[str], baseline: str | None) -> _Gathered:
    names, origins = models.models_with_origins(conn, _distinct(asked))
    found = {document.model.id: document for document in models_found(names)}
    _check_number(len(found))
    ids = list(found)
    if not origins.keys() >= found.keys():  # a name without the prefix
        origins = models.provenance(conn, ids)
    traced = [
        TracedModel(document=document, origins=origins[model_id]) for model_id, document in found.items()
    ]
    datasets = models.datasets(conn, dataset_names(traced))
    evaluated = evaluations_of(conn, [model.document for model in traced])
    # Only sound evaluations on sound datasets count for a verdict (impact.md).
    evaluations = {
        name: [one for one in own if one.state == "sound"] for name, own in evaluated.evaluations.items()
    }
    fallen = {
        name: [one for one in own if one.state != "sound"] for name, own in evaluated.evaluations.items()
    }
    first = _baseline(ids, baseline)
    return _Gathered(
        traced=traced,
        baseline=first,
        datasets=datasets,
        evaluations=in_common_units(evaluations, first),
        fallen=fallen,
        sample_ids=evaluated.sample_ids,
    )


def _distinct(ids: str | Sequence[str]) -> list[str]:
    """Return the ids to compare, each once, in order; one text holds several, separated by commas.

    Raises:
        InvalidQuery: there are too few or too many, or one of them cannot be an id.

    """
    written = ids.split(",") if isinstance(ids, str) else ids
    names = list(dict.fromkeys(name for name in written if name))
    _check_number(len(names))
    for name in names:
        check_text("ids", name)
    return names


def _check_number(number: int) -> None:
    if not FEWEST_COMPARED <= number <= MOST_COMPARED:
        bounds = f"compare {FEWEST_COMPARED} to {MOST_COMPARED} models, as ids=model-a,model-b"
        given = "1 distinct id given" if number == 1 else f"{number} distinct ids given"
        message = f"{given}; {bounds}"
        raise InvalidQuery("ids", str(number), message)


def _baseline(ids: Sequence[str], asked: str | None) -> str:
    if asked is None:
        return ids[0]
    for known in (asked, f"model-{asked}"):
        if known in ids:
            return known
    message = f"baseline={asked[:60]!r} is not one of the compared models; use one of {', '.join(ids)}"
    raise InvalidQuery("baseline", asked[:60], message)
