"""Impairment or control from all biomarkers: logistic regression with lasso and elastic-net penalties."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, StratifiedKFold, cross_val_predict
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

from scidex.forge.demo.fit import alzheimers_tables as tables
from scidex.forge.demo.fit import evaluated, hypotheses, measures, plotted, published
from scidex.forge.demo.fit.entries import ArtifactEntry, analysis
from scidex.forge.demo.fit.likelihood import bernoulli_log_likelihood, information_criteria
from scidex.forge.demo.fit.models import FittedModel
from scidex.forge.demo.fit.split import SEED
from scidex.forge.demo.fit.standardised import Standardisation
from scidex.forge.demo.fit.tables import DataTable, Vector

LASSO = "model-ad-penalised-v1"
_ANALYSIS = "analysis-ad-penalised"
_ENTRYPOINT = "scidex.forge.demo.fit.alzheimers_penalised:models"
_FOLDS = 5
# Inverse penalty strengths, which select from almost none to dozens of predictors.
_STRENGTHS = (0.03, 0.05, 0.08, 0.13, 0.2, 0.32, 0.5)
_SOLVER = {"solver": "saga", "max_iter": 20000, "tol": 1e-5, "random_state": SEED}
_BASIS = (
    "aic, aicc and bic count effective degrees of freedom: the trace of H(H + P)^-1 over the intercept and the "
    "selected predictors, H the Fisher information and P the ridge part of the penalty; exact for linear models (Zou, "
    "Hastie and Tibshirani 2007, Annals of Statistics 35: 2173-2192), an approximation here"
)


@dataclass(frozen=True)
class _Version:
    number: int
    title: str
    changelog: str
    l1_ratios: tuple[float, ...]
    names: tuple[str, ...]
    claims: str
    lacks: tuple[str, ...] = ()


def analyses() -> list[ArtifactEntry]:
    """Return the entry of the analysis."""
    return [
        analysis(
            _ANALYSIS,
            "Penalised logistic regression of cognitive impairment on all biomarkers",
            inputs=[("cites", tables.TRAIN), ("uses", tables.TEST), ("cites", published.KUHN_JOHNSON)],
            method="Lasso and elastic net; the penalty is chosen by the log loss in five-fold cross-validation within "
            "the training participants, who are standardised within each fold.",
            entrypoint=_ENTRYPOINT,
        )
    ]


def models(people: tables.People) -> list[FittedModel]:
    """Return the three fitted versions."""
    everything = tuple(tables.predictors(people.train))
    exploratory = tuple(name for name in everything if name not in tables.CORE)
    versions = (
        _Version(
            1, "lasso on all predictors", "Lasso on all predictors.", (1.0,), everything, hypotheses.PANEL
        ),
        _Version(
            2,
            "elastic net on all predictors",
            "Elastic net instead of lasso; the mixing of the two penalties is chosen by cross-validation too.",
            (0.2, 0.5, 0.8),
            everything,
            hypotheses.PANEL,
        ),
        _Version(
            3,
            "elastic net without the core biomarkers",
            "Leaves out tau, phosphorylated tau and Aβ42. It claims to test a hypothesis of its own, which has not "
            "been registered yet.",
            (0.2, 0.5, 0.8),
            exploratory,
            hypotheses.PANEL_WITHOUT_CORE,
            ("tests_hypothesis_id",),
        ),
    )
    return [_model(version, people) for version in versions]


def search(
    estimator: Pipeline, grid: Mapping[str, Sequence[float]], design: Vector, outcome: Vector
) -> GridSearchCV:
    """Return the settings with the best cross-validated log loss, fitted to all training participants.

    Unlike the area under the ROC curve, the log loss penalises probabilities that all lie on one side of one half.
    """
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=SEED)
    scoring = ("roc_auc", "neg_log_loss")
    return GridSearchCV(estimator, grid, cv=folds, scoring=scoring, refit="neg_log_loss").fit(design, outcome)


def predicted(
    found: GridSearchCV, people: tables.People, names: Sequence[str]
) -> tuple[evaluated.Predicted, ...]:
    """Return the probabilities of all participants, and those from folds of the chosen settings."""
    train, outcome = people.train.matrix(names), tables.impaired(people.train)
    fold = np.empty(len(outcome), dtype=np.int64)
    for number, (_, outside) in enumerate(found.cv.split(train, outcome), start=1):
        fold[outside] = number
    left_out = cross_val_predict(
        clone(found.best_estimator_), train, outcome, cv=found.cv, method="predict_proba"
    )
    validated = tables.CrossValidated(cross_validated(found), left_out[:, 1], fold)
    on: list[tuple[evaluated.DemoSplit, DataTable]] = [("test", people.test), ("train", people.train)]
    judged = [(split, table, found.predict_proba(table.matrix(names))[:, 1]) for split, table in on]
    return tables.predicted(judged, validated)


def cross_validated(found: GridSearchCV) -> dict[str, float]:
    """Return the mean metrics of the chosen settings over the folds of the training participants."""
    means = {name: float(found.cv_results_[f"mean_test_{name}"][found.best_index_]) for name in found.scorer_}
    return {"val_roc_auc": means["roc_auc"], "val_log_loss": -means["neg_log_loss"]}


def _model(version: _Version, people: tables.People) -> FittedModel:
    pipeline = Pipeline([("scale", StandardScaler()), ("logistic", LogisticRegression(**_SOLVER))])
    grid = {"logistic__C": _STRENGTHS, "logistic__l1_ratio": version.l1_ratios}
    found = search(pipeline, grid, people.train.matrix(version.names), tables.impaired(people.train))
    best: LogisticRegression = found.best_estimator_["logistic"]
    scale = Standardisation.learned(people.train, version.names)
    selected = [name for name, weight in zip(version.names, best.coef_[0], strict=True) if weight != 0]
    probability = found.predict_proba(people.test.matrix(version.names))[:, 1]
    freedom = _degrees_of_freedom(best, scale(people.train))
    return FittedModel(
        lineage="ad-penalised",
        version=version.number,
        title=f"Cognitive impairment, penalised logistic regression: {version.title}",
        family="statistical",
        changelog=version.changelog,
        card=tables.CARD,
        described=_described(best, scale, selected, freedom),
        metrics=_metrics(found, people, version.names, freedom),
        parameter_count=len(selected) + 1,
        test_table=tables.TEST,
        entrypoint=_ENTRYPOINT,
        trained_on=tables.TRAIN,
        analysis=_ANALYSIS,
        claims=version.claims,
        lacks=version.lacks,
        settings=_settings(best, version),
        predicted=predicted(found, people, version.names),
        plotted=plotted.roc(tables.impaired(people.test), probability),
    )


def _settings(best: LogisticRegression, version: _Version) -> ArtifactEntry:
    return {
        "penalty": "lasso" if version.l1_ratios == (1.0,) else "elastic net",
        "inverse_penalty_strength": float(best.C),
        "l1_ratio": float(best.l1_ratio),
        "inverse_penalty_strengths_tried": list(_STRENGTHS),
        "l1_ratios_tried": list(version.l1_ratios),
        "folds": _FOLDS,
        "solver": "saga",
        "tolerance": _SOLVER["tol"],
        "seed": SEED,
    }


def _described(
    best: LogisticRegression, scale: Standardisation, selected: list[str], freedom: float
) -> ArtifactEntry:
    weights = dict(zip(scale.names, map(float, best.coef_[0]), strict=True))
    chosen = {"intercept": float(best.intercept_[0]), **{name: weights[name] for name in selected}}
    return {
        "model_type": "penalised_logistic_regression",
        "formula": f"logit P(Class = Impaired) ~ {len(scale.names)} standardised predictors, penalised",
        "features": list(scale.names),
        "selected_features": selected,
        "coefficients": {name: {"value": value} for name, value in chosen.items()},
        "coefficient_scale": "log odds per training standard deviation",
        "coefficient_note": "shrunk by the penalty; standard errors have no simple meaning after selection",
        "preprocessing": {"standardisation": scale.only(selected).described()},
        "penalty": {"inverse_strength": float(best.C), "l1_ratio": float(best.l1_ratio)},
        "fit_metrics": {"degrees_of_freedom": freedom},
        "information_criteria_note": _BASIS,
    }


def _metrics(
    found: GridSearchCV, people: tables.People, names: Sequence[str], freedom: float
) -> dict[str, float]:
    judged: dict[str, float] = {}
    for split, table in (("test", people.test), ("train", people.train)):
        probability = found.predict_proba(table.matrix(names))[:, 1]
        judged |= measures.classification(tables.impaired(table), probability, split)
    likelihood = bernoulli_log_likelihood(tables.impaired(people.train), probability)
    criteria = information_criteria(likelihood, freedom, len(probability))
    return {**judged, **cross_validated(found), **criteria}


def _degrees_of_freedom(best: LogisticRegression, design: Vector) -> float:
    x = np.column_stack([np.ones(len(design)), design[:, best.coef_[0] != 0]])
    p = best.predict_proba(design)[:, 1]
    information = x.T @ (x * (p * (1 - p))[:, None])
    ridge = np.full(x.shape[1], (1 - best.l1_ratio) / best.C)
    ridge[0] = 0.0
    return float(np.trace(np.linalg.solve(information + np.diag(ridge), information)))
