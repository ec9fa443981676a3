"""Impairment or control from the biomarkers: multilayer perceptrons of several sizes."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_selection import SelectFromModel
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

from scidex.forge.demo.fit import alzheimers_tables as tables
from scidex.forge.demo.fit import hypotheses, measures, plotted, published
from scidex.forge.demo.fit.alzheimers_penalised import LASSO, cross_validated, predicted, search
from scidex.forge.demo.fit.entries import ArtifactEntry, analysis
from scidex.forge.demo.fit.likelihood import bernoulli_log_likelihood
from scidex.forge.demo.fit.models import FittedModel
from scidex.forge.demo.fit.split import SEED
from scidex.forge.demo.fit.tables import DataTable

_ANALYSIS = "analysis-ad-perceptron"
_ON_SELECTED = "analysis-ad-perceptron-lasso-selected"
_ENTRYPOINT = "scidex.forge.demo.fit.alzheimers_perceptron:models"
_WEIGHT_DECAYS = (0.01, 0.1, 1.0, 10.0)
_LEARNING_RATE = 0.001
_BATCH = 32
_EPOCHS = 200
_NO_AIC = (
    "aic, aicc and bic are not reported: the weights are penalised and the training stops after at most "
    f"{_EPOCHS} epochs, so they do not maximise the likelihood, and a network's weights are not "
    "identifiable, as these criteria assume"
)


@dataclass(frozen=True)
class _Version:
    number: int
    hidden: tuple[int, ...]
    changelog: str
    selected: bool = False

    @property
    def title(self) -> str:
        """Return what distinguishes the version."""
        layers = "-".join(map(str, self.hidden))
        return f"{layers} hidden units" + (" on lasso-selected predictors" if self.selected else "")


_VERSIONS = (
    _Version(1, (16,), "One hidden layer of 16 units."),
    _Version(2, (32, 16), "Two hidden layers, 32 and 16 units, instead of one of 16."),
    _Version(3, (64, 32), "Wider layers: 64 and 32 units instead of 32 and 16."),
    _Version(
        4,
        (8,),
        "One hidden layer of 8 units, fed only with the predictors that the lasso selects.",
        selected=True,
    ),
)


def analyses() -> list[ArtifactEntry]:
    """Return the entries of the analyses."""
    method = (
        "Neural networks, by Adam on the cross-entropy with an L2 penalty, whose strength is chosen by the log loss in "
        "five-fold "
        "cross-validation within the training participants."
    )
    inputs = [("cites", tables.TRAIN), ("uses", tables.TEST)]
    return [
        analysis(
            _ANALYSIS,
            "Multilayer perceptrons for cognitive impairment on all biomarkers",
            inputs=[*inputs, ("cites", published.KUHN_JOHNSON)],
            method=method,
            entrypoint=_ENTRYPOINT,
        ),
        analysis(
            _ON_SELECTED,
            "Multilayer perceptron for cognitive impairment on lasso-selected biomarkers",
            inputs=[*inputs, ("uses", LASSO)],
            method=f"{method} The lasso, with the penalty of the model used, selects anew within each fold; "
            "that penalty was chosen on all training participants, which flatters its cross-validation a little.",
            entrypoint=_ENTRYPOINT,
        ),
    ]


def models(people: tables.People, lasso_strength: float) -> list[FittedModel]:
    """Return the four fitted versions; ``lasso_strength`` is the inverse penalty strength of the lasso model."""
    return [_model(version, people, lasso_strength) for version in _VERSIONS]


def _model(version: _Version, people: tables.People, lasso_strength: float) -> FittedModel:
    names = tables.predictors(people.train)
    with warnings.catch_warnings():
        # The bound on epochs is a declared setting; reaching it is not a failure.
        warnings.simplefilter("ignore", ConvergenceWarning)
        found = _trained(version, people.train, names, lasso_strength)
        kept = predicted(found, people, names)
    network: MLPClassifier = found.best_estimator_["network"]
    return FittedModel(
        lineage="ad-perceptron",
        version=version.number,
        title=f"Cognitive impairment, multilayer perceptron: {version.title}",
        family="deep_learning",
        changelog=version.changelog,
        card=tables.CARD,
        described=_described(network, _features(found, names)),
        metrics=_metrics(found, people, names),
        parameter_count=sum(array.size for array in (*network.coefs_, *network.intercepts_)),
        test_table=tables.TEST,
        entrypoint=_ENTRYPOINT,
        trained_on=tables.TRAIN,
        analysis=_ON_SELECTED if version.selected else _ANALYSIS,
        claims=hypotheses.PANEL,
        settings=_training(network),
        predicted=kept,
        plotted=plotted.roc(
            tables.impaired(people.test), found.predict_proba(people.test.matrix(names))[:, 1]
        ),
    )


def _trained(
    version: _Version, train: DataTable, names: Sequence[str], lasso_strength: float
) -> GridSearchCV:
    lasso = LogisticRegression(
        l1_ratio=1.0, C=lasso_strength, solver="saga", max_iter=20000, tol=1e-5, random_state=SEED
    )
    network = MLPClassifier(
        version.hidden,
        learning_rate_init=_LEARNING_RATE,
        batch_size=_BATCH,
        max_iter=_EPOCHS,
        random_state=SEED,
    )
    selection = [("select", SelectFromModel(lasso, threshold=1e-10))] if version.selected else []
    pipeline = Pipeline([("scale", StandardScaler()), *selection, ("network", network)])
    decays = {"network__alpha": _WEIGHT_DECAYS}
    return search(pipeline, decays, train.matrix(names), tables.impaired(train))


def _features(found: GridSearchCV, names: Sequence[str]) -> list[str]:
    select = found.best_estimator_.named_steps.get("select")
    return list(names) if select is None else [names[index] for index in select.get_support(indices=True)]


def _described(network: MLPClassifier, features: list[str]) -> ArtifactEntry:
    return {
        "architecture": "mlp",
        "framework": "scikit-learn",
        "task_type": "binary_classification",
        "layer_config": {
            "input_dim": len(features),
            "output_dim": 1,
            "hidden_dims": list(network.hidden_layer_sizes),
            "activation": network.activation,
            "output_activation": network.out_activation_,
            "dropout": 0.0,
        },
        "features": features,
        "training_config": _training(network),
        "training_metrics": {"final_loss": float(network.loss_)},
        "information_criteria_note": _NO_AIC,
    }


def _training(network: MLPClassifier) -> ArtifactEntry:
    return {
        "optimizer": network.solver,
        "learning_rate": _LEARNING_RATE,
        "batch_size": _BATCH,
        "epochs": int(network.n_iter_),
        "epochs_at_most": _EPOCHS,
        "seed": SEED,
        "early_stopping": network.early_stopping,
        "weight_decay": float(network.alpha),
        "weight_decays_tried": list(_WEIGHT_DECAYS),
    }


def _metrics(found: GridSearchCV, people: tables.People, names: Sequence[str]) -> dict[str, float]:
    judged: dict[str, float] = {}
    for split, table in (("test", people.test), ("train", people.train)):
        probability = found.predict_proba(table.matrix(names))[:, 1]
        judged |= measures.classification(tables.impaired(table), probability, split)
    likelihood = bernoulli_log_likelihood(tables.impaired(people.train), probability)
    return {**judged, **cross_validated(found), "log_likelihood": likelihood}
