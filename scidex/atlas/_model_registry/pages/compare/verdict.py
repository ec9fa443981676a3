"""The verdict on the compared models in plain sentences, and why something cannot be said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from scidex.atlas._model_registry.contract.answers import Comparison, MetricRow, ModelEntry
from scidex.atlas._model_registry.pages.compare.distinction import names_a_best, not_distinguished
from scidex.atlas._model_registry.pages.compare.settings import is_untold
from scidex.atlas._model_registry.pages.parts.named import Named, letters, reason_of
from scidex.atlas._model_registry.pages.parts.splits import group_of, held_out_first
from scidex.atlas._model_registry.pages.words.identities import was_capped
from scidex.atlas._model_registry.pages.words.numbers import (
    digits_that_distinguish,
    number,
    score,
    spread_beside,
)
from scidex.atlas._model_registry.pages.words.wording import (
    MISSING,
    direction_words,
    listed,
    listed_briefly,
    sentence,
)

Tone = Literal["best", "unconfirmed", "refused", "warning", "note"]

_MOST_NAMED, _MOST_DECIDED = 3, 20
# What a reason calls each of several metrics that it holds for.
_EACH = "each of them"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence of the verdict; ``word`` names its kind for readers who see no colour."""

    tone: Tone
    word: str
    text: str
    href: str | None = None


def statements(comparison: Comparison, models: Mapping[str, Named]) -> list[Statement]:
    """Say which model is better on what, what cannot be compared and why, and what speaks against one."""
    ordered = held_out_first(comparison["metrics"])
    rows = [row for row in ordered if group_of(row) != "training"]
    training_rows = [row for row in ordered if group_of(row) == "training"]
    return [
        *_summary(rows, training_rows, models),
        *_decided(rows, models),
        *_on_training_data(training_rows, models),
        *_by_reason(ordered, models, refused=False),
        *_by_reason(ordered, models, refused=True),
        *_leaks(comparison, models),
        *_untraceable(comparison, models),
        *_differences(comparison),
    ]


def _summary(
    rows: Sequence[MetricRow], training_rows: Sequence[MetricRow], models: Mapping[str, Named]
) -> list[Statement]:
    decided = [row for row in rows if row["comparable"] and row["best"]]
    if len(decided) == 1:
        return []
    text = _shares(decided, models) if decided else _why_nobody(rows, training_rows)
    href = "#metrics" if rows or training_rows else "#configuration"
    return [Statement(tone="note", word="Summary", text=text, href=href)]


def _shares(decided: Sequence[MetricRow], models: Mapping[str, Named]) -> str:
    """Say of how many metrics each model has the best value, and of how many no one can be named."""
    named_best = [row for row in decided if names_a_best(row)]
    open_rows = len(decided) - len(named_best)
    if not named_best:
        return f"On none of the {len(decided)} metrics that can be compared do the samples tell which model is best."
    untold = f"; on {open_rows} the samples do not tell which is best" if open_rows else ""
    wins = {named: sum(model_id in row["best"] for row in named_best) for model_id, named in models.items()}
    ranked = sorted((named for named in wins if wins[named]), key=lambda named: -wins[named])
    first, *others = (f"{named.letter} ({named.name})" for named in ranked)
    shares = [f"{first} is best on {wins[ranked[0]]}"]
    shares += [f"{other} on {wins[named]}" for other, named in zip(others, ranked[1:], strict=True)]
    ties = sum(len(row["best"]) > 1 for row in named_best)
    tied = f"; {ties} {'is a tie' if ties == 1 else 'are ties'}" if ties else ""
    return f"Of {len(decided)} metrics that can be compared, {listed(shares)}{tied}{untold}."


def _why_nobody(rows: Sequence[MetricRow], training_rows: Sequence[MetricRow]) -> str:
    """Say why no model can be said to be better on any metric of other data than that of training."""
    reported = [row for row in (*rows, *training_rows) if _reports(row) > 1]
    judged = [row for row in rows if _reports(row) > 1 and group_of(row) != "sizes"]
    if not rows and not training_rows:
        return "None of these models reports a metric, so none can be said to be better."
    if not reported:
        return "No metric is reported by two of these models, so none can be said to be better."
    if any(row["comparable"] for row in judged):
        return "Some metrics can be compared, but it is not known which of their values is better."
    if judged:
        return "No model can be said to be better: no metric is known to compare."
    if any(row["comparable"] and row["best"] for row in training_rows):
        return "Only metrics of the training data can be compared."
    return "No model can be said to be better on any metric that two of them report."


def _reports(row: MetricRow) -> int:
    return sum(value is not None for value in row["values"].values())


def _decided(rows: Sequence[MetricRow], models: Mapping[str, Named]) -> list[Statement]:
    decided = [row for row in rows if row["comparable"] and row["best"]]
    told = [_told(row, models) for row in decided[:_MOST_DECIDED]]
    if beyond := decided[_MOST_DECIDED:]:
        text = f"{len(beyond):,} more metrics can be compared: {listed_briefly([row['name'] for row in beyond])}."
        told.append(Statement(tone="note", word="More", text=text, href="#metrics"))
    return told


def _told(row: MetricRow, models: Mapping[str, Named]) -> Statement:
    if names_a_best(row):
        return Statement(tone="best", word="Best", text=f"On {_described(row)} {_best(row, models)}.")
    text = f"On {_described(row)} {not_distinguished(row, models)}."
    return Statement(tone="unconfirmed", word="Undecided", text=text, href="#metrics")


def _on_training_data(rows: Sequence[MetricRow], models: Mapping[str, Named]) -> list[Statement]:
    told = [f"{row['name']} {listed(letters(models, row['best']))}" for row in rows if row["best"]]
    if not told:
        return []
    text = f"Best on the training data, which says little about new data: {listed_briefly(told)}."
    return [Statement(tone="note", word="Training data", text=text, href="#metrics")]


def _described(row: MetricRow) -> str:
    direction = direction_words(row["direction"], row["target"]).lstrip("↓↑→ ")
    return f"{row['name']} ({direction})"


def _best(row: MetricRow, models: Mapping[str, Named]) -> str:
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


def _by_reason(rows: Sequence[MetricRow], models: Mapping[str, Named], *, refused: bool) -> list[Statement]:
    """Refused metrics or those of which it cannot be told, one statement for each reason."""
    by_reason: dict[str, list[MetricRow]] = {}
    for row in rows:
        if row["comparable"] is (False if refused else None) and _reports(row) > 1:
            by_reason.setdefault(reason_of(row, models, _EACH) or "", []).append(row)
    tell = _refused if refused else _unconfirmed
    return [tell(same, models) for same in by_reason.values()]


def _named_and_why(rows: Sequence[MetricRow], models: Mapping[str, Named]) -> tuple[str, str]:
    """Name metrics, and say what they have in common that stands against comparing them."""
    names = listed_briefly([row["name"] for row in rows])
    return names, sentence(reason_of(rows[0], models, _EACH if len(rows) > 1 else "it") or "not said")


def _refused(rows: Sequence[MetricRow], models: Mapping[str, Named]) -> Statement:
    names, why = _named_and_why(rows, models)
    return Statement(tone="refused", word="Not comparable", text=f"{names} cannot be compared: {why}")


def _unconfirmed(rows: Sequence[MetricRow], models: Mapping[str, Named]) -> Statement:
    better = [_better(row, models) for row in rows if row["best"]]
    names, why = _named_and_why(rows, models)
    text = f"Whether {names} can be compared cannot be told: {why}"
    if better:
        text += f" The better numbers as reported: {listed_briefly(better)}."
    return Statement(tone="unconfirmed", word="Cannot be told", text=text)


def _better(row: MetricRow, models: Mapping[str, Named]) -> str:
    best = listed(letters(models, row["best"]))
    return f"{row['name']} {best}{', equal' if len(row['best']) == _reports(row) else ''}"


def _leaks(comparison: Comparison, models: Mapping[str, Named]) -> list[Statement]:
    data = comparison["training_data"]
    found = []
    for leaks, text in (
        (data["leakage"], "Evaluation data went into training: figures reported by {models} may flatter."),
        (
            data["possible_leakage"],
            "Whether evaluation data of {models} went into training cannot be told.",
        ),
    ):
        measured = listed(letters(models, [leak["model"] for leak in leaks]))
        if measured:
            said = text.format(models=measured)
            found.append(Statement(tone="warning", word="Warning", text=said, href="#training-data"))
    return found


def _untraceable(comparison: Comparison, models: Mapping[str, Named]) -> list[Statement]:
    return [
        Statement(
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


def _differences(comparison: Comparison) -> list[Statement]:
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
    return [Statement(tone="note", word="Configuration", text=text, href="#configuration")]
