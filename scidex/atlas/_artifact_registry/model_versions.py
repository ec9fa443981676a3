"""From a caller's model version to a checked row of ``model_versions``, without a database."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from dataclasses import fields as fields_of
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import partial

from scidex.atlas._artifact_registry import fields
from scidex.atlas._artifact_registry.errors import Fault, InvalidArtifact, gather, refuse
from scidex.atlas._artifact_registry.json_shapes import METRICS
from scidex.atlas._artifact_registry.plain_json import Copy, json_object
from scidex.atlas._artifact_registry.records import ModelVersion
from scidex.atlas._artifact_registry.vocabulary import DATASET_TYPES, PROMOTION_STATES

# Columns that refer to artifacts, with the allowed types of these.
REFERENCES: Mapping[str, tuple[str, ...]] = {
    "base_model_id": ("model",),
    "eval_dataset_artifact_id": DATASET_TYPES,
}

_FIELDS = [field.name for field in fields_of(ModelVersion)]

# Two fields have another name as text columns.
_JSON_COLUMNS = {"training_params": "training_params_json", "eval_metrics": "eval_metrics_json"}


def model_version_row(given: object) -> dict[str, object]:
    """Return the columns of ``model_versions`` (without ``artifact_id``) as they are stored.

    A mapping is read by its keys; None gives the defaults.

    Raises:
        InvalidArtifact: naming every field that does not fit; an unknown one with the nearest known field.

    """
    checks = {
        _JSON_COLUMNS.get(name, name): partial(
            _CHECKS.get(name, fields.optional_text), f"model_version.{name}", value
        )
        for name, value in asdict(_known_fields(given)).items()
    }
    row = gather(known=partial(_refuse_unknown, given), **checks)
    del row["known"]
    _check_order(row)
    return row | {"created_at": _rfc3339(datetime.now(UTC))}


def _known_fields(given: object) -> ModelVersion:
    if given is None:
        return ModelVersion()
    if isinstance(given, ModelVersion):
        return given
    if not isinstance(given, Mapping):
        raise InvalidArtifact("model_version", given, "give a ModelVersion, or a mapping with its fields")
    return ModelVersion(**{name: value for name, value in given.items() if name in _FIELDS})


def _refuse_unknown(given: object) -> None:
    if isinstance(given, Mapping):
        refuse(_unknown(str(name), value) for name, value in given.items() if name not in _FIELDS)


def _unknown(name: str, value: object) -> Fault:
    near = get_close_matches(name, _FIELDS, n=1, cutoff=0) or _FIELDS
    return Fault(f"model_version.{name}", value, f"no such field; the nearest is {near[0]}")


def _flag(field: str, value: object) -> int:
    return int(fields.flag(field, value))


def _promotion_state(field: str, value: object) -> str:
    return fields.choice(field, value, PROMOTION_STATES)


def _time(field: str, value: object) -> str | None:
    moment = fields.moment(field, value)
    return None if moment is None else _rfc3339(moment)


def _reference(field: str, value: object) -> str | None:
    return None if value is None else fields.identifier(field, value)


def _document(field: str, value: object) -> str | None:
    return (
        None if value is None else json.dumps(json_object(field, value), ensure_ascii=False, allow_nan=False)
    )


def _metrics(field: str, value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise InvalidArtifact(field, value, "give a JSON object, that is a mapping of names to numbers")
    copy = Copy(field, value)
    refuse([*copy.faults, *METRICS(field, copy.json)])
    return _document(field, value)


_CHECKS: Mapping[str, Callable[[str, object], object]] = {
    "is_external": _flag,
    "base_model_id": _reference,
    "eval_dataset_artifact_id": _reference,
    "training_started_at": _time,
    "training_completed_at": _time,
    "training_params": _document,
    "eval_metrics": _metrics,
    "promotion_state": _promotion_state,
}


def _check_order(row: Mapping[str, object]) -> None:
    started, completed = row["training_started_at"], row["training_completed_at"]
    if isinstance(started, str) and isinstance(completed, str) and completed < started:
        raise InvalidArtifact(
            "model_version.training_completed_at", completed, f"training started later, {started}"
        )


def _rfc3339(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
