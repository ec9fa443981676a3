"""Finds the headlines that lists show, once all changes are folded; lists themselves never resample."""

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence

from psycopg import Connection, Error

from scidex.atlas._model_registry.comparison.measurements import Declaration, declared_metrics
from scidex.atlas._model_registry.contract.errors import ModelNotFound
from scidex.atlas._model_registry.entries.headlines import found_headline
from scidex.atlas._model_registry.reads.comparisons import documents
from scidex.atlas._model_registry.reads.evaluations import evaluations_of
from scidex.atlas._model_registry.reads.snapshot import snapshot
from scidex.atlas._model_registry.records.evaluations import Evaluation
from scidex.atlas._model_registry.records.headlines import FoundHeadline
from scidex.atlas._model_registry.records.models import ModelRecord
from scidex.atlas._model_registry.store import headlines
from scidex.atlas._model_registry.store.headlines import Due

_LOG = logging.getLogger(__name__)

# The version of the statistical rules; raise it when the same columns come to give another interval.
_RULES = 3

_Declared = Mapping[str, Declaration]


def find_headlines(*, most: int = 4, conn: Connection) -> int:
    """Find the headlines of at most ``most`` models, if all changes are folded; return how many were found.

    Each is stored at once. Until then, lists say that the headline is not computed.
    :func:`~scidex.atlas.model_registry.keep_folded` calls this. ``conn`` must be able to write.
    """
    asked = headlines.claim(conn, most)
    for one in asked:
        _answer(conn, one)
    return len(asked)


def differing_headlines(conn: Connection) -> list[str]:
    """Return the ids of the models whose headline in lists is not the one that their evaluations give."""
    return [kept.id for kept in headlines.kept_headlines(conn) if kept.found != _found_now(conn, kept.id)]


def _answer(conn: Connection, asked: Due) -> None:
    try:
        with snapshot(conn):
            model, evaluations, declared = _read(conn, asked.id)
        digest = _digest(model, evaluations, declared)
        if digest == asked.digest:
            headlines.keep_same(conn, asked)
        else:
            headlines.keep(conn, asked, digest, found_headline(model, evaluations, declared))
    except ModelNotFound:  # deleted since; the next fold takes its row away
        return
    except Error:
        raise
    except Exception:
        _LOG.exception("the headline of a model was not found and is tried again in a minute")


def _found_now(conn: Connection, model_id: str) -> FoundHeadline | None:
    try:
        return found_headline(*_read(conn, model_id))
    except ModelNotFound:
        return None


def _read(conn: Connection, model_id: str) -> tuple[ModelRecord, Sequence[Evaluation], _Declared]:
    (document,) = documents(conn, [model_id])
    evaluated = evaluations_of(conn, [document])
    return document.model, evaluated.evaluations[document.model.id], declared_metrics(document)


def _digest(model: ModelRecord, evaluations: Sequence[Evaluation], declared: _Declared) -> str:
    """Return a digest of all that a headline depends on."""
    parts = [
        _RULES,
        model.headline_metric,
        sorted(model.metrics.items()),
        [[one.digest, one.split, one.dataset_id, one.state, one.units_are] for one in evaluations],
        sorted((name, one.unit, one.dataset, one.split) for name, one in declared.items()),
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
