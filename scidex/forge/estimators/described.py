"""The description of a fitted object: arguments of ``register_model`` and of ``register_evaluation``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


class CannotDescribe(ValueError):
    """The object or the data cannot be described; the message tells what to give instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOut:
    """The data to predict, and their description.

    ``X`` and ``y`` have one row for each sample; ``dataset`` is the id of their registered dataset. ``sample`` names
    the rows, ``group`` their groups, and ``unit`` is that of ``y``.
    """

    X: Any = None
    y: Any = None
    dataset: str | None = None
    split: str = "test"
    sample: Sequence[str] | None = None
    group: Sequence[str] | None = None
    positive: object = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A fitted object as read by the reader of its library.

    ``metadata`` is that of a model of the family; ``criteria`` are metrics of the fit, by name, with their definitions.
    """

    family: str
    kind: str
    metadata: Mapping[str, object]
    criteria: Mapping[str, float] = field(default_factory=dict)
    definitions: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A fitted object, ready to be registered.

    ``model`` are arguments of ``register_model``: title, model_family and metadata; the caller adds ``trained_on`` and
    ``produced_by``. ``evaluation`` are arguments of ``register_evaluation``: title, dataset and metadata; None where no
    held-out data were given or the object cannot predict. ``missing`` tells what could not be found out.
    """

    model: Mapping[str, Any]
    evaluation: Mapping[str, Any] | None
    missing: tuple[str, ...] = ()
