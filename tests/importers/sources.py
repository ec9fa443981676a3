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


CARD = """---
license: apache-2.0
language:
- en
- no
library_name: transformers
pipeline_tag: text-classification
base_model: some/base
datasets:
- some/data
thumbnail: x.png
model-index:
- name: small-classifier
  results:
  - task: {type: text-classification, name: Text Classification}
    dataset: {name: Some data, type: some/data, config: plain, split: validation, revision: abc}
    metrics:
    - {type: accuracy, value: 0.91, name: Accuracy}
    - {type: f1, value: "0.90", name: F1}
  - task: {type: reinforcement-learning}
    dataset: {name: Lander, type: Lander}
    metrics:
    - {type: mean_reward, value: 249.5 +/- 20.5}
    - {type: accuracy, value: 0.8}
    - {type: bleu, value: [1, 2]}
---

<!-- a comment -->
# A small classifier

[![badge](https://example.org/b.svg)](https://example.org)

<details><summary>Click to expand</summary>

A short label.

It tells texts **apart** by a [base](https://example.org/base).

## Intended uses

Teaching.

## Limitations

English and Norwegian only.
"""


def card(folder: Path) -> Path:
    """Write a model card."""
    (folder / "repository").mkdir(parents=True)
    path = folder / "repository" / "README.md"
    path.write_text(CARD)
    return path


def _related(artifact_id: str, title: str, artifact_type: str, content_hash: str | None) -> dict[str, object]:
    return {
        "id": artifact_id,
        "title": title,
        "artifact_type": artifact_type,
        "version_number": 1,
        "content_hash": content_hash,
    }


RECORD_METADATA = {
    "model_family": "statistical",
    "model_type": "linear",
    "formula": "y ~ x",
    "trained_on_dataset_id": "dataset-a",
    "produced_by_analysis_id": "analysis-a",
}
RECORD_PROVENANCE = {
    "rules": [{"rule": "produced_by_analysis_id", "evidence": ["analysis-a"]}],
    "inputs": [{"artifact_id": "dataset-a", "pinned_version": 1, "pinned_hash": "sha256:1"}],
    "graph": {
        "edges": [{"source": "analysis-a", "target": "dataset-a", "relation": "uses", "origin": "link"}]
    },
}


def record(folder: Path) -> Path:
    """Write a record of a small model, as an export of it would be."""
    whole = {
        "scidex_record": 1,
        "id": "model-a",
        "title": "A model",
        "model_family": "statistical",
        "metadata": RECORD_METADATA,
        "content_hash": "sha256:2",
        "origin_type": "internal",
        "created_at": "2026-04-05T12:00:00Z",
        "quality_score_stored": 0.5,
        "lifecycle_state": "active",
        "is_latest": True,
        "parent_version_id": None,
        "model_version": {
            "is_external": False,
            "promotion_state": "candidate",
            "created_at": "2026-04-05T12:00:00Z",
        },
        "links": {"outgoing": [], "incoming": []},
        "evaluations": [],
        "unreadable": [],
        "related": [
            _related("dataset-a", "A", "dataset", "sha256:1"),
            _related("analysis-a", "R", "analysis", None),
        ],
        "provenance": RECORD_PROVENANCE,
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "scidex-record.json"
    path.write_text(json.dumps(whole))
    return path
