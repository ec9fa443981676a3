"""The example comparison with evaluations of its metrics, laid out as a page."""

from typing import Any, cast

from scidex.atlas._model_registry.contract.answers import ConfigurationRow, MetricRow
from scidex.atlas._model_registry.pages.compare.page import ComparePageContext, compare_page
from scidex.atlas._model_registry.records.evaluations import Columns, Evaluation
from tests.unit.pages import example_comparison as example
from tests.unit.pages.example_metrics import metric
from tests.unit.pages.example_models import IDS, LASSO, LOGISTIC, MLP


def evaluated(row: MetricRow, leaders: list[str], **said: object) -> MetricRow:
    """Add to a metric what the evaluations of all its models tell; the other models are worse."""
    values = cast("dict[str, float]", row["values"])
    evidence: dict[str, Any] = {
        "evaluations": {one: f"evaluation-{one}" for one in IDS},
        "rows": 100,
        "units": 100,
        "unit_kind": "sample",
        "units_are": None,
        "resamples": 2000,
        "level": 0.975,
        "unit": None,
        "recomputed": values,
        "agrees": dict.fromkeys(IDS, True),
        "forms": {},
        "intervals": {one: [values[one] - 0.1, values[one] + 0.05] for one in IDS},
        "no_interval": {},
        "differences": {one: _difference(values, one, leaders) for one in (LOGISTIC, LASSO)},
        "without": {},
    }
    added = {"evidence": evidence, "leaders": leaders, "distinguished": len(leaders) == 1, **said}
    return cast("MetricRow", {**row, **added})


def _difference(values: dict[str, float], model: str, leaders: list[str]) -> dict[str, Any]:
    value = values[model] - values[MLP]
    verdict = "undecided" if model in leaders or MLP not in leaders else "worse"
    return {"value": value, "interval": [value - 0.05, value + 0.04], "verdict": verdict}


def page_of(*rows: MetricRow, settings: list[ConfigurationRow] | None = None) -> ComparePageContext:
    """Lay out the example with these metrics and an evaluation of each model on 100 people."""
    comparison = example.comparison()
    comparison["metrics"] = list(rows)
    comparison["metadata_diff"] += settings or []
    evaluations = {model: [evaluation(model)] for model in IDS}
    return compare_page(comparison, only_differences=False, histories=None, evaluations=evaluations)


def evaluation(model: str) -> Evaluation:
    """Return what a model said of 100 people, 27 of them impaired."""
    labels = ("Impaired",) * 27 + ("Control",) * 73
    return Evaluation(
        id=f"evaluation-{model}",
        title="Test",
        version_number=1,
        model_id=model,
        dataset_id="dataset-ad-test",
        dataset_version=1,
        split="test",
        columns=Columns(
            task="binary",
            observed=labels,
            scores=tuple(place / 100 for place in range(100, 0, -1)),
            scores_are="probability",
            positive="Impaired",
            sample=tuple(f"s{place}" for place in range(100)),
        ),
        digest=model,
    )


AUC = metric("test_roc_auc", [0.9312, 0.9258, 0.8145])
F1 = metric("test_f1", [0.9, 0.8, 0.7])


def standings(context: ComparePageContext) -> dict[str, list[str]]:
    lines = [line for group in context["metrics"] for line in group.lines]
    return {line.name: [cell.standing for cell in line.cells] for line in lines}
