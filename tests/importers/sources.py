"""Small sources of our own, written as the tools write them."""

import json
from pathlib import Path

LIGHTNING_METRICS = """epoch,step,train_loss,val_loss,val_acc
0,9,0.9,,
0,9,,0.8,0.6
1,19,0.5,,
1,19,,nan,0.7
"""
LIGHTNING_SETTINGS = """model_name: resnet18
lr: 1e-3
batch_size: 32
betas: !!python/tuple [0.9, 0.999]
"""
KERAS_HISTORY = {
    "loss": [1.0, 0.5],
    "accuracy": [0.5, 0.8],
    "val_loss": [1.1, 0.7],
    "learning_rate": [0.1, 0.01],
}
WANDB_CONFIG = """wandb_version: 1
_wandb:
  desc: null
  value: {cli_version: 0.16.0, framework: torch}
architecture: {desc: null, value: CNN}
dataset: {value: CIFAR-100}
learning_rate: {value: 0.02}
"""
WANDB_SUMMARY = {"acc": 0.8, "loss": {"min": 0.2}, "_runtime": 12, "bad": "NaN", "_wandb": {"runtime": 12}}
WANDB_MACHINE = {
    "startedAt": "2024-01-01T12:00:00.000000",
    "codePath": "train.py",
    "git": {"remote": "https://me:secret@example.org/a/b.git", "commit": "0a1b2c"},
    "email": "someone@example.org",
}
WANDB_NAME = "run-20240101_120000-abcd1234"


def lightning(folder: Path) -> Path:
    """Write the folder of a version."""
    target = folder / "lightning_logs" / "version_0"
    target.mkdir(parents=True)
    (target / "metrics.csv").write_text(LIGHTNING_METRICS)
    (target / "hparams.yaml").write_text(LIGHTNING_SETTINGS)
    return target


def keras(folder: Path) -> Path:
    """Write a history with its architecture."""
    (folder / "fit").mkdir(parents=True)
    layers = [
        {"class_name": "InputLayer", "config": {"batch_shape": [None, 4], "name": "in"}},
        {"class_name": "Dense", "config": {"name": "d1", "units": 8, "activation": "relu"}},
        {"class_name": "Dense", "config": {"name": "d2", "units": 3, "activation": "softmax"}},
    ]
    described = {"class_name": "Sequential", "config": {"name": "sequential", "layers": layers}}
    (folder / "fit" / "model.json").write_text(json.dumps(described))
    path = folder / "fit" / "history.json"
    path.write_text(json.dumps(KERAS_HISTORY))
    return path


def wandb(folder: Path) -> Path:
    """Write the folder of a run."""
    target = folder / "wandb" / WANDB_NAME
    (target / "files").mkdir(parents=True)
    (target / "files" / "config.yaml").write_text(WANDB_CONFIG)
    (target / "files" / "wandb-summary.json").write_text(json.dumps(WANDB_SUMMARY))
    (target / "files" / "wandb-metadata.json").write_text(json.dumps(WANDB_MACHINE))
    return target
