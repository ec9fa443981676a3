"""What can be said of the compared models in plain sentences, and why something cannot be said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from scidex.atlas._model_registry.contract.answers import Comparison, MetricRow, ModelEntry
from scidex.atlas._model_registry.pages.compare.settings import is_untold
from scidex.atlas._model_registry.pages.parts.named import Named, lettered, letters
from scidex.atlas._model_registry.pages.parts.splits import held_out_first, split_group
from scidex.atlas._model_registry.pages.words.identities import was_capped
from scidex.atlas._model_registry.pages.words.numbers import (
    counted,
    digits_that_distinguish,
    number,
    score,
    spread_beside,
)
from scidex.atlas._model_registry.pages.words.wording import MISSING, direction_words, listed, sentence

Tone = Literal["best", "unconfirmed", "refused", "warning", "note"]

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One sentence of the verdict; ``word`` names its kind for readers who see no colour."""

    tone: Tone
    word: str
    text: str
    href: str | None = None


def findings(comparison: Comparison, models: Mapping[str, Named]) -> list[Finding]:
    """Say which model is better on what, what cannot be compared and why, and what speaks against one."""
    ordered = held_out_first(comparison["metrics"])
    rows = [row for row in ordered if split_group(row["name"]) != "training"]
    training_rows = [row for row in ordered if split_group(row["name"]) == "training"]
    return [
        *(_summary(rows, models) if ordered else _no_metric()),
        *_decided(rows, models),
        *_on_training_data(training_rows, models),
        *_by_reason(rows, models, confirmed=False),
        *_by_reason(rows, models, confirmed=True),
        *_leaks(comparison, models),
        *_untraceable(comparison, models),
        *_differences(comparison),
    ]


def _no_metric() -> list[Finding]:
    text = "None of these models reports a metric, so none can be said to be better."
    return [Finding(tone="note", word="Summary", text=text, href="#configuration")]


def _summary(rows: Sequence[MetricRow], models: Mapping[str, Named]) -> list[Finding]:
    decided = [
        row for row in rows if row["comparable"] and row["best"] and split_group(row["name"]) != "training"
    ]
    if not decided:
        text = "No metric outside the training data can be compared with certainty."
        return [Finding(tone="note", word="Summary", text=text, href="#metrics")]
    wins = {named: sum(model_id in row["best"] for row in decided) for model_id, named in models.items()}
    ranked = sorted((named for named in wins if wins[named]), key=lambda named: -wins[named])
    shares = listed([f"{named.letter} ({named.name}) on {wins[named]}" for named in ranked])
    shared = sum(len(row["best"]) > 1 for row in decided)
    equally = f", on {shared} of them not alone" if shared else ""
    text = f"Of {counted(len(decided), 'metric')} that can be compared, best is {shares}{equally}."
    return [Finding(tone="note", word="Summary", text=text, href="#metrics")]


def _decided(rows: Sequence[MetricRow], models: Mapping[str, Named]) -> list[Finding]:
    return [
        Finding(tone="best", word="Best", text=f"On {_described(row)} {_standing(row, models)}.")
        for row in rows
        if row["comparable"] and row["best"]
    ]


def _on_training_data(rows: Sequence[MetricRow], models: Mapping[str, Named]) -> list[Finding]:
    told = [f"{row['name']} {listed(letters(models, row['best']))}" for row in rows if row["best"]]
    if not told:
        return []
    text = f"Best on the training data, which says little about new data: {', '.join(told)}."
    return [Finding(tone="note", word="Training data", text=text, href="#metrics")]


def _described(row: MetricRow) -> str:
    direction = direction_words(row["direction"], row["target"]).lstrip("↓↑→ ")
    return f"{row['name']} ({direction})"


def _standing(row: MetricRow, models: Mapping[str, Named]) -> str:
    digits = digits_that_distinguish(row["values"].values())
    best = [named for model_id, named in models.items() if model_id in row["best"]]
    value = _reported(row, best[0].id, digits, with_spread=len(best) == 1)
    others = _next_best(row, models, digits)
    if len(best) > 1:
        lead = f"{listed([named.letter for named in best])} are equal at {value}"
    else:
        lead = f"{best[0].letter} is best: {value}"
    return f"{lead} against {listed(others)}" if others else lead


def _next_best(row: MetricRow, models: Mapping[str, Named], digits: int) -> list[str]:
    """Name the values that are not best, nearest first, those beyond the first few by their number."""
    top = row["values"][row["best"][0]] or 0.0
    reported = [
        (abs(value - top), named.letter, _reported(row, model_id, digits))
        for model_id, named in models.items()
        if model_id not in row["best"] and (value := row["values"].get(model_id)) is not None
    ]
    told = [f"{text} ({letter})" for _, letter, text in sorted(reported)]
    beyond = len(told) - _MOST_NAMED
    return told if beyond <= 1 else [*told[:_MOST_NAMED], f"{beyond} more"]


def _reported(row: MetricRow, model_id: str, digits: int, *, with_spread: bool = True) -> str:
    spread = row.get("spread", {}).get(model_id) if with_spread else None
    text = spread_beside(number(row["values"][model_id], digits), spread)
    return f"{text} {row['unit']}" if row["unit"] else text


def _by_reason(rows: Sequence[MetricRow], models: Mapping[str, Named], *, confirmed: bool) -> list[Finding]:
    """Refused metrics (``confirmed``) or those of which it cannot be told, one sentence for each reason."""
    by_reason: dict[str, list[MetricRow]] = {}
    for row in rows:
        reported = sum(value is not None for value in row["values"].values())
        if row["comparable"] is (False if confirmed else None) and reported > 1:
            by_reason.setdefault(lettered(_reason(row), models), []).append(row)
    return [
        _refused(same, reason) if confirmed else _unconfirmed(same, reason, models)
        for reason, same in by_reason.items()
    ]


def _reason(row: MetricRow) -> str:
    """Give a row's reason without the metric's name, which is all that often differs between reasons."""
    reason = row["reason"] or "no reason was given"
    subject = f"{row['name']} "
    return f"each {reason.removeprefix(subject)}" if reason.startswith(subject) else reason


def _refused(rows: Sequence[MetricRow], reason: str) -> Finding:
    names = listed([row["name"] for row in rows])
    text = f"{names} cannot be compared: {sentence(reason)}"
    return Finding(tone="refused", word="Not comparable", text=text)


def _unconfirmed(rows: Sequence[MetricRow], reason: str, models: Mapping[str, Named]) -> Finding:
    better = [_better(row, models) for row in rows if row["best"]]
    names = listed([row["name"] for row in rows])
    text = f"Whether {names} can be compared cannot be told: {sentence(reason)}"
    if better:
        text += f" The better numbers as reported: {', '.join(better)}."
    return Finding(tone="unconfirmed", word="Cannot be told", text=text)


def _better(row: MetricRow, models: Mapping[str, Named]) -> str:
    reported = sum(value is not None for value in row["values"].values())
    best = listed(letters(models, row["best"]))
    return f"{row['name']} {best}{', equal' if len(row['best']) == reported else ''}"


def _leaks(comparison: Comparison, models: Mapping[str, Named]) -> list[Finding]:
    leaks = comparison["training_data"]["leakage"]
    if not leaks:
        return []
    measured = listed(letters(models, [leak["model"] for leak in leaks]))
    text = f"Evaluation data went into training: figures reported by {measured} may flatter."
    return [Finding(tone="warning", word="Warning", text=text, href="#training-data")]


def _untraceable(comparison: Comparison, models: Mapping[str, Named]) -> list[Finding]:
    return [
        Finding(
            tone="warning",
            word="Warning",
            text=_untraceable_words(model, models[model["id"]]),
            href="#provenance",
        )
        for model in comparison["models"]
        if model["provenance_warning"]
    ]


def _untraceable_words(model: ModelEntry, named: Named) -> str:
    # The card has the whole warning; here it is one reason among others.
    missing = listed([MISSING[rule] for rule in model["provenance_missing"]])
    cap = f", so its score is capped at {score(model['quality_score'])}" if was_capped(model) else ""
    return f"{named.letter} cannot be traced in full ({missing}){cap}."


def _differences(comparison: Comparison) -> list[Finding]:
    rows = comparison["metadata_diff"]
    untold = sum(is_untold(row) for row in rows)
    differing = sum(not row["equal"] for row in rows) - untold
    if not rows:
        text = "None of the models states its configuration."
    elif untold == len(rows) == 1:
        text = "Whether the one setting differs cannot be told."
    elif untold:
        text = f"{differing or 'None'} of {len(rows)} settings differ; of {untold} it cannot be told."
    elif len(rows) == 1:
        text = f"The one setting {'differs' if differing else 'is the same'}."
    elif differing == len(rows):
        text = f"All {differing} settings differ."
    elif differing:
        text = f"{differing} of {len(rows)} settings differ."
    else:
        text = f"All {len(rows)} settings are the same."
    return [Finding(tone="note", word="Configuration", text=text, href="#configuration")]
