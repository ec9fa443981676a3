"""The words of pages for types, directions and states, clear without a legend."""

from typing import Final

from scidex.atlas._model_registry.contract.answers import ChangeKind, PinStatus, Section
from scidex.atlas._model_registry.pages.words.numbers import number
from scidex.atlas._model_registry.records.metrics import Direction
from scidex.atlas._model_registry.records.models import Rule

DIRECTIONS: Final[dict[Direction, str]] = {
    "lower": "↓ lower is better",
    "higher": "↑ higher is better",
    "target": "→ best near its target",
    "neutral": "neither way is better",
    "unknown": "direction not known",
}

CHANGES: Final[dict[ChangeKind, str]] = {
    "same": "same",
    "changed": "changed",
    "added": "added",
    "removed": "removed",
    "type_changed": "other type",
    "unknown": "cannot be told",
}

PIN_STATUSES: Final[dict[PinStatus, str]] = {
    "intact": "intact: as it was pinned",
    "modified": "modified since it was pinned",
    "missing": "missing: pinned, but not registered",
    "unpinned": "unpinned: no version recorded",
    "unverified": "unverified: pinned without a hash",
    "superseded": "intact, but a newer version exists",
}

SECTION_NAMES: Final[dict[Section, str]] = {
    "architecture": "Architecture",
    "parameters": "Parameters",
    "training": "Training",
    "equations": "Equations",
    "features": "Features",
    "code": "Code",
    "other": "Other settings",
}

RULES: Final[dict[Rule, str]] = {
    "trained_on_dataset_id": "Training dataset",
    "produced_by_analysis_id": "Producing analysis",
    "pinned_inputs": "Pinned inputs",
    "tests_hypothesis_id": "Tested hypothesis",
}

MISSING: Final[dict[Rule, str]] = {
    "trained_on_dataset_id": "no training dataset",
    "produced_by_analysis_id": "no producing analysis",
    "pinned_inputs": "inputs not all pinned",
    "tests_hypothesis_id": "no tested hypothesis",
}

_FAMILIES: Final = {
    "biophysical": "biophysical",
    "deep_learning": "deep learning",
    "statistical": "statistical",
}


def direction_words(direction: Direction, target: float | None) -> str:
    """Return the direction of a metric in words."""
    if direction == "target" and target is not None:
        return f"→ best near {number(target)}"
    return DIRECTIONS[direction]


def family_words(family: str | None) -> str:
    """Return the name of a model family; None is one outside the three."""
    return "family not stated" if family is None else _FAMILIES.get(family, family)


def type_words(artifact_type: str | None) -> str:
    """Return the name of an artifact type."""
    return "unknown type" if artifact_type is None else artifact_type.replace("_", " ")


def version_words(version: int | None) -> str:
    """Return a version in words."""
    return "no version" if version is None else f"v{version}"


def shortened(text: str, limit: int) -> str:
    """Return a text of at most ``limit`` characters; a cut one ends in an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def sentence(text: str) -> str:
    """Return a text with a full stop, unless it ends a sentence already."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def capitalised(text: str) -> str:
    """Return a text as a sentence with a capital first letter, unless it begins with a parameter such as limit=0."""
    begins_with_parameter = "=" in text.partition(" ")[0]
    return sentence(text if begins_with_parameter else text[:1].upper() + text[1:])
