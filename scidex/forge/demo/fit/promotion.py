"""The promoted version of a lineage. Held-out metrics are not used, as choosing by them would bias them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

Promotion = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Contender:
    """The facts that the rule uses: one version, its training table, its metrics, and its provenance."""

    id: str
    lineage: str
    version: int
    trained_on: str | None
    complete: bool
    metrics: Mapping[str, float]


def promotions(contenders: Sequence[Contender]) -> dict[str, Promotion]:
    """Return state and reason for each version by its id.

    Among the versions with complete provenance that were trained on the table of the lineage's first version, the
    one with the highest cross-validated ``val_roc_auc`` is promoted, or where none is reported the one with the lowest
    ``aicc``. Versions before it are superseded, all others remain candidates.
    """
    states: dict[str, Promotion] = {}
    ordered = sorted(contenders, key=lambda one: (one.lineage, one.version))
    for _, members in groupby(ordered, key=lambda one: one.lineage):
        states |= _within_lineage(list(members))
    return states


def _within_lineage(versions: list[Contender]) -> dict[str, Promotion]:
    first = versions[0]
    eligible = [one for one in versions if one.complete and one.trained_on == first.trained_on]
    if not eligible:
        return {
            one.id: ("candidate", "no version of this lineage has complete provenance") for one in versions
        }
    criterion = "val_roc_auc" if "val_roc_auc" in eligible[0].metrics else "aicc"
    best = min(eligible, key=lambda one: one.metrics[criterion] * (-1 if criterion == "val_roc_auc" else 1))
    return {one.id: _state(one, best, eligible, criterion) for one in versions}


def _state(one: Contender, best: Contender, eligible: list[Contender], criterion: str) -> Promotion:
    rule = f"{'highest' if criterion == 'val_roc_auc' else 'lowest'} {criterion}"
    if one is best:
        return "promoted", f"{rule} of the eligible versions of its lineage"
    if one.version < best.version:
        return "superseded", f"version {best.version} has the {rule} of the lineage"
    if one in eligible:
        return "candidate", f"version {best.version} has the {rule} of the lineage and stays promoted"
    reason = "its provenance is incomplete" if not one.complete else "it was trained on another table"
    return "candidate", f"not eligible: {reason}"
