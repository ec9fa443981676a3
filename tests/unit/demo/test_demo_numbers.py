"""The demo's numbers, checked against each other and against the literature."""

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pint
import pytest

from tests.unit.demo.demo_registry import BY_ID, ENTRIES, IDS, MODELS, Entry, metrics

_CLASSIFIERS = [model for model in MODELS if "test_roc_auc" in metrics(model)]
_LIKELY = [
    model for model in MODELS if "aic" in metrics(model) and "trained_on_dataset_id" not in model["lacks"]
]
_UNITS: pint.UnitRegistry[float] = pint.UnitRegistry()
_BIOPHYSICAL = [model for model in MODELS if model["model_family"] == "biophysical"]


def test_fractions_have_at_most_six_significant_digits_and_predictions_nine() -> None:
    for entry in ENTRIES:
        digits = 9 if entry["artifact_type"] == "evaluation" else 6
        assert all(float(f"{number:.{digits}g}") == number for number in _fractions(entry)), entry["id"]


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_metrics_say_what_they_were_measured_on(model: Entry) -> None:
    reported = metrics(model)
    assert any(name.startswith("test_") for name in reported)
    declared = model["metadata"]["metric_metadata"]
    assert list(declared) == list(reported)
    for name, declaration in declared.items():
        assert name.startswith(("test_", "train_", "val_")) or name in (
            "log_likelihood",
            "aic",
            "aicc",
            "bic",
        )
        assert declaration.get("dataset") == _measured_on(model, name)


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_test_and_training_tables_come_from_one_dataset_and_differ(model: Entry) -> None:
    test = model["model_version"]["eval_dataset_artifact_id"]
    train = model["metadata"]["trained_on_dataset_id"]
    assert test != train
    if train in BY_ID:
        assert _raw(test) == _raw(train)


@pytest.mark.parametrize("model", _LIKELY, ids=lambda model: str(model["id"]))
def test_information_criteria_agree_with_the_likelihood(model: Entry) -> None:
    reported = metrics(model)
    n = BY_ID[model["metadata"]["trained_on_dataset_id"]]["metadata"]["rows"]
    k = reported["aic"] / 2 + reported["log_likelihood"]
    assert reported["bic"] == pytest.approx(k * math.log(n) - 2 * reported["log_likelihood"], rel=1e-4)
    assert reported["aicc"] == pytest.approx(reported["aic"] + 2 * k * (k + 1) / (n - k - 1), rel=1e-3)
    if model["metadata"].get("model_type") != "penalised_logistic_regression":
        errors = 0 if "test_roc_auc" in reported else 1
        assert k == pytest.approx(model["metadata"]["parameter_count"] + errors, abs=1e-3)


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_quality_follows_the_one_formula(model: Entry) -> None:
    reported = metrics(model)
    raw = 2 * reported["test_roc_auc"] - 1 if "test_roc_auc" in reported else reported["test_r2"]
    assert model["quality_score"] == pytest.approx(max(0.0, raw), abs=1e-6)


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_parameters_are_counted(model: Entry) -> None:
    metadata = model["metadata"]
    assert metadata["parameter_count"] == _count(metadata)


@pytest.mark.parametrize("model", _CLASSIFIERS, ids=lambda model: str(model["id"]))
def test_classifiers_share_their_test_people(model: Entry) -> None:
    assert model["model_version"]["eval_dataset_artifact_id"] == "dataset-ad-test"
    people = BY_ID["dataset-ad-test"]["metadata"]["rows"]
    correct = metrics(model)["test_accuracy"] * people
    assert correct == pytest.approx(round(correct), abs=1e-3)
    # A proper score of nobody's skill: the share of impaired people as everyone's probability.
    impaired = BY_ID["dataset-ad-test"]["metadata"]["classes"]["Impaired"] / people
    assert metrics(model)["test_brier"] < impaired * (1 - impaired)


@pytest.mark.parametrize("model", _BIOPHYSICAL, ids=lambda model: str(model["id"]))
def test_every_parameter_has_a_unit_that_can_be_read(model: Entry) -> None:
    for parameter in model["metadata"]["parameters"].values():
        assert parameter["source"] == "fitted"
        assert str(_UNITS.parse_units(parameter["units"]))


def test_rates_per_minute_and_per_hour_agree_with_each_other() -> None:
    one, two = (_values(f"model-indomethacin-{size}-v2") for size in ("one-compartment", "two-compartments"))
    # The area under the curve is C0 / k10 in either model, and both saw the same blood samples.
    assert one["C0"] / one["k10"] == pytest.approx(two["C0"] / (60 * two["k10"]), rel=0.25)


def test_theophylline_is_where_the_literature_has_it() -> None:
    """Boeckmann, Sheiner and Beal's data: ka near 1.5/hr, CL near 0.04 L/hr/kg, V near 0.45 L/kg."""
    found = _values("model-theophylline-v1")
    assert found == pytest.approx({"ka": 1.5, "CL": 0.04, "V": 0.45}, rel=0.2)


def test_puromycin_raises_the_maximal_velocity() -> None:
    """Bates and Watts 1988, all data: Vmax 212.7 and 160.3, Km 0.0641 and 0.0477."""
    found = _values("model-puromycin-both-states-v1")
    published = {"Vmax_treated": 212.7, "Vmax_untreated": 160.3, "Km_treated": 0.0641, "Km_untreated": 0.0477}
    assert found == pytest.approx(published, rel=0.1)


def _fractions(value: Any) -> Iterator[float]:
    if isinstance(value, float):
        yield value
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _fractions(item)


def _measured_on(model: Entry, metric: str) -> Any:
    if metric.startswith("test_"):
        return model["model_version"]["eval_dataset_artifact_id"]
    named = model["metadata"]["trained_on_dataset_id"]
    return named if named in BY_ID else None


def _raw(dataset: str) -> str:
    sources = [link["target"] for link in BY_ID[dataset]["links"] if link["link_type"] == "derives_from"]
    return _raw(sources[0]) if sources else dataset


def _count(metadata: Entry) -> int:
    if "layer_config" not in metadata:
        return len(metadata.get("parameters") or metadata["coefficients"])
    layers = metadata["layer_config"]
    sizes = [layers["input_dim"], *layers["hidden_dims"], layers["output_dim"]]
    return sum((before + 1) * after for before, after in pairwise(sizes))


def _values(model: str) -> dict[str, float]:
    parameters = BY_ID[model]["metadata"]["parameters"]
    return {name: parameter["value"] for name, parameter in parameters.items()}
