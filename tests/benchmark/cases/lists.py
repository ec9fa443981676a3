"""First pages of lists: each sort, each filter, combinations, text and metrics."""

from collections.abc import Iterator
from typing import Any

from tests.benchmark.cases.case import COMBINED, Case, Limit, list_path
from tests.benchmark.cases.chosen import Chosen

_SORTS = {
    ("quality_score", "desc"): "best",
    ("quality_score", "asc"): "worst",
    ("created_at", "desc"): "newest",
    ("created_at", "asc"): "oldest",
    ("parameter_count", "desc"): "largest",
    ("parameter_count", "asc"): "smallest",
    ("title", "asc"): "first_title",
    ("title", "desc"): "last_title",
}
# Prefixes that many and few models hold: a feature and one lineage's number.
_POPULAR_WORD, _RARE_WORD = "regression", "0000017"


def lists(chosen: Chosen) -> Iterator[Case]:
    """Yield the first pages."""
    for (sort, order), floor in _SORTS.items():
        yield Case(f"sort {sort} {order}", list_path(sort=sort, order=order), floor)
    yield from _filters(chosen)
    yield from _words()
    yield from _metrics(chosen)
    yield from _combinations(chosen)


def _filters(chosen: Chosen) -> Iterator[Case]:
    yield _filtered("family", "statistical", "popular")
    yield _filtered("family", "biophysical", "rare")
    for kind in ("dataset", "hypothesis", "analysis"):
        pair = getattr(chosen, kind)
        yield _filtered(kind, pair.popular, "popular")
        yield _filtered(kind, pair.rare, "rare")
    yield _filtered("latest", "true", "true")
    yield _filtered("latest", "false", "false")
    for word in ("incomplete", "complete"):
        parameters = {"complete": str(word == "complete").lower()}
        yield Case(f"provenance {word}", list_path(provenance=word), "complete", parameters)
    yield _filtered("origin_type", "internal", "popular")
    yield _filtered("origin_type", "external", "rare")
    yield _filtered("promotion_state", "candidate", "popular")
    yield _filtered("promotion_state", "rejected", "rare")
    yield _filtered("lifecycle", "active", "popular")
    yield _filtered("lifecycle", "cold", "rare")
    yield _filtered("standing", "sound", "popular")
    yield _filtered("standing", "outdated", "rare")
    yield _filtered("tag", "best", "rare")
    yield _filtered("created_by", "agent-007", "rare")
    yield _filtered("created_after", "2024-01-01", "popular")
    yield _filtered("created_after", "2025-12-01", "rare")


def _filtered(name: str, value: str, kind: str) -> Case:
    return Case(f"{name} {kind}", list_path(**{name: value}), name, {name: value})


def _words() -> Iterator[Case]:
    for kind, word in (("popular", _POPULAR_WORD), ("rare", _RARE_WORD)):
        yield Case(f"q {kind}", list_path(q=word), "words", {"words": f"'{word}':*"}, COMBINED)


def _metrics(chosen: Chosen) -> Iterator[Case]:
    def case(name: str, floor: str, parameters: dict[str, Any], **asked: Any) -> Case:
        return Case(name, list_path(**asked), floor, parameters, COMBINED)

    popular, rare = {"name": "roc_auc", "value": "0.8"}, {"name": "nrmse", "value": "0.011"}
    yield case("metric condition popular", "metric_at_least", popular, metric="roc_auc>=0.8")
    yield case("metric condition rare", "metric_below", rare, metric="nrmse<0.011")
    two = popular | {"other": "log_loss", "less": "0.3"}
    yield case("two metric conditions", "two_metrics", two, metric=["roc_auc>=0.8", "log_loss<0.3"])
    yield case("two conditions in where", "two_metrics", two, where="roc_auc >= 0.8 and log_loss < 0.3")
    name = {"name": "roc_auc"}
    yield case("metric sort popular best first", "metric_highest", name, sort="metric:roc_auc")
    yield case("metric sort popular desc", "metric_highest", name, sort="metric:roc_auc", order="desc")
    yield case("metric sort popular asc", "metric_lowest", name, sort="metric:roc_auc", order="asc")
    yield case("metric sort rare best first", "metric_lowest", {"name": "rmse"}, sort="metric:rmse")
    yield case(
        "metric condition, metric sort, family",
        "metric_condition_sort_family",
        popular | {"family": "deep_learning"},
        metric="roc_auc>=0.8",
        sort="metric:roc_auc",
        family="deep_learning",
    )
    yield case(
        "metric sort, dataset popular",
        "metric_highest_of_dataset",
        name | {"dataset": chosen.dataset.popular},
        sort="metric:roc_auc",
        dataset=chosen.dataset.popular,
    )


def _combinations(chosen: Chosen) -> Iterator[Case]:
    family = {"family": "statistical"}
    yield _combined(
        "family, latest, provenance",
        "family_latest_complete",
        family | {"latest": "true", "complete": "true"},
        **family,
        latest="true",
        provenance="complete",
    )
    for kind, dataset in chosen.dataset._asdict().items():
        asked = family | {"latest": "true", "dataset": dataset}
        yield _combined(f"dataset {kind}, family, latest", "dataset_family_latest", asked, **asked)
    asked = family | {"hypothesis": chosen.hypothesis.popular, "promotion_state": "candidate"}
    yield _combined("hypothesis, family, promotion_state", "hypothesis_family_state", asked, **asked)
    yield _combined(
        "q popular, family, provenance",
        "words_family_complete",
        family | {"words": f"'{_POPULAR_WORD}':*", "complete": "false"},
        **family,
        q=_POPULAR_WORD,
        provenance="incomplete",
    )
    yield from _facets(chosen)


def _combined(name: str, floor: str, parameters: dict[str, Any], **asked: Any) -> Case:
    return Case(name, list_path(**asked), floor, parameters, COMBINED)


def _facets(chosen: Chosen) -> Iterator[Case]:
    yield Case("facets", list_path(facets="true"), "facets", {}, Limit(None, 150))
    for kind in ("hypothesis", "dataset"):
        asked = {kind: getattr(chosen, kind).popular}
        path = list_path(facets="true", **asked)
        yield Case(f"facets of {kind} popular", path, f"facets_of_{kind}", asked, Limit(None, 50))
