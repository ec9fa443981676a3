"""What the policy says of rules, scores, evidence and claims, sentence by sentence, as the smallest registries."""

from typing import Any

from tests.provenance.cases import (
    ANALYSIS,
    DATASET,
    HYPOTHESIS,
    LOOSE,
    PINS,
    TRACED,
    UNPINNED,
    Case,
    linked,
    pinned,
    saying,
)
from tests.provenance.registry import Registry, artifact

_NO_CLAIMS: tuple[Any, ...] = ("", [], None, 7, True, {"id": "h-1"})
_NO_NAMES: tuple[Any, ...] = ("", None, 1, True, {"d": "d"}, [], [[]])
_CITING = TRACED.with_link("SDA-1", "cites", "dataset-e")


def _scored(stored: float | None, registry: Registry = LOOSE) -> Registry:
    return registry.with_row("model-m", quality_score=stored)


RULES: list[Case] = [
    ("complete", TRACED, {"missing": [], "score": 1.0, "quality": 0.9, "stored": 0.9}),
    ("nothing known", LOOSE, {"missing": [DATASET, ANALYSIS, PINS], "score": 0.0}),
    ("no dataset", linked("produced_by", "SDA-1"), {"missing": [DATASET, PINS], "score": 0.33}),
    (
        "no analysis, so no pins",
        linked("trained_on", "dataset-d"),
        {"missing": [ANALYSIS, PINS], "score": 0.33},
    ),
    ("not pinned", UNPINNED, {"missing": [PINS], "score": 0.67}),
    ("one of two not pinned", _CITING, {"missing": [PINS]}),
    (
        "inputs of the analysis alone suffice for pins",
        pinned(
            ["dataset-e", 1], registry=linked("produced_by", "SDA-1").with_link("SDA-1", "cites", "dataset-e")
        ),
        {"missing": [DATASET]},
    ),
    (
        "claim not met",
        saying(TRACED, tests_hypothesis=True),
        {"missing": [HYPOTHESIS], "score": 0.75, "quality": 0.3},
    ),
    ("claim met", saying(TRACED, tests_hypothesis_id="h-1"), {"missing": [], "score": 1.0}),
    (
        "hypothesis known, none claimed",
        linked("tests", "hypothesis-h-1", TRACED),
        {"hypotheses": ["hypothesis-h-1"], "claims": False, "score": 1.0},
    ),
]
SCORES: list[Case] = [
    ("above the cap", _scored(0.9), {"quality": 0.3, "stored": 0.9}),
    ("at the cap", _scored(0.3), {"quality": 0.3}),
    ("below the cap stays", _scored(0.1), {"quality": 0.1}),
    ("absent stays absent", _scored(None), {"quality": None, "stored": None}),
    ("zero is a score", _scored(0.0), {"quality": 0.0}),
    ("NaN is unscored", _scored(float("nan")), {"quality": None, "stored": None}),
    ("infinity is unscored", _scored(float("inf"), TRACED), {"quality": None, "stored": None}),
    ("minus infinity is unscored", _scored(-float("inf")), {"quality": None, "stored": None}),
]
LINKS: list[Case] = [
    *(
        (f"dataset by {link}", linked(link, "dataset-d"), {"datasets": ["dataset-d"]})
        for link in ("trained_on", "derives_from")
    ),
    *(
        (f"analysis by {link}", linked(link, "SDA-1"), {"analyses": ["SDA-1"]})
        for link in ("produced_by", "derives_from")
    ),
    *(
        (f"hypothesis by {link}", linked(link, "hypothesis-h-1"), {"hypotheses": ["hypothesis-h-1"]})
        for link in ("tests", "tests_hypothesis", "supports")
    ),
    *(
        (f"no dataset by {link}", linked(link, "dataset-d"), {"datasets": []})
        for link in (
            "produced_by",
            "cites",
            "uses",
            "mentions",
            "shares_entities",
            "fine_tuned_from",
            "extends",
        )
    ),
    (
        "no analysis by trained_on",
        linked("trained_on", "SDA-1"),
        {"datasets": [], "analyses": [], "dead ends": [["SDA-1"], [], []]},
    ),
    ("tabular dataset", linked("trained_on", "dataset-e"), {"datasets": ["dataset-e"]}),
    (
        "the source depends on the target",
        LOOSE.with_link("dataset-d", "trained_on", "model-m"),
        {"datasets": []},
    ),
    ("ends match exactly", linked("trained_on", "d"), {"datasets": [], "dead ends": [["d"], [], []]}),
    ("ends match exactly, prefix too many", linked("produced_by", "analysis-SDA-1"), {"analyses": []}),
    (
        "of the wrong type",
        linked("trained_on", "figure-f"),
        {"datasets": [], "dead ends": [["figure-f"], [], []]},
    ),
    (
        "a target that is gone",
        linked("trained_on", "dataset-x"),
        {"datasets": [], "dead ends": [["dataset-x"], [], []]},
    ),
    (
        "derives_from may lead elsewhere",
        linked("derives_from", "figure-f"),
        {"datasets": [], "dead ends": [[], [], []]},
    ),
    (
        "a link of another model",
        LOOSE.with_row("model-n", **artifact("model")).with_link("model-n", "trained_on", "dataset-d"),
        {"datasets": []},
    ),
]
_TWINS = LOOSE.with_row("d", **artifact("dataset"))
NAMES: list[Case] = [
    ("as written", saying(trained_on_dataset_id="dataset-d"), {"datasets": ["dataset-d"]}),
    ("prefix added", saying(trained_on_dataset_id="d"), {"datasets": ["dataset-d"]}),
    ("prefix added to a tabular dataset", saying(trained_on_dataset_id="e"), {"datasets": ["dataset-e"]}),
    ("prefix removed", saying(produced_by_analysis_id="analysis-SDA-1"), {"analyses": ["SDA-1"]}),
    ("analysis, prefix added", saying(produced_by_analysis_id="SDA-2"), {"analyses": ["analysis-SDA-2"]}),
    ("hypothesis, prefix added", saying(tests_hypothesis_id="h-1"), {"hypotheses": ["hypothesis-h-1"]}),
    ("as written before prefix added", saying(_TWINS, trained_on_dataset_id="d"), {"datasets": ["d"]}),
    (
        "as written before prefix removed",
        saying(_TWINS, trained_on_dataset_id="dataset-d"),
        {"datasets": ["dataset-d"]},
    ),
    (
        "prefix added before prefix removed",
        saying(
            _TWINS.with_row("dataset-dataset-d", **artifact("dataset")).with_row(
                "dataset-d", **artifact("figure")
            ),
            trained_on_dataset_id="dataset-d",
        ),
        {"datasets": ["dataset-dataset-d"]},
    ),
    (
        "another type's prefix is none",
        saying(trained_on_dataset_id="analysis-d"),
        {"datasets": [], "dead ends": [["analysis-d"], [], []]},
    ),
    (
        "a wrong type as written does not stand in the way",
        saying(LOOSE.with_row("d", **artifact("figure")), trained_on_dataset_id="d"),
        {"datasets": ["dataset-d"]},
    ),
    (
        "of the wrong type",
        saying(trained_on_dataset_id="figure-f"),
        {"datasets": [], "dead ends": [["figure-f"], [], []]},
    ),
    (
        "leads nowhere",
        saying(trained_on_dataset_id="dataset-x"),
        {"datasets": [], "dead ends": [["dataset-x"], [], []]},
    ),
    (
        "a list in its order",
        saying(trained_on_dataset_id=["e", "d"]),
        {"datasets": ["dataset-e", "dataset-d"]},
    ),
    (
        "named before linked",
        saying(linked("trained_on", "dataset-d"), trained_on_dataset_id="e"),
        {"datasets": ["dataset-e", "dataset-d"]},
    ),
    (
        "linked by id",
        linked("trained_on", "dataset-e", linked("derives_from", "dataset-d")),
        {"datasets": ["dataset-d", "dataset-e"]},
    ),
    (
        "named and linked is one",
        saying(linked("trained_on", "dataset-d"), trained_on_dataset_id=["d", "dataset-d"]),
        {"datasets": ["dataset-d"]},
    ),
    (
        "what is no text is no name",
        saying(trained_on_dataset_id=[None, 1, {}, ["d"], "", "d"]),
        {"datasets": ["dataset-d"], "dead ends": [[], [], []]},
    ),
    *(
        (
            f"{value!r} names nothing",
            saying(trained_on_dataset_id=value),
            {"datasets": [], "dead ends": [[], [], []]},
        )
        for value in _NO_NAMES
    ),
    *(
        (f"metadata {value!r}", LOOSE.with_row("model-m", metadata=value), {"datasets": [], "claims": False})
        for value in (None, "d", ["trained_on_dataset_id"], 1, True)
    ),
]
CLAIMS: list[Case] = [
    ("by tests_hypothesis_id", saying(tests_hypothesis_id="h-9"), {"claims": True, "hypotheses": []}),
    ("by a list", saying(tests_hypothesis_id=[None]), {"claims": True, "hypotheses": []}),
    (
        "by hypothesis_id, which is no evidence",
        saying(hypothesis_id="h-1"),
        {"claims": True, "hypotheses": []},
    ),
    ("by a list of hypothesis_id", saying(hypothesis_id=["h-1"]), {"claims": True}),
    ("by true", saying(tests_hypothesis=True), {"claims": True}),
    *(
        (f"not by hypothesis_id {value!r}", saying(hypothesis_id=value), {"claims": False})
        for value in _NO_CLAIMS
    ),
    *(
        (f"not by tests_hypothesis {value!r}", saying(tests_hypothesis=value), {"claims": False})
        for value in ("true", 1, [True], False, "h-1")
    ),
    ("not by a link", linked("tests", "hypothesis-h-1"), {"claims": False, "hypotheses": ["hypothesis-h-1"]}),
]
