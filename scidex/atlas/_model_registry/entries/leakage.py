"""Which samples of evaluations occur in training data, by their ids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.answers.evaluations import LeakageVerdict, SharedSamples
from scidex.atlas._model_registry.records.evaluations import Evaluation

HELD_OUT = frozenset({"test", "validation"})
# Splits whose samples the model was trained on.
_TRAINED_ON = frozenset({"train", "cross_validation"})


@dataclass(frozen=True, slots=True)
class Training:
    """What a model was trained on: its datasets, their samples where they carry ids, and its own evaluations.

    The ids of a dataset that was split cover its held-out samples too; the evaluation of the training split tells
    which of them the model saw.
    """

    datasets: Sequence[str]
    sample_ids: Mapping[str, frozenset[str]]
    evaluations: Sequence[Evaluation]

    def seen(self, dataset: str, evaluated_on: str) -> frozenset[str] | None:
        """Return the samples of a training dataset that the model saw; None where ids do not tell."""
        if dataset != evaluated_on:
            return self.sample_ids.get(dataset)
        own = [
            one.columns.sample
            for one in self.evaluations
            if one.split == "train"
            and one.dataset_id == dataset
            and one.columns.sample is not None
            and one.why_unsound is None
        ]
        return frozenset().union(*own) if own else None


def shared_samples(evaluation: Evaluation, training: Training) -> tuple[SharedSamples | None, Sequence[str]]:
    """Return how many samples of an evaluation occur in training data, and in which datasets, most first.

    The count is None where ids do not tell. Where some datasets carry no ids, a count above zero is a lower bound.
    """
    samples = evaluation.columns.sample
    if samples is None or not training.datasets:
        return None, ()
    seen = {name: _seen(evaluation, name, training) for name in training.datasets}
    known = {name: ids for name, ids in seen.items() if ids is not None}
    times = {name: sum(sample in ids for sample in samples) for name, ids in known.items()}
    shared = sum(any(sample in ids for ids in known.values()) for sample in samples)
    if len(known) < len(seen) and not shared:
        return None, ()
    through = sorted((name for name in times if times[name]), key=lambda name: -times[name])
    return {"shared_samples": shared, "of": len(samples)}, through


def leakage(evaluations: Sequence[Evaluation], training: Training) -> LeakageVerdict:
    """Return whether held-out samples were trained on: true, false if all were checked, None if ids do not tell."""
    held_out = [one for one in evaluations if one.split in HELD_OUT]
    if not held_out:
        return {"found": None, "reason": "there is no evaluation on held-out data"}
    fallen = [one for one in held_out if one.why_unsound]
    if len(fallen) == len(held_out):
        return {"found": None, "reason": "; ".join(f"{one.id}: {one.why_unsound}" for one in fallen)}
    held_out = [one for one in held_out if one.why_unsound is None]
    if not training.datasets:
        return {"found": None, "reason": "no training dataset is registered"}
    counts = [(one, shared_samples(one, training)[0]) for one in held_out]
    leaking = [_sentence(one, count) for one, count in counts if count and count["shared_samples"]]
    if leaking:
        return {"found": True, "reason": "; ".join(leaking)}
    if unknown := [_why_not(one, training) for one, count in counts if count is None]:
        return {"found": None, "reason": "; ".join(unknown)}
    return {"found": False, "reason": "; ".join(_sentence(one, count) for one, count in counts if count)}


def _seen(evaluation: Evaluation, dataset: str, training: Training) -> frozenset[str] | None:
    split_off = "" if evaluation.split in _TRAINED_ON else evaluation.dataset_id
    return training.seen(dataset, split_off)


def _sentence(evaluation: Evaluation, count: SharedSamples) -> str:
    shared = count["shared_samples"] or "none"
    was = "was" if count["shared_samples"] <= 1 else "were"
    return f"{shared} of the {count['of']} {evaluation.split} samples of {evaluation.dataset_id} {was} trained on"


def _why_not(evaluation: Evaluation, training: Training) -> str:
    named = f"the {evaluation.split} samples of {evaluation.dataset_id}"
    if evaluation.columns.sample is None:
        return f"{named} have no ids"
    silent = [name for name in training.datasets if training.seen(name, evaluation.dataset_id) is None]
    if silent == [evaluation.dataset_id]:
        return (
            f"{named} are a split of the training dataset, and which of them were trained on is not recorded"
        )
    return f"{named} have ids, and {' and '.join(silent)} {'has' if len(silent) == 1 else 'have'} none"
