"""Models as others published them: registered with the least that they need, and compared."""

from collections.abc import Mapping
from itertools import count
from typing import Any

import psycopg

from scidex.atlas.artifact_registry import RegisteredModel, register_model
from scidex.atlas.model_registry import compare_models

TRANSFORMER = {"architecture": "transformer", "layer_config": {}}


DECAY = {"equations": ["dA/dt = -k*A"], "parameters": {"k": {"value": 1.0, "units": "1/hr"}}}


FAMILIES = {"model_type": "statistical", "architecture": "deep_learning", "equations": "biophysical"}


_NUMBERS = count()


def registered(
    conn: psycopg.Connection, metadata: Mapping[str, Any], more: Mapping[str, Any] = {}, **given: Any
) -> RegisteredModel:
    whole = {**metadata, **more}
    family = next(FAMILIES[key] for key in ("architecture", "equations", "model_type") if key in whole)
    origins = {"trained_on": None, "produced_by": None} | given
    name = f"model-p{next(_NUMBERS)}"
    return register_model(
        title=name, artifact_id=name, model_family=family, metadata=whole, conn=conn, **origins
    )


def compared(conn: psycopg.Connection, *models: RegisteredModel) -> dict[str, Any]:
    answer = compare_models([model.id for model in models], conn=conn)
    return {row["name"]: row for row in answer["metrics"]} | {
        row["path"]: row for row in answer["metadata_diff"]
    }
