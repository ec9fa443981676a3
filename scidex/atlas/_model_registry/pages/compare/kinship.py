"""Which compared models are unrelated to the baseline, so that differences are not changes of one model."""

import re
from collections.abc import Mapping, Sequence

from scidex.atlas._model_registry.contract.answers import (
    ChangedTerms,
    Comparison,
    ConfigurationRow,
    VersionEntry,
)

# Settings that many unrelated models have in common.
_COMMONPLACE = frozenset(
    {"model_family", "model_type", "framework", "task_type", "layer_config", "time_unit", "python_version"}
    | {"code_entrypoint"}
)
# What says nothing of a model: what a reaction is called, as programs number them, and how species and compartments are
# declared, as many begin at zero in a volume of one.
_CALLED, _DECLARED = ".name", ("species.", "compartments.")
_NAME = re.compile(r"[^\W\d]\w*")
_SECTIONS = frozenset({"architecture", "equations", "features", "code"})


def unrelated(comparison: Comparison, histories: Mapping[str, Sequence[VersionEntry]]) -> frozenset[str]:
    """Return the models without lineage, training data, equation, feature, architecture or code of the baseline.

    Parameters of the same name do not count: ``k1`` may name a constant of any kind.
    """
    baseline = comparison["baseline"]
    kin = {version["id"] for version in histories.get(baseline, ())} | {baseline}
    for pair in comparison["training_data"]["overlap"]:
        if baseline in {pair["a"], pair["b"]} and (pair["shared"] or pair["related"]):
            kin |= {pair["a"], pair["b"]}
    for row in comparison["metadata_diff"]:
        if row["section"] in _SECTIONS and _tells(row["path"]) and row["values"].get(baseline):
            kin |= _alike(row)
    return frozenset(model["id"] for model in comparison["models"] if model["id"] not in kin)


def _tells(path: str) -> bool:
    return path not in _COMMONPLACE and not path.endswith(_CALLED) and not path.startswith(_DECLARED)


def _alike(row: ConfigurationRow) -> set[str]:
    """Return the models with the baseline's value, or with an equation that differs from it only in some terms."""
    same = {model for model, value in row["values"].items() if value and row["change"].get(model) == "same"}
    return same | {model for model, terms in row.get("terms", {}).items() if _keeps_some(terms)}


def _keeps_some(terms: ChangedTerms) -> bool:
    all_new = bool(terms["added"]) and bool(terms["removed"])
    if terms["within"] or any(_are_alike(pair["before"], pair["after"]) for pair in terms["changed"]):
        return True
    return not all_new and not terms["changed"]


def _are_alike(before: str, after: str) -> bool:
    """Return whether two formulas have half of their names in common; of a product all may have changed."""
    ours, theirs = set(_NAME.findall(before)), set(_NAME.findall(after))
    return 2 * len(ours & theirs) >= len(ours | theirs)
