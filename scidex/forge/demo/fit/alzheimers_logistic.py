"""Impairment or control from the known biomarkers: logistic regression by maximum likelihood."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import StratifiedKFold

from scidex.forge.demo.fit import alzheimers_tables as tables
from scidex.forge.demo.fit import hypotheses, measures, plotted, published
from scidex.forge.demo.fit.entries import ArtifactEntry, analysis
from scidex.forge.demo.fit.likelihood import bernoulli_log_likelihood, information_criteria
from scidex.forge.demo.fit.maximum_likelihood import LogisticFit, logistic
from scidex.forge.demo.fit.models import FittedModel
from scidex.forge.demo.fit.split import SEED
from scidex.forge.demo.fit.standardised import Standardisation
from scidex.forge.demo.fit.tables import DataTable

_LINEAGE = "ad-logistic"
_ANALYSIS = "analysis-ad-logistic"
_SENSITIVITY = "analysis-ad-logistic-without-e2"
_HERE = "scidex.forge.demo.fit.alzheimers_logistic"
_FOLDS = 5


def analyses() -> list[ArtifactEntry]:
    """Return the entries of the analyses."""
    method = "Newton's method on the log-likelihood; predictors standardised on the training participants."
    return [
        analysis(
            _ANALYSIS,
            "Logistic regression of cognitive impairment on the known biomarkers",
            inputs=[("cites", tables.TRAIN), ("uses", tables.TEST), ("cites", published.CRAIG_SCHAPIRO)],
            method=method,
            entrypoint=f"{_HERE}:models",
        ),
        analysis(
            _SENSITIVITY,
            "Logistic regression of cognitive impairment without APOE ε2 carriers",
            inputs=[("cites", tables.TRAIN_WITHOUT_E2), ("uses", tables.TEST)],
            linked_after_pinning=[("cites", published.ALZHEIMERS)],
            method=f"{method} The genotypes of the raw data were declared as an input after the inputs were pinned.",
            entrypoint=f"{_HERE}:models",
        ),
    ]


def models(people: tables.People) -> list[FittedModel]:
    """Return the three fitted versions."""
    adjusted = (*tables.CORE, *tables.DEMOGRAPHIC)
    return [
        _model(
            1,
            people.train,
            people.test,
            tables.CORE,
            "Tau, phosphorylated tau and Aβ42.",
            title="core biomarkers",
        ),
        _model(
            2,
            people.train,
            people.test,
            adjusted,
            "Adds age, sex and the number of APOE ε4 alleles as predictors.",
            title="core biomarkers, age, sex, APOE ε4",
        ),
        _model(
            3,
            people.train_without_e2,
            people.test,
            adjusted,
            "Sensitivity analysis: version 2's predictors, fitted without carriers of APOE ε2. One input of the "
            "analysis, the raw data, was declared after pinning and is unpinned.",
            title="without APOE ε2 carriers",
            trained_on=tables.TRAIN_WITHOUT_E2,
            analysis=_SENSITIVITY,
            lacks=("pinned_inputs",),
        ),
    ]


def _model(
    version: int,
    train: DataTable,
    test: DataTable,
    names: Sequence[str],
    changelog: str,
    *,
    title: str,
    **how: Any,
) -> FittedModel:
    scale = Standardisation.learned(train, names)
    fit = logistic(scale(train), tables.impaired(train))
    validated = cross_validated(train, names)
    judged: list[tables.Judged] = [
        ("test", test, fit.probability(scale(test))),
        ("train", train, fit.probability(scale(train))),
    ]
    return FittedModel(
        lineage=_LINEAGE,
        version=version,
        title=f"Cognitive impairment, logistic regression: {title}",
        family="statistical",
        changelog=changelog,
        card=tables.CARD,
        described=_described(fit, scale),
        metrics=_metrics(fit, scale, train, test, validated.metrics),
        parameter_count=len(fit.coefficients),
        test_table=tables.TEST,
        entrypoint=f"{_HERE}:models",
        claims=hypotheses.CORE_BIOMARKERS,
        settings={
            "method": "maximum likelihood",
            "solver": "Newton",
            "tolerance": 1e-12,
            "folds": _FOLDS,
            "seed": SEED,
        },
        predicted=tables.predicted(judged, validated),
        plotted=plotted.roc(tables.impaired(test), fit.probability(scale(test))),
        **{"trained_on": tables.TRAIN, "analysis": _ANALYSIS, **how},
    )


def _described(fit: LogisticFit, scale: Standardisation) -> ArtifactEntry:
    columns = zip(fit.coefficients, fit.std_errors, fit.p_values, strict=True)
    estimates = [{"value": float(b), "std_error": float(se), "p_value": float(p)} for b, se, p in columns]
    return {
        "model_type": "logistic_regression",
        "formula": f"logit P(Class = Impaired) ~ {' + '.join(scale.names)}",
        "features": list(scale.names),
        "coefficients": dict(zip(("intercept", *scale.names), estimates, strict=True)),
        "coefficient_scale": "log odds per training standard deviation",
        "preprocessing": {"standardisation": scale.described()},
    }


def _metrics(
    fit: LogisticFit,
    scale: Standardisation,
    train: DataTable,
    test: DataTable,
    validated: Mapping[str, float],
) -> dict[str, float]:
    probability = fit.probability(scale(train))
    likelihood = bernoulli_log_likelihood(tables.impaired(train), probability)
    return {
        **measures.classification(tables.impaired(test), fit.probability(scale(test)), "test"),
        **measures.classification(tables.impaired(train), probability, "train"),
        **validated,
        **information_criteria(likelihood, len(fit.coefficients), len(probability)),
    }


def cross_validated(train: DataTable, names: Sequence[str]) -> tables.CrossValidated:
    """Return the metrics over five folds of the training participants, standardised within each fold."""
    values, outcome = train.matrix(names), tables.impaired(train)
    judged, left_out, folds = [], np.empty(len(outcome)), np.empty(len(outcome), dtype=np.int64)
    splits = StratifiedKFold(_FOLDS, shuffle=True, random_state=SEED).split(values, outcome)
    for number, (inside, outside) in enumerate(splits, start=1):
        mean, deviation = values[inside].mean(axis=0), values[inside].std(axis=0)
        fit = logistic((values[inside] - mean) / deviation, outcome[inside])
        probability = fit.probability((values[outside] - mean) / deviation)
        left_out[outside], folds[outside] = probability, number
        judged.append((roc_auc_score(outcome[outside], probability), log_loss(outcome[outside], probability)))
    area, loss = np.mean(judged, axis=0)
    return tables.CrossValidated({"val_roc_auc": float(area), "val_log_loss": float(loss)}, left_out, folds)
