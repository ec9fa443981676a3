"""The pictures of a model's page: held-out data first, none without evaluations."""

from scidex.atlas._model_registry.pages.model_page.evidence import evidence
from scidex.atlas._model_registry.records.evaluations import Columns, Evaluation, Split

SPLITS: list[Split] = ["train", "test", "train", "validation"]


def evaluation(split: Split) -> Evaluation:
    return Evaluation(
        id=f"evaluation-{split}",
        title="Test",
        version_number=1,
        model_id="model-a",
        dataset_id="dataset-a",
        dataset_version=2,
        split=split,
        columns=Columns(task="regression", observed=(1.0, 2.0), predicted=(1.5, 1.5), group=("a", "a")),
        digest="0",
    )


def test_held_out_data_come_first_and_others_are_counted() -> None:
    found = evidence([evaluation(split) for split in SPLITS])
    assert [one.title for one in found.drawn] == [
        "Test data",
        "Validation data",
        "Training data: seen when it was fitted",
    ]
    assert found.drawn[0].measured_on == "2 rows of 1 group of dataset-a, v2"
    assert found.not_drawn == "1 more evaluation not drawn."


def test_without_evaluations_nothing_is_drawn() -> None:
    assert evidence([]).drawn == []
