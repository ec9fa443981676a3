"""From the log of a training run to a plan: the run as an analysis, and the model that it produced."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from scidex.atlas.artifact_registry import Attributes, Link
from scidex.forge.importers import digests
from scidex.forge.importers.documents import number
from scidex.forge.importers.plan import LeftOut, Missing, Plan, PlannedArtifact, PlannedModel, Told
from scidex.forge.importers.series import MetricSeries, histories, last_values

NOT_DECLARED = "not declared"

# Names of hyperparameters in logs, by the key of a model's training_config.
_TRAINING_NAMES: Mapping[str, tuple[str, ...]] = {
    "learning_rate": ("learning_rate", "lr", "learn_rate"),
    "batch_size": ("batch_size", "train_batch_size", "per_device_train_batch_size"),
    "epochs": ("epochs", "max_epochs", "num_epochs", "n_epochs", "num_train_epochs"),
    "optimizer": ("optimizer", "optimizer_name", "optim"),
    "seed": ("seed", "random_seed", "random_state"),
}
_ARCHITECTURE_NAMES = ("architecture", "arch", "backbone", "model_name", "model_type", "model")
_NUMBERS = ("learning_rate", "batch_size", "epochs", "seed")
_NO_DATASET = Missing(
    "the training data: the log names none",
    "import again with --dataset ID, the id of the dataset once it is registered",
)
_NO_TEST = Missing(
    "a held-out metric: the log has none whose name begins with val or test",
    "log the metrics of validation or test data under names such as val_loss or test_auc",
)
_NO_ARCHITECTURE = Missing(
    "the architecture: the log names none",
    'log it as a hyperparameter, such as {"architecture": "resnet18"}',
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run as a log records it. ``name`` is the run's id in its source; None without one."""

    source: str
    format: str
    title: str
    content_hash: str
    files: Mapping[str, str]
    name: str | None = None
    framework: str | None = None
    architecture: str | None = None
    layers: Mapping[str, object] = field(default_factory=dict)
    parameter_count: int | None = None
    hyperparameters: Mapping[str, object] = field(default_factory=dict)
    series: Sequence[MetricSeries] = ()
    further_metrics: Mapping[str, float] = field(default_factory=dict)
    metric_notes: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    summary: str | None = None
    started_at: str | None = None
    code_repo: str | None = None
    code_commit: str | None = None
    entrypoint: str | None = None
    address: str | None = None
    left_out: tuple[LeftOut, ...] = ()


def plan_of(run: Run, told: Told) -> Plan:
    """Return the plan of a run's model.

    The run is the analysis that produced the model, unless ``told`` names another; it uses and pins the dataset that
    ``told`` names.
    """
    model_id, analysis_id = (_id(kind, run) for kind in ("model", "analysis"))
    own = () if told.analysis else (_analysis(run, analysis_id, told),)
    metrics = {**run.further_metrics, **last_values(run.series)}
    return Plan(
        source=run.source,
        format=run.format,
        artifacts=own,
        models=(_model(run, model_id, told.analysis or analysis_id, metrics, told),),
        left_out=(*run.left_out, *_dropped(run.series)),
        missing=tuple(_missing(run, metrics, told)),
    )


def _id(kind: str, run: Run) -> str:
    if run.name is not None:
        return digests.id_of(kind, run.format, run.name)
    return digests.id_of_content(kind, run.format, run.content_hash)


def _analysis(run: Run, analysis_id: str, told: Told) -> PlannedArtifact:
    metadata = {
        "method": f"training run as logged ({run.format})",
        "run": run.name,
        "files": run.files,
        "entrypoint": run.entrypoint,
        "code_commit_sha": run.code_commit,
        "started_at": run.started_at,
    }
    return PlannedArtifact(
        artifact_id=analysis_id,
        artifact_type="analysis",
        title=f"Training run: {run.title}",
        metadata={key: value for key, value in metadata.items() if value is not None},
        content_hash=run.content_hash,
        links=(Link(told.dataset, "uses"),) if told.dataset else (),
        attributes=_attributes(run, told),
        pin_inputs=told.dataset is not None,
    )


def _model(run: Run, model_id: str, analysis: str, metrics: Mapping[str, float], told: Told) -> PlannedModel:
    metadata = {
        "architecture": run.architecture or _named(run.hyperparameters) or NOT_DECLARED,
        "layer_config": run.layers,
        "framework": run.framework,
        "description": run.summary,
        "parameter_count": run.parameter_count,
        "training_config": dict(_training(run.hyperparameters)) or None,
        "evaluation_metrics": metrics,
        "metric_metadata": run.metric_notes or None,
        "training_history": histories(run.series) or None,
    }
    return PlannedModel(
        artifact_id=model_id,
        title=run.title,
        model_family="deep_learning",
        metadata={key: value for key, value in metadata.items() if value is not None},
        content_hash=run.content_hash,
        trained_on=(told.dataset,) if told.dataset else (),
        produced_by=(analysis,),
        model_version=_version(run, told),
        attributes=_attributes(run, told),
    )


def _version(run: Run, told: Told) -> dict[str, object]:
    return {
        "is_external": told.origin_type == "external",
        "external_source_url": run.address,
        "code_repo_url": run.code_repo,
        "code_commit_sha": run.code_commit,
        "code_entrypoint": run.entrypoint,
        "training_started_at": run.started_at,
        "training_params": run.hyperparameters or None,
    }


def _attributes(run: Run, told: Told) -> Attributes:
    return Attributes(origin_type=told.origin_type, origin_url=run.address, created_by=f"import {run.format}")


def _named(hyperparameters: Mapping[str, object]) -> str | None:
    """Return the architecture in the hyperparameters; None without one."""
    named = (hyperparameters.get(name) for name in _ARCHITECTURE_NAMES)
    return next((each.strip() for each in named if isinstance(each, str) and each.strip()), None)


def _training(hyperparameters: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Yield the hyperparameters with a key in training_config and a value that fits it."""
    for key, names in _TRAINING_NAMES.items():
        given = next((hyperparameters[name] for name in names if hyperparameters.get(name) is not None), None)
        if key in _NUMBERS:
            value: object = number(given)
            if isinstance(value, (int, float)) and _fits(key, value):
                yield key, value
        elif isinstance(given, str) and given.strip():
            yield key, given


def _fits(key: str, value: float) -> bool:
    if key == "batch_size":
        return value >= 0 and value == int(value)
    return key != "epochs" or value >= 0


def _dropped(series: Sequence[MetricSeries]) -> Iterator[LeftOut]:
    for each in series:
        if each.dropped:
            kept = "none was finite" if not each.values else "the last finite one is kept"
            yield LeftOut(f"{each.dropped} values of {each.name}", f"no finite numbers; {kept}")


def _missing(run: Run, metrics: Mapping[str, float], told: Told) -> Iterator[Missing]:
    if told.dataset is None:
        yield _NO_DATASET
    if run.architecture is None and _named(run.hyperparameters) is None:
        yield _NO_ARCHITECTURE
    if not any(name.lower().startswith(("val", "test", "eval")) for name in metrics):
        yield _NO_TEST


def without_credentials(address: object) -> str | None:
    """Return the address of a repository without user name and password."""
    if not isinstance(address, str) or not address.strip():
        return None
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    return (
        urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        if parts.netloc
        else address.strip()
    )
