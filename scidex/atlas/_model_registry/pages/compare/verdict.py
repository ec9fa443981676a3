"""The verdict in two to four sentences: the headline metric, the other metrics, and those that say little."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.answers import Comparison, MetricRow
from scidex.atlas._model_registry.entries.criteria import rivals
from scidex.atlas._model_registry.entries.sentences import listed, listed_briefly
from scidex.atlas._model_registry.pages.compare.distinction import (
    NO_EVIDENCE,
    READS_HIGH,
    is_undecided,
    title,
    told_words,
    undecided_words,
    why_nobody,
)
from scidex.atlas._model_registry.pages.compare.looked_at import LookedAt, reports, told_best
from scidex.atlas._model_registry.pages.compare.settings import is_untold
from scidex.atlas._model_registry.pages.parts.named import Named, letters
from scidex.atlas._model_registry.pages.parts.splits import group_of, held_out_first
from scidex.atlas._model_registry.pages.parts.statement import Tone
from scidex.atlas._model_registry.pages.words.numbers import (
    counted,
    digits_that_distinguish,
    number,
    spread_beside,
)
from scidex.atlas._model_registry.pages.words.wording import direction_words

_MOST_NAMED = 3
_IN_SAMPLE = frozenset({"training", "fit"})


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictSection:
    """The verdict: its kind in one word, and its sentences."""

    tone: Tone
    word: str
    sentences: list[str]


def verdict(
    comparison: Comparison,
    models: Mapping[str, Named],
    decisive: LookedAt,
    recomputed: Sequence[MetricRow] = (),
) -> VerdictSection:
    """Return which model the headline metric names, what other metrics add, and what says little of new data.

    ``recomputed`` are metrics that no model reports: they are named where they do not support the headline.
    """
    rows = held_out_first(comparison["metrics"])
    first = decisive.headline
    others = [row for row in rows if row is not first and row["comparable"] and row["best"]]
    told = [
        _why_nobody(rows) if first is None else _headline(first, models, decisive),
        _beyond_first(decisive, models),
        _unsupported(recomputed, models, decisive),
        _as_reported([row for row in others if _rests_on_reports(row, decisive)], models),
        _in_sample([row for row in others if group_of(row) in _IN_SAMPLE], models),
    ]
    sentences = [sentence for sentence in told if sentence]
    if len(sentences) < len(told) - 1:
        sentences.append(_differences(comparison))
    tone, word = _kind(first, decisive)
    return VerdictSection(tone=tone, word=word, sentences=sentences)


def _kind(first: MetricRow | None, decisive: LookedAt) -> tuple[Tone, str]:
    if first is None:
        return "note", "No verdict"
    if decisive.star(first):
        return "best", "Told apart"
    if first.get("fallen"):
        return "unconfirmed", "No verdict"
    return ("unconfirmed", "Undecided") if first.get("evidence") else ("unconfirmed", "As reported")


def _headline(row: MetricRow, models: Mapping[str, Named], decisive: LookedAt) -> str:
    named = _named_by(decisive, models)
    called = f"On {_described(row)}{named}"
    if decisive.star(row):
        return f"{called} {told_words(row, models)}; the lead {READS_HIGH}."
    if row.get("fallen"):
        return f"{called} no model is named best: {why_nobody(row, models)}."
    if row.get("evidence"):
        return f"{called} {undecided_words(row, models)}."
    return f"{called} {_best(row, models)} ({NO_EVIDENCE})."


def _beyond_first(decisive: LookedAt, models: Mapping[str, Named]) -> str | None:
    """Return what the other held-out metrics show, and how many were looked at; None without any."""
    evident = [row for row in decisive.rows[1:] if row.get("evidence")]
    if not evident:
        return None
    looked = f"Of {counted(len(evident), 'more held-out metric')} looked at"
    told = [row for row in evident if told_best(row)]
    untold = listed_briefly([title(row) for row in evident if not told_best(row)])
    if not told:
        is_alone = told_best(decisive.rows[0]) is not None
        return f"{looked}, none shows a best model{f' ({untold})' if is_alone else ' either'}."
    named = [f"{models[best].letter} on {title(row)}" for row in told if (best := told_best(row))]
    rest = len(evident) - len(told)
    alone = "" if all(decisive.star(row) for row in told) else ", which alone may be chance"
    beside = f"; on {rest} none is told ({untold})" if rest else ""
    tell = "1 tells" if len(told) == 1 else f"{len(told)} tell"
    return f"{looked}, {tell} a best model ({listed_briefly(named)}){alone}{beside}."


def _named_by(decisive: LookedAt, models: Mapping[str, Named]) -> str:
    by = letters(models, decisive.declared_by)
    if not by:
        return ""
    if len(by) == len(models):
        return " the metric that the models name first,"
    return f" the metric that {listed(by)} {'names' if len(by) == 1 else 'name'} first,"


def _rests_on_reports(row: MetricRow, decisive: LookedAt) -> bool:
    return group_of(row) not in _IN_SAMPLE and not row.get("evidence") and row is not decisive.headline


def _unsupported(rows: Sequence[MetricRow], models: Mapping[str, Named], decisive: LookedAt) -> str | None:
    """Return the recomputed held-out metrics, reported by nobody, that do not name the headline's best model."""
    first = decisive.headline
    best = decisive.star(first) if first else None
    judged = [row for row in rows if group_of(row) == "test" and (is_undecided(row) or told_best(row))]
    against = [title(row) for row in judged if told_best(row) != best]
    if best is None or not against:
        return None
    return (
        f"Of {counted(len(judged), 'held-out metric')} that no model reports, recomputed from the predictions, "
        f"{len(against)} {'does' if len(against) == 1 else 'do'} not show that {models[best].letter} is best: "
        f"{listed_briefly(against)}."
    )


def _as_reported(rows: Sequence[MetricRow], models: Mapping[str, Named]) -> str | None:
    if not rows:
        return None
    return f"As reported, with no evidence of the uncertainty, the best values are those of {_by_model(rows, models)}."


def _in_sample(rows: Sequence[MetricRow], models: Mapping[str, Named]) -> str | None:
    if not rows:
        return None
    told = [row for row in rows if not rivals(row)]
    by_rivals: dict[str, list[str]] = {}
    for row in rows:
        if told_by_none := rivals(row):
            by_rivals.setdefault(listed(letters(models, told_by_none)), []).append(title(row))
    near = [f"{who} are less than 2 apart on {listed(names)}" for who, names in by_rivals.items()]
    said = [f"the best are {_by_model(told, models)}"] * bool(told) + [listed_briefly(near)] * bool(near)
    return f"On the data that they were fitted to, which says little about new data, {'; '.join(said)}."


def _by_model(rows: Sequence[MetricRow], models: Mapping[str, Named]) -> str:
    """Return metrics by the model with the best value: "C on AIC and AICc, B on BIC"."""
    by_best: dict[str, list[str]] = {}
    for row in rows:
        by_best.setdefault(listed(letters(models, row["best"])), []).append(title(row))
    return "; ".join(f"{best} on {listed_briefly(names, 6)}" for best, names in by_best.items())


def _why_nobody(rows: Sequence[MetricRow]) -> str:
    """Return why no metric of held-out data names a better model."""
    reported = [row for row in rows if reports(row) > 1]
    judged = [row for row in reported if group_of(row) not in {"sizes", "training"}]
    if not rows:
        return "None of these models reports a metric, so none can be said to be better."
    if not reported:
        return "No metric is reported by two of these models, so none can be said to be better."
    if any(row["comparable"] and row["best"] for row in judged):
        return "No metric of held-out data can be compared, so none can be said to be better on new data."
    if any(row["comparable"] for row in judged):
        return "Some metrics can be compared, but it is not known which of their values is better."
    if judged:
        return "No model can be said to be better: no metric is known to be comparable."
    return "No model can be said to be better on any metric of held-out data."


def _described(row: MetricRow) -> str:
    direction = direction_words(row["direction"], row["target"]).lstrip("↓↑→ ")
    return f"{title(row)}, where {direction},"


def _best(row: MetricRow, models: Mapping[str, Named]) -> str:
    digits = digits_that_distinguish(row["values"].values())
    best = [named for model_id, named in models.items() if model_id in row["best"]]
    if not best:
        return "no value is known to be the best"
    value = _reported(row, best[0].id, digits, with_spread=len(best) == 1)
    others = _next_best(row, models, digits)
    if len(best) > 1:
        lead = f"{listed([named.letter for named in best])} are equal at {value}"
    else:
        lead = f"{best[0].letter} has the best value: {value}"
    return f"{lead} against {listed(others)}" if others else lead


def _next_best(row: MetricRow, models: Mapping[str, Named], digits: int) -> list[str]:
    """Return the values that are not best, nearest first; of those beyond the first few, their number."""
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


def _differences(comparison: Comparison) -> str:
    rows = comparison["metadata_diff"]
    untold = sum(is_untold(row) for row in rows)
    differing = sum(not row["equal"] for row in rows) - untold
    if not rows:
        return "None of the models states its configuration."
    if untold == len(rows) == 1:
        return "It is not known whether the one setting differs."
    if untold:
        known = f"{differing:,}" if differing else "None"
        return f"{known} of {len(rows):,} settings differ; for {untold:,} this is not known."
    if len(rows) == 1:
        return f"The one setting {'differs' if differing else 'is the same'}."
    if differing == len(rows):
        return f"All {differing:,} settings differ."
    return (
        f"{differing:,} of {len(rows):,} settings differ."
        if differing
        else f"All {len(rows):,} settings are the same."
    )
