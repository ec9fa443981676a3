"""Parts of metadata as tables: settings by their paths, and parameters or coefficients with their errors."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from scidex.atlas._model_registry.pages.model_page.intervals import (
    DrawnInterval,
    Scale,
    common_scale,
    interval,
)
from scidex.atlas._model_registry.pages.model_page.reading import MOST_TABLE_ROWS, dotted
from scidex.atlas._model_registry.pages.parts.typesetting import Mark, typeset_name
from scidex.atlas._model_registry.pages.words.numbers import number, setting_text
from scidex.atlas._model_registry.pages.words.wording import shortened
from scidex.atlas._model_registry.records.models import Json
from scidex.atlas._model_registry.records.values import as_number, as_object

_LONG = 140
_P_VALUE_DIGITS, _ESTIMATE_DIGITS = 3, 4
# The columns of estimates, under the names in use, in the order of the table.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "Value": ("value", "estimate"),
    "Unit": ("units", "unit"),
    "Computed as": ("rule", "assignment", "expression"),
    "Lower bound": ("lower", "lower_bound"),
    "Upper bound": ("upper", "upper_bound"),
    "Standard error": ("std_error", "standard_error", "se"),
    "p value": ("p_value", "p"),
    "Source": ("source",),
}
_BOUNDS = ("Lower bound", "Upper bound")
_EXPECTED = ("Value", "Unit")
_NOT_STATED = "not stated"
_KNOWN = frozenset(name for names in _COLUMNS.values() for name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A setting with its value; ``full_text`` where the value is too long for a table."""

    path: str
    text: str
    full_text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingTable:
    """Settings or figures under one title, ``head`` over their names; ``left_out`` counts those beyond the bound."""

    title: str
    head: str
    rows: list[Setting]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateRow:
    """A parameter or coefficient: its name, its typeset name, and a text for each column."""

    name: str
    mark: Mark | None
    cells: list[str]
    interval: DrawnInterval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateTable:
    """Parameters or coefficients; ``columns`` are the columns with any value, ``scale`` is the scale of their marks.

    ``unfixed`` counts those without their own value: computed, or free between bounds.
    """

    title: str
    unfixed: int
    columns: list[str]
    scale: Scale | None
    has_intervals: bool
    rows: list[EstimateRow]
    left_out: int


def setting_table(title: str, document: Json, *, head: str = "Setting") -> SettingTable | None:
    """Return a document as a table, nested objects by dotted paths in order; None where it is empty."""
    # The database does not keep the order of keys.
    found = sorted(dotted(document), key=_by_path) if document not in (None, {}, []) else []
    if not found:
        return None
    rows = [_setting(path, value) for path, value in islice(found, MOST_TABLE_ROWS)]
    return SettingTable(title=title, head=head, rows=rows, left_out=len(found) - len(rows))


def estimate_table(title: str, document: Json, *, in_formulas: bool) -> EstimateTable | None:
    """Return ``{name: number}`` or ``{name: {"value": …, "std_error": …}}`` as a table; None where it is empty.

    Names that occur ``in_formulas`` are typeset as there, and in their order. Coefficients are drawn on a common
    scale, the largest first; parameters are not drawn, as their units differ.
    """
    given = {name: _fields(value) for name, value in as_object(document).items()}
    estimates = dict(sorted(given.items(), key=_by_name if in_formulas else _by_size))
    if not estimates:
        return None
    used = [column for column in _COLUMNS if any(_cell(fields, column) for fields in estimates.values())]
    more = any(_others(fields) for fields in estimates.values())
    scale = None if in_formulas else common_scale(list(map(_value_and_error, estimates.values())))
    rows = [
        EstimateRow(
            name=name,
            mark=typeset_name(shortened(name, _LONG)) if in_formulas else None,
            interval=None if scale is None else interval(scale, *_value_and_error(fields)),
            cells=[*(_filled(fields, column) for column in used), *([_others(fields)] if more else [])],
        )
        for name, fields in islice(estimates.items(), MOST_TABLE_ROWS)
    ]
    columns = [*used, *(["More"] if more else [])]
    left_out = len(estimates) - len(rows)
    return EstimateTable(
        title=title,
        unfixed=sum("value" in fields and fields["value"] is None for fields in estimates.values()),
        columns=columns,
        scale=scale,
        has_intervals=any(row.interval is not None and row.interval.start is not None for row in rows),
        rows=rows,
        left_out=left_out,
    )


def _by_path(leaf: tuple[str, Json]) -> tuple[str, str]:
    return leaf[0].lower(), leaf[0]


def _by_name(named: tuple[str, Mapping[str, Json]]) -> tuple[str, str]:
    return named[0].lower(), named[0]


def _by_size(named: tuple[str, Mapping[str, Json]]) -> tuple[bool, float, str]:
    value, _ = _value_and_error(named[1])
    return value is None, -abs(value or 0), named[0]


def _value_and_error(fields: Mapping[str, Json]) -> tuple[float | None, float | None]:
    value, error = (
        next((found for name in _COLUMNS[column] if (found := as_number(fields.get(name))) is not None), None)
        for column in ("Value", "Standard error")
    )
    return value, error


def _setting(path: str, value: Json) -> Setting:
    text = setting_text(value, path)
    long = len(text) > _LONG
    return Setting(
        path=path or "value", text=shortened(text, _LONG) if long else text, full_text=text if long else None
    )


def _fields(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else {"value": value}


def _cell(fields: Mapping[str, Json], column: str) -> str:
    value = next((fields[name] for name in _COLUMNS[column] if fields.get(name) is not None), None)
    if value is None:
        return _unfixed(fields, column)
    if column == "p value" and (p_value := as_number(value)) is not None:
        return number(p_value, _P_VALUE_DIGITS)
    return shortened(setting_text(value, column, digits=_ESTIMATE_DIGITS), _LONG)


def _unfixed(fields: Mapping[str, Json], column: str) -> str:
    """Return the word for a null: a value that is computed or free, or an open bound."""
    if column in _BOUNDS:
        return "open" if any(name in fields for name in _COLUMNS[column]) else ""
    if column != "Value":
        return ""
    if _cell(fields, "Computed as"):
        return "computed"
    return "free" if any(_cell(fields, bound) for bound in _BOUNDS) else ""


def _filled(fields: Mapping[str, Json], column: str) -> str:
    return _cell(fields, column) or (_NOT_STATED if column in _EXPECTED else "")


def _others(fields: Mapping[str, Json]) -> str:
    rest = [
        f"{path}: {setting_text(value, path)}" for path, value in dotted({**fields}) if path not in _KNOWN
    ]
    return shortened("; ".join(rest), _LONG)
