"""What the generated registries are worth: complete models and each missing rule occur often enough to be judged."""

from collections import Counter

import pytest
from hypothesis import Phase, given, settings

from tests.provenance.generator import registries
from tests.provenance.judge import judge
from tests.provenance.registry import Registry
from tests.provenance.settings import ORDINARY

pytestmark = [pytest.mark.slow, pytest.mark.ci]

# Pins stand in producing analyses: without an analysis nothing is pinned, so that rule is never missing alone.
_ALONE = [
    ("trained_on_dataset_id",),
    ("produced_by_analysis_id", "pinned_inputs"),
    ("pinned_inputs",),
    ("tests_hypothesis_id",),
]
_STATUSES = ["intact", "modified", "missing", "unpinned", "unverified", "superseded"]


@pytest.fixture(scope="module")
def sample() -> list[Registry]:
    """Draw the same registries each time."""
    drawn: list[Registry] = []

    @settings(ORDINARY, max_examples=300, phases=[Phase.generate])
    @given(registry=registries())
    def draw(registry: Registry) -> None:
        drawn.append(registry)

    draw()
    return drawn


@pytest.fixture(scope="module")
def missing(sample: list[Registry]) -> Counter[tuple[str, ...]]:
    """Count the models of the sample by their missing rules."""
    return Counter(
        tuple(judge(registry, model_id).missing) for registry in sample for model_id in registry.models
    )


def test_a_fifth_of_the_models_is_complete(missing: Counter[tuple[str, ...]]) -> None:
    assert missing[()] >= 0.2 * missing.total()


@pytest.mark.parametrize("rules", _ALONE, ids="+".join)
def test_each_rule_is_missing_alone(missing: Counter[tuple[str, ...]], rules: tuple[str, ...]) -> None:
    assert missing[rules] >= 0.01 * missing.total()


def test_no_model_lacks_an_analysis_and_nothing_else(missing: Counter[tuple[str, ...]]) -> None:
    assert missing["produced_by_analysis_id",] == 0


@pytest.mark.parametrize("status", _STATUSES)
def test_every_state_of_a_pin_occurs(sample: list[Registry], status: str) -> None:
    met = Counter(
        entry.status
        for registry in sample
        for model_id in registry.models
        for entry in judge(registry, model_id).inputs
    )
    assert met[status] >= 0.01 * met.total()
