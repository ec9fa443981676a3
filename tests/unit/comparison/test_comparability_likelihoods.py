"""Likelihoods and information criteria compare only with the same response, rows, method and definition."""

from typing import Any

import pytest

from scidex.atlas._model_registry.comparison.metric_rows import metric_rows
from scidex.atlas._model_registry.contract.answers import MetricRow
from scidex.atlas._model_registry.records.provenance import TracedModel
from tests.unit.builders import a_dataset, traced


def fitted(name: str, value: float, metric: str = "aic", **metadata: Any) -> TracedModel:
    """Make a model with a metric of its fit to the same pinned data, by the software R unless it says otherwise."""
    metrics = {metric: value, **metadata.pop("metrics", {})}
    return traced(
        name, metrics=metrics, trained_on={"dataset-a": 1}, metadata={"software": "R 4.3.1", **metadata}
    )


def row(*models: TracedModel, metric: str = "aic") -> MetricRow:
    rows = metric_rows(models, baseline=models[0].document.model.id, datasets=a_dataset("dataset-a"))
    return next(one for one in rows if one["name"] == metric)


def told(*models: TracedModel, metric: str = "aic") -> tuple[bool | None, list[str], str | None]:
    found = row(*models, metric=metric)
    return found["comparable"], found["best"], found["reason"]


def test_criteria_of_one_response_by_one_software_compare() -> None:
    first = fitted("model-a", 1065.7063, formula="Ozone ~ Temp", metrics={"nobs": 116})
    second = fitted(
        "model-b", 1045.4, formula="Ozone ~ Temp + Wind", metrics={"nobs": 116}, software="R (4.2)"
    )
    assert told(first, second) == (True, ["model-b"], None)


# airquality: Ozone and log Ozone on temperature, statsmodels; their AIC differ by the Jacobian, not by the fit.
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"formula": "Ozone ~ Temp"}, {"formula": "np.log(Ozone) ~ Temp"}),
        ({"target_variable": "Ozone"}, {"target_variable": "np.log(Ozone)"}),
        ({"formula": "Ozone ~ Temp"}, {"target_variable": "log(Ozone)"}),
        ({"response": "Ozone"}, {"training_config": {"formula": "sqrt(Ozone) ~ Temp"}}),
        ({"equations": ["Ozone ~ Temp"]}, {"equations": "log(Ozone) ~ Temp"}),
    ],
)
@pytest.mark.parametrize("metric", ["aic", "bic", "llf", "log_likelihood"])
def test_criteria_of_different_responses_do_not_compare(
    one: dict[str, Any], other: dict[str, Any], metric: str
) -> None:
    models = fitted("model-a", 1065.7063, metric, **one), fitted("model-b", 206.7286, metric, **other)
    comparable, best, reason = told(*models, metric=metric)
    assert (comparable, best) == (False, [])
    assert "models of the same response, which is Ozone for model-a and" in str(reason)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("log(Ozone) ~ Temp", "np.log( ozone ) ~ Wind"),
        ("`y 1` ~ x", 'Q("y 1") ~ x'),
        ("I(y) ~ x", "y ~ x"),
        ("ln(1 + y) ~ x", "log(1+y) ~ x"),
    ],
)
def test_one_response_in_two_spellings(one: str, other: str) -> None:
    assert told(fitted("model-a", 1.0, formula=one), fitted("model-b", 2.0, formula=other))[0] is True


def test_a_criterion_may_declare_the_response_that_it_is_of() -> None:
    jacobian: dict[str, Any] = {"metric_metadata": {"aic": {"response": "Ozone"}}}
    corrected = fitted("model-b", 930.0, formula="log(Ozone) ~ Temp", **jacobian)
    assert told(fitted("model-a", 1065.7, formula="Ozone ~ Temp"), corrected)[0] is True


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"metrics": {"nobs": 116}}, {"metrics": {"nobs": 111}}),
        ({"metrics": {"n": 116}}, {"n_obs": 111}),
        ({"metrics": {"No. Observations": 116}}, {"metrics": {"num_observations": 111}}),
        ({"metrics": {"N": 116}}, {"training_config": {"nobs": "111"}}),
        ({"metrics": {"numberOfObservations": 116}}, {"metrics": {"n": 5, "sample_size": 111}}),
        ({"training_config": {"n_rows": 116}}, {"fit": {"n_data_points": 111}}),
        (
            {"metric_metadata": {"aic": {"nobs": 116}}},
            {"metric_metadata": {"aic": {"n": 111}}, "metrics": {"n": 116}},
        ),
    ],
)
def test_criteria_of_different_numbers_of_rows_do_not_compare(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert told(fitted("model-a", 1.0, **one), fitted("model-b", 2.0, **other)) == (
        False,
        [],
        "aic compares only between models fitted to the same rows, and their number is 116 for model-a and 111 "
        "for model-b",
    )


# The same line through the same 116 rows: statsmodels keeps n (1 + ln 2π) = 329.19, lmfit leaves it out.
@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("statsmodels 0.15", "lmfit 1.3.4", "it is by statsmodels for model-a and by lmfit for model-b"),
        (None, None, "neither definition nor software is declared for model-a and model-b"),
        (
            "statsmodels",
            None,
            "it is by statsmodels for model-a; neither definition nor software is declared for model-b",
        ),
        ("Python 3.12", ["python", "numpy"], "neither definition nor software is declared"),
    ],
)
def test_criteria_that_may_be_defined_differently_cannot_be_told(one: Any, other: Any, said: str) -> None:
    models = fitted("model-a", 1065.70634, software=one), fitted("model-b", 736.5126, software=other)
    found = row(*models)
    assert (found["comparable"], found["best"], found["delta"]["model-b"]) == (None, [], None)
    assert str(found["reason"]).startswith(f"aic may be defined with or without a constant: {said}")


def test_likelihoods_of_one_held_out_dataset_have_a_best_as_reported() -> None:
    on_test: dict[str, Any] = {"software": None, "metric_metadata": {"-LL": {"dataset": "dataset-a"}}}
    models = (
        fitted(name, value, "-LL", **on_test) for name, value in (("model-a", 100.0), ("model-b", 200.0))
    )
    found = row(*models, metric="-LL")
    assert (found["comparable"], found["best"]) == (None, ["model-a"])
    assert str(found["reason"]).startswith(
        "a constant may be left out of -LL: neither definition nor software"
    )


@pytest.mark.parametrize(
    ("one", "other", "comparable"),
    [
        ({"definition": "-2 ln L + 2 k"}, {"definition": "-2 ln L  + 2 K"}, True),
        ({"definition": "-2 ln L + 2 k"}, {"definition": "n ln(chisqr / n) + 2 k"}, None),
        ({"definition": "-2 ln L + 2 k"}, {}, None),
        ({"software": "lmfit 1.3"}, {"software": "lmfit 1.2"}, True),
    ],
)
def test_a_criterion_may_declare_its_definition(
    one: dict[str, Any], other: dict[str, Any], comparable: bool | None
) -> None:
    models = (
        fitted(name, 1.0, metric_metadata={"aic": declared})
        for name, declared in (("model-a", one), ("model-b", other))
    )
    assert told(*models)[0] is comparable


def test_the_same_code_at_the_same_commit_defines_alike() -> None:
    def by(name: str, commit: str) -> TracedModel:
        code = {"code_repo_url": "https://example.org/fit", "code_commit_sha": commit}
        return traced(name, metrics={"aic": 1.0}, trained_on={"dataset-a": 1}, version=code)

    assert told(by("model-a", "f00"), by("model-b", "f00"))[0] is True
    assert told(by("model-a", "f00"), by("model-b", "f01"))[0] is None


@pytest.mark.parametrize(
    ("one", "other", "comparable"),
    [
        ({"fit_method": "REML"}, {"fit_method": "ML"}, False),
        ({"reml": True}, {"REML": False}, False),
        (
            {"fit_method": "REML", "formula": "y ~ x + (1 | g)"},
            {"fit_method": "REML", "formula": "y ~ 1 + (1 | g)"},
            False,
        ),
        ({"reml": True, "formula": "y ~ x + (1 | g)"}, {"reml": True, "formula": "y ~ x + (x | g)"}, True),
        ({"fit_method": "BFGS"}, {"fit_method": "Nelder-Mead"}, True),
    ],
)
def test_restricted_likelihoods_compare_only_with_the_same_fixed_effects(
    one: dict[str, Any], other: dict[str, Any], comparable: bool
) -> None:
    assert told(fitted("model-a", 1.0, **one), fitted("model-b", 2.0, **other))[0] is comparable


def test_errors_of_different_responses_are_told_only_with_their_units() -> None:
    raw, log = {"formula": "Ozone ~ Temp"}, {"formula": "log(Ozone) ~ Temp"}
    unit = {"metric_metadata": {"train_rmse": {"unit": "ppb"}}}
    models = fitted("model-a", 23.5, "train_rmse", **raw), fitted("model-b", 0.58, "train_rmse", **log)
    assert told(*models, metric="train_rmse")[:2] == (None, [])
    models = (
        fitted("model-a", 23.5, "train_rmse", **raw, **unit),
        fitted("model-b", 22.9, "train_rmse", **log, **unit),
    )
    assert told(*models, metric="train_rmse")[:2] == (True, ["model-b"])


# Indometh by one and two exponentials, lmfit without weights: redchi is the variance of the residuals.
@pytest.mark.parametrize("name", ["redchi", "reduced_chi2", "chi2_red"])
@pytest.mark.parametrize("weights", [None, "none", False, 1])
def test_a_reduced_chi2_without_weights_is_not_crowned(name: str, weights: Any) -> None:
    models = (
        fitted("model-a", 0.0400527, name, weights=weights),
        fitted("model-b", 0.0304464, name, metric_metadata={name: {"weights": weights}}),
    )
    found = row(*models, metric=name)
    assert (found["comparable"], found["best"], found["direction"]) == (None, [], "unknown")
    assert "no weights are declared for model-a and model-b" in str(found["reason"])


def test_a_reduced_chi2_with_weights_is_best_near_one() -> None:
    weights = {"weights": "1 / sigma"}
    trained = (
        fitted("model-a", 1.4, "train_redchi", **weights),
        fitted("model-b", 0.9, "train_redchi", **weights),
    )
    assert told(*trained, metric="train_redchi")[:2] == (True, ["model-b"])


# lmfit writes chisqr for both: 0.36 is a sum of squares in (mg/L)**2, 58.1 one of squared standard residuals.
def test_a_chi2_with_weights_and_one_without_are_on_different_scales() -> None:
    weighted = fitted("model-b", 58.1, "train_chisqr", weights="1 / sigma")
    found = row(fitted("model-a", 0.36, "train_chisqr"), weighted, metric="train_chisqr")
    assert (found["comparable"], found["best"]) == (None, [])
    assert "a sum with weights for model-b; no weights are declared for model-a" in str(found["reason"])
    alike = fitted("model-a", 61.0, "train_chisqr", weights="1 / sigma"), weighted
    assert told(*alike, metric="train_chisqr")[:2] == (True, ["model-b"])
    plain = fitted("model-a", 0.36, "train_chisqr"), fitted("model-b", 0.31, "train_chisqr")
    assert told(*plain, metric="train_chisqr")[:2] == (True, ["model-b"])
