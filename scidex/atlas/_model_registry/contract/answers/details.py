"""Everything known of one model."""

from typing import Annotated, NotRequired

from typing_extensions import TypedDict

from scidex.atlas._model_registry.contract.answers.card import Card
from scidex.atlas._model_registry.contract.answers.description import AnyJson, described
from scidex.atlas._model_registry.contract.answers.entries import ModelEntry
from scidex.atlas._model_registry.contract.answers.evaluations import EvaluationEntry, LeakageVerdict
from scidex.atlas._model_registry.contract.answers.provenance import Provenance
from scidex.atlas._model_registry.contract.answers.standing import Standing


class ModelVersionEntry(TypedDict):
    """The row of model_versions with its JSON columns parsed."""

    is_external: Annotated[bool, described("whether the model was taken over from elsewhere", example=False)]
    external_source_url: Annotated[
        str | None, described("where an external model comes from", "https://example.org/models/7")
    ]
    external_source_version: Annotated[str | None, described("its version at that source", "1.4.0")]
    base_model_id: Annotated[str | None, described("model it was tuned from", "model-ad-logistic-v1")]
    code_repo_url: Annotated[
        str | None, described("repository of the training code", "https://example.org/models.git")
    ]
    code_commit_sha: Annotated[
        str | None, described("commit of the training code", "9fceb02d0ae598e95dc970b74767f19372d61af8")
    ]
    code_entrypoint: Annotated[
        str | None, described("what to run in that code", "scidex.forge.demo.fit.alzheimers_logistic:models")
    ]
    training_started_at: Annotated[
        str | None, described("start of training, RFC 3339 in UTC", "2026-04-05T10:00:00Z")
    ]
    training_completed_at: Annotated[
        str | None, described("end of training, RFC 3339 in UTC", "2026-04-05T12:00:00Z")
    ]
    trained_by: Annotated[str | None, described("person or program that trained it", "analysis-ad-logistic")]
    gpu_allocation_id: Annotated[str | None, described("allocation that training was charged to", "gpu-42")]
    training_params: Annotated[
        AnyJson,
        described("settings of the training; null if absent or unreadable", {"folds": 5, "seed": 2011}),
    ]
    eval_metrics: Annotated[
        AnyJson, described("metrics as recorded; null if absent or unreadable", {"test_roc_auc": 0.910198})
    ]
    eval_dataset_artifact_id: Annotated[
        str | None, described("dataset the metrics were measured on", "dataset-ad-test")
    ]
    benchmark_id: Annotated[str | None, described("benchmark the metrics belong to", "benchmark-ad")]
    promotion_state: Annotated[
        str | None, described("candidate, promoted, rejected or superseded", "promoted")
    ]
    promotion_notes: Annotated[
        str | None, described("why it has this state", "highest val_roc_auc of its lineage")
    ]
    created_at: Annotated[
        str | None, described("moment the row was written, RFC 3339 in UTC", "2026-04-05T12:00:00Z")
    ]


class VersionEntry(TypedDict):
    """One member of a lineage."""

    id: Annotated[str, described("identifier of the version", "model-ad-logistic-v1")]
    version_number: Annotated[int, described("place in the lineage, counted from 1", 1)]
    version_tag: Annotated[str | None, described("name given to the version", "best")]
    changelog: Annotated[
        str | None, described("what changed since its parent", "Adds age and sex as predictors.")
    ]
    created_at: Annotated[
        str | None, described("moment of registration, RFC 3339 in UTC", "2026-04-05T12:00:00Z")
    ]
    content_hash: Annotated[str | None, described("hash of its content", "sha256:a9065dbc")]
    is_latest: Annotated[bool, described("whether it is marked as the latest of its lineage", example=False)]
    quality_score: Annotated[float | None, described("effective score, 0 to 1; null if unscored", 0.797058)]
    evaluation_metrics: Annotated[
        dict[str, float], described("finite numbers by the name reported", {"test_roc_auc": 0.898529})
    ]


class LinkedArtifact(TypedDict):
    """The artifact at the other end of a link; of one that is not registered, only id and missing are given."""

    id: Annotated[str, described("the artifact", "analysis-ad-logistic")]
    artifact_type: NotRequired[Annotated[str, described("its type", "analysis")]]
    title: NotRequired[
        Annotated[str, described("its name for a person", "Logistic regression of cognitive impairment")]
    ]
    version_number: NotRequired[Annotated[int, described("its version, from 1", 1)]]
    is_latest: NotRequired[
        Annotated[bool, described("whether it is the latest of its lineage", example=True)]
    ]
    missing: NotRequired[
        Annotated[bool, described("true where it is not registered, else absent", example=True)]
    ]


class LinkEntry(TypedDict):
    """A link seen from one of its ends."""

    link_type: Annotated[str, described("what the link says", "produced_by")]
    strength: Annotated[float | None, described("how strong it is, as stored; null if not said", 0.9)]
    evidence: Annotated[AnyJson, described("what it rests on, as stored", "named in the analysis")]
    created_at: Annotated[
        str | None, described("moment the link was made, RFC 3339 in UTC", "2026-04-05T12:00:00Z")
    ]
    artifact: Annotated[LinkedArtifact, described("what is at the other end")]


class LinkEntries(TypedDict):
    """Outgoing links lead to what the model depends on, incoming ones come from what depends on it."""

    outgoing: Annotated[list[LinkEntry], described("what the model depends on")]
    incoming: Annotated[list[LinkEntry], described("what depends on the model")]


class ModelWarning(TypedDict):
    """A part of the model that is kept but cannot be used, or a reported value that an evaluation contradicts."""

    path: Annotated[str, described("where it stands", "metadata.parameters.k_on.units")]
    message: Annotated[
        str,
        described(
            "what is wrong with it",
            "The unit 'furlongs' cannot be read, so this value compares only with values in a unit that is "
            "written the same.",
        ),
    ]


class RelatedArtifact(TypedDict):
    """An artifact that a model links to, as it is registered now; all but its id is null where it is not."""

    id: Annotated[str, described("the artifact", "dataset-ad-train")]
    title: Annotated[
        str | None, described("its name for a person", "Alzheimer's biomarkers: training participants")
    ]
    artifact_type: Annotated[str | None, described("its type", "tabular_dataset")]
    version_number: Annotated[int | None, described("its version, from 1", 1)]
    content_hash: Annotated[str | None, described("hash of its content", "sha256:e6af5f64")]
    lifecycle_state: Annotated[str | None, described("state of the artifact in the host", "active")]


class ModelDetail(ModelEntry):
    """Everything known of one model version."""

    metadata: Annotated[
        AnyJson, described("all that was registered with the model, unchanged", {"formula": "impaired ~ tau"})
    ]
    card: Annotated[Card, described("what it says of itself for a reader")]
    content_hash: Annotated[str | None, described("hash of its content", "sha256:a97b9bf0")]
    created_by: Annotated[str | None, described("person or program that registered it", "scidex.forge.demo")]
    changelog: Annotated[
        str | None, described("what changed since its parent", "Adds age and sex as predictors.")
    ]
    parent_version_id: Annotated[
        str | None, described("version it was made from; null for a first one", "model-ad-logistic-v1")
    ]
    superseded_by: Annotated[
        str | None, described("version that replaces it; null if none does", "model-ad-logistic-v3")
    ]
    origin_url: Annotated[str | None, described("where it was taken from", "https://example.org/models/7")]
    model_version: Annotated[
        ModelVersionEntry | None, described("its code, training and evaluation; null if not recorded")
    ]
    evaluations: Annotated[
        list[EvaluationEntry], described("the predictions behind its metrics, newest first")
    ]
    leakage: Annotated[
        LeakageVerdict, described("whether held-out samples stand in its training data, by their ids")
    ]
    versions: Annotated[list[VersionEntry], described("its lineage with all branches, by version number")]
    links: Annotated[LinkEntries, described("its links to other artifacts, both ways")]
    provenance: Annotated[Provenance, described("the verdict on its provenance, with the graph")]
    standing: Annotated[
        Standing, described("the worst state of the model and of everything it rests on, with the paths")
    ]
    warnings: Annotated[
        list[ModelWarning],
        described("what is kept but cannot be used, and reported values that evaluations contradict"),
    ]
    scidex_record: NotRequired[Annotated[int, described("with format=json: layout of the file", 1)]]
    address: NotRequired[
        Annotated[
            str,
            described(
                "with format=json: the page of the model", "http://127.0.0.1:8000/models/model-ad-logistic-v2"
            ),
        ]
    ]
    related: NotRequired[
        Annotated[list[RelatedArtifact], described("with format=json: all that the answer speaks of, by id")]
    ]
