"""Amyloid-beta in the cortex by clinical group: linear regression."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from scidex.forge.demo.fit import evaluated, hypotheses, measures, plotted, published
from scidex.forge.demo.fit.entries import ArtifactEntry, analysis, derived_table
from scidex.forge.demo.fit.likelihood import (
    gaussian_log_likelihood,
    information_criteria,
    log_scale_log_likelihood,
)
from scidex.forge.demo.fit.linear import LinearFit, linear
from scidex.forge.demo.fit.models import FittedModel
from scidex.forge.demo.fit.split import SEED, stratified
from scidex.forge.demo.fit.tables import DataTable, Vector

_TRAIN = "dataset-amyloid-train"
_TEST = "dataset-amyloid-test"
_SPLIT = "analysis-amyloid-split"
_ANALYSIS = "analysis-amyloid-regression"
_HERE = "scidex.forge.demo.fit.amyloid"
_TEST_SHARE = 0.3
_UNIT = "pmol/g"
_SEVERITY = {"NCI": 0.0, "MCI": 1.0, "mAD": 2.0}

# What the documentation of the data (Stat2Data, Amyloid) says of the people, and what follows for the models.
_CARD = {
    "summary": "Mean amyloid-beta in the posterior cingulate cortex by clinical group.",
    "limitations": "57 Catholic priests, measured at autopsy: no impairment, mild impairment, or mild to moderate "
    "Alzheimer's disease. It describes these groups; it says nothing of living people or of a single person.",
}


@dataclass(frozen=True)
class _Version:
    number: int
    title: str
    changelog: str
    names: tuple[str, ...]
    design: Callable[[DataTable], Vector]
    on_log_scale: bool


def _groups(table: DataTable) -> Vector:
    return np.array([[float(group == "MCI"), float(group == "mAD")] for group in table.column("Group")])


def _severity(table: DataTable) -> Vector:
    return np.array([[_SEVERITY[str(group)]] for group in table.column("Group")])


_VERSIONS = (
    _Version(1, "by group", "Mean of each group.", ("Group_MCI", "Group_mAD"), _groups, on_log_scale=False),
    _Version(
        2,
        "by group, log scale",
        "Fits ln(1 + Abeta) instead of Abeta, since the values within a group are skewed; some are 0.",
        ("Group_MCI", "Group_mAD"),
        _groups,
        on_log_scale=True,
    ),
    _Version(
        3,
        "by severity, log scale",
        "One slope over severity (NCI 0, MCI 1, mAD 2) instead of a mean for each group.",
        ("severity",),
        _severity,
        on_log_scale=True,
    ),
)


def samples() -> tuple[DataTable, DataTable]:
    """Return training and test participants."""
    return stratified(published.measurements(published.AMYLOID), "Group", _TEST_SHARE)


def entries(train: DataTable, test: DataTable) -> list[ArtifactEntry]:
    """Return the entries of the tables and analyses."""
    shared = {"source": published.AMYLOID, "analysis": _SPLIT}
    return [
        analysis(
            _SPLIT,
            "Split of the cortical amyloid-beta data into training and test people",
            inputs=[("cites", published.AMYLOID)],
            method=f"Stratified by Group, {_TEST_SHARE:.0%} of the people held out.",
            entrypoint=f"{_HERE}:samples",
            seed=SEED,
        ),
        derived_table(
            _TRAIN,
            "Cortical amyloid-beta: training participants",
            train,
            rule="the people who are not held out",
            **shared,
        ),
        derived_table(
            _TEST,
            "Cortical amyloid-beta: held-out participants",
            test,
            rule=f"{_TEST_SHARE:.0%} of each group at random, numpy seed {SEED}",
            held_out_rows=test.column("row"),
            **shared,
        ),
        analysis(
            _ANALYSIS,
            "Regression of cortical amyloid-beta on clinical group",
            inputs=[("cites", _TRAIN), ("uses", _TEST), ("cites", published.PIVTORAIKO)],
            method="Ordinary least squares, on the original and the logarithmic scale.",
            entrypoint=f"{_HERE}:models",
        ),
    ]


def models(train: DataTable, test: DataTable) -> list[FittedModel]:
    """Return the three fitted versions."""
    return [_model(version, train, test) for version in _VERSIONS]


def _model(version: _Version, train: DataTable, test: DataTable) -> FittedModel:
    response = train.numbers("Abeta")
    fit = linear(version.design(train), np.log1p(response) if version.on_log_scale else response)
    predicted = {"test": _predicted(version, fit, test), "train": _predicted(version, fit, train)}
    judged: dict[str, float] = {}
    for split, table in (("test", test), ("train", train)):
        judged |= measures.regression(table.numbers("Abeta"), predicted[split], split)
    likelihood = _log_likelihood(version, fit, response)
    return FittedModel(
        lineage="amyloid-regression",
        version=version.number,
        title=f"Cortical amyloid-beta, linear regression: {version.title}",
        family="statistical",
        changelog=version.changelog,
        card=_CARD,
        described=_described(version, fit),
        metrics={**judged, **information_criteria(likelihood, len(fit.coefficients) + 1, len(response))},
        parameter_count=len(fit.coefficients),
        test_table=_TEST,
        entrypoint=f"{_HERE}:models",
        trained_on=_TRAIN,
        analysis=_ANALYSIS,
        claims=hypotheses.CORTICAL_AMYLOID,
        settings={"method": "ordinary least squares"},
        unit=_UNIT,
        response="Abeta",
        predicted=(
            _evaluated("test", test, predicted["test"]),
            _evaluated("train", train, predicted["train"]),
        ),
        plotted=plotted.against_observed(test.numbers("Abeta"), predicted["test"], _UNIT),
    )


def _evaluated(split: evaluated.DemoSplit, table: DataTable, predicted: Vector) -> evaluated.Predicted:
    return evaluated.quantity(
        split,
        table,
        "Abeta",
        predicted,
        raw=published.AMYLOID,
        unit=_UNIT,
        called="amyloid-beta",
        samples_are="participants",
    )


def _predicted(version: _Version, fit: LinearFit, table: DataTable) -> Vector:
    """Return the predicted mean of Abeta; from the log scale by Duan's smearing factor (1983, JASA 78: 605-610)."""
    fitted = fit.predict(version.design(table))
    if not version.on_log_scale:
        return fitted
    return np.asarray(np.exp(fitted) * np.mean(np.exp(fit.residuals)) - 1)


def _log_likelihood(version: _Version, fit: LinearFit, response: Vector) -> float:
    """Return ln L of Abeta itself on either scale, so that the versions' AIC can be compared."""
    if version.on_log_scale:
        return log_scale_log_likelihood(fit.residuals, 1 + response)
    return gaussian_log_likelihood(fit.residuals)


def _described(version: _Version, fit: LinearFit) -> dict[str, Any]:
    columns = zip(fit.coefficients, fit.std_errors, fit.p_values, strict=True)
    estimates = [{"value": float(b), "std_error": float(se), "p_value": float(p)} for b, se, p in columns]
    left = "ln(1 + Abeta)" if version.on_log_scale else "Abeta"
    return {
        "model_type": "linear_regression",
        "formula": f"{left} ~ {' + '.join(version.names)}",
        "features": list(version.names),
        "coefficients": dict(zip(("intercept", *version.names), estimates, strict=True)),
        "reference_group": "NCI",
        "coefficient_scale": "ln(1 + pmol/g)" if version.on_log_scale else _UNIT,
        "fit_metrics": {"residual_standard_deviation": fit.residual_deviation},
    }
