"""Cross-validations of the same samples stand together on the compare page, though they decide nothing."""

from dataclasses import replace

from scidex.atlas._model_registry.pages.compare.page import compare_page
from scidex.atlas._model_registry.records.evaluations import Evaluation
from tests.unit.pages import example_comparison as example
from tests.unit.pages.evaluated_page import evaluated, evaluation
from tests.unit.pages.example_metrics import metric
from tests.unit.pages.example_models import IDS, LASSO, LOGISTIC, MLP

SAID = (
    "predicted 100 samples of dataset-ad-test, v1, each by a fit that had not seen it; the fits share data, so no "
    "difference is judged"
)


def folds(model: str) -> Evaluation:
    return replace(evaluation(model), split="cross_validation")


def in_another_order(one: Evaluation) -> Evaluation:
    columns = one.columns
    turned = replace(
        columns,
        observed=columns.observed[::-1],
        scores=(columns.scores or ())[::-1],
        sample=(columns.sample or ())[::-1],
    )
    return replace(one, columns=turned)


def of_other_samples(one: Evaluation) -> Evaluation:
    return replace(
        one, columns=replace(one.columns, sample=tuple(f"other-{name}" for name in one.columns.sample or ()))
    )


def drawn(*evaluations: Evaluation) -> list[tuple[str, str, int, int]]:
    """Return the title, the words, and how many intervals and models are drawn."""
    by_model = {one.model_id: [one] for one in evaluations}
    page = compare_page(example.comparison(), only_differences=False, histories=None, evaluations=by_model)
    return [
        (one.title, one.measured_on, len(one.intervals), len(one.drawn[0].legend))
        for one in page["evidence"].samples
    ]


def test_cross_validations_of_the_same_samples_are_drawn_together() -> None:
    first, second, third = folds(MLP), in_another_order(folds(LOGISTIC)), folds(LASSO)
    assert {*IDS} == {MLP, LOGISTIC, LASSO}
    assert drawn(first, second, third) == [("Cross-validation", f"A, B and C {SAID}", 0, 3)]
    assert drawn(first, second, of_other_samples(third)) == [("Cross-validation", f"A and B {SAID}", 0, 2)]


def test_one_cross_validation_is_not_drawn_beside_other_samples() -> None:
    assert drawn(folds(MLP), of_other_samples(folds(LASSO))) == []


def test_they_stand_before_training_data() -> None:
    comparison = example.comparison()
    comparison["metrics"] = [evaluated(metric("train_roc_auc", [0.9, 0.8, 0.7]), [MLP])]
    own = [[replace(evaluation(one), split="train"), replace(folds(one), id=f"cv-{one}")] for one in IDS]
    page = compare_page(
        comparison, only_differences=False, histories=None, evaluations=dict(zip(IDS, own, strict=True))
    )
    titles = [one.title for one in page["evidence"].samples]
    assert titles == ["Cross-validation", "Training data: seen when it was fitted"]
