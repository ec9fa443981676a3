"""A model's configuration as a tree: section, then key, then what stands there."""

import re
from collections.abc import Mapping

from scidex.atlas._model_registry.comparison.sections import section_of
from scidex.atlas._model_registry.contract.answers import Section
from scidex.atlas._model_registry.records.models import DocumentedModel, Json, ModelVersionRecord

# The equality sign of an equation, not part of `==`, `<=`, `>=`, `!=`, `=>`.
_EQUALS = re.compile(r"(?<![<>=!])=(?![=>])")
_AROUND_SIGNS = re.compile(r"\s*([-+*/^=(),<>\[\]{}|~:])\s*")


def settings_tree(document: DocumentedModel) -> Mapping[Section, Mapping[str, Json]]:
    """Sort what configures a model into sections; a key that holds null says nothing.

    Where both say something, ``model_versions`` beats metadata.
    """
    metadata = document.metadata if isinstance(document.metadata, dict) else {}
    settings = {**metadata, **_of_version(document.model_version)}
    if "equations" in settings:
        settings["equations"] = _equations(settings["equations"])
    tree: dict[Section, dict[str, Json]] = {}
    for key, value in settings.items():
        section = section_of(key)
        if section is not None and value is not None:
            tree.setdefault(section, {})[key] = value
    return tree


def without_idle_space(expression: str) -> str:
    """Drop the space around the signs of a mathematical text."""
    return _AROUND_SIGNS.sub(r"\1", " ".join(expression.split()))


def _of_version(version: ModelVersionRecord | None) -> dict[str, Json]:
    if version is None:
        return {}
    settings: dict[str, Json] = {
        "training_params_json": version.training_params,
        "code_repo_url": version.code_repo_url,
        "code_commit_sha": version.code_commit_sha,
        "code_entrypoint": version.code_entrypoint,
        "external_source_url": version.external_source_url,
        "external_source_version": version.external_source_version,
    }
    return {key: value for key, value in settings.items() if value is not None}


def _equations(value: Json) -> Json:
    """Key equations by their left-hand side; what is no list, object or lines of them stays as it is."""
    if isinstance(value, dict):
        return {without_idle_space(left): right for left, right in value.items()}
    lines = re.split(r"[\n;]", value) if isinstance(value, str) else value
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        return value
    sides: dict[str, Json] = {}
    for line in filter(str.strip, map(str, lines)):
        left, right = _sides(line)
        repeated = sum(key == left or key.startswith(f"{left} (") for key in sides)
        sides[f"{left} ({repeated + 1})" if repeated else left] = right
    return sides


def _sides(equation: str) -> tuple[str, str]:
    """Split an equation at its sign; a text without one stands for itself."""
    left, *right = _EQUALS.split(equation, maxsplit=1)
    return without_idle_space(left), right[0].strip() if right else equation.strip()
