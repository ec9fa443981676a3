"""For each dataset version and split the newest readable evaluation of a model; a sound one precedes all others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from psycopg import Connection

from scidex.atlas._model_registry.evaluations import read_claims, read_sample_ids
from scidex.atlas._model_registry.records.evaluations import Claims, Evaluation
from scidex.atlas._model_registry.records.models import DocumentedModel
from scidex.atlas._model_registry.records.states import STATES, State
from scidex.atlas._model_registry.store.documents import read_document
from scidex.atlas._model_registry.store.evaluations import StoredEvaluation, stored_evaluations

# Documents are immutable and checking 1,000 rows takes 3 ms; read, one of 100 kB holds about half a megabyte.
_MOST_KEPT, _LONGEST_KEPT = 32, 100_000


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The evaluations of some models, and the sample ids of the datasets that they were trained on.

    ``evaluations`` are by model id, sound ones first, then newest first. ``unreadable``, also by model id, holds the
    paths of values that cannot be read. ``sample_ids`` are by dataset id, of the datasets that carry any.
    """

    evaluations: Mapping[str, list[Evaluation]]
    unreadable: Mapping[str, list[str]]
    sample_ids: Mapping[str, frozenset[str]]


def evaluations_of(conn: Connection, models: Sequence[DocumentedModel]) -> Evaluated:
    """Return the evaluations of some models; the database is asked only for models that have any."""
    ids = [document.model.id for document in models]
    evaluated = Evaluated({name: [] for name in ids}, {name: [] for name in ids}, {})
    having = [document.model.id for document in models if document.has_evaluations]
    if not having:
        return evaluated
    datasets = {name for document in models for name in document.model.datasets}
    found, sample_ids = stored_evaluations(conn, having, sorted(datasets))
    counted: set[tuple[object, ...]] = set()
    for stored in sorted(found, key=lambda one: _state(one) != "sound"):
        _read(stored, evaluated, counted)
    return replace(evaluated, sample_ids=_sample_ids(sample_ids))


def _sample_ids(documents: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    read = {
        name: read_sample_ids(read_document(text, "sample_ids")[0])[0] for name, text in documents.items()
    }
    return {name: frozenset(ids) for name, ids in read.items() if ids is not None}


def _read(stored: StoredEvaluation, evaluated: Evaluated, counted: set[tuple[object, ...]]) -> None:
    path, model_id = f"evaluations.{stored.id}", str(stored.model_id)
    unreadable_here = evaluated.unreadable[model_id]
    if stored.document is None:
        unreadable_here.append(path)
        return
    claims, unreadable = _claims(stored.document)
    wrong = [*unreadable, *(fault.path for fault in claims.faults)]
    if claims.model_id not in (None, model_id):
        wrong.append("metadata.model_id")
    unreadable_here.extend(f"{path}.{each}" for each in dict.fromkeys(wrong))
    found = claims.evaluation(
        evaluation_id=stored.id,
        title=stored.title,
        version_number=stored.version_number,
        model_id=model_id,
        state=_state(stored),
    )
    if wrong or found is None:
        return
    key = (model_id, found.dataset_id, found.dataset_version, found.split)
    if key not in counted:
        counted.add(key)
        evaluated.evaluations[model_id].append(found)


def _claims(document: str) -> tuple[Claims, Sequence[str]]:
    """Return what a document says, and the paths that cannot be read; of the last documents that is kept."""
    return _kept_claims(document) if len(document) <= _LONGEST_KEPT else _read_anew(document)


def _read_anew(document: str) -> tuple[Claims, Sequence[str]]:
    metadata, unreadable = read_document(document, "metadata")
    return read_claims(metadata), tuple(unreadable)


_kept_claims = lru_cache(maxsize=_MOST_KEPT)(_read_anew)


def _state(stored: StoredEvaluation) -> State:
    """Return the worse of an evaluation's own state and its dataset's."""
    states: list[State] = [stored.own_state or "sound", stored.dataset_state or "sound"]
    return max(states, key=STATES.index)
