"""Which part of a model's documents is configuration, and to which section of it a key belongs."""

import re
from collections.abc import Mapping
from typing import get_args

from scidex.atlas._model_registry.contract.answers import Section

SECTIONS: tuple[Section, ...] = get_args(Section)

# Keys whose contents are named by their own keys alone: `k_clear`, not `parameters.k_clear`.
TRANSPARENT = frozenset({"parameters", "coefficients", "layer_config", "training_config", "equations"})

# Keys that hold mathematical text, in which space means nothing.
EXPRESSIONS = frozenset({"equations", "reactions", "formula"})

# Free text inside an object, and what says how sure an estimate is: neither sets a model up.
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

_METRIC = re.compile(r"^(metrics|metric_metadata|.*_metrics)$")
_PROVENANCE = re.compile(
    r"^(.*(dataset|datasets|analysis|hypothesis|artifact|benchmark|model|parent|allocation|version|task|run)_ids?"
    r"|id|tests_hypothesis|pinned_artifacts|pinned_inputs|provenance|provenance_chain|trained_on|produced_by"
    r"|content_hash|created_at|created_by|updated_at|trained_by|.*_(started|completed)_at)$"
)
_PROSE = re.compile(
    r"^(title|name|display_name|description|.*_description|summary|abstract|.*notes?|comments?|caption|changelog"
    r"|citation|references|limitations|intended_use|interpretation|rationale|warnings?|doc|readme)$"
)


def section_of(key: str) -> Section | None:
    """Assign a key of a model's metadata to its section; None if it is a metric, an id of provenance or prose."""
    known = _SECTION_OF.get(key)
    if known is None and any(pattern.match(key) for pattern in (_METRIC, _PROVENANCE, _PROSE)):
        return None
    return known or "other"
