"""The configuration in a model's documents, as a tree of sections, keys and values."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import get_args

from scidex.atlas._model_registry.comparison.values import summary
from scidex.atlas._model_registry.contract.answers import Section
from scidex.atlas._model_registry.equations.sides import equations_of, sides, subject
from scidex.atlas._model_registry.records.models import DocumentedModel, Json, ModelVersionRecord

SECTIONS: tuple[Section, ...] = get_args(Section)

# Keys whose contents are named by their own keys alone: `k_clear`, not `parameters.k_clear`.
TRANSPARENT = frozenset({"parameters", "coefficients", "layer_config", "training_config", "equations"})

# The variable of each equation is read, which takes 0.1 ms.
_MOST_EQUATIONS = 5_000

# Keys that hold mathematical text, in which space means nothing.
EXPRESSIONS = frozenset({"equations", "reactions", "formula"})

# Free text, and how certain an estimate is: neither is configuration.
REMARKS = frozenset(
    {"description", "summary", "note", "notes", "comment", "comments", "doc", "rationale", "changelog"}
)
PRECISION = frozenset(
    {"std_error", "standard_error", "stderr", "se", "std", "sd", "rse", "p_value", "pvalue", "p"}
    | {"z", "z_value", "t", "t_value", "statistic", "uncertainty", "significant"}
    | {"ci", "ci_low", "ci_lower", "ci_high", "ci_upper", "ci_95", "conf_int", "confidence_interval"}
)

_KEYS: Mapping[Section, frozenset[str]] = {
    "architecture": frozenset(
        {"model_family", "architecture", "layer_config", "layers", "framework", "task_type", "model_type"}
        | {
            "model_class",
            "activation",
            "backbone",
            "link_function",
            "distribution",
            "kernel",
            "parameter_count",
        }
    ),
    "parameters": frozenset(
        {
            "parameters",
            "coefficients",
            "intercept",
            "initial_conditions",
            "initial_values",
            "constants",
            "priors",
            "coefficient_scale",
        }
    ),
    "training": frozenset(
        {"training_config", "hyperparameters", "solver", "optimizer", "learning_rate", "batch_size", "epochs"}
        | {
            "seed",
            "random_seed",
            "random_state",
            "loss_function",
            "early_stopping",
            "regularization",
            "penalty",
        }
        | {"cross_validation", "split", "fitting", "fit_config", "fit_method", "estimator", "sampler"}
        | {"training_params_json"}
    ),
    "equations": frozenset({"equations", "reactions", "species", "events", "compartments", "time_unit"}),
    "features": frozenset(
        {
            "features",
            "feature_names",
            "selected_features",
            "formula",
            "inputs",
            "outputs",
            "target",
            "target_variable",
            "response",
        }
        | {"preprocessing", "scaling", "standardization", "encoding", "classes", "labels"}
    ),
    "code": frozenset(
        {
            "code_repo_url",
            "code_commit_sha",
            "code_entrypoint",
            "external_source_url",
            "external_source_version",
        }
        | {"repo_url", "repository", "commit", "commit_sha", "entrypoint", "code_path", "checkpoint_path"}
        | {
            "environment",
            "dependencies",
            "python_version",
            "container_image",
            "software",
            "software_versions",
        }
    ),
}
_SECTION_OF = {key: section for section, keys in _KEYS.items() for key in keys}

_METRIC = re.compile(
    r"^(metrics|metric_metadata|headline_metric|training_history|named_datasets|fine_tuned_from_name|.*_metrics)$"
)
_PROVENANCE = re.compile(
    r"^(.*(dataset|datasets|analysis|hypothesis|artifact|benchmark|model|parent|allocation|version|task|run)_ids?"
    r"|id|tests_hypothesis|pinned_artifacts|pinned_inputs|provenance|provenance_chain|trained_on|produced_by"
    r"|content_hash|created_at|created_by|updated_at|trained_by|.*_(started|completed)_at)$"
)
_PROSE = re.compile(
    r"^(title|name|display_name|description|.*_description|summary|abstract|.*notes?|comments?|caption|changelog"
    r"|card|licen[cs]es?|authors?|creators?|doi|publications?|keywords|population|caveats|annotations|taxa|taxon|languages?"
    r"|citation|references|limitations|intended_use|interpretation|rationale|warnings?|doc|readme)$"
)


def section_of(key: str) -> Section | None:
    """Return the section of a key of a model's metadata; None for metrics, ids of provenance and prose."""
    known = _SECTION_OF.get(key)
    if known is None and any(pattern.match(key) for pattern in (_METRIC, _PROVENANCE, _PROSE)):
        return None
    return known or "other"


def settings_tree(document: DocumentedModel) -> Mapping[Section, Mapping[str, Json]]:
    """Return a model's configuration by section and key; a key that holds null is absent.

    ``model_versions`` takes precedence over metadata.
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
    """Return equations keyed by their variables; a value that is not a list, object or lines of them stays as it is.

    More than ``_MOST_EQUATIONS`` become a digest.
    """
    number = (
        value.count("\n") if isinstance(value, str) else len(value) if isinstance(value, dict | list) else 1
    )
    if number > _MOST_EQUATIONS:
        return summary(value)
    if isinstance(value, dict):
        return _by_subject((subject(left), right) for left, right in value.items())
    equations = equations_of(value)
    return value if equations is None else _by_subject(map(sides, equations))


def _by_subject(equations: Iterable[tuple[str, Json]]) -> Json:
    """Return each equation under its variable; a second one of the variable ``y`` under ``y (2)``."""
    seen: Counter[str] = Counter()
    keyed: dict[str, Json] = {}
    for left, right in equations:
        seen[left] += 1
        keyed[left if seen[left] == 1 else f"{left} ({seen[left]})"] = right
    return keyed
