"""Hypothesis strategies for the columns and tables beside the policy, which readers meet too."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from hypothesis import strategies as st
from psycopg import Connection, sql
from psycopg.types.json import Jsonb

from tests.provenance.generator import registries
from tests.provenance.json_values import misshapen, text
from tests.provenance.registry import Registry
from tests.provenance.store_answers import write

# Text that should be JSON, by many hands; some of it only jsonb refuses.
DOCUMENTS = [
    *(
        None,
        "",
        " ",
        "null",
        "[]",
        "{}",
        "{",
        "nope",
        "NaN",
        '{"auc": NaN, "rmse": -Infinity, "r2": 0.5}',
        "[1, NaN]",
    ),
    *(
        '{"rmse": 1e400}',
        '{"rmse": ' + "9" * 5000 + "}",
        '{"rmse": "0.5"}',
        '{"a": "\\u0000"}',
        '{"a": "\\ud800"}',
    ),
    *(
        '{"\\ud800": 1}',
        '"text"',
        "[" * 5000 + "]" * 5000,
        '{"rmse": {"value": 0.5}}',
        '{"rmse": true, "auc": null}',
        '{"a": 1, "a": 2}',
    ),
]
# What jsonb holds and doubles, integers of Python's default size or readers of JSON do not.
HUGE = [
    '{"parameter_count": 1e5000, "evaluation_metrics": {"rmse": 1e5000, "auc": 1e-5000, "r2": 0.5}}',
    '{"pinned_artifacts": [{"artifact_id": "a", "version_number": 1e5000}, ["b", 1e5000], ["dataset-a", 1e5000]]}',
    '{"parameters": {"k": {"value": 1e5000, "units": 1e5000}}, "coefficients": {"b": 1e5000}}',
]
_FAMILIES = ["biophysical", "deep_learning", "statistical", "other", 1, None]
_KEYS = [
    *(
        "parameter_count",
        "evaluation_metrics",
        "training_metrics",
        "fit_metrics",
        "parameters",
        "coefficients",
        "reactions",
    ),
    *(
        "equations",
        "species",
        "steady_states",
        "solver",
        "architecture",
        "framework",
        "layer_config",
        "task_type",
    ),
    *(
        "training_config",
        "checkpoint_path",
        "model_type",
        "formula",
        "features",
        "metrics",
        "trained_on_dataset_id",
    ),
]
_TIMES = ["2026-04-05T12:00:00Z", "infinity", "-infinity", "4713-01-01 BC", "294276-12-31 23:59:59.999999Z"]
_NUMBERS = [None, 0.5, float("nan"), float("inf"), -float("inf"), 1e308]

_metrics = st.dictionaries(
    st.one_of(st.sampled_from(["rmse", "auc", "Test R²", "", "a.b"]), text), misshapen, max_size=3
)
_metadata = st.fixed_dictionaries(
    {"model_family": st.sampled_from(_FAMILIES)},
    optional={key: st.one_of(misshapen, _metrics, st.lists(misshapen, max_size=2)) for key in _KEYS},
)
_optional_text = st.one_of(st.none(), text)
_columns = st.fixed_dictionaries(
    {},
    optional={
        "title": text,
        "entity_ids": misshapen.map(Jsonb),
        "created_by": _optional_text,
        "created_at": st.sampled_from(_TIMES),
        "origin_type": st.sampled_from(["internal", "external", "", None, "elsewhere"]),
        "origin_url": st.sampled_from(
            [None, "", "javascript:alert(1)", "https://example.org/a b", "//x", "http://["]
        ),
        "version_tag": st.sampled_from([None, "", "v1.0", "best", "<b>"]),
        "changelog": _optional_text,
        "is_latest": st.booleans(),
        "lifecycle_state": st.one_of(st.sampled_from(["active", "candidate"]), text),
        "superseded_by": _optional_text,
    },
)
_versions = st.fixed_dictionaries(
    {},
    optional={
        "is_external": st.sampled_from([0, 1]),
        "training_params_json": st.sampled_from(DOCUMENTS),
        "eval_metrics_json": st.sampled_from(DOCUMENTS),
        "promotion_state": st.sampled_from(["candidate", "promoted", "rejected", "superseded"]),
        **dict.fromkeys(
            [
                "external_source_url",
                "external_source_version",
                "code_repo_url",
                "code_commit_sha",
                "code_entrypoint",
            ],
            _optional_text,
        ),
        **dict.fromkeys(
            [
                "training_started_at",
                "training_completed_at",
                "trained_by",
                "gpu_allocation_id",
                "benchmark_id",
            ],
            _optional_text,
        ),
        **dict.fromkeys(["promotion_notes", "created_at"], _optional_text),
    },
)


class StrangeRegistry(NamedTuple):
    """A registry with strange values in every column of every table, by the id of the row they stand in."""

    registry: Registry
    metadata: Mapping[str, Any]
    columns: Mapping[str, Mapping[str, Any]]
    versions: Mapping[str, Mapping[str, Any]]
    links: tuple[tuple[float | None, Any, str], ...]

    def write(self, conn: Connection) -> None:
        """Insert all of it."""
        write(conn, self.registry)
        for key, added in self.metadata.items():
            if isinstance(self.registry.artifacts[key]["metadata"], dict):
                conn.execute(
                    "UPDATE artifacts SET metadata = metadata || %s WHERE id = %s", [Jsonb(added), key]
                )
        for key, columns in self.columns.items():
            _set(conn, "artifacts", "id", key, columns)
        for key, columns in self.versions.items():
            conn.execute("INSERT INTO model_versions (artifact_id) VALUES (%s)", [key])
            _set(conn, "model_versions", "artifact_id", key, columns)
        for link, (strength, evidence, created_at) in zip(self.registry.links, self.links, strict=True):
            conn.execute(
                "UPDATE artifact_links SET strength = %s, evidence = %s, created_at = %s"
                " WHERE (source_artifact_id, link_type, target_artifact_id) = (%s, %s, %s)",
                [strength, Jsonb(evidence), created_at, *link],
            )


def _set(conn: Connection, table: str, key: str, row: str, columns: Mapping[str, Any]) -> None:
    for column, value in columns.items():
        statement = sql.SQL("UPDATE {} SET {} = %s WHERE {} = %s")
        conn.execute(statement.format(*map(sql.Identifier, (table, column, key))), [value, row])


@st.composite
def strange_registries(draw: st.DrawFn) -> StrangeRegistry:
    """Draw a registry with strange values in every column, and rows of models in ``model_versions``."""
    registry = draw(registries())
    bases = st.sampled_from([None, *registry.artifacts])
    references = st.fixed_dictionaries({"base_model_id": bases, "eval_dataset_artifact_id": bases})
    return StrangeRegistry(
        registry,
        {key: draw(_metadata) for key in registry.models},
        {key: draw(_columns) for key in registry.artifacts},
        {key: draw(_versions) | draw(references) for key in registry.models if draw(st.booleans())},
        tuple(
            (draw(st.sampled_from(_NUMBERS)), draw(misshapen), draw(st.sampled_from(_TIMES)))
            for _ in registry.links
        ),
    )
