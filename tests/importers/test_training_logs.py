"""What is read of the logs of Keras, Lightning and W&B, and what is said to be missing."""

import json
import zipfile
from pathlib import Path

import pytest

from scidex.forge.importers import BY_NAME, FORMATS, Plan, Refused, Told
from scidex.forge.importers.recognising import recognise
from tests.importers import sources

TOLD = Told()


def plan_of(path: Path, told: Told = TOLD) -> Plan:
    """Recognise a source that holds one model, and return its plan."""
    found = recognise(path, FORMATS)
    assert found is not None
    (part,) = found.read(path, told)
    assert isinstance(part, Plan)
    return part


def test_lightning_keeps_settings_and_the_last_finite_value_of_each_metric(tmp_path: Path) -> None:
    plan = plan_of(sources.lightning(tmp_path))
    (model,) = plan.models
    assert model.metadata["architecture"] == "resnet18"
    assert model.metadata["evaluation_metrics"] == {"train_loss": 0.5, "val_loss": 0.8, "val_acc": 0.7}
    assert model.metadata["training_config"] == {"learning_rate": 0.001, "batch_size": 32}
    assert model.model_version["training_params"] == {
        "model_name": "resnet18",
        "lr": 0.001,
        "batch_size": 32,
        "betas": [0.9, 0.999],
    }
    history = model.metadata["training_history"]
    assert isinstance(history, dict)
    assert history["train_loss"]["lowest"] == {"step": 19, "value": 0.5}
    assert [each.what for each in plan.left_out] == ["1 values of val_loss"]


def test_a_keras_history_says_which_metrics_are_of_training_data_and_its_layers(tmp_path: Path) -> None:
    plan = plan_of(sources.keras(tmp_path))
    (model,) = plan.models
    assert model.metadata["architecture"] == "Sequential"
    layers = model.metadata["layer_config"]
    assert isinstance(layers, dict)
    assert (layers["input_dim"], layers["output_dim"], len(layers["layers"])) == ([4], 3, 3)
    assert model.metadata["evaluation_metrics"] == {"loss": 0.5, "accuracy": 0.8, "val_loss": 0.7}
    assert model.metadata["metric_metadata"] == {"loss": {"split": "train"}, "accuracy": {"split": "train"}}


def test_the_architecture_is_read_from_a_keras_archive_too(tmp_path: Path) -> None:
    history = sources.keras(tmp_path)
    described = history.with_name("model.json")
    with zipfile.ZipFile(history.with_name("net.keras"), "w") as archive:
        archive.writestr("config.json", described.read_text())
    described.unlink()
    plan = plan_of(history)
    assert plan.models[0].metadata["architecture"] == "Sequential"
    assert [each.what for each in plan.left_out] == ["weights"]


def test_the_table_of_csv_logger_reads_as_the_history_does(tmp_path: Path) -> None:
    path = tmp_path / "training.csv"
    path.write_text("epoch,accuracy,loss,val_loss\n0,0.5,1.0,1.1\n1,0.8,0.5,0.7\n")
    metrics = plan_of(path).models[0].metadata["evaluation_metrics"]
    assert metrics == {"loss": 0.5, "accuracy": 0.8, "val_loss": 0.7}


def test_a_wandb_run_keeps_its_id_and_its_commit_and_tells_no_secret(tmp_path: Path) -> None:
    plan = plan_of(sources.wandb(tmp_path))
    (model,) = plan.models
    assert model.artifact_id == "model-wandb-abcd1234"
    assert model.metadata["evaluation_metrics"] == {"acc": 0.8, "loss.min": 0.2}
    assert model.metadata["framework"] == "torch"
    assert model.model_version["code_repo_url"] == "https://example.org/a/b.git"
    assert model.model_version["code_commit_sha"] == "0a1b2c"
    assert "someone" not in str(plan)
    assert "secret" not in str(plan)


def test_a_history_of_another_tool_is_not_said_to_be_of_keras(tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    path.write_text('{"train_loss": [1, 0.5], "accuracy": [0.1, 0.9]}')
    metadata = plan_of(path).models[0].metadata
    assert "framework" not in metadata
    assert "metric_metadata" not in metadata


def test_clocks_under_a_group_are_kept_apart_from_metrics(tmp_path: Path) -> None:
    target = sources.wandb(tmp_path)
    (target / "files" / "wandb-summary.json").write_text('{"val/loss": 0.5, "trainer/global_step": 9}')
    assert plan_of(target).models[0].metadata["evaluation_metrics"] == {"val/loss": 0.5}


def test_a_log_without_architecture_says_so_and_invents_none(tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    path.write_text(json.dumps(sources.KERAS_HISTORY))
    plan = plan_of(path)
    assert plan.models[0].metadata["architecture"] == "not declared"
    assert [each.what.split(":")[0] for each in plan.missing] == ["the training data", "the architecture"]


def test_the_dataset_told_is_used_and_pinned_by_the_run(tmp_path: Path) -> None:
    plan = plan_of(sources.wandb(tmp_path), Told(dataset="dataset-a"))
    assert plan.models[0].trained_on == ("dataset-a",)
    assert plan.artifacts[0].links[0].target == "dataset-a"
    assert plan.artifacts[0].pin_inputs


def test_a_table_that_is_read_as_keras_needs_an_epoch(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("step,loss\n1,2\n")
    with pytest.raises(Refused, match="there is no column epoch"):
        list(BY_NAME["keras"].read(tmp_path / "log.csv", Told()))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("history.json", b'{"loss": [1.0, 0.5]', "not JSON"),
        ("history.json", b'{"loss": [null]}', "no number"),
        ("history.json", b'{"loss": {"a": 1}}', "not an epoch"),
        ("history.json", b'{"loss": [1], "val_loss": 3}', "not a list"),
        ("history.json", b'{"loss": [' + b"[" * 100_000, "cannot be read"),
        ("log.csv", b"epoch,loss,loss\n1,2,3\n", "twice"),
        ("log.csv", b"epoch,loss\n1,2,3\n", "3 cells"),
        ("log.csv", b"epoch,loss\nx,2\n", "epoch"),
        ("log.csv", b"epoch,loss\n1,\xff\n", "UTF-8"),
    ],
)
def test_a_log_that_cannot_be_read_is_refused_with_place_and_remedy(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        plan_of(path)
    assert said in refused.value.reason
    assert refused.value.place.startswith(name)
    assert refused.value.remedy
