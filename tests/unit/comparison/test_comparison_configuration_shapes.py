"""Configuration in awkward shapes: equations, training written down twice, nulls, odd keys, depth."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from scidex.atlas._model_registry.comparison import configuration
from scidex.atlas._model_registry.comparison.leaves import leaves
from scidex.atlas._model_registry.records.models import Json
from scidex.atlas._model_registry.records.provenance import TracedModel
from tests.unit.builders import traced
from tests.unit.comparison.compared_configuration import compared, rows_of


def test_object_against_text_is_a_change_of_type_in_one_place() -> None:
    rows = compared(
        {"training_config": {"optimizer": {"name": "adam"}}}, {"training_config": {"optimizer": "adam"}}
    )
    assert list(rows) == ["optimizer"]
    assert rows["optimizer"]["change"]["model-b"] == "type_changed"


def test_null_beside_an_object_is_an_empty_one() -> None:
    rows = compared(
        {"training_config": {"optimizer": {"name": "adam"}}}, {"training_config": {"optimizer": None}}, {}
    )
    assert rows["optimizer.name"]["change"] == {"model-a": "same", "model-b": "removed", "model-c": "removed"}


def test_a_key_that_holds_null_says_nothing() -> None:
    assert compared({"framework": None, "parameters": None}, {}) == {}


def test_only_declared_values_are_settings() -> None:
    silent: Json = {"architecture": "not declared", "training_config": {"optimizer": "Not declared"}}
    assert compared(silent, silent) == {}
    rows = compared(silent, {"architecture": "mlp"})
    assert rows["architecture"]["change"] == {"model-a": "same", "model-b": "added"}


def test_equations_pair_by_left_hand_side() -> None:
    rows = compared(
        {"equations": ["dA/dt = k - c * A", "dB/dt = A"]}, {"equations": ["dB/dt=A*2", "dA / dt  =  k-c*A"]}
    )
    assert {path: row["equal"] for path, row in rows.items()} == {"dA/dt": True, "dB/dt": False}
    assert rows["dB/dt"]["values"] == {"model-a": {"value": "A"}, "model-b": {"value": "A*2"}}


@pytest.mark.parametrize(
    "equations",
    [
        ["dA/dt = k", "dB/dt = c"],
        "dA/dt = k\ndB/dt = c",
        "dA/dt = k; dB/dt = c",
        {"dA/dt": "k", "dB / dt": "c"},
    ],
)
def test_equations_in_any_form(equations: Json) -> None:
    rows = compared({"equations": ["dA/dt = k", "dB/dt = c"]}, {"equations": equations})
    assert {path: row["equal"] for path, row in rows.items()} == {"dA/dt": True, "dB/dt": True}


@pytest.mark.parametrize("equations", [7, True, [1, "a = b"], [{"left": "a", "right": "b"}, "c"]])
def test_equations_in_no_known_form_are_compared_whole(equations: Json) -> None:
    rows = compared({"equations": equations}, {"equations": equations})
    assert {path: row["equal"] for path, row in rows.items()} == {"equations": True}
    assert rows["equations"]["values"]["model-a"] == {"value": equations}


def test_objects_in_a_mixed_list_are_the_same_only_as_a_whole() -> None:
    rows = compared({"zorp": [1, {"a": 1, "b": 2}]}, {"zorp": [1, {"a": 1, "b": 3}]}, {"zorp": [1, {"a": 1}]})
    assert rows["zorp"]["change"] == {"model-a": "same", "model-b": "changed", "model-c": "changed"}


def test_equations_without_a_side_or_with_the_same_one() -> None:
    rows = compared({"equations": ["x >= 0", "y = 1", "y = 2", ""]}, {})
    assert sorted(rows) == ["x>=0", "y", "y (2)"]


def test_an_equation_given_as_text_is_not_cut_within_brackets() -> None:
    rows = compared({"equations": "f(x; k) = k*x"}, {"equations": "f(x; k) = 2*k*x"})
    assert list(rows) == ["f(x;k)"]


def test_formula_space_means_nothing_elsewhere_it_does() -> None:
    rows = compared({"formula": "y ~ a+b", "framework": "a+b"}, {"formula": "y~a + b", "framework": "a + b"})
    assert {path: row["equal"] for path, row in rows.items()} == {"formula": True, "framework": False}


def trained(name: str, config: Json, params: Json) -> TracedModel:
    return traced(name, metadata={"training_config": config}, version={"training_params": params})


def test_training_written_down_twice_alike_is_one_row() -> None:
    rows = rows_of(
        trained("model-a", {"seed": 1}, {"seed": 1, "epochs": 5}), trained("model-b", {"epochs": 5}, None)
    )
    assert sorted(rows) == ["epochs", "seed"]
    assert rows["epochs"]["equal"]


def test_training_written_down_twice_differently_is_two_rows() -> None:
    rows = rows_of(trained("model-a", {"seed": 1}, {"seed": 2}), trained("model-b", None, {"seed": 2}))
    assert rows["seed"]["values"] == {"model-a": {"value": 1}, "model-b": {"value": 2}}
    assert rows["training_params_json.seed"]["equal"]


def test_training_parameters_of_any_json_type_stand_for_themselves() -> None:
    rows = rows_of(trained("model-a", {"seed": 1}, [1, 2]), traced("model-b"))
    assert {path: row["section"] for path, row in rows.items()} == {
        "seed": "training",
        "training_params_json": "training",
    }


def test_code_of_the_version_row() -> None:
    row: dict[str, Any] = {"code_repo_url": "https://example.org/new", "code_commit_sha": "abc"}
    old: Json = {"code_repo_url": "https://example.org/old"}
    rows = rows_of(traced("model-a", metadata=old, version=row), traced("model-b", metadata=old))
    assert rows["code_repo_url"]["values"]["model-a"] == {"value": "https://example.org/new"}
    assert rows["code_commit_sha"]["change"]["model-b"] == "removed"


def test_paths_that_would_read_alike_are_told_apart() -> None:
    both: Json = {"parameters": {"x": 1}, "coefficients": {"x": 2}, "zorp": {"a": {"b": 1}, "a.b": 2}}
    assert sorted(compared(both, both)) == ["coefficients.x", "parameters.x", "zorp.[a.b]", "zorp.a.b"]


@pytest.mark.parametrize("metadata", [[1], "text", 7, True, float("nan")])
def test_only_metadata_that_is_an_object_configures(metadata: Json) -> None:
    assert compared(metadata, {}) == {}


def test_what_json_cannot_carry_is_shown_as_text() -> None:
    row = compared({"zorp": [float("nan"), {"x": float("-inf")}, 1.0]}, {})["zorp"]
    assert row["values"]["model-a"] == {"value": ["nan", {"x": "-inf"}, 1.0]}


def nested(depth: int, innermost: Json) -> Json:
    value = innermost
    for _ in range(depth):
        value = {"x": [value, 1]}
    return value


def test_what_is_too_deep_is_compared_by_digest() -> None:
    for depth in (40, 5000):
        (row,) = compared({"zorp": nested(depth, 1)}, {"zorp": nested(depth, 1)}).values()
        assert row["equal"]
        (row,) = compared({"zorp": nested(depth, 1)}, {"zorp": nested(depth, 2)}).values()
        assert not row["equal"]
        assert "levels deep" in str(row["values"]["model-a"])


def test_order_of_keys_means_nothing_however_deep() -> None:
    first, second = nested(40, {"a": 1, "b": 2}), nested(40, {"b": 2, "a": 1})
    (row,) = compared({"zorp": first}, {"zorp": second}).values()
    assert row["equal"]


def test_deep_objects_end_in_a_leaf() -> None:
    value: Json = 1
    for _ in range(5000):
        value = {"x": value}
    (row,) = compared({"zorp": value}, {}).values()
    assert row["path"].count("x") < 100


def _settings(number: int, changed: int = 0) -> dict[str, Json]:
    return {f"p{place}": place + changed for place in range(number)}


@pytest.fixture
def small_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bound comparisons at a quarter of what they hold, as whole ones would take the suite seconds."""
    monkeypatch.setattr(configuration, "_MOST_VALUES", 40_000)


def test_ten_models_of_genome_scale_are_compared_one_by_one() -> None:
    bounded: Json = {
        f"R_{place}": {"value": float(place), "units": "mmol/gDW/h", "lower": -1000} for place in range(5_000)
    }
    rows = compared(*({"parameters": bounded} for _ in range(10)))
    assert len(rows) == 10_000
    assert all(row["equal"] for row in rows.values())


@pytest.mark.usefixtures("small_bound")
def test_settings_beyond_the_bound_are_one_setting_and_leave_the_others_theirs() -> None:
    many, most = _settings(30_000), _settings(19_000)
    rows = compared(
        {"parameters": many, "coefficients": most, "optimizer": {"name": "adam"}},
        {"parameters": many, "coefficients": most, "optimizer": {"name": "sgd"}},
    )
    assert rows["p18999"]["equal"]
    assert not rows["optimizer.name"]["equal"]
    assert len(rows) == 19_002
    beyond = rows["parameters"]
    assert beyond["equal"]
    assert "too many to compare one by one, 30000 at the top, sha256:" in str(beyond["values"]["model-a"])


@pytest.mark.usefixtures("small_bound")
@pytest.mark.parametrize("key", ["parameters", "equations", "features"])
def test_what_is_too_much_to_compare_one_by_one_is_still_told_apart(key: str) -> None:
    written: dict[str, Json] = (
        {"equations": "\n".join(f"a{place} = b" for place in range(6_000))}
        if key == "equations"
        else {key: _settings(30_000)}
    )
    other: Json = {**written, key: "a = b"} if key == "equations" else {key: _settings(30_000, changed=1)}
    rows = compared(written, written, other)
    change = next(iter(rows.values()))["change"] if key != "equations" else rows[key]["change"]
    assert (change["model-a"], change["model-b"]) == ("same", "same")
    assert change["model-c"] in ("changed", "type_changed", "removed")


@pytest.mark.usefixtures("small_bound")
def test_many_keys_that_do_not_fit_are_not_each_walked() -> None:
    deep: list[Json] = [{f"k{place}": {"a": _settings(30_000)}} for place in range(8)]
    models: list[Json] = [{"layers": deep, f"other{model}": deep} for model in range(2)]
    assert len(compared(*models)) < 20_000


@pytest.mark.usefixtures("small_bound")
def test_a_key_with_more_settings_than_fit_is_not_walked(monkeypatch: pytest.MonkeyPatch) -> None:
    walked: list[str] = []

    def watched(path: tuple[str, ...], values: Mapping[str, Json]) -> Iterator[object]:
        walked.append(path[0])
        return leaves(path, values)

    monkeypatch.setattr(configuration, "leaves", watched)
    many: dict[str, Json] = _settings(30_000)
    listed: Json = [{"size": place} for place in range(30_000)]
    rows = compared(
        {"parameters": many, "layers": listed, "classes": list(range(30_000))},
        {"parameters": many | {"p0": 1}, "layers": listed, "classes": list(range(30_000))},
    )
    assert set(walked) == {"classes"}  # a list of numbers is one setting
    assert {path: row["equal"] for path, row in rows.items()} == {
        "classes": True,
        "layers": True,
        "parameters": False,
    }
