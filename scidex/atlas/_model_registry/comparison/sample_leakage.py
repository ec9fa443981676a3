"""Leakage between compared models, sample by sample: sample ids take precedence over lineages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.comparison.sample_overlap import SampleIds
from scidex.atlas._model_registry.contract.answers import Leakage
from scidex.atlas._model_registry.contract.answers.evaluations import SharedSamples
from scidex.atlas._model_registry.entries.leakage import HELD_OUT, Training, shared_samples
from scidex.atlas._model_registry.records.evaluations import Evaluation

# The model that was evaluated, on which dataset, and the model whose training data it was held against.
SamplePlace = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class BySamples:
    """What sample ids show: the leaks, and the places without any.

    ``split_off`` holds the places where a declared split of a training dataset was evaluated: lineages decide nothing
    there.
    """

    leaks: Mapping[SamplePlace, Leakage]
    refuted: frozenset[SamplePlace]
    split_off: frozenset[SamplePlace]

    def certain(self, found: Sequence[Leakage]) -> list[Leakage]:
        """Return the certain leaks: those of lineages that ids leave standing, and those that ids show."""
        return [
            *(leak for leak in self._open(found) if _place(leak) not in self.split_off),
            *self.leaks.values(),
        ]

    def possible(self, found: Sequence[Leakage], possible: Sequence[Leakage]) -> list[Leakage]:
        """Return the leaks of lineages, certain and possible, on which ids leave it open."""
        moved = [leak for leak in self._open(found) if _place(leak) in self.split_off]
        return [*moved, *self._open(possible)]

    def _open(self, found: Sequence[Leakage]) -> list[Leakage]:
        """Return the leaks that ids neither refute nor count."""
        return [leak for leak in found if _place(leak) not in self.refuted | self.leaks.keys()]


def leakage_by_samples(
    trained_on: Mapping[str, Sequence[str]],
    evaluations: Mapping[str, Sequence[Evaluation]],
    sample_ids: SampleIds,
) -> BySamples:
    """Return which held-out samples of each model occur in the training data of any model, both by model id."""
    leaks: dict[SamplePlace, Leakage] = {}
    clear: dict[SamplePlace, bool] = {}
    held_out = [(model, one) for model, own in evaluations.items() for one in own if one.split in HELD_OUT]
    for trained, datasets in trained_on.items():
        training = Training(datasets, sample_ids, evaluations.get(trained, ()))
        for model, one in held_out:
            place = (model, one.dataset_id, trained)
            count, through = shared_samples(one, training)
            clear[place] = clear.get(place, True) and count is not None
            if count is not None and through:
                leak = _leak(place, through[0], count)
                leaks[place] = max(leak, leaks.get(place, leak), key=lambda each: each["shared_samples"])
    refuted = frozenset(place for place, is_clear in clear.items() if is_clear) - leaks.keys()
    split_off = frozenset(place for place in clear if place[1] in trained_on[place[2]])
    return BySamples(leaks, refuted, split_off)


def _leak(place: SamplePlace, via: str, count: SharedSamples) -> Leakage:
    model, dataset, trained = place
    return {"model": model, "evaluated_on": dataset, "in_training_of": trained, "via": via, **count}


def _place(leak: Leakage) -> SamplePlace:
    return leak["model"], leak["evaluated_on"], leak["in_training_of"]
