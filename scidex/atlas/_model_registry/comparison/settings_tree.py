"""A model's configuration as a tree: section, then key, then what stands there."""

from collections import Counter
from collections.abc import Iterable, Mapping

from scidex.atlas._model_registry.comparison.sections import section_of
from scidex.atlas._model_registry.contract.answers import Section
from scidex.atlas._model_registry.equations.sides import listed, sides, subject
from scidex.atlas._model_registry.records.models import DocumentedModel, Json, ModelVersionRecord


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
    """Key equations by what they are of; what is no list, object or lines of them stays as it is."""
    if isinstance(value, dict):
        return _by_subject((subject(left), right) for left, right in value.items())
    equations = listed(value)
    return value if equations is None else _by_subject(map(sides, equations))


def _by_subject(equations: Iterable[tuple[str, Json]]) -> Json:
    """Key each equation by its variable; a second one of the same variable ``y`` by ``y (2)``."""
    seen: Counter[str] = Counter()
    keyed: dict[str, Json] = {}
    for left, right in equations:
        seen[left] += 1
        keyed[left if seen[left] == 1 else f"{left} ({seen[left]})"] = right
    return keyed
