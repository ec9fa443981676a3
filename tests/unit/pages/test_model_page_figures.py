"""What the page of a model says of its metrics and its versions."""

from scidex.atlas._model_registry.pages.model_page.page import model_page
from tests.unit.pages.example_detail import DATASET, MODEL, Declared, detail, model_version, version


def test_metrics_say_direction_unit_and_data() -> None:
    declared = {
        "test_roc_auc": Declared(dataset="test"),
        "aic": Declared(direction="higher", dataset=DATASET),
        "test_brier": Declared(unit="%", spread=0.02),
    }
    model = detail({}, model_version=model_version(eval_dataset_artifact_id="dataset-held-out"))
    groups = model_page(model, declared)["performance"].groups
    lines = {line.name: line for group in groups for line in group.lines}
    assert [group.title for group in groups] == [
        "Measured on held-out data",
        "Likelihoods and information criteria of the fit to the training data",
        "Measured on the training data",
    ]
    assert lines["aic"].direction == "↑ higher is better"
    assert (lines["test_brier"].unit, lines["test_brier"].direction) == ("%", "↓ lower is better")
    assert lines["test_brier"].text == "0.1 ± 0.02"
    assert lines["test_brier"].measured_on is not None
    assert lines["test_brier"].measured_on.href == "/artifact/dataset-held-out"
    assert lines["test_roc_auc"].measured_on is not None
    assert (lines["test_roc_auc"].measured_on.words, lines["test_roc_auc"].measured_on.href) == ("test", None)
    assert lines["train_roc_auc"].measured_on is not None
    assert lines["train_roc_auc"].measured_on.id == DATASET


def test_an_information_criterion_is_never_said_to_be_measured_on_held_out_data() -> None:
    recorded = model_version(eval_dataset_artifact_id="dataset-held-out")
    untraced = detail({}, model_version=recorded, trained_on=None, training_datasets=[])
    known, unknown = (
        model_page(model, {})["performance"].groups[1].lines[0]
        for model in (detail({}, model_version=recorded), untraced)
    )
    assert (known.name, known.measured_on and known.measured_on.id) == ("aic", DATASET)
    assert (unknown.name, unknown.measured_on) == ("aic", None)


def test_metrics_of_validation_stand_apart_from_those_of_a_test() -> None:
    model = detail({}, evaluation_metrics={"val_auc": 0.9, "test_auc": 0.8, "eval_auc": 0.7})
    groups = model_page(model, {})["performance"].groups
    assert [[line.name for line in group.lines] for group in groups] == [
        ["eval_auc", "test_auc"],
        ["val_auc"],
    ]


def test_the_previous_version_is_one_click_away_and_is_the_baseline() -> None:
    shown = model_page(detail({}), {})
    assert shown["compare_href"] == "/models/compare?ids=model-a1&ids=model-a%2F1+%C3%BC"
    assert [(line.is_previous, line.is_this) for line in shown["history"].lines] == [
        (True, False),
        (False, True),
    ]
    assert model_page(detail({}, parent_version_id=None), {})["compare_href"] is None
    assert model_page(detail({}, parent_version_id="model-gone"), {})["compare_href"] is None


def test_a_model_that_is_not_the_latest_leads_to_it() -> None:
    versions = [
        version("model-a1", 1),
        version(MODEL, 2, is_latest=False),
        version("model-a3", 3, is_latest=True),
    ]
    shown = model_page(detail({}, is_latest=False, versions=versions), {})["history"]
    assert shown.latest is not None
    assert shown.latest.href == "/models/model-a3"
    assert not shown.is_newer
    assert model_page(detail({}), {})["history"].latest is None


def test_a_candidate_is_not_called_older_than_the_version_in_use() -> None:
    versions = [version("model-a1", 1, is_latest=True), version(MODEL, 2, is_latest=False)]
    shown = model_page(detail({}, is_latest=False, versions=versions), {})["history"]
    assert shown.latest is not None
    assert (shown.latest.version, shown.is_newer) == ("v1", True)


def test_curves_show_metrics_that_several_versions_report() -> None:
    curves = model_page(detail({}), {"test_roc_auc": Declared(direction="lower")})["history"].curves
    assert [(curve.name, curve.direction) for curve in curves] == [("ROC AUC (test)", "↓ lower is better")]
    assert [point.letter for point in curves[0].points] == [None, "▸"]


def test_the_metric_of_the_promotion_is_drawn_first() -> None:
    names = ["aic", "bic", "mse", "rmse", "mae", "r2", "aicc"]
    found = detail(
        {},
        evaluation_metrics=dict.fromkeys(names, 1.0),
        model_version=model_version(promotion_notes="lowest aicc of its lineage"),
    )
    for one in found["versions"]:
        one["evaluation_metrics"] = dict.fromkeys(names, 1.0)
    curves = model_page(found, {})["history"].curves
    assert (curves[0].name, len(curves)) == ("AICc", 6)
