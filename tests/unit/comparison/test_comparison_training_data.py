"""Shared, related and leaked training data."""

from collections.abc import Mapping

from scidex.atlas._model_registry.comparison.training_data import training_data
from scidex.atlas._model_registry.records.models import Json
from scidex.atlas._model_registry.records.provenance import DatasetRecord
from tests.unit.builders import a_dataset, traced

ABC: dict[str, dict[str, int | None]] = {
    "model-a": {"dataset-x": 1, "dataset-a": 1},
    "model-b": {"dataset-x": 1, "dataset-y": 1},
    "model-c": {"dataset-y": 1, "dataset-x": None},
}


def test_who_uses_what() -> None:
    answer = training_data(
        [traced(name, trained_on=used) for name, used in ABC.items()], a_dataset("dataset-x")
    )
    assert answer["shared"] == ["dataset-x"]
    assert answer["partly_shared"] == ["dataset-y"]
    assert answer["unique"] == {"model-a": ["dataset-a"], "model-b": [], "model-c": []}
    assert answer["datasets"] == [
        {
            "artifact_id": "dataset-x",
            "title": "Title of dataset-x",
            "version_number": 1,
            "models": ["model-a", "model-b", "model-c"],
        },
        {"artifact_id": "dataset-a", "title": None, "version_number": None, "models": ["model-a"]},
        {"artifact_id": "dataset-y", "title": None, "version_number": None, "models": ["model-b", "model-c"]},
    ]


def test_overlap_of_every_pair() -> None:
    answer = training_data([traced(name, trained_on=used) for name, used in ABC.items()], {})
    assert [(pair["a"], pair["b"], pair["shared"], pair["jaccard"]) for pair in answer["overlap"]] == [
        ("model-a", "model-b", ["dataset-x"], 1 / 3),
        ("model-a", "model-c", ["dataset-x"], 1 / 3),
        ("model-b", "model-c", ["dataset-x", "dataset-y"], 1.0),
    ]


def test_no_overlap_of_nothing() -> None:
    (pair,) = training_data([traced("model-a"), traced("model-b")], {})["overlap"]
    assert (pair["jaccard"], pair["shared"], pair["related"]) == (None, [], [])


def related(a: str, b: str, *datasets: Mapping[str, DatasetRecord]) -> list[tuple[str, str, str, str]]:
    known = {name: record for dataset in datasets for name, record in dataset.items()}
    models = [traced("model-a", trained_on={a: 1}), traced("model-b", trained_on={b: 1})]
    (pair,) = training_data(models, known)["overlap"]
    return [(one["a_dataset"], one["b_dataset"], one["relation"], one["via"]) for one in pair["related"]]


def test_versions_of_one_dataset() -> None:
    later = a_dataset("v2", earlier=("v1",))
    assert related("v1", "v2", a_dataset("v1"), later) == [("v1", "v2", "same_lineage", "v1")]
    assert related("v2", "v1", a_dataset("v1"), later) == [("v2", "v1", "same_lineage", "v1")]


def test_a_version_relates_to_a_later_one_by_itself() -> None:
    versions = [a_dataset("v1", earlier=("v0",)), a_dataset("v2", earlier=("v1", "v0"))]
    assert related("v1", "v2", *versions) == [("v1", "v2", "same_lineage", "v1")]


def test_branches_of_one_dataset_meet_at_the_nearest_version() -> None:
    versions = [
        a_dataset("v0"),
        a_dataset("v1", earlier=("v0",)),
        a_dataset("v2a", earlier=("v1", "v0")),
        a_dataset("v2b", earlier=("v1", "v0")),
    ]
    assert related("v2a", "v2b", *versions) == [("v2a", "v2b", "same_lineage", "v1")]


def test_datasets_that_derive_from_one() -> None:
    one, other = a_dataset("train-1", ancestors=("raw",)), a_dataset("train-2", ancestors=("raw",))
    assert related("train-1", "train-2", one, other) == [("train-1", "train-2", "common_ancestor", "raw")]
    assert related("train-1", "raw", one, a_dataset("raw")) == [("train-1", "raw", "common_ancestor", "raw")]


def test_unrelated_datasets() -> None:
    assert related("one", "other", a_dataset("one"), a_dataset("other")) == []
    assert related("one", "other") == []
    assert related("one", "one", a_dataset("one")) == []


def test_a_model_and_its_copy_have_nothing_to_relate() -> None:
    datasets = a_dataset("v1") | a_dataset("v2", earlier=("v1",))
    models = [traced(name, trained_on={"v1": 1, "v2": 1}) for name in ("model-a", "model-b")]
    assert training_data(models, datasets)["overlap"][0]["related"] == []


def test_relations_come_in_the_order_of_ids() -> None:
    names = [f"part-{number}" for number in range(6)]
    datasets = {name: record for one in names for name, record in a_dataset(one, ancestors=("raw",)).items()}
    models = [
        traced("model-a", trained_on=dict.fromkeys(reversed(names[:3]), 1)),
        traced("model-b", trained_on=dict.fromkeys(reversed(names[3:]), 1)),
    ]
    pairs = training_data(models, datasets)["overlap"][0]["related"]
    assert [(one["a_dataset"], one["b_dataset"]) for one in pairs] == [
        (a, b) for a in names[:3] for b in names[3:]
    ]


def test_leakage_into_own_training_and_that_of_another() -> None:
    datasets = (
        a_dataset("train", ancestors=("raw",)) | a_dataset("raw") | a_dataset("held-out", ancestors=("raw",))
    )
    models = [
        traced("model-a", trained_on={"train": 1}, evaluated_on="raw"),
        traced("model-b", trained_on={"raw": 1, "train": 1}, evaluated_on="held-out"),
    ]
    assert training_data(models, datasets)["leakage"] == [
        {"model": "model-a", "evaluated_on": "raw", "in_training_of": "model-a", "via": "train"},
        {"model": "model-a", "evaluated_on": "raw", "in_training_of": "model-b", "via": "raw"},
    ]


def test_leakage_through_several_datasets_names_the_first() -> None:
    datasets = a_dataset("part-1", ancestors=("raw",)) | a_dataset("part-2", ancestors=("raw",))
    trained = traced("model-b", trained_on={"part-2": 1, "part-1": 1})
    (found,) = training_data([traced("model-a", evaluated_on="raw"), trained], datasets)["leakage"]
    assert found["via"] == "part-1"


def test_leakage_of_the_dataset_a_metric_declares() -> None:
    declared: Json = {name: {"dataset": "x"} for name in ("rmse", "val_auc", "train_auc", "aic", "latency")}
    metadata: Json = {"metric_metadata": declared}
    tested = traced("model-a", metrics={"rmse": 1.0}, metadata=metadata)
    fitted = traced(
        "model-b",
        metrics={"train_auc": 1.0, "val_auc": 1.0, "aic": 2.0, "latency": 3.0},
        metadata=metadata,
        trained_on={"dataset-x": 1},
    )
    assert training_data([tested, fitted], a_dataset("dataset-x"))["leakage"] == [
        {"model": "model-a", "evaluated_on": "dataset-x", "in_training_of": "model-b", "via": "dataset-x"}
    ]


def test_no_leakage_where_nothing_was_evaluated() -> None:
    assert training_data([traced("model-a", trained_on={"x": 1}), traced("model-b")], {})["leakage"] == []


def split_evaluation(split: str, trained_on: str = "x", metric: str = "accuracy") -> list[dict[str, object]]:
    """List certain leaks and possible ones of a model that declares the split it measured a metric on."""
    declared: Json = {"metric_metadata": {metric: {"dataset": "x", "split": split}}}
    model = traced("model-a", metrics={metric: 0.9}, metadata=declared, trained_on={trained_on: 1})
    answer = training_data([model], a_dataset("x") | a_dataset("part", ancestors=("x",)) | a_dataset("other"))
    return [
        {"certain": kind == "leakage", **leak}
        for kind in ("leakage", "possible_leakage")
        for leak in answer[kind]
    ]


def test_a_declared_test_split_of_training_data_cannot_be_told() -> None:
    for trained_on in ("x", "part"):
        (found,) = split_evaluation("test", trained_on)
        assert (found["certain"], found["via"]) == (False, trained_on)
    assert split_evaluation("held-out test set")[0]["certain"] is False
    assert split_evaluation("test", "other") == []


def test_only_validation_and_training_splits_may_be_shared() -> None:
    for split in ("train", "validation", "cv"):
        assert split_evaluation(split) == []
    (found,) = split_evaluation("")
    assert found["certain"] is True


def test_one_metric_without_a_split_makes_the_leak_certain() -> None:
    declared: Json = {"metric_metadata": {"accuracy": {"split": "test"}}}
    metrics = {"accuracy": 0.9, "f1": 0.8}
    model = traced("model-a", metrics=metrics, metadata=declared, trained_on={"x": 1}, evaluated_on="x")
    answer = training_data([model], a_dataset("x"))
    assert (len(answer["leakage"]), answer["possible_leakage"]) == (1, [])


def test_data_that_derive_from_training_data_may_be_what_training_left_out() -> None:
    datasets = a_dataset("raw") | a_dataset("held-out", ancestors=("raw",))
    model = traced("model-a", trained_on={"raw": 1}, evaluated_on="held-out")
    answer = training_data([model], datasets)
    assert answer["leakage"] == []
    assert answer["possible_leakage"] == [
        {"model": "model-a", "evaluated_on": "held-out", "in_training_of": "model-a", "via": "raw"}
    ]
