"""Inputs and pins as the second judge sees them: by the text of the policy, in plain Python over plain dicts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite

from tests.provenance.registry import Registry, Row, fields

INPUT_LINKS = frozenset({"cites", "uses", "derives_from"})
PREFIX_OF_TYPE = {
    "dataset": "dataset-",
    "tabular_dataset": "dataset-",
    "analysis": "analysis-",
    "hypothesis": "hypothesis-",
    "model": "model-",
}


@dataclass(frozen=True)
class Pin:
    """What a readable entry of a list of pins says."""

    name: str
    version: int
    content_hash: str | None


@dataclass(frozen=True)
class Input:
    """An input of a model with the state of its pin.

    ``pinned_hashes`` holds every hash that may be reported: of pins that only differ in it the policy prefers none.
    """

    artifact_id: str
    pinned_version: int | None
    pinned_hashes: frozenset[str | None]
    status: str


def judged_inputs(registry: Registry, datasets: Sequence[str], analyses: Sequence[str]) -> list[Input]:
    """List the inputs of a model: training datasets in their order, then the others by id."""
    inputs = set(datasets).union(*(inputs_of(registry, analysis) for analysis in analyses))
    pins: dict[str, list[Pin]] = {artifact_id: [] for artifact_id in inputs}
    for analysis in analyses:
        for pin in pins_of(registry.artifacts[analysis]):
            for artifact_id in meant(registry, pin.name, inputs):
                pins[artifact_id].append(pin)
    ordered = [*datasets, *sorted(inputs.difference(datasets))]
    return [_judged(registry, artifact_id, pins[artifact_id]) for artifact_id in ordered]


def inputs_of(registry: Registry, analysis: str) -> set[str]:
    """Return what an analysis links to as its input, registered or not, but not its own previous version."""
    return registry.targets(analysis, INPUT_LINKS) - {registry.artifacts[analysis]["parent_version_id"]}


def pins_of(analysis: Row) -> Iterator[Pin]:
    """Read the pins an analysis carries, in either place and either shape."""
    for place in (fields(analysis).get("pinned_artifacts"), analysis["provenance_chain"]):
        for entry in place if isinstance(place, list) else ():
            pin = read_pin(entry)
            if pin is not None:
                yield pin


def read_pin(entry: object) -> Pin | None:
    """Read ``{"artifact_id", "version_number", "content_hash"}`` or ``[artifact_id, version_number]``."""
    match entry:
        case {"artifact_id": str(name), "version_number": number, **others}:
            content_hash = others.get("content_hash")
        case [str(name), number]:
            content_hash = None
        case _:
            return None
    version = whole_version(number)
    if version is None:
        return None
    return Pin(name, version, content_hash if isinstance(content_hash, str) and content_hash else None)


def whole_version(number: object) -> int | None:
    """Read a JSON number without a fraction that is at least 1; nothing else is a version."""
    if isinstance(number, bool) or not isinstance(number, int | float) or not isfinite(number):
        return None
    exact = Decimal(repr(number))
    return int(exact) if exact >= 1 and exact == exact.to_integral_value() else None


def meant(registry: Registry, name: str, inputs: Iterable[str]) -> list[str]:
    """Return the inputs that a pin's name fits best: as written, else prefixed, else with its prefix removed."""
    fits = {artifact_id: _fit(registry, name, artifact_id) for artifact_id in inputs}
    best = min((fit for fit in fits.values() if fit is not None), default=None)
    return [artifact_id for artifact_id, fit in fits.items() if fit is not None and fit == best]


def prefixes_of(artifact_type: str | None) -> set[str]:
    """Return the prefixes a name may lack or have too many: an artifact that is not registered may be of any type."""
    if artifact_type is None:
        return set(PREFIX_OF_TYPE.values())
    return {PREFIX_OF_TYPE[artifact_type]} if artifact_type in PREFIX_OF_TYPE else set()


def _fit(registry: Registry, name: str, artifact_id: str) -> int | None:
    prefixes = prefixes_of(registry.type_of(artifact_id))
    if name == artifact_id:
        return 0
    if any(prefix + name == artifact_id for prefix in prefixes):
        return 1
    if any(name == prefix + artifact_id for prefix in prefixes):
        return 2
    return None


def _judged(registry: Registry, artifact_id: str, pins: Sequence[Pin]) -> Input:
    if not pins:
        return Input(artifact_id, None, frozenset({None}), "unpinned")
    row = registry.artifacts.get(artifact_id)
    best = min(_preference(row, pin) for pin in pins)
    chosen = [pin for pin in pins if _preference(row, pin) == best]
    (status,) = {_status(registry, artifact_id, pin) for pin in chosen}
    return Input(artifact_id, chosen[0].version, frozenset(pin.content_hash for pin in chosen), status)


def _preference(row: Row | None, pin: Pin) -> tuple[int, int]:
    """Rank first the pin that matches what is registered, the more it says the better; else the highest version."""
    if row is not None and pin.version == row["version_number"]:
        if pin.content_hash is None:
            return 1, -pin.version
        if pin.content_hash == row["content_hash"]:
            return 0, -pin.version
    return 2, -pin.version


def _status(registry: Registry, artifact_id: str, pin: Pin) -> str:
    row = registry.artifacts.get(artifact_id)
    if row is None:
        return "missing"
    if pin.version != row["version_number"]:
        return "modified"
    if pin.content_hash is None:
        return "unverified"
    if pin.content_hash != row["content_hash"]:
        return "modified"
    return "superseded" if _newer_exists(registry, artifact_id) else "intact"


def _newer_exists(registry: Registry, artifact_id: str) -> bool:
    """Return whether an artifact of its type names it as the previous version and bears a higher number."""
    own = registry.artifacts[artifact_id]
    return any(
        row["parent_version_id"] == artifact_id
        and row["artifact_type"] == own["artifact_type"]
        and row["version_number"] > own["version_number"]
        for row in registry.artifacts.values()
    )
