"""The MLmodel file of a logged model: its flavors and its signature. The model itself is never opened."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from scidex.forge.importers.documents import parsed_json
from scidex.forge.importers.refusals import Refused
from scidex.forge.importers.yaml_documents import read_yaml

_PLAIN: Final = re.compile(r"[\w-]{1,100}")
# The default place of a model's files beside a store of MLflow.
_PLACES: Final = ("mlruns", "mlartifacts", ".")


def described(folder: Path, experiment: str, model: str) -> Mapping[str, Any]:
    """Return the MLmodel file of a model beside its store; empty where it cannot be read."""
    if not (_PLAIN.fullmatch(experiment) and _PLAIN.fullmatch(model)):
        return {}
    root = folder.resolve()
    for place in _PLACES:
        path = (root / place / experiment / "models" / model / "artifacts" / "MLmodel").resolve()
        if path.is_relative_to(root) and path.is_file():
            return _document(path)
    return {}


def _document(path: Path) -> Mapping[str, Any]:
    try:
        document = read_yaml(path)
    except Refused:  # the model can be registered without it
        return {}
    return document if isinstance(document, dict) else {}


def flavors(description: Mapping[str, Any]) -> list[str]:
    """Return the libraries of the model."""
    found = description.get("flavors")
    return [str(name) for name in found if name != "python_function"] if isinstance(found, dict) else []


def flavors_of_history(text: str) -> list[str]:
    """Return the libraries of the last model in a run's tag ``mlflow.log-model.history``."""
    try:
        logged = parsed_json("mlflow.log-model.history", text) if text else []
    except Refused:  # the model can be registered without it
        return []
    last = logged[-1] if isinstance(logged, list) and logged else None
    return flavors(last) if isinstance(last, dict) else []


def inputs(description: Mapping[str, Any]) -> list[str]:
    """Return the input columns in the model's signature."""
    return list(_columns(description, "inputs"))


def outputs(description: Mapping[str, Any]) -> list[str]:
    """Return the output columns in the model's signature."""
    return list(_columns(description, "outputs"))


def _columns(description: Mapping[str, Any], side: str) -> Iterator[str]:
    signature = description.get("signature")
    text = signature.get(side) if isinstance(signature, dict) else None
    try:
        columns = parsed_json("signature", text) if isinstance(text, str) else []
    except Refused:
        return
    for column in columns if isinstance(columns, list) else []:
        name = column.get("name") if isinstance(column, dict) else None
        if isinstance(name, str) and name.strip():
            yield name
