"""From a run of MLflow to artifacts: the run as the analysis of its inputs, and its models."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import PureWindowsPath
from typing import Any, Final

from scidex.atlas.artifact_registry import Link
from scidex.forge.importers import mlflow_description as descriptions
from scidex.forge.importers.digests import id_of, of_json
from scidex.forge.importers.documents import number
from scidex.forge.importers.mlflow_inputs import SOURCE, attributes, dataset_id, datasets, training_data
from scidex.forge.importers.mlflow_records import LoggedModel, MlflowRun, MlflowVersion
from scidex.forge.importers.plan import LeftOut, Missing, PlannedArtifact, PlannedModel, Told
from scidex.forge.importers.series import histories, last_values
from scidex.forge.importers.training_run import NOT_DECLARED, without_credentials

_COMMIT, _REPOSITORY, _PROGRAM, _NOTE = (
    "mlflow.source.git.commit", "mlflow.source.git.repoURL", "mlflow.source.name", "mlflow.note.content",
)  # fmt: skip
_STATISTICAL: Final = frozenset(
    {"sklearn", "statsmodels", "xgboost", "lightgbm", "catboost", "prophet", "pmdarima", "spark"}
)
# How runs that log no model call what they fitted, without signs and capitals.
_CLASSICAL: Final = re.compile(
    "(?:logistic|linear|poisson)regress|^logreg|^(?:ridge|lasso|elasticnet)|(?:decision|extra|randomized)trees?"
    "|(?:random|isolation)forest|svm|^sv[cr]$|^(?:rf|dt|knn|gbm|gbdt)$|kneighbors|knn(?:class|regr)|supportvector"
    "|(?:gradient|ada|xg|cat)boost|lightgbm|lgbm|naivebayes|gaussianprocess"
)
_RUN_NUMBER: Final = re.compile(r"[\W_]{1,9}(?:(?:run|trial)[\W_]{0,9})?\d{1,9}$", re.IGNORECASE)
_HISTORY: Final = "mlflow.log-model.history"
_NETWORKS: Final = ("sklearn.neural_network.",)
_TAGS_READ: Final = ("mlflow.", "estimator_")
_ARCHITECTURES: Final = ("architecture", "arch", "backbone", "model_name", "model_type", "model")
_LATEST_MILLISECOND: Final = 253_402_300_799_000  # the end of the year 9999

NO_DATASET: Final = Missing(
    "the training data: the run logged no input for training",
    "log it: mlflow.log_input(mlflow.data.from_pandas(frame, name=…, source=…), context='training')",
)
NO_COMMIT: Final = Missing(
    "the commit of the code", "run from a git checkout with GitPython installed, and MLflow logs it"
)
NO_MODEL: Final = Missing(
    "a logged model", "log it with its signature: mlflow.<flavor>.log_model(model, name=…)"
)


def analysis(run: MlflowRun, told: Told) -> PlannedArtifact:
    """Return the run as the analysis that used its inputs, with pins of them as the plan registers them.

    For data that ``told`` names, only the registry knows the version, so it writes the pins.
    """
    inputs = datasets(run, told)
    own = [each.artifact_id for each in inputs]
    used = dict.fromkeys([*own, *training_data(run, told)])
    pins = [
        {"artifact_id": each.artifact_id, "version_number": 1, "content_hash": each.content_hash}
        for each in inputs
    ]
    fields = {
        "method": "MLflow run",
        "run": run.id,
        "experiment": run.experiment,
        "started_at": _moment(run.started),
        "completed_at": _moment(run.ended),
        "entrypoint": _program(run),
        "code_commit_sha": run.tags.get(_COMMIT),
        "pinned_artifacts": pins,
    }
    return PlannedArtifact(
        artifact_id=id_of("analysis", SOURCE, run.id),
        artifact_type="analysis",
        title=f"MLflow run {run.name}",
        metadata={key: value for key, value in fields.items() if value},
        content_hash=_hash(run),
        links=tuple(Link(name, "uses") for name in used),
        attributes=attributes(told),
        pin_inputs=len(used) > len(own),
    )


def model(
    run: MlflowRun, logged: LoggedModel | None, version: MlflowVersion | None, parent: str | None, told: Told
) -> PlannedModel:
    """Return a logged model, or the model of a run that logged none; ``version`` is its registered version."""
    description = logged.description if logged else {}
    family, described = _described(run, description)
    return PlannedModel(
        artifact_id=id_of("model", SOURCE, logged.id if logged else run.id),
        title=version.name if version else _title(run, logged),
        model_family=family,
        metadata={
            key: value
            for key, value in {**described, **_common(run, logged, version)}.items()
            if value is not None
        },
        content_hash=of_json([_hash(run), logged.id if logged else None]),
        trained_on=training_data(run, told),
        produced_by=(told.analysis or id_of("analysis", SOURCE, run.id),),
        model_version=_version(run, version, told),
        attributes=attributes(told),
        parent=parent,
        changelog=_changelog(version) if version and parent else None,
    )


def missing(run: MlflowRun, logged: LoggedModel | None, told: Told) -> Iterator[Missing]:
    """Yield what a complete record needs and the run did not log."""
    if not training_data(run, told):
        yield NO_DATASET
    if logged is None:
        yield NO_MODEL
    if not run.tags.get(_COMMIT):
        yield NO_COMMIT


def not_finite(run: MlflowRun) -> Iterator[LeftOut]:
    """Yield the metrics with values that are left out."""
    for each in run.series:
        if each.dropped:
            yield LeftOut(
                f"{each.dropped} values of {each.name} in {run.name}", "they are not finite numbers"
            )


def _hash(run: MlflowRun) -> str:
    """Return the hash of what is fixed in a finished run, without tags and registered versions."""
    points = [[each.name, len(each.values), each.values[-1:], each.dropped] for each in run.series]
    inputs = [[each.name, each.digest, each.context] for each in run.inputs]
    return of_json([run.id, run.started, run.ended, dict(run.params), points, inputs])


def _title(run: MlflowRun, logged: LoggedModel | None) -> str:
    kind = run.tags.get("estimator_name") or (logged.name if logged and logged.name != "model" else "")
    return f"{kind} ({run.name})" if kind else run.name


def _changelog(version: MlflowVersion) -> str:
    return version.description.strip() or f"version {version.number} of {version.name} in MLflow"


def _described(run: MlflowRun, description: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the family, by the library, and the metadata that models of it need."""
    flavors, estimator = descriptions.flavors(description), run.tags.get("estimator_class", "")
    library = next((each for each in flavors if each in _STATISTICAL), None)
    if (library or estimator) and not estimator.startswith(_NETWORKS):
        named = run.tags.get("estimator_name") or library or estimator
        columns = descriptions.inputs(description)
        predictors = {"features": columns} if columns else {"formula": NOT_DECLARED}
        return "statistical", {
            "model_type": named,
            **predictors,
            "target": descriptions.outputs(description) or None,
        }
    architecture = next((text for name in _ARCHITECTURES if (text := run.params.get(name, "").strip())), None)
    if not flavors and _CLASSICAL.search(re.sub(r"[\W_]", "", architecture or run.name).lower()):
        kind = architecture or _RUN_NUMBER.sub("", run.name)
        return "statistical", {"model_type": kind, "formula": NOT_DECLARED}
    if not flavors and (library := _library_of_history(run)):
        return "statistical", {"model_type": architecture or library, "formula": NOT_DECLARED}
    architecture = architecture or run.tags.get("estimator_name") or NOT_DECLARED
    return "deep_learning", {
        "architecture": architecture,
        "layer_config": {},
        "inputs": descriptions.inputs(description) or None,
        "outputs": descriptions.outputs(description) or None,
    }


def _library_of_history(run: MlflowRun) -> str | None:
    """Return the library of the model that the run logged, as MLflow 2 wrote it into a tag of the run."""
    found = descriptions.flavors_of_history(run.tags.get(_HISTORY, ""))
    return next((each for each in found if each in _STATISTICAL), None)


def _common(run: MlflowRun, logged: LoggedModel | None, version: MlflowVersion | None) -> dict[str, Any]:
    flavors = descriptions.flavors(logged.description) if logged else []
    own_tags = {key: text for key, text in run.tags.items() if not key.startswith(_TAGS_READ) and key.strip()}
    source = {
        "format": "MLflow",
        "run_id": run.id,
        "run_name": run.name,
        "experiment": run.experiment,
        "logged_model": logged.id if logged else None,
        "registered_as": f"{version.name} version {version.number}" if version else None,
        "aliases": list(version.aliases) if version else None,
        "tags": own_tags or None,
    }
    return {
        "framework": flavors[0] if flavors else None,
        "hyperparameters": {key: _value(text) for key, text in run.params.items() if key.strip()} or None,
        "evaluation_metrics": last_values(run.series) or None,
        "metric_metadata": _measured_on(run, logged) or None,
        "training_history": histories(run.series) or None,
        "card": {"summary": note} if (note := run.tags.get(_NOTE, "").strip()) else None,
        "provenance": {key: value for key, value in source.items() if value},
    }


def _measured_on(run: MlflowRun, logged: LoggedModel | None) -> dict[str, dict[str, str]]:
    """Return the dataset of each metric, where MLflow recorded it and it is an input of the run."""
    inputs = {(each.name, each.digest): dataset_id(each) for each in run.inputs}
    datasets = logged.measured_on if logged else {}
    return {
        name: {"dataset": inputs[datasets[name]]}
        for name in last_values(run.series)
        if datasets.get(name) in inputs
    }


def _value(text: str) -> float | str:
    """Return the number in a text of MLflow, else the text."""
    read = number(text)
    return text if read is None else read


def _version(run: MlflowRun, version: MlflowVersion | None, told: Told) -> dict[str, object]:
    return {
        "is_external": told.origin_type == "external",
        "external_source_version": str(version.number) if version else None,
        "code_repo_url": without_credentials(run.tags.get(_REPOSITORY)),
        "code_commit_sha": run.tags.get(_COMMIT) or None,
        "code_entrypoint": _program(run),
        "training_started_at": _moment(run.started),
        "training_completed_at": _moment(run.ended),
        "training_params": dict(run.params) or None,
    }


def _program(run: MlflowRun) -> str | None:
    r"""Return the program of the run, without the folders of a person's machine (``/`` or ``\``)."""
    return PureWindowsPath(run.tags.get(_PROGRAM, "")).name or None


def _moment(milliseconds: int | None) -> str | None:
    if milliseconds is None or not 0 < milliseconds < _LATEST_MILLISECOND:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat()
