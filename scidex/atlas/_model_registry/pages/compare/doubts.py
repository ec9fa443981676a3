"""Reasons not to trust the numbers of compared models, or not to distinguish the models."""

from collections.abc import Mapping, Sequence

from scidex.atlas._model_registry.contract.answers import Comparison, MetricRow, ModelEntry
from scidex.atlas._model_registry.entries.sentences import listed, listed_briefly
from scidex.atlas._model_registry.entries.standing import standing_words
from scidex.atlas._model_registry.pages.compare.comparability import cannot_be_told, not_comparable
from scidex.atlas._model_registry.pages.compare.distinction import (
    is_evident,
    is_undecided,
    sample_words,
    title,
)
from scidex.atlas._model_registry.pages.compare.looked_at import LookedAt
from scidex.atlas._model_registry.pages.compare.other_names import other_names
from scidex.atlas._model_registry.pages.parts.gaps import gaps, trivial
from scidex.atlas._model_registry.pages.parts.named import Named, letters
from scidex.atlas._model_registry.pages.parts.samples import class_words, majority
from scidex.atlas._model_registry.pages.parts.splits import group_of, held_out_first
from scidex.atlas._model_registry.pages.parts.statement import Statement
from scidex.atlas._model_registry.pages.words.identities import was_capped
from scidex.atlas._model_registry.pages.words.numbers import number, score
from scidex.atlas._model_registry.pages.words.wording import MISSING
from scidex.atlas._model_registry.records.evaluations import TOO_FEW, Evaluation

_DIGITS = 3


def doubts(
    comparison: Comparison,
    models: Mapping[str, Named],
    decisive: LookedAt,
    evaluations: Mapping[str, Evaluation],
) -> list[Statement]:
    """Return the doubts, gravest first; ``evaluations`` are by their ids."""
    rows = held_out_first(comparison["metrics"])
    return [
        *_unsound(comparison, models),
        *_leaks(comparison, models),
        *_untraceable(comparison, models),
        *_contradicted(rows, models),
        *_trivial(rows, models, evaluations),
        *_gaps(rows, models),
        *_undecided(decisive, evaluations),
        *_outside(decisive, models),
        *cannot_be_told([row for row in rows if not is_evident(row)], models),
        *not_comparable(rows, models),
        *other_names(rows, models),
    ]


def _warning(text: str, href: str | None = None) -> Statement:
    return Statement(tone="warning", word="Warning", text=text, href=href)


def _unsound(comparison: Comparison, models: Mapping[str, Named]) -> list[Statement]:
    standings = comparison["provenance"]["standing"]
    sentences = {model_id: standing_words(standing) for model_id, standing in standings.items()}
    return [
        _warning(f"{models[one].letter} {words}.", "#provenance") for one, words in sentences.items() if words
    ]


def _leaks(comparison: Comparison, models: Mapping[str, Named]) -> list[Statement]:
    data = comparison["training_data"]
    found = []
    for leaks, text in (
        (
            data["leakage"],
            "Evaluation data went into training: values reported by {models} may be optimistic.",
        ),
        (
            data["possible_leakage"],
            "It is not known whether evaluation data of {models} were used for training.",
        ),
    ):
        measured = listed(letters(models, [leak["model"] for leak in leaks]))
        if measured:
            found.append(_warning(text.format(models=measured), "#training-data"))
    return found


def _untraceable(comparison: Comparison, models: Mapping[str, Named]) -> list[Statement]:
    return [
        _warning(_untraceable_words(model, models[model["id"]]), "#provenance")
        for model in comparison["models"]
        if model["provenance_warning"]
    ]


def _untraceable_words(model: ModelEntry, named: Named) -> str:
    # The card has the full warning; here it is one reason among others.
    missing = listed([MISSING[rule] for rule in model["provenance_missing"]])
    cap = f", so its score is capped at {score(model['quality_score'])}" if was_capped(model) else ""
    return f"{named.letter} cannot be traced in full ({missing}){cap}."


def _contradicted(rows: Sequence[MetricRow], models: Mapping[str, Named]) -> list[Statement]:
    """Return the reported values that the model's own predictions contradict."""
    found = [
        f"{models[one].letter} reports {number(row['values'][one])} for {title(row)}, its predictions give "
        f"{number(evidence['recomputed'][one])}"
        for row in rows
        if (evidence := row.get("evidence"))
        for one, agrees in evidence["agrees"].items()
        if agrees is False
    ]
    return [_warning(f"{listed_briefly(found, 4)}.", "#metrics")] if found else []


def _trivial(
    rows: Sequence[MetricRow], models: Mapping[str, Named], evaluations: Mapping[str, Evaluation]
) -> list[Statement]:
    """Return the models that a trivial prediction would beat on held-out data."""
    found = []
    for row in rows:
        evidence = row.get("evidence")
        for one, value in row["values"].items():
            if value is None or group_of(row) not in {"test", "validation", "cross-validation"}:
                continue
            said = trivial(row["name"], value)
            if evidence and said is None and row["name"].endswith("accuracy"):
                said = _no_better_than_one_class(
                    row, value, evaluations.get(evidence["evaluations"].get(one, ""))
                )
            if said:
                found.append(f"{models[one].letter} {said}: {title(row)} {number(value, _DIGITS)}")
    return [_warning(f"{listed_briefly(found, 4)}.", "#metrics")] if found else []


def _no_better_than_one_class(row: MetricRow, value: float, evaluation: Evaluation | None) -> str | None:
    most = majority(evaluation) if evaluation and title(row).startswith("accuracy") else None
    if most is None or value > most.share:
        return None
    return f"is no better than always naming {most.label} ({most.rows} of {most.of})"


def _gaps(rows: Sequence[MetricRow], models: Mapping[str, Named]) -> list[Statement]:
    found: dict[str, dict[str, list[str]]] = {}
    flattered: list[str] = []
    for model_id, named in models.items():
        values = {
            row["name"]: row["values"].get(model_id) for row in rows if model_id not in row.get("fallen", ())
        }
        intervals = {
            row["name"]: evidence["intervals"].get(model_id)
            for row in rows
            if (evidence := row.get("evidence"))
        }
        for gap in gaps(values, intervals):
            pair = f"{number(gap.validation, _DIGITS)} against {number(gap.test, _DIGITS)} ({named.letter})"
            found.setdefault(gap.compared, {}).setdefault(gap.metric, []).append(pair)
            flattered += [named.letter] * (gap.flatters is True and named.letter not in flattered)
    if not found:
        return []
    text = " ".join(
        f"{compared}: {'; '.join(f'{metric} {listed(pairs)}' for metric, pairs in list(of.items())[:3])}."
        for compared, of in found.items()
    )
    if flattered:
        text += (
            f" Validation is the better one for {listed(flattered)}: what was chosen by it may be optimistic."
        )
    return [Statement(tone="unconfirmed", word="Doubt", text=text, href="#metrics")]


def _undecided(decisive: LookedAt, evaluations: Mapping[str, Evaluation]) -> list[Statement]:
    """Return, in one statement, on how many metrics the same samples do not distinguish the models."""
    by_samples: dict[tuple[str, ...], list[MetricRow]] = {}
    for row in decisive.rows:
        if evidence := row.get("evidence"):
            by_samples.setdefault(tuple(evidence["evaluations"].values()), []).append(row)
    said = [_undecided_words(rows, evaluations.get(ids[0])) for ids, rows in by_samples.items()]
    return [
        Statement(tone="unconfirmed", word="Undecided", text=text, href="#evidence") for text in said if text
    ]


def _undecided_words(rows: Sequence[MetricRow], evaluation: Evaluation | None) -> str | None:
    count, evidence = sum(map(is_undecided, rows)), rows[0].get("evidence")
    if not count or evidence is None:
        return None
    classes = class_words(evaluation) if evaluation else None
    few = set(evidence["no_interval"].values()) == {TOO_FEW}
    why = (
        ", too few for any interval"
        if few and len(evidence["no_interval"]) == len(evidence["recomputed"])
        else ""
    )
    samples = f"{sample_words(evidence)}{f', {classes}' if classes else ''}{why}"
    return f"On {count} of {len(rows)} held-out metrics the data do not show which model is best: {samples}."


def _outside(decisive: LookedAt, models: Mapping[str, Named]) -> list[Statement]:
    """Return which models the headline's evidence leaves out, and why."""
    headline = decisive.headline
    evidence = headline.get("evidence") if headline else None
    if evidence is None or not evidence["without"]:
        return []
    why = [f"{models[one].letter} {reason}" for one, reason in evidence["without"].items() if one in models]
    text = f"Not every model was evaluated on the same samples: {listed_briefly(why)}."
    return [Statement(tone="unconfirmed", word="Doubt", text=text, href="#evidence")]
