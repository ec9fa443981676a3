"""Several models' trees walked side by side, down to what can be compared."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from scidex.atlas._model_registry.comparison.sections import PRECISION, REMARKS
from scidex.atlas._model_registry.comparison.values import DEEPEST, bounded, is_single
from scidex.atlas._model_registry.records.models import Json
from scidex.atlas._model_registry.records.values import as_number, as_text, as_texts

Path = tuple[str, ...]

_OF_QUANTITY = frozenset({"value", "unit", "units", "source"})
# Keys of the formula that computes a value; beside a number it is the formula of the initial value.
_RULES = ("rule", "assignment", "initial_assignment", "expression")
_NOT_DECLARED = "not declared"
# Bounds of a value have its unit.
_BOUNDS = frozenset({"lower", "upper", "lower_bound", "upper_bound", "min", "max"})


class Leaf(NamedTuple):
    """A setting as its model states it.

    The ``value`` of a computed one is the formula that computes it; ``unreadable`` where a number in it could not
    be read and is null.
    """

    value: Json
    unit: str | None = None
    source: str | None = None
    is_computed: bool = False
    unreadable: bool = False


def least_settings(value: Json) -> int:
    """Return how many settings a value holds at least, without a look at them; 0 for one that is none or one itself."""
    if isinstance(value, dict) or (isinstance(value, list) and value and isinstance(value[0], dict)):
        return max(0, len(value) - len(REMARKS))
    return 0


def leaves(path: Path, values: Mapping[str, Json]) -> Iterator[tuple[Path, dict[str, Leaf]]]:
    """Yield each leaf at or below ``path`` with its value by model.

    The walk goes down where all models that have the path have an object there. An object in one model and a plain
    value in another are one leaf: a change of type. A null beside objects counts as an empty object. A number with its
    unit and source is one leaf; other keys of its object are below it. A text that says that nothing is declared
    counts as absent.
    """
    values = {model: value for model, value in values.items() if not _is_silent(value)}
    if not values:
        return
    objects = {model: inner for model, value in values.items() if (inner := _object(value)) is not None}
    plain = [value for model, value in values.items() if model not in objects and value is not None]
    if objects and not plain and len(path) < DEEPEST:
        yield from _below(path, objects)
        return
    beside = {model: inner for model, value in values.items() if (inner := _beside(value))}
    own = {model: _leaf(value) for model, value in values.items()}
    # A free value is described by its bounds alone.
    if beside.keys() != own.keys() or any(leaf.value is not None for leaf in own.values()):
        yield path, own
    yield from _below(path, beside)


def _below(path: Path, objects: Mapping[str, Mapping[str, Json]]) -> Iterator[tuple[Path, dict[str, Leaf]]]:
    for key in sorted({key for inner in objects.values() for key in inner} - REMARKS):
        values = {model: inner[key] for model, inner in objects.items() if key in inner}
        if all(map(is_single, values.values())):  # most settings are
            yield (*path, key), {model: Leaf(value) for model, value in values.items()}
        else:
            yield from leaves((*path, key), values)


def _is_silent(value: Json) -> bool:
    """Return whether a text says that nothing is declared, as importers write in a required field."""
    return isinstance(value, str) and value.casefold() == _NOT_DECLARED


def _object(value: Json) -> Mapping[str, Json] | None:
    """Return an object other than a quantity, or a list of objects keyed by name or else by place; None for others."""
    if isinstance(value, dict):
        return None if _is_quantity(value) else value
    if not isinstance(value, list) or not value:
        return None
    if not isinstance(value[0], dict):  # most lists are long and of numbers
        return None
    items = [item for item in value if isinstance(item, dict)]
    return _by_name(items) if len(items) == len(value) else None


def _by_name(items: list[dict[str, Json]]) -> Mapping[str, Json]:
    for key in ("name", "id"):
        names = [name for item in items if (name := as_text(item.get(key)))]
        if len(set(names)) == len(items):
            return {
                name: {inner: value for inner, value in item.items() if inner != key}
                for name, item in zip(names, items, strict=True)
            }
    return {str(place): item for place, item in enumerate(items)}


def _is_quantity(value: Json) -> bool:
    if not isinstance(value, dict) or "value" not in value or isinstance(value["value"], dict):
        return False
    return isinstance(value.get("unit"), str | None) and isinstance(value.get("units"), str | None)


def _leaf(value: Json) -> Leaf:
    if not isinstance(value, dict) or not _is_quantity(value):
        return Leaf(bounded(value))
    unit, source = _unit(value), _source(value.get("source"))
    rule = _rule(value)
    return (
        Leaf(bounded(value["value"]), unit, source)
        if rule is None
        else Leaf(rule, unit, source, is_computed=True)
    )


def _unit(quantity: Mapping[str, Json]) -> str | None:
    return as_text(quantity.get("unit")) or as_text(quantity.get("units"))


def _rule(quantity: Mapping[str, Json]) -> str | None:
    """Return the formula of a quantity that has no value of its own."""
    formulas = (as_text(quantity.get(key)) for key in _RULES)
    return next(filter(None, formulas), None) if quantity["value"] is None else None


def _source(value: Json) -> str | None:
    return ", ".join(as_texts(value)) or None


def _beside(value: Json) -> Mapping[str, Json]:
    """Return the other keys of an object with a value, such as bounds, which have its unit."""
    if not isinstance(value, dict) or value.keys() <= _OF_QUANTITY or not _is_quantity(value):
        return {}
    shown = _OF_QUANTITY | PRECISION | (frozenset(_RULES) if _rule(value) else frozenset())
    return {key: _with_unit(key, inner, value) for key, inner in value.items() if key not in shown}


def _with_unit(key: str, inner: Json, quantity: Mapping[str, Json]) -> Json:
    is_bound = key in _BOUNDS and (inner is None or as_number(inner) is not None)
    return {"value": inner, "units": _unit(quantity)} if is_bound else inner
