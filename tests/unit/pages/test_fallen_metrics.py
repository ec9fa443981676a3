"""The metrics of a model whose evaluations, or their data, fell."""

from scidex.atlas._model_registry.pages.model_page.artifacts import KnownArtifacts
from scidex.atlas._model_registry.pages.model_page.metrics import performance
from tests.unit.pages.test_model_trust import AREA, evaluated, model


def test_that_evaluations_fell_is_said_once_above_the_metrics_and_marked_in_cells() -> None:
    why = "the evaluation or its data set is retracted"
    fell = AREA | {"interval": None, "no_interval": why, "agrees": None, "reason": why}
    alone = fell | {"metric": "brier", "reported_as": None, "reported": None, "value": 0.1}
    found = performance(
        model({"test_roc_auc": 0.93}, evaluated(fell, alone, state="retracted")), {}, KnownArtifacts({}, {})
    )
    assert (
        found.fallen == "Nothing is concluded where a cell says “retracted”: the evaluation or its data fell."
    )
    line = found.groups[0].lines[0]
    assert (line.interval, line.agreement) == ("none: retracted", "0.9312; retracted")
    assert found.more[0].rows == [("Brier", "0.1", "none: retracted")]
    assert (
        performance(model({"test_roc_auc": 0.93}, evaluated(AREA)), {}, KnownArtifacts({}, {})).fallen == ""
    )
