"""What must hold of any data: the properties that end the provenance policy, on what the registry really answers."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from psycopg import Connection

from scidex.atlas.model_registry import compare_models, get_model_detail, list_models
from tests.provenance.generator import add_pin, ids, pins, registries
from tests.provenance.registry import Registry
from tests.provenance.settings import FEW
from tests.provenance.store_answers import Answer, answers_about, written

_ROWS = """
SELECT md5(string_agg(row_text, '|' ORDER BY row_text)) FROM (
    SELECT artifact.xmin::text || artifact::text AS row_text FROM artifacts AS artifact
    UNION ALL
    SELECT link.xmin::text || link::text FROM artifact_links AS link
    UNION ALL
    SELECT version.xmin::text || version::text FROM model_versions AS version
) AS every_row
"""


@st.composite
def with_one_more_pin(draw: st.DrawFn) -> tuple[Registry, Registry]:
    registry = draw(registries())
    analyses = [key for key in registry.artifacts if registry.type_of(key) == "analysis"]
    if not analyses:
        return registry, registry
    likely = st.tuples(ids, st.integers(1, 3)).map(list)
    entry = draw(st.one_of(likely, pins()))
    place = draw(st.sampled_from(["pinned_artifacts", "provenance_chain"]))
    return registry, add_pin(registry, draw(st.sampled_from(analyses)), entry, place)


@st.composite
def in_another_order(draw: st.DrawFn) -> tuple[Registry, Registry]:
    registry = draw(registries())
    artifacts = {key: registry.artifacts[key] for key in draw(st.permutations(list(registry.artifacts)))}
    shuffled = Registry(artifacts, tuple(draw(st.permutations(registry.links))))
    for key, row in registry.artifacts.items():
        shuffled = shuffled.with_row(key, **_shuffled_pins(draw, row["metadata"], row["provenance_chain"]))
    return registry, shuffled


def _shuffled_pins(draw: st.DrawFn, metadata: Any, chain: Any) -> dict[str, Any]:
    """Shuffle both lists of pins, and let them change places where both are lists."""
    if isinstance(chain, list):
        chain = draw(st.permutations(chain))
    if isinstance(metadata, dict) and isinstance(metadata.get("pinned_artifacts"), list):
        entries = draw(st.permutations(metadata["pinned_artifacts"]))
        if isinstance(chain, list) and draw(st.booleans()):
            entries, chain = chain, entries
        metadata = {**metadata, "pinned_artifacts": entries}
    return {"metadata": metadata, "provenance_chain": chain}


def _effective(answer: Answer) -> float:
    return -1.0 if answer.model.quality_score is None else answer.model.quality_score


def check_that_a_pin_never_lowers(conn: Connection, pair: tuple[Registry, Registry]) -> None:
    before, after = (answers_about(conn, registry) for registry in pair)
    for model_id in before:
        assert after[model_id].verdict["score"] >= before[model_id].verdict["score"]
        assert _effective(after[model_id]) >= _effective(before[model_id])


def check_the_cap(conn: Connection, registry: Registry) -> None:
    for answer in answers_about(conn, registry).values():
        model, stored = answer.model, answer.model.quality_score_stored
        capped = bool(model.missing) and stored is not None and stored > 0.3
        assert (model.quality_score is None) is (stored is None)
        assert model.quality_score is None or stored is None or model.quality_score <= stored
        assert model.quality_score == (0.3 if capped else stored)
        assert answer.verdict["capped"] is capped
        assert answer.verdict["complete"] is (not model.missing)
        assert (answer.verdict["score"] == 1.0) is (not model.missing)


def check_that_order_never_matters(conn: Connection, pair: tuple[Registry, Registry]) -> None:
    before, after = (answers_about(conn, registry) for registry in pair)
    for model_id, answer in before.items():
        assert after[model_id].said() == answer.said()
        assert after[model_id].verdict == answer.verdict


def check_that_reading_changes_nothing(conn: Connection, registry: Registry) -> None:
    with written(conn, registry):
        before = conn.execute(_ROWS).fetchone()
        listed = [model["id"] for model in list_models(limit=200, facets=True, conn=conn)["models"]]
        for model_id in listed:
            get_model_detail(model_id, conn=conn)
        # An empty id is passed over, as what stands between two commas is.
        named = [model_id for model_id in listed if model_id]
        if len(named) > 1:
            compare_models(named, conn=conn)
        assert conn.execute(_ROWS).fetchone() == before


@FEW
@given(pair=with_one_more_pin())
def test_a_pin_never_lowers_a_score(conn: Connection, pair: tuple[Registry, Registry]) -> None:
    check_that_a_pin_never_lowers(conn, pair)


@FEW
@given(registry=registries())
def test_only_a_missing_rule_caps_and_only_what_is_above(conn: Connection, registry: Registry) -> None:
    check_the_cap(conn, registry)


@FEW
@given(pair=in_another_order())
def test_order_never_matters(conn: Connection, pair: tuple[Registry, Registry]) -> None:
    check_that_order_never_matters(conn, pair)


@FEW
@given(registry=registries())
def test_reading_changes_nothing(conn: Connection, registry: Registry) -> None:
    check_that_reading_changes_nothing(conn, registry)
