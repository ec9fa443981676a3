"""A comparison as CSV or Markdown: models, metrics and configuration."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.comparison import exported_evidence as evidence
from scidex.atlas._model_registry.comparison.markdown import escaped as _escaped
from scidex.atlas._model_registry.contract.answers import (
    ChangeKind,
    Comparison,
    ConfigurationRow,
    ConfigurationValue,
    MetricRow,
)
from scidex.atlas._model_registry.entries.spreadsheets import BYTE_ORDER_MARK, cell
from scidex.atlas._model_registry.entries.standing import standing_sentence
from scidex.atlas._model_registry.records.values import as_number

_UNTOLD = "cannot be told"
_CHANGES: Mapping[ChangeKind, str] = {"type_changed": "type changed", "unknown": _UNTOLD}
_OF_EACH_MODEL = (
    *("value", "unit", "against baseline", "spread", "source"),
    *("recomputed", "interval low", "interval high", "verdict"),
)
_AT_THE_END = ("better", "best", "comparable", "reason", "told apart", "may be best")
_HOW_TO_READ = (
    "Bold: the samples of held-out data show it to be the best. Best as reported: with no evidence of the uncertainty. "
    "Best in-sample: on the data that the models were fitted to, which says little about new data."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Facts of a comparison as a whole, for its files.

    ``address`` is its page, ``digest`` the SHA-256 of its JSON, ``newest`` the day on which the newest model was
    registered; ``hashes`` are the content hashes by model.
    """

    address: str
    digest: str
    newest: str | None
    hashes: Mapping[str, str | None]


def as_csv(comparison: Comparison, *, bom: bool = False, about: About | None = None) -> str:
    """Return a comparison as one CSV table: facts of the models, then every metric and every setting.

    Each is a row. Each model has columns for its value, the unit, the difference or kind of change from the baseline,
    the spread of a metric (in its unit), the source of a setting, and for a recomputed metric its value, both ends of
    its interval and the verdict against the baseline. A cell is empty where a model lacks the metric or setting. Text
    that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay as they are. ``bom`` puts the
    byte order mark first, by which spreadsheets read µ and β. ``about`` adds the models' content hashes, the address,
    the digest and the date.
    """
    models = _models(comparison)
    out = io.StringIO()
    writer = csv.writer(out)
    columns = [f"{model} {what}" for what in _OF_EACH_MODEL for model in models]
    writer.writerow(map(cell, ["section", "name", "unit", *columns, *_AT_THE_END]))
    for row in (*_csv_rows(comparison, models), *(_about_rows(about, models) if about else ())):
        writer.writerow(map(cell, row))
    return (BYTE_ORDER_MARK if bom else "") + out.getvalue()


def as_markdown(comparison: Comparison, *, about: About | None = None) -> str:
    """Return a comparison as Markdown: a table of metrics, reasons against comparing, and the settings that differ.

    ``about`` adds a table of the models with their content hashes, the address, the digest and the date.
    """
    models = _models(comparison)
    lines = [f"# Comparison of {', '.join(map(_escaped, models))}", ""]
    lines += [f"Baseline: {_escaped(comparison['baseline'])}", "", *_unsound(comparison)]
    lines += [*(_about_lines(comparison, about) if about else ()), "## Metrics", ""]
    lines += _table(
        ["metric", "better", *models, "comparable", "told apart"],
        [_metric(row, models) for row in comparison["metrics"]],
    )
    lines += [_HOW_TO_READ, ""]
    reasons = [
        *dict.fromkeys(row["reason"] for row in comparison["metrics"] if row["reason"]),
        *evidence.reasons_for_no_best(comparison["metrics"]),
    ]
    lines += [f"- {_escaped(reason)}" for reason in reasons]
    lines += ["", "## Differing configuration", ""]
    lines += _table(
        ["section", "setting", *models], [_setting(row, models) for row in _differing(comparison)]
    )
    return "\n".join(lines) + "\n"


def _about_lines(comparison: Comparison, about: About) -> list[str]:
    rows = [
        [
            _escaped(model["id"]),
            _escaped(model["title"]),
            str(model["version_number"]),
            _escaped(about.hashes[model["id"]] or "none registered"),
        ]
        for model in comparison["models"]
    ]
    newest = [f"- The newest model was registered on {about.newest}"] if about.newest else []
    return [
        *_table(["model", "title", "version", "content hash"], rows),
        f"- Comparison: <{about.address}>",
        f"- SHA-256 of the comparison as JSON: {about.digest}",
        *newest,
        "",
    ]


def _about_rows(about: About, models: Sequence[str]) -> Iterator[list[object]]:
    width = len(_OF_EACH_MODEL) * len(models) + len(_AT_THE_END)
    hashes: list[object] = [about.hashes[model] for model in models]
    yield ["model", "content hash", None, *hashes, *([None] * (width - len(models)))]
    told = {"permalink": about.address, "sha256 of the JSON": about.digest, "newest model of": about.newest}
    for name, value in told.items():
        yield ["comparison", name, None, value, *([None] * (width - 1))]


def standing_sentences(comparison: Comparison) -> dict[str, str]:
    """Return, by model, a sentence on each that is not sound, with the way to the nearest of the worst causes."""
    standings = comparison["provenance"]["standing"].items()
    told = {model: standing_sentence(model, standing) for model, standing in standings}
    return {model: f"{said}." for model, said in told.items() if said}


def _unsound(comparison: Comparison) -> list[str]:
    told = standing_sentences(comparison).values()
    return [*(f"- Warning: {_escaped(said)}" for said in told), *([""] if told else [])]


def _models(comparison: Comparison) -> list[str]:
    return [model["id"] for model in comparison["models"]]


def _differing(comparison: Comparison) -> list[ConfigurationRow]:
    return [row for row in comparison["metadata_diff"] if not row["equal"]]


def _csv_rows(comparison: Comparison, models: Sequence[str]) -> Iterator[list[object]]:
    yield from _model_rows(comparison)
    for metric in comparison["metrics"]:
        yield [
            *("metric", metric["name"], metric["unit"]),
            *(_value(metric, model) for model in models),
            *(_own_unit(metric, model) for model in models),
            *(metric["delta"][model] for model in models),
            *(metric.get("spread", {}).get(model) for model in models),
            *([None] * len(models)),
            *(evidence.recomputed_value(metric, model) for model in models),
            *(evidence.value_interval(metric, model)[0] for model in models),
            *(evidence.value_interval(metric, model)[1] for model in models),
            *(evidence.difference_verdict(metric, model) for model in models),
            *(_direction(metric), "; ".join(metric["best"]), evidence.comparable_words(metric)),
            "; ".join(filter(None, [metric["reason"], *evidence.reasons_for_no_best([metric])])),
            *(evidence.told_apart(metric), "; ".join(evidence.may_be_best(metric))),
        ]
    for row in comparison["metadata_diff"]:
        stated = [row["values"][model] for model in models]
        units = [value.get("unit") if value else None for value in stated]
        yield [
            *(row["section"], row["path"], _common(units)),
            *map(_number_or_text, stated),
            *units,
            *(row["change"][model] for model in models),
            *([None] * len(models)),
            *(value.get("source") if value else None for value in stated),
            *([None] * (4 * len(models) + 3)),
            *(row.get("reason"), None, None),
        ]


def _model_rows(comparison: Comparison) -> Iterator[list[object]]:
    models, standings = comparison["models"], comparison["provenance"]["standing"]
    facts: Mapping[str, Sequence[object]] = {
        "title": [model["title"] for model in models],
        "version": [model["version_number"] for model in models],
        "version tag": [model["version_tag"] for model in models],
        "score": [model["quality_score"] for model in models],
        "standing": [standings[model["id"]]["status"] for model in models],
        "date": [model["created_at"] for model in models],
    }
    for name, values in facts.items():
        yield [
            "model",
            name,
            None,
            *values,
            *([None] * ((len(_OF_EACH_MODEL) - 1) * len(models) + len(_AT_THE_END))),
        ]


def _common(units: Iterable[str | None]) -> str | None:
    """Return the unit that all values share; None if they share none."""
    distinct = {unit for unit in units if unit}
    return distinct.pop() if len(distinct) == 1 else None


def _metric(row: MetricRow, models: Sequence[str]) -> list[str]:
    name = f"{row['name']} ({row['unit']})" if row["unit"] else row["name"]
    cells = [_measured(row, model) for model in models]
    return [
        _escaped(name),
        _direction(row),
        *cells,
        evidence.comparable_words(row),
        evidence.told_apart(row) or "",
    ]


def _value(row: MetricRow, model: str) -> object:
    """Return the model's value, None where it does not report the metric."""
    value = row["values"][model]
    return "not a number" if value is None and model in row.get("not_a_number", ()) else value


def _own_unit(row: MetricRow, model: str) -> str | None:
    return row.get("units", {}).get(model, row["unit"]) if row["values"][model] is not None else None


def _measured(row: MetricRow, model: str) -> str:
    value, own = _value(row, model), _own_unit(row, model)
    unit = f" {own}" if own and own != row["unit"] else ""
    spread = row.get("spread", {}).get(model)
    beside = "" if spread is None else f" ± {spread}"
    behind = evidence.in_words(row, model)
    rank = evidence.rank(row, model)
    if value is None and (given := evidence.recomputed_value(row, model)) is not None:
        return _ranked(_escaped(f"{given:.4g} (recomputed) {behind}"), rank)
    shown = "not reported" if value is None else _escaped(f"{value}{beside}{unit} {behind}")
    return _ranked(shown, rank)


def _ranked(shown: str, rank: str | None) -> str:
    if rank is None:
        return shown
    return f"**{shown}** (best)" if rank == "best" else f"{shown} ({rank})"


def _direction(row: MetricRow) -> str:
    return f"near {row['target']:g}" if row["target"] is not None else row["direction"]


def _setting(row: ConfigurationRow, models: Sequence[str]) -> list[str]:
    changes = {model: _CHANGES.get(change, change) for model, change in row["change"].items()}
    cells = [_escaped(f"{_text(row['values'][model])} ({changes[model]})") for model in models]
    return [row["section"], _escaped(row["path"]), *cells]


def _number_or_text(value: ConfigurationValue | None) -> object:
    number = as_number(value["value"]) if value else None
    return _without_unit(value) if number is None else number


def _text(value: ConfigurationValue | None) -> str:
    text = _without_unit(value)
    return f"{text} {value['unit']}" if value and value.get("unit") else text


def _without_unit(value: ConfigurationValue | None) -> str:
    if value is None:
        return ""
    shown = value["value"]
    return shown if isinstance(shown, str) else json.dumps(shown, ensure_ascii=False)


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [[_escaped(cell) for cell in header], ["---"] * len(header), *rows]
    return [*(f"| {' | '.join(line)} |" for line in lines), ""]
