"""Rules that hold for whatever is handed in."""

import copy
from typing import Any

import psycopg
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scidex.atlas.artifact_registry import (
    ArtifactRegistryError,
    Link,
    create_version,
    diff_versions,
    get_latest_version,
    get_version_history,
    register_model,
)
from tests.integration.artifact_registry.drafts import METADATA, artifact, model_arguments, row, rows, written

# The connection is not made anew for each example: each rolls back what it wrote.
ON_ONE_CONNECTION = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)

HOSTILE = st.sampled_from(
    [None, "", " ", "\0", "\ud800", "a", [], {}, (), True, 0, -1, 2, 0.5, float("nan"), float("inf"), 10**400, b"x",
     ["a", 1], {"a": float("nan")}, {1: 2}, object(), {"value": 1}, [[]], "2026-04-05T12:00:00Z", Link("a", "cites"),
     [Link("dataset-known", "cites")]]
)  # fmt: skip
ARGUMENTS = (
    "title", "model_family", "metadata", "trained_on", "produced_by", "tests", "model_version", "artifact_id",
    "entity_ids", "content_hash", "provenance_chain", "quality_score", "created_by", "origin_type", "origin_url",
    "lifecycle_state", "links", "created_at",
)  # fmt: skip
VERSION_FIELDS = (
    "is_external", "external_source_url", "base_model_id", "training_started_at", "trained_by", "training_params",
    "eval_metrics", "eval_dataset_artifact_id", "promotion_state", "unknown",
)  # fmt: skip
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=4)
# Beyond these PostgreSQL writes out in full what Python writes with an exponent: the same double, another text.
NUMBERS = st.floats(-1e15, 1e15)
DOCUMENTS: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(TEXT, DOCUMENTS, max_size=4)


@st.composite
def model_calls(draw: st.DrawFn) -> dict[str, Any]:
    """Draw calls of register_model with anything in the place of some arguments, keys or fields."""
    family = draw(st.sampled_from(sorted(METADATA)))
    metadata = copy.deepcopy(METADATA[family])
    for key in draw(
        st.lists(st.sampled_from([*metadata, "evaluation_metrics", "trained_on_dataset_id", "x"]), max_size=2)
    ):
        metadata[key] = draw(HOSTILE)
    fields = draw(st.dictionaries(st.sampled_from(VERSION_FIELDS), HOSTILE, max_size=2))
    call = model_arguments(model_family=family, metadata=metadata, model_version=fields)
    return call | draw(st.dictionaries(st.sampled_from(ARGUMENTS), HOSTILE, max_size=2))


@settings(ON_ONE_CONNECTION, max_examples=40)
@given(model_calls())
@example(model_arguments())
def test_a_model_is_written_whole_or_refused_with_nothing_written(
    conn: psycopg.Connection, call: dict[str, Any]
) -> None:
    with conn.transaction(force_rollback=True):
        artifact(conn, "dataset", artifact_id="dataset-known")
        before = written(conn)
        try:
            registered = register_model(**call, conn=conn)
        except ArtifactRegistryError:
            assert written(conn) == before
        else:
            artifacts, _, model_versions = written(conn)
            assert [name for name, *_ in artifacts if name != "dataset-known"] == [registered.id]
            assert model_versions == [(registered.id,)]
            assert set(registered.provenance) >= {"complete", "rules", "graph"}


@ON_ONE_CONNECTION
@given(OBJECTS, OBJECTS)
def test_what_is_read_back_is_what_was_written(
    conn: psycopg.Connection, before: dict[str, Any], after: dict[str, Any]
) -> None:
    with conn.transaction(force_rollback=True):
        first = artifact(conn, "dataset", metadata=before)
        same = create_version(first, changelog="the same", metadata=copy.deepcopy(before), conn=conn).id
        other = create_version(first, changelog="another", metadata=after, conn=conn).id
        assert not diff_versions(first, same, conn=conn)
        assert bool(diff_versions(first, other, conn=conn)) == bool(diff_versions(other, first, conn=conn))
        assert row(conn, "SELECT metadata FROM artifacts WHERE id = %s", other) == (after,)


@ON_ONE_CONNECTION
@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), max_size=8))
def test_however_versions_are_added_one_is_latest(
    conn: psycopg.Connection, steps: list[tuple[int, bool]]
) -> None:
    with conn.transaction(force_rollback=True):
        versions = [artifact(conn, "dataset")]
        latest = versions[0]
        for position, candidate in steps:
            parent = versions[position % len(versions)]
            versions.append(create_version(parent, changelog="next", candidate=candidate, conn=conn).id)
            latest = latest if candidate else versions[-1]
        assert rows(conn, "SELECT id FROM artifacts WHERE is_latest") == [(latest,)]
        assert get_latest_version(versions[0], conn=conn).id == latest
        history = get_version_history(versions[-1], conn=conn)
        assert {version.id for version in history} == set(versions)
        numbers = {version.id: version.version_number for version in history}
        assert all(
            version.parent_version_id is None
            or numbers[version.parent_version_id] == version.version_number - 1
            for version in history
        )


@ON_ONE_CONNECTION
@given(st.lists(st.sampled_from([None, "0", "1", "2", "3", "4", "lost"]), min_size=5, max_size=5))
def test_any_web_of_parents_ends_and_can_be_extended(
    conn: psycopg.Connection, parents: list[str | None]
) -> None:
    with conn.transaction(force_rollback=True):
        for name, parent in enumerate(parents):
            artifact(conn, "dataset", artifact_id=str(name))
            conn.execute("UPDATE artifacts SET parent_version_id = %s WHERE id = %s", [parent, str(name)])
        lineage = {version.id for version in get_version_history("0", conn=conn)}
        for member in lineage:
            assert {version.id for version in get_version_history(member, conn=conn)} == lineage
        created = create_version("0", changelog="next", conn=conn).id
        marked = {name for (name,) in rows(conn, "SELECT id FROM artifacts WHERE is_latest")}
        assert marked & (lineage | {created}) == {created}
