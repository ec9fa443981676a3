"""Whether the samples that models were evaluated on tell the best of them from the others, and how that is said."""

from collections.abc import Mapping
from typing import Final

from scidex.atlas._model_registry.contract.answers import MetricEvidence, MetricRow
from scidex.atlas._model_registry.pages.parts.named import Named, letters
from scidex.atlas._model_registry.pages.words.numbers import counted, digits_that_distinguish, number
from scidex.atlas._model_registry.pages.words.wording import listed

_VERDICTS: Final[Mapping[str, str]] = {
    "undecided": "not told apart",
    "identical": "identical predictions",
    "equivalent": "within the margin",
}


def names_a_best(row: MetricRow) -> bool:
    """Return whether a best value may be named: the evaluations tell it from the others, or none pair to be asked."""
    return not row.get("evidence") or row.get("distinguished") is True


def difference_word(row: MetricRow, model_id: str) -> str | None:
    """Return what the evaluations say of a difference to the baseline that they do not confirm; None else."""
    evidence = row.get("evidence")
    found = evidence["differences"].get(model_id) if evidence else None
    return _VERDICTS.get(found["verdict"]) if found else None


def not_distinguished(row: MetricRow, models: Mapping[str, Named]) -> str:
    """Say of a metric that has evidence why no model is named as the best."""
    evidence, leaders = row.get("evidence"), letters(models, row.get("leaders", []))
    if evidence is None or row.get("distinguished") is None:
        why = row.get("evidence_reason") or "not every model was evaluated on these samples"
        return f"{listed(letters(models, row['best']))} has the best value as reported; {why}"
    if len(leaders) == 1:
        return f"{leaders[0]} leads, but the value that it reports is not the one that its predictions give"
    units = counted(evidence["units"], evidence["unit_kind"])
    values = _values(
        evidence, {model_id: models[model_id] for model_id in models if model_id in row["leaders"]}
    )
    return (
        f"{listed(leaders)} cannot be told apart by {units}: {values}. This does not show that they are equal"
    )


def _values(evidence: MetricEvidence, leading: Mapping[str, Named]) -> str:
    recomputed = evidence["recomputed"]
    digits = digits_that_distinguish([recomputed[model_id] for model_id in leading])
    return listed(
        [f"{number(recomputed[model_id], digits)} ({named.letter})" for model_id, named in leading.items()]
    )
