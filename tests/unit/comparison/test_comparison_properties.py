"""What must hold of a comparison whatever is compared."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scidex.atlas._model_registry.comparison import compare
from scidex.atlas._model_registry.comparison.export import as_csv, as_markdown
from scidex.atlas._model_registry.contract.answers import Comparison
from scidex.atlas._model_registry.records.models import Json
from scidex.atlas._model_registry.records.provenance import TracedModel
from tests.unit.builders import a_dataset, a_graph, a_node, traced

DATASETS = (
    a_dataset("dataset-raw")
    | a_dataset("dataset-v1", ancestors=("dataset-raw",))
    | a_dataset("dataset-v2", version=2, earlier=("dataset-v1",), ancestors=("dataset-raw",))
)
METRICS = ["rmse", "auc", "aic", "waic", "r_hat", "epochs", "train_loss", "zorp"]
UNITS = ["uM", "nM", "hr", "zorps", "%"]
ODD_KEYS = [
    "metric_metadata",
    "parameters",
    "coefficients",
    "training_config",
    "layer_config",
    "equations",
    "x.y",
    "value",
]

numbers = st.one_of(st.integers(-1000, 1000), st.floats(-1e6, 1e6).map(lambda number: round(number, 6)))
any_json: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(10**400),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from([*ODD_KEYS, "unit", "source", "rmse", "dataset", "direction"]), inner, max_size=5
        )
        | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=10,
)
# Generating models out of any JSON would take longer than comparing them.
ODDITIES: list[Json] = [
    None,
    True,
    "text",
    [],
    [1, 2.5],
    {},
    {"value": 1, "unit": "uM"},
    {"value": [1, "x"], "unit": 3},
    [{"name": "p", "value": 1}, {"name": "q", "value": {"x": 2}}],
    {"x.y": {"x": 1}, "x": {"y.x": float("nan")}},
    10**400,
]
odd = st.sampled_from(ODDITIES)
names_of_data = st.sampled_from([None, *DATASETS])
declarations = st.dictionaries(
    st.sampled_from(METRICS),
    st.fixed_dictionaries(
        {},
        optional={
            "direction": st.sampled_from(["lower", "higher", "neutral"]),
            "dataset": st.sampled_from(list(DATASETS)),
            "scale": st.sampled_from(["log", "deviance"]),
        },
    ),
)


@st.composite
def models(draw: Callable[[st.SearchStrategy[Any]], Any], name: str) -> TracedModel:
    """Draw a model with all that a comparison looks at; a metric's unit goes by its name, so that deltas negate."""
    quantities = st.fixed_dictionaries({"value": numbers, "unit": st.sampled_from(UNITS)})
    metadata = {
        "metric_metadata": draw(declarations),
        "parameters": draw(st.dictionaries(st.sampled_from("abc"), st.one_of(numbers, quantities))),
        "training_config": draw(st.dictionaries(st.sampled_from(["seed", "x"]), odd)),
        "equations": draw(st.lists(st.sampled_from(["dA/dt = k", "dA/dt=k ", "dB/dt = A", "dB/dt = A*2"]))),
        **draw(st.dictionaries(st.sampled_from(["features", "zorp", "notes"]), odd)),
    }
    reached = draw(st.sets(st.sampled_from(list(DATASETS))))
    return traced(
        name,
        metadata=metadata,
        metrics=draw(st.dictionaries(st.sampled_from(METRICS), numbers)),
        trained_on=draw(st.dictionaries(st.sampled_from(list(DATASETS)), st.sampled_from([None, 1, 2]))),
        evaluated_on=draw(names_of_data),
        version={
            "training_params": draw(st.one_of(odd, st.dictionaries(st.sampled_from(["seed", "x"]), odd)))
        },
        graph=a_graph(name, *(a_node(one, depth=draw(st.integers(1, 3))) for one in sorted(reached))),
    )


def renamed(model: TracedModel, name: str) -> TracedModel:
    document = replace(model.document, model=replace(model.document.model, id=name))
    origins = replace(model.origins, facts=replace(model.origins.facts, model_id=name))
    return replace(model, document=document, origins=origins)


def opposite(change: str) -> str:
    return {"added": "removed", "removed": "added"}.get(change, change)


@settings(max_examples=20, deadline=None)
@given(models("model-a"))
def test_a_copy_differs_in_nothing(model: TracedModel) -> None:
    answer = compare([model, renamed(model, "model-b")], baseline="model-a", datasets=DATASETS)
    for metric in answer["metrics"]:
        assert set(metric["delta"].values()) <= ({0.0} if metric["comparable"] else {0.0, None})
        assert metric["best"] in ([], ["model-a", "model-b"])
    for setting in answer["metadata_diff"]:
        assert setting["equal"]
        assert set(setting["change"].values()) == {"same"}
        assert set(setting["ratio"].values()) <= {1.0, None}
    data, provenance = answer["training_data"], answer["provenance"]
    assert not data["partly_shared"]
    assert not provenance["partly_shared_inputs"]
    assert data["unique"] == {"model-a": [], "model-b": []}
    assert provenance["unique_inputs"] == {"model-a": [], "model-b": []}


@settings(max_examples=20, deadline=None)
@given(models("model-a"), models("model-b"))
def test_exchanging_two_models_exchanges_only_what_is_relative(a: TracedModel, b: TracedModel) -> None:
    one = compare([a, b], baseline="model-a", datasets=DATASETS)
    other = compare([b, a], baseline="model-b", datasets=DATASETS)
    for row, mirrored in zip(one["metrics"], other["metrics"], strict=True):
        delta, back = row["delta"]["model-b"], mirrored["delta"]["model-a"]
        assert (delta is None and back is None) or delta == pytest.approx(-(back or 0.0))
    for setting, turned in zip(one["metadata_diff"], other["metadata_diff"], strict=True):
        assert setting["change"]["model-b"] == opposite(turned["change"]["model-a"])
        ratio, inverse = setting["ratio"]["model-b"], turned["ratio"]["model-a"]
        if ratio and inverse:
            assert ratio * inverse == pytest.approx(1.0)
        else:
            assert not ratio
            assert not inverse
    assert absolute(one) == absolute(other)


def absolute(comparison: Comparison) -> Any:
    """Leave out what is relative to the baseline, and put in order by id what comes in the order of columns."""
    return by_id(
        {
            **{key: value for key, value in comparison.items() if key != "baseline"},
            "metrics": [without(row, "delta", "delta_percent") for row in comparison["metrics"]],
            "metadata_diff": [
                without(row, "change", "ratio", "judged", "terms") for row in comparison["metadata_diff"]
            ],
        }
    )


def written(value: Any) -> str:
    return json.dumps(value, sort_keys=True, allow_nan=False)


def without(row: Any, *keys: str) -> Any:
    return {key: value for key, value in row.items() if key not in keys}


def by_id(value: Any) -> Any:
    """Sort every list that says nothing by its order, but leave the values of settings alone."""
    if isinstance(value, dict):
        return {key: inner if key == "value" else by_id(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return sorted((by_id(item) for item in value), key=written)
    return value


@settings(max_examples=20, deadline=None)
@given(models("model-a"), models("model-b"), models("model-c"), st.permutations([0, 1, 2]))
def test_reordering_changes_order_only(
    a: TracedModel, b: TracedModel, c: TracedModel, order: list[int]
) -> None:
    columns = [a, b, c]
    one = compare(columns, baseline="model-b", datasets=DATASETS)
    other = compare([columns[place] for place in order], baseline="model-b", datasets=DATASETS)
    assert [model["id"] for model in other["models"]] == [columns[place].document.model.id for place in order]
    assert by_id(one) == by_id(other)


RESTATEMENTS = [
    ("uM", "nM", 1e3),
    ("1/hr", "1/day", 24.0),
    ("mg/mL", "kg/m^3", 1.0),
    ("cells/mL", "cells/uL", 1e-3),
]


@settings(max_examples=20, deadline=None)
@given(numbers, numbers, st.sampled_from(RESTATEMENTS))
def test_a_value_restated_in_another_unit_is_unchanged(
    a: float, b: float, restated: tuple[str, str, float]
) -> None:
    unit, other_unit, factor = restated

    def changes(value: float, unit: str) -> dict[str, str]:
        second = traced("model-b", metadata={"parameters": {"a": {"value": value, "unit": unit}}})
        answer = compare([first, second], baseline="model-a", datasets=DATASETS)
        return {row["path"]: row["change"]["model-b"] for row in answer["metadata_diff"]}

    first = traced("model-a", metadata={"parameters": {"a": {"value": a, "unit": unit}, "b": b}})
    assert changes(b, unit) == changes(b * factor, other_unit)
    assert changes(a * factor, other_unit)["a"] == "same"


@settings(max_examples=20, deadline=None)
@given(any_json, any_json, any_json)
def test_any_metadata_is_compared_and_written(one: Json, other: Json, params: Json) -> None:
    models = [
        traced(
            "model-a", metadata=one, metrics={"rmse": 1.0, "zorp": 2.0}, version={"training_params": params}
        ),
        traced("model-b", metadata=other, metrics={"rmse": 2.0}),
    ]
    answer = compare(models, baseline="model-b", datasets={})
    assert written(json.loads(written(answer))) == written(answer)
    assert as_csv(answer)
    assert as_markdown(answer)


def test_the_baseline_must_be_one_of_the_models() -> None:
    with pytest.raises(ValueError, match="model-x"):
        compare([traced("model-a"), traced("model-b")], baseline="model-x", datasets={})
