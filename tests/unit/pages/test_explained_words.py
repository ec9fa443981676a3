"""What a model's page says beside its standing, its quality score and its version."""
# ruff: noqa: RUF001 -- the pages write real minus and multiplication signs

from typing import Any

import pytest

from scidex.atlas._model_registry.pages.model_page.explained import explained
from scidex.atlas._model_registry.pages.parts.quality import quality_words
from scidex.atlas._model_registry.pages.parts.standings import sound_words
from tests.unit.pages.example_detail import detail, entry, model_version


def _graph(*edges: tuple[str, str, str], missing: str = "") -> Any:
    names = {"model-a": None} | dict.fromkeys(one for source, _, target in edges for one in (source, target))
    nodes = [{"id": name, "missing": name == missing} for name in names]
    lines = [{"source": source, "relation": relation, "target": target} for source, relation, target in edges]
    return {"root": "model-a", "nodes": nodes, "edges": lines, "truncated": False}


@pytest.mark.parametrize(
    ("edges", "said"),
    [
        ([], "Nothing is registered that it rests on (looked up on 5 May 2026)."),
        (
            [
                ("model-a", "trained_on", "dataset-b"),
                ("dataset-b", "derives_from", "dataset-c"),
                ("dataset-c", "derives_from", "dataset-b"),
                ("model-a", "derives_from", "model-earlier"),
                ("model-earlier", "trained_on", "dataset-old"),
                ("model-a", "tests", "hypothesis-h"),
                ("hypothesis-h", "cites", "paper-p"),
            ],
            "It rests on 2 artifacts; on 5 May 2026 neither it nor any of them is marked as retracted, disputed or "
            "outdated.",
        ),
        (
            [("model-a", "trained_on", "dataset-b"), ("model-a", "trained_on", "gone")],
            "It rests on one artifact; on 5 May 2026 neither it nor any of them is marked as retracted, disputed or "
            "outdated. 1 more is not registered.",
        ),
    ],
)
def test_a_sound_standing_says_what_was_looked_at(edges: list[tuple[str, str, str]], said: str) -> None:
    sound: Any = {"status": "sound", "because": [], "truncated": False}
    found = sound_words(sound, _graph(*edges, missing="gone"), "model-earlier", "5 May 2026")
    assert found == said
    fallen: Any = {**sound, "status": "disputed"}
    assert sound_words(fallen, _graph(*edges), None, "5 May 2026") is None


@pytest.mark.parametrize(
    ("score", "metrics", "words"),
    [
        (0.876, {"train_r2": 0.876, "test_r2": 0.876}, "as given by the analysis: R² (test)"),
        (0.8624, {"test_roc_auc": 0.9312}, "as given by the analysis: 2 × ROC AUC (test) − 1"),
        (0.0, {"test_r2": -0.0303}, "as given by the analysis: 0 for R² (test) of −0.0303"),
        (0.5, {"test_r2": 0.4, "zorp": 0.5}, "as given by the analysis"),
        (None, {"test_r2": 0.4}, ""),
    ],
)
def test_a_quality_score_is_named_for_what_it_is(
    score: float | None, metrics: dict[str, float], words: str
) -> None:
    found = entry(quality_score=score, quality_score_stored=score, evaluation_metrics=metrics)
    assert quality_words(found) == words


def test_the_words_beside_a_version_are_explained_where_they_stand() -> None:
    found = detail(
        evaluation_metrics={"aicc": 3.0},
        version_tag="best",
        promotion_state="promoted",
        model_version=model_version(
            promotion_notes="lowest aicc of its lineage", created_at="2026-04-05T12:00:00Z"
        ),
    )
    assert [(one.word, one.says) for one in explained(found)] == [
        ("latest", "of its 2 versions, the one to use; it need not be the newest"),
        ("“best”", "a label given at registration; this catalogue did not measure it"),
        ("promoted", "as noted on 2026-04-05, not judged anew: lowest AICc of its lineage (2 versions)"),
    ]


@pytest.mark.parametrize(
    ("test", "words"),
    [
        (
            0.9,
            "highest ROC AUC (val) of its lineage (2 versions); its ROC AUC (test) is 0.9, where v2 reports 0.93",
        ),
        (0.95, "highest ROC AUC (val) of its lineage (2 versions); its ROC AUC (test) is 0.95"),
    ],
)
def test_beside_a_promotion_by_validation_stands_the_test_value(test: float, words: str) -> None:
    metrics = {"val_roc_auc": 0.96, "test_roc_auc": test}
    found = detail(
        evaluation_metrics=metrics,
        promotion_state="promoted",
        model_version=model_version(promotion_notes="highest val_roc_auc of its lineage", created_at=None),
    )
    first, second = found["versions"]
    first["evaluation_metrics"], second["evaluation_metrics"] = metrics, {"test_roc_auc": 0.93}
    assert explained(found)[-1].says == f"as noted, not judged anew: {words}"
