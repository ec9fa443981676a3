"""Small fits of three libraries, on data of our own."""

# ruff: noqa: PLC0415 - who lacks a library still runs the tests of the others

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

_RNG = np.random.default_rng(7)
ROWS = 60
X = _RNG.normal(size=(ROWS, 3))
Y = X @ [1.0, -2.0, 0.5] + _RNG.normal(scale=0.3, size=ROWS)
TWO = np.where(Y + _RNG.normal(size=ROWS) > 0, "ill", "well")
THREE = np.digitize(Y, [-1, 1])
COUNTS = _RNG.poisson(np.exp(0.3 * X[:, 0] + 0.5))
TIMES = np.linspace(0, 10, ROWS)
DECAY = 3 * np.exp(-0.4 * TIMES) + _RNG.normal(scale=0.05, size=ROWS)


@dataclass(frozen=True)
class Case:
    """A fit, the data to predict, and the task of its evaluation; None where it predicts nothing."""

    fit: Callable[[], Any]
    X: Any
    y: Any
    task: str | None
    family: str = "statistical"


def _table() -> Any:
    import pandas as pd

    return pd.DataFrame(
        {"a": X[:, 0], "b": X[:, 1], "c": X[:, 2], "y": Y, "ill": (TWO == "ill").astype(int), "n": COUNTS}
    )


def _sklearn(name: str, target: Any, *arguments: Any, **settings: Any) -> Callable[[], Any]:
    """Fit an estimator named ``module.Class``."""

    def fit() -> Any:
        from importlib import import_module

        module, _, kind = name.rpartition(".")
        return getattr(import_module(f"sklearn.{module}"), kind)(*arguments, **settings).fit(X, target)

    return fit


def _pipeline() -> Any:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LogisticRegression()).fit(_table()[["a", "b", "c"]], TWO)


def _search() -> Any:
    from sklearn.linear_model import Ridge
    from sklearn.model_selection import GridSearchCV

    return GridSearchCV(Ridge(), {"alpha": [0.1, 1.0]}, cv=3).fit(X, Y)


SKLEARN = {
    "linear regression": Case(_sklearn("linear_model.LinearRegression", Y), X, Y, "regression"),
    "ridge": Case(_sklearn("linear_model.Ridge", Y), X, Y, "regression"),
    "lasso by cross-validation": Case(_sklearn("linear_model.LassoCV", Y, cv=3), X, Y, "regression"),
    "logistic regression": Case(_sklearn("linear_model.LogisticRegression", TWO), X, TWO, "binary"),
    "three classes": Case(_sklearn("linear_model.LogisticRegression", THREE), X, THREE, "multiclass"),
    "random forest": Case(
        _sklearn("ensemble.RandomForestClassifier", TWO, n_estimators=5, random_state=1), X, TWO, "binary"
    ),
    "boosted trees": Case(
        _sklearn("ensemble.GradientBoostingRegressor", Y, n_estimators=5, random_state=1), X, Y, "regression"
    ),
    "support vectors": Case(_sklearn("svm.SVC", TWO), X, TWO, "binary"),
    "linear support vectors": Case(_sklearn("svm.LinearSVC", THREE), X, THREE, "multiclass"),
    "neighbours": Case(_sklearn("neighbors.KNeighborsRegressor", Y), X, Y, "regression"),
    "naive Bayes": Case(_sklearn("naive_bayes.GaussianNB", THREE), X, THREE, "multiclass"),
    "Gaussian process": Case(_sklearn("gaussian_process.GaussianProcessRegressor", Y), X, Y, "regression"),
    "perceptron": Case(
        _sklearn("neural_network.MLPClassifier", TWO, (4,), max_iter=2000, random_state=1, tol=1e-2),
        X,
        TWO,
        "binary",
        family="deep_learning",
    ),
    "tree": Case(_sklearn("tree.DecisionTreeRegressor", Y, max_depth=3), X, Y, "regression"),
    "clusters": Case(_sklearn("cluster.KMeans", None, n_clusters=2, n_init=1, random_state=1), X, Y, None),
    "search": Case(_search, X, Y, "regression"),
}
PIPELINE = Case(_pipeline, None, TWO, "binary")


def _formula(kind: str, formula: str, **settings: Any) -> Callable[[], Any]:
    def fit() -> Any:
        import statsmodels.formula.api as smf

        return getattr(smf, kind)(formula, _table(), **settings).fit()

    return fit


def _quiet(kind: str, formula: str) -> Callable[[], Any]:
    def fit() -> Any:
        import statsmodels.formula.api as smf

        return getattr(smf, kind)(formula, _table()).fit(disp=0)

    return fit


def _arrays() -> Any:
    import statsmodels.api as sm

    return sm.OLS(Y, sm.add_constant(X)).fit()


def _weighted() -> Any:
    import statsmodels.api as sm

    return sm.WLS(Y, X, weights=np.ones(ROWS)).fit()


def _binomial() -> Any:
    import statsmodels.api as sm

    return sm.GLM((TWO == "ill").astype(int), X, family=sm.families.Binomial()).fit()


def _mixed() -> Any:
    import statsmodels.formula.api as smf

    return smf.mixedlm("y ~ a", _table(), groups=np.repeat(np.arange(6), 10)).fit()


def _many() -> Any:
    import statsmodels.api as sm

    return sm.MNLogit(THREE, X).fit(disp=0)


def _series() -> Any:
    from statsmodels.tsa.arima.model import ARIMA

    return ARIMA(np.cumsum(Y), order=(1, 0, 0)).fit()


ILL = (TWO == "ill").astype(int)
STATSMODELS = {
    "least squares": Case(_formula("ols", "y ~ a + b"), "table", Y, "regression"),
    "least squares of arrays": Case(_arrays, np.column_stack([np.ones(ROWS), X]), Y, "regression"),
    "weighted least squares": Case(_weighted, X, Y, "regression"),
    "robust": Case(_formula("rlm", "y ~ a + b + c"), "table", Y, "regression"),
    "quantiles": Case(_formula("quantreg", "y ~ a"), "table", Y, "regression"),
    "logit": Case(_quiet("logit", "ill ~ a + b"), "table", ILL, "binary"),
    "counts": Case(_quiet("poisson", "n ~ a"), "table", COUNTS, "regression"),
    "binomial": Case(_binomial, X, ILL, "binary"),
    "mixed effects": Case(_mixed, "table", Y, "regression"),
    "three classes": Case(_many, X, THREE, "multiclass"),
    "series": Case(_series, None, Y[:5], "regression"),
}


def _decay(t: Any, c0: float, k: float) -> Any:
    return c0 * np.exp(-k * t)


def _curve() -> Any:
    from lmfit import Model

    parameters = Model(_decay).make_params(c0=2, k={"value": 0.3, "min": 0})
    return Model(_decay).fit(DECAY, parameters, t=TIMES)


def _expression() -> Any:
    from lmfit.models import ExpressionModel

    return ExpressionModel("c0 * exp(-k * x)").fit(DECAY, x=TIMES, c0=2, k=0.3)


def _composite() -> Any:
    from lmfit.models import ConstantModel, ExponentialModel

    model = ExponentialModel() + ConstantModel()
    return model.fit(DECAY, x=TIMES, amplitude=2, decay=2, c=0.1)


def _minimised() -> Any:
    from lmfit import Parameters, minimize

    parameters = Parameters()
    parameters.add("c0", value=2)
    parameters.add("k", value=0.3, min=0)
    return minimize(lambda p: _decay(TIMES, p["c0"].value, p["k"].value) - DECAY, parameters)


LMFIT = {
    "curve": Case(_curve, TIMES, DECAY, "regression"),
    "expression": Case(_expression, {"x": TIMES}, DECAY, "regression"),
    "composite": Case(_composite, TIMES, DECAY, "regression"),
    "minimised": Case(_minimised, TIMES, DECAY, None),
}


def rows_of(case: Case) -> Any:
    """Return the data that a case predicts; ``table`` stands for the named columns."""
    if isinstance(case.X, str):
        return _table()
    return _table()[["a", "b", "c"]] if case is PIPELINE else case.X
