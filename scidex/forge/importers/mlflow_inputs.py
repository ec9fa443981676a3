"""From the inputs of a run of MLflow to datasets of the registry."""

from collections.abc import Mapping
from typing import Any, Final

from scidex.atlas.artifact_registry import Attributes
from scidex.forge.importers.digests import id_of
from scidex.forge.importers.documents import parsed_json
from scidex.forge.importers.mlflow_records import Dataset, MlflowRun
from scidex.forge.importers.plan import PlannedArtifact, Told
from scidex.forge.importers.refusals import Refused
from scidex.forge.importers.training_run import without_credentials

SOURCE: Final = "mlflow"
# Keys of a dataset's source that tell what the data are; others may name accounts and machines.
_PLACES: Final = ("uri", "url", "path", "table_name", "delta_table_name", "dataset_name", "name")


def datasets(run: MlflowRun, told: Told) -> list[PlannedArtifact]:
    """Return the inputs of a run, each once; the hash is MLflow's digest of the content."""
    return list({each.artifact_id: each for each in (_dataset(given, told) for given in run.inputs)}.values())


def training_data(run: MlflowRun, told: Told) -> tuple[str, ...]:
    """Return the ids of the inputs that the run used for training, or the dataset that ``told`` names."""
    named = [dataset_id(each) for each in run.inputs if each.context.lower().startswith("train")]
    return tuple(dict.fromkeys(named)) or ((told.dataset,) if told.dataset else ())


def dataset_id(given: Dataset) -> str:
    """Return the id of an input, made of its name and digest."""
    return id_of("dataset", SOURCE, f"{given.name}-{given.digest}")


def _dataset(given: Dataset, told: Told) -> PlannedArtifact:
    if not given.digest.strip():
        raise Refused(
            "inputs", f"the dataset {given.name} has no digest", "log it again; MLflow computes the digest"
        )
    place, profile, columns = (
        _json(given.source),
        _json(given.profile),
        _json(given.schema).get("mlflow_colspec"),
    )
    fields = {
        "format": "MLflow input",
        "name": given.name,
        "digest": given.digest,
        "source_type": given.source_type,
        "source": {
            key: without_credentials(place[key]) for key in _PLACES if isinstance(place.get(key), str)
        },
        "rows": profile.get("num_rows"),
        "columns": [
            each["name"] for each in columns if isinstance(each, dict) and isinstance(each.get("name"), str)
        ]
        if isinstance(columns, list)
        else None,
    }
    return PlannedArtifact(
        artifact_id=dataset_id(given),
        artifact_type="dataset",
        title=f"dataset {given.digest}" if given.name in ("", "dataset") else given.name,
        metadata={key: value for key, value in fields.items() if value},
        content_hash=f"mlflow:{given.digest}",
        attributes=attributes(told),
    )


def _json(text: str) -> Mapping[str, Any]:
    try:
        document = parsed_json("", text) if text.strip() else {}
    except Refused:  # a source or schema of another tool: the digest identifies the data
        return {}
    return document if isinstance(document, dict) else {}


def attributes(told: Told) -> Attributes:
    """Return the attributes of imported artifacts: who registers them, and their origin."""
    return Attributes(origin_type=told.origin_type, created_by="import mlflow")
