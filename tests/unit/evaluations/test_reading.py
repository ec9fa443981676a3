"""What is read of an evaluation, and each fault by its field and row."""

from typing import Any

import pytest

from scidex.atlas._model_registry.evaluations import read_claims, read_sample_ids
from scidex.atlas._model_registry.records.evaluations import Called
from tests.unit.evaluations.columns import binary, multiclass, regression

ZEROS = [0.0] * 4


def _sound(metadata: dict[str, Any]) -> Any:
    claims = read_claims(metadata)
    assert claims.faults == ()
    assert claims.sound is not None
    return claims.sound


def _paths(metadata: object) -> list[str]:
    claims = read_claims(metadata)
    assert claims.sound is None
    assert all(fault.remedy for fault in claims.faults)
    return [fault.path for fault in claims.faults]


def test_numbers_of_a_regression_are_read() -> None:
    axis = {"name": "time", "unit": "hr", "values": [0, 1, 2]}
    curve = {"x": [0, 0.5, 1, 2], "predicted": [1, 2, 3, 4]}
    columns = _sound(regression(x=axis, curve=curve, group=["s1", "s1", None], unit="mg/L")).columns
    assert columns.observed == (1.0, 2.5, -3.0)
    assert columns.x.values == (0.0, 1.0, 2.0)
    assert columns.curve.group == ()
    assert columns.group == ("s1", "s1", None)


def test_labels_are_texts_however_they_were_written() -> None:
    read = _sound(
        binary(observed=[1, True, 0.0, False], positive=None, scores=ZEROS) | {"observed": [1, 0, 1, 0.0]}
    )
    assert read.columns.observed == ("1", "0", "1", "0")
    assert read.columns.positive == "1"
    assert _sound(binary(observed=[True, False, True, True], positive=True)).columns.positive == "true"


def test_scores_may_stand_for_what_a_binary_task_predicts() -> None:
    columns = _sound(binary()).columns
    assert (columns.predicted, columns.threshold, columns.scores) == (None, 0.5, (0.9, 0.2, 0.4, 0.0))


def test_class_scores_are_read_by_label() -> None:
    assert _sound(multiclass()).columns.class_scores["c"] == (0.1, 0.1, 0.4)


@pytest.mark.parametrize(
    ("metadata", "paths"),
    [
        (None, ["metadata"]),
        ([], ["metadata"]),
        ({}, ["model_id", "dataset_id", "split", "task", "observed"]),
        (regression(dataset_version=1.5), ["dataset_version"]),
        (regression(split="holdout"), ["split"]),
        (regression(observed=[]), ["observed"]),
        (regression(observed=[1, None, "3"]), ["observed[1]", "observed[2]"]),
        (regression(observed=[1, float("inf"), True]), ["observed[1]", "observed[2]"]),
        (regression(observed=[10**400, 1, 2]), ["observed[0]"]),
        (regression(predicted=[1, 2]), ["predicted"]),
        (regression(predicted=None), ["predicted"]),
        (regression(scores=[1, 2, 3]), ["scores"]),
        (regression(sample=["a", "b", "a"]), ["sample[2]"]),
        (regression(sample=["a", " ", "x" * 201]), ["sample[1]", "sample[2]"]),
        (regression(group=["a", 1.5, None]), ["group[1]"]),
        (regression(split="cross_validation"), ["fold"]),
        (regression(weights=[1, -1, 2], weights_are="sampling"), ["weights[1]"]),
        (regression(weights=[0, 0, 0], weights_are="sampling"), ["weights"]),
        (regression(weights=[1, 1, 2]), ["weights_are"]),
        (regression(weights=[1, 1, 2], weights_are="frequency"), ["weights_are"]),
        (regression(weights_are="sampling"), ["weights"]),
        (regression(x=[1, 2, 3]), ["x"]),
        (regression(x={"name": "t", "values": [1, 2]}), ["x.values"]),
        (regression(curve={"x": [1], "predicted": [1]}), ["curve"]),
        (
            regression(x={"name": "t", "values": [1, 2, 3]}, curve={"x": [1, 2], "predicted": [1], "group": ["a"]}),
            ["curve.predicted", "curve.group"],
        ),
        (binary(scores=[0.1, 1.2, -0.1, 0]), ["scores[1]", "scores[2]"]),
        (binary(scores=None, scores_are=None), ["predicted"]),
        (binary(scores=None), ["predicted", "scores_are"]),
        (binary(positive=None), ["positive"]),
        (binary(positive="ill"), ["positive"]),
        (binary(threshold=2), ["threshold"]),
        (binary(sampling="by_site"), ["sampling"]),
        (multiclass(predicted=["a", "b", "d"]), ["scores.d"]),
        (multiclass(predicted=None), ["predicted"]),
        (multiclass(scores=[1, 2, 3]), ["scores"]),
        (multiclass(scores={"a": [1, 1, 0], "b": [0, 0.5, 0], "c": [0, 0, 1]}), ["scores[1]"]),
    ],
)  # fmt: skip  # one case to a line
def test_each_fault_names_its_field_and_row(metadata: object, paths: list[str]) -> None:
    assert _paths(metadata) == [one if one == "metadata" else f"metadata.{one}" for one in paths]


def test_faults_of_all_columns_are_named_at_once() -> None:
    found = _paths(regression(split="x", observed=[1, 2, "a"], sample=[1, 1, 2], weights=[-1, 1, 1]))
    named = ["split", "observed[2]", "sample[1]", "weights_are", "weights[0]"]
    assert found == [f"metadata.{path}" for path in named]


def test_of_many_faulty_rows_the_first_are_named() -> None:
    claims = read_claims(regression(observed=["a"] * 1000, predicted=[0] * 1000))
    assert len(claims.faults) == 21
    assert claims.faults[-1].value == "980 more rows"


@pytest.mark.parametrize(
    ("rows", "classes", "sound"), [(20_000, 2, True), (20_001, 2, False), (100, 50, True), (100, 51, False)]
)
def test_rows_and_classes_are_bounded(rows: int, classes: int, *, sound: bool) -> None:
    labels = [f"class {row % classes}" for row in range(rows)]
    claims = read_claims(multiclass(observed=labels, predicted=labels, scores=None, scores_are=None))
    assert bool(claims.sound) is sound


def test_numbers_and_bytes_are_bounded() -> None:
    scores = {str(label): [0.1] * 20_000 for label in range(21)}
    labels = ["1"] * 20_000
    assert _paths(multiclass(observed=labels, predicted=labels, scores=scores)) == ["metadata"]
    assert _paths(regression(note="x" * 8_000_000)) == ["metadata"]
    # PostgreSQL writes each with three hundred zeros.
    assert _paths(regression(observed=[1e-300] * 20_000, predicted=[1e-300] * 20_000)) == ["metadata"]


def test_the_digest_is_of_the_columns_alone() -> None:
    digest = _sound(multiclass()).digest
    otherwise = dict(reversed(multiclass()["scores"].items()))
    assert _sound(multiclass(scores=otherwise, model_id="model-b", note="other")).digest == digest
    assert _sound(multiclass(predicted=["a", "b", "c"])).digest != digest
    assert _sound(regression(observed=[0, 1, 2])).digest == _sound(regression(observed=[-0.0, 1.0, 2])).digest


def test_the_names_of_samples_and_groups_are_apart_from_the_columns() -> None:
    given = regression(samples_are=" plots ", groups_are="fields", quantity="yield")
    said, silent = _sound(given), _sound(regression())
    assert (said.called, silent.called) == (Called("plots", "fields", "yield"), Called())
    assert said.digest == silent.digest


@pytest.mark.parametrize("given", ["", " ", 7, "x" * 41, ["people"]])
def test_a_name_of_samples_is_a_short_text(given: object) -> None:
    (fault,) = read_claims(regression(samples_are=given)).faults
    assert fault.path == "metadata.samples_are"
    (other,) = read_claims(regression(quantity=given)).faults
    assert (other.path, other.remedy) == ("metadata.quantity", "give a noun of at most 40 characters")


def test_ids_of_samples_are_read_as_texts() -> None:
    assert read_sample_ids(["a", 2]) == (("a", "2"), ())


@pytest.mark.parametrize(
    ("given", "path"),
    [("a", ""), (["a", "a"], "[1]"), ([None], "[0]"), (list(map(str, range(100_001))), ""),
     ([f"{'é' * 190}{row}" for row in range(11_000)], "")],
)  # fmt: skip
def test_ids_of_samples_are_each_once_and_bounded(given: object, path: str) -> None:
    ids, faults = read_sample_ids(given)
    assert ids is None
    assert [fault.path for fault in faults] == [f"metadata.sample_ids{path}"]
