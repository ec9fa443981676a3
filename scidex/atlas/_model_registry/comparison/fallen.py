"""Metrics whose evaluations fell: of these nobody is named best, as the reported values rest on the same data."""

from collections.abc import Mapping, Sequence

from scidex.atlas._model_registry.comparison.evidence import gives
from scidex.atlas._model_registry.comparison.measurements import Measurement
from scidex.atlas._model_registry.contract.answers import MetricRow
from scidex.atlas._model_registry.entries.sentences import listed
from scidex.atlas._model_registry.metrics.recomputed import SPLITS
from scidex.atlas._model_registry.records.evaluations import Evaluation
from scidex.atlas._model_registry.records.states import STATES


def name_nobody(
    rows: Sequence[MetricRow],
    reported: Mapping[str, Mapping[str, Measurement]],
    sound: Mapping[str, Sequence[Evaluation]],
    fallen: Mapping[str, Sequence[Evaluation]],
) -> None:
    """Take ``best`` and ``leaders`` from each row with a reported value that only unsound evaluations give; say why.

    ``reported`` is by metric and model, ``sound`` and ``fallen`` by model. numpy is imported where any fell.
    """
    if not any(fallen.values()):
        return
    for row in rows:
        behind = {
            model: found[0]
            for model, one in reported.get(row["name"], {}).items()
            if (found := _giving(row, one, fallen.get(model, ())))
            and not _giving(row, one, sound.get(model, ()))
        }
        if behind:
            row["fallen"] = [model for model in row["values"] if model in behind]
            row["best"], row["leaders"] = [], []
            row["evidence_reason"] = _why([behind[model] for model in row["fallen"]])


def _giving(row: MetricRow, reported: Measurement, evaluations: Sequence[Evaluation]) -> list[Evaluation]:
    named = row.get("split")
    only = {one.split for one in evaluations}
    split = SPLITS[named] if named else only.pop() if len(only) == 1 else None
    return [one for one in evaluations if split and gives(one, split, row["name"], reported)]


def _why(evaluations: Sequence[Evaluation]) -> str:
    models = listed([one.model_id for one in evaluations])
    data = listed(list(dict.fromkeys(one.dataset_id for one in evaluations)))
    worst = max((one.state for one in evaluations), key=STATES.index)
    if len(evaluations) == 1:
        return f"the evaluation of {models}, or its data ({data}), is {worst}"
    return f"the evaluations of {models}, or their data ({data}), are {worst}"
