"""The judge of standing in SQL and the one in plain Python agree on every model of every registry that is generated."""

from collections import Counter

import pytest
from hypothesis import Phase, given, settings
from psycopg import Connection

from scidex.atlas._model_registry.records.provenance import StandingRecord
from tests.provenance.registry import Registry
from tests.provenance.settings import ORDINARY
from tests.provenance.standing import STATES, Standing, standing, steps
from tests.provenance.standing_registries import fallen_registries
from tests.provenance.store_answers import answers_about

# Shrinking a registry takes minutes; the slow suite does it.
TWENTY = settings(ORDINARY, max_examples=20, phases=[Phase.generate])


def check_that_standings_agree(conn: Connection, registry: Registry) -> None:
    said = answers_about(conn, registry)
    for model_id in registry.models:
        check_standing(registry, model_id, said[model_id].origins.standing)


def check_standing(registry: Registry, artifact_id: str, told: StandingRecord) -> None:
    """Compare a standing that was told with the one judged here: status, causes, paths."""
    expected = standing(registry, artifact_id)
    assert told.status == expected.status, artifact_id
    assert told.truncated == expected.is_cut, artifact_id
    _check_causes(registry, artifact_id, told, expected)


def _check_causes(registry: Registry, model_id: str, told: StandingRecord, expected: Standing) -> None:
    by_distance = sorted(
        expected.causes.items(), key=lambda cause: (cause[1][1], -STATES.index(cause[1][0]), cause[0])
    )
    assert [(one.artifact_id, one.state, len(one.path) - 1) for one in told.causes] == [
        (key, state, depth) for key, (state, depth) in by_distance
    ]
    for one in told.causes:
        assert (one.path[0], one.path[-1]) == (model_id, one.artifact_id)
        if len(one.path) > 2:
            for source, target in zip(one.path, one.path[1:], strict=False):
                assert target in steps(registry, source), (source, target)


@TWENTY
@given(registry=fallen_registries())
def test_both_judges_of_standing_agree(conn: Connection, registry: Registry) -> None:
    check_that_standings_agree(conn, registry)


@pytest.mark.slow
@pytest.mark.ci
def test_every_status_and_every_length_of_path_is_generated() -> None:
    met: Counter[str] = Counter()

    @settings(ORDINARY, max_examples=150, phases=[Phase.generate])
    @given(registry=fallen_registries())
    def draw(registry: Registry) -> None:
        for model_id in registry.models:
            judged = standing(registry, model_id)
            met[judged.status] += 1
            met["cut"] += judged.is_cut
            met["far"] += any(depth > 8 for _, depth in judged.causes.values())

    draw()
    assert all(met[what] >= 5 for what in (*STATES, "cut", "far")), met
