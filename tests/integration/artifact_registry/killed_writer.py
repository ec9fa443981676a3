"""A writer that registers models and versions until it is killed; a process of its own runs it."""

import os
from collections.abc import Mapping
from multiprocessing.connection import Connection
from typing import Any

from scidex.atlas.artifact_registry import create_version, register_model
from tests.integration.artifact_registry.drafts import METADATA


def write_until_killed(dsn: str, lineage: str, origins: Mapping[str, Any], answers: Connection) -> None:
    """Register a model and extend a lineage in turn through the host's pool; send each id answered."""
    os.environ["SCIDEX_PG_DSN"] = dsn
    os.environ.pop("SCIDEX_PG_RO_DSN", None)
    model: dict[str, Any] = {
        "metadata": METADATA["statistical"],
        "model_version": {"training_params": {"alpha": 1}, "eval_metrics": {"rmse": 0.5}},
    }
    while True:
        answers.send(register_model(title="A model", model_family="statistical", **model, **origins).id)
        lineage = create_version(lineage, changelog="more", **model, **origins).id
        answers.send(lineage)
