"""Rows of the database -> frozen records."""

import math
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

from scidex.atlas._model_registry.records.artifacts import ArtifactRecord
from scidex.atlas._model_registry.records.headlines import NOTHING_FOUND, FoundHeadline
from scidex.atlas._model_registry.records.models import (
    DocumentedModel,
    LineageMember,
    LinkRecord,
    ModelRecord,
    ModelVersionRecord,
)
from scidex.atlas._model_registry.records.provenance import (
    Cause,
    InputRecord,
    NamedArtifact,
    ProvenanceFacts,
    StandingRecord,
)
from scidex.atlas._model_registry.store.documents import (
    read_document,
    unreadable_metadata,
    unreadable_metrics,
)

Row = Mapping[str, Any]
_Record = TypeVar("_Record")

_PARAMETERS, _METRICS = "model_versions.training_params_json", "model_versions.eval_metrics_json"


def model_record(row: Row) -> ModelRecord:
    """Return the model in the columns of ``model_columns``."""
    count = row["parameter_count"]
    return _record(ModelRecord, row, parameter_count=None if count is None else int(count))


def found_headline(row: Row) -> FoundHeadline:
    """Return the headline in the columns of a row."""
    if row["found_metric"] is None and not row["contradicted"]:
        return NOTHING_FOUND  # most models have no evaluation
    return _record(FoundHeadline, row, metric=row["found_metric"])


def documented_model(row: Row) -> DocumentedModel:
    """Return a model with its metadata and its ``model_versions`` row, and the paths of unreadable values."""
    metadata, unreadable = read_document(row["metadata"], "metadata")
    version, of_version = _model_version(row)
    model = model_record(row)
    unreadable += unreadable_metadata(metadata) + of_version + _unreadable_columns(row)
    unreadable += [*model.unreadable, *row["cut"]]
    return _record(
        DocumentedModel,
        row,
        model=model,
        metadata=metadata,
        model_version=version,
        unreadable=tuple(dict.fromkeys(unreadable)),
    )


def artifact_record(row: Row) -> ArtifactRecord:
    """Return an artifact of any type with its document, and the paths of unreadable values."""
    metadata, unreadable = read_document(row["metadata"], "metadata")
    if row["has_metadata"] and row["metadata"] is None:
        unreadable = ["metadata"]
    score = row["quality_score"]
    if score is not None and not math.isfinite(score):
        score, unreadable = None, [*unreadable, "quality_score"]
    if row["created_at"] is None:
        unreadable = [*unreadable, "created_at"]
    found = tuple(dict.fromkeys([*unreadable, *row["cut"]]))
    return _record(ArtifactRecord, row, metadata=metadata, quality_score=score, unreadable=found)


def provenance_facts(row: Row) -> ProvenanceFacts:
    """Return the facts from which one model's verdict is worded."""
    return _record(
        ProvenanceFacts,
        row,
        unresolved_datasets=_named(row["unresolved_datasets"]),
        unresolved_analyses=_named(row["unresolved_analyses"]),
        unresolved_hypotheses=_named(row["unresolved_hypotheses"]),
        inputs=tuple(map(_input, row["inputs"])),
    )


def lineage_member(row: Row) -> LineageMember:
    """Return one version of a lineage."""
    return _record(LineageMember, row)


def link_record(row: Row) -> LinkRecord:
    """Return one link and the artifact at its other end."""
    evidence, unreadable = read_document(row["evidence"], "evidence")
    if row["has_evidence"] and row["evidence"] is None:
        unreadable = ["evidence"]
    strength = row["strength"]
    if strength is not None and not math.isfinite(strength):
        strength, unreadable = None, ["strength", *unreadable]
    if row["created_at"] is None:
        unreadable = [*unreadable, "created_at"]
    return _record(LinkRecord, row, strength=strength, evidence=evidence, unreadable=tuple(unreadable))


def _model_version(row: Row) -> tuple[ModelVersionRecord | None, list[str]]:
    if not row["has_version"]:
        return None, []
    parameters, bad_parameters = read_document(row["training_params_json"], _PARAMETERS)
    metrics, bad_metrics = read_document(row["eval_metrics_json"], _METRICS)
    record = _record(
        ModelVersionRecord,
        row,
        is_external=bool(row["is_external"]),
        training_params=parameters,
        eval_metrics=metrics,
        created_at=row["version_created_at"],
    )
    not_metrics = unreadable_metrics(metrics, _METRICS)
    # The judge reads metrics as PostgreSQL reads JSON, which is in a few cases stricter than Python.
    unread = [_METRICS] if row["has_unreadable_metrics"] and (row["eval_metrics_json"] or "").strip() else []
    return record, bad_parameters + bad_metrics + not_metrics + unread


def standing_record(row: Row) -> StandingRecord:
    """Return the standing in the columns ``status``, ``because`` and ``standing_truncated``."""
    return StandingRecord(
        status=row["status"],
        causes=tuple(_cause(entry) for entry in row["because"]),
        truncated=row["standing_truncated"],
    )


def _cause(entry: list[Any]) -> Cause:
    # model_registry_causes builds the array in the order of the fields.
    return _record(Cause, dict(zip(_columns(Cause), entry, strict=True)))


def _unreadable_columns(row: Row) -> list[str]:
    unreadable = ["quality_score"] if row["has_unreadable_score"] else []
    return unreadable if row["created_at"] is not None else [*unreadable, "created_at"]


def _named(entries: list[tuple[str, str | None, str | None]]) -> tuple[NamedArtifact, ...]:
    return tuple(NamedArtifact(name=name, found_type=found, link_type=link) for name, found, link in entries)


def _input(entry: list[Any]) -> InputRecord:
    # The query builds the array in the order of the fields.
    return _record(InputRecord, dict(zip(_columns(InputRecord), entry, strict=True)))


def _record(kind: type[_Record], row: Row, **read: Any) -> _Record:
    """Return a row as a record whose fields are named as its columns; ``read`` holds fields that were read apart."""
    columns = _columns(kind)  # type: ignore[arg-type]  # mypy does not know that a class is hashable
    found = {name: row[name] for name in columns if name not in read}
    # Not a function for each value, as one model has a hundred of them.
    frozen = {name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}
    return kind(**frozen, **read)


@cache
def _columns(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
