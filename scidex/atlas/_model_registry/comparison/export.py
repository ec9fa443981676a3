"""A comparison as a file to take away: the metric table and what differs in the configuration."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence

from scidex.atlas._model_registry.comparison.values import as_number
from scidex.atlas._model_registry.contract.answers import (
    Change,
    Comparison,
    ConfigurationRow,
    ConfigurationValue,
    MetricRow,
)

# Spreadsheets run a cell that begins with one of these as a formula.
_FORMULA = re.compile(r"^[=+\-@\t\r]")
_MARKUP = re.compile(r"([\\`*_\[\]#|~$])")
_UNTOLD = "cannot be told"
_CHANGES: Mapping[Change, str] = {"type_changed": "type changed", "unknown": _UNTOLD}
_VERDICTS = {True: "yes", False: "no", None: _UNTOLD}


def as_csv(comparison: Comparison) -> str:
    """Write one table of metrics and differing settings: for each model a value and how it stands to the baseline.

    A cell is empty where a model does not report the metric or lacks the setting. Text that a spreadsheet
    would run as a formula is made plain by an apostrophe before it.
    """
    models = _models(comparison)
    out = io.StringIO()
    writer = csv.writer(out)
    columns = [f"{model} {what}" for what in ("value", "against baseline") for model in models]
    writer.writerow(
        map(_cell, ["section", "name", "unit", *columns, "better", "best", "comparable", "reason"])
    )
    for row in _csv_rows(comparison, models):
        writer.writerow(map(_cell, row))
    return out.getvalue()


def as_markdown(comparison: Comparison) -> str:
    """Write a table of metrics and one of the differing settings, with what stands against comparing below."""
    models = _models(comparison)
    lines = [f"# Comparison of {', '.join(map(_escaped, models))}", ""]
    lines += [f"Baseline: {_escaped(comparison['baseline'])}", "", "## Metrics", ""]
    lines += _table(
        ["metric", "better", *models, "comparable"], [_metric(row, models) for row in comparison["metrics"]]
    )
    lines += [f"- {_escaped(row['reason'])}" for row in comparison["metrics"] if row["reason"]]
    lines += ["", "## Differing configuration", ""]
    lines += _table(
        ["section", "setting", *models], [_setting(row, models) for row in _differing(comparison)]
    )
    return "\n".join(lines) + "\n"


def _models(comparison: Comparison) -> list[str]:
    return [model["id"] for model in comparison["models"]]


def _differing(comparison: Comparison) -> list[ConfigurationRow]:
    return [row for row in comparison["metadata_diff"] if not row["equal"]]


def _csv_rows(comparison: Comparison, models: Sequence[str]) -> Iterator[list[object]]:
    for metric in comparison["metrics"]:
        yield [
            *("metric", metric["name"], metric["unit"]),
            *(_plainly_measured(metric, model) for model in models),
            *(metric["delta"][model] for model in models),
            *(
                _direction(metric),
                "; ".join(metric["best"]),
                _VERDICTS[metric["comparable"]],
                metric["reason"],
            ),
        ]
    for row in _differing(comparison):
        values = [row["values"][model] for model in models]
        yield [
            *(row["section"], row["path"], None),
            *(_number_or_text(value) for value in values),
            *(row["change"][model] for model in models),
            *([None] * 3),
            row.get("reason"),
        ]


def _metric(row: MetricRow, models: Sequence[str]) -> list[str]:
    name = f"{row['name']} ({row['unit']})" if row["unit"] else row["name"]
    cells = [_measured(row, model) for model in models]
    return [_escaped(name), _direction(row), *cells, _VERDICTS[row["comparable"]]]


def _plainly_measured(row: MetricRow, model: str) -> object:
    """Give a number where there is one in the row's unit, None where the model does not report the metric."""
    value = row["values"][model]
    if value is None:
        return "not a number" if model in row.get("not_a_number", ()) else None
    own = row.get("units", {}).get(model)
    return f"{value} {own}" if own and own != row["unit"] else value


def _measured(row: MetricRow, model: str) -> str:
    value = _plainly_measured(row, model)
    shown = "not reported" if value is None else _escaped(str(value))
    return f"**{shown}** (best)" if model in row["best"] else shown


def _direction(row: MetricRow) -> str:
    return f"near {row['target']:g}" if row["target"] is not None else row["direction"]


def _setting(row: ConfigurationRow, models: Sequence[str]) -> list[str]:
    changes = {model: _CHANGES.get(change, change) for model, change in row["change"].items()}
    cells = [_escaped(f"{_text(row['values'][model])} ({changes[model]})") for model in models]
    return [row["section"], _escaped(row["path"]), *cells]


def _number_or_text(value: ConfigurationValue | None) -> object:
    number = as_number(value["value"]) if value and not value.get("unit") else None
    return _text(value) if number is None else number


def _text(value: ConfigurationValue | None) -> str:
    if value is None:
        return ""
    shown = value["value"]
    text = shown if isinstance(shown, str) else json.dumps(shown, ensure_ascii=False)
    return f"{text} {value['unit']}" if value.get("unit") else text


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [[_escaped(cell) for cell in header], ["---"] * len(header), *rows]
    return [*(f"| {' | '.join(line)} |" for line in lines), ""]


def _escaped(text: str) -> str:
    """Show text in Markdown as it is: no markup, no tag, no end of line."""
    marked = _MARKUP.sub(r"\\\1", " ".join(text.split()))
    return marked.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
