"""Which data trained the compared models."""

from typing import Annotated, Literal, NotRequired

from typing_extensions import TypedDict

from scidex.atlas._model_registry.contract.answers.description import described


class TrainingDataset(TypedDict):
    """A training dataset and the compared models that used it."""

    artifact_id: Annotated[str, described("the dataset", "dataset-ad-train")]
    title: Annotated[
        str | None, described("its name for a person", "Alzheimer's biomarkers: training participants")
    ]
    version_number: Annotated[int | None, described("its version, from 1; null if not registered", 1)]
    models: Annotated[
        list[str],
        described("compared models trained on it", ["model-ad-logistic-v1", "model-ad-logistic-v2"]),
    ]


class RelatedDatasets(TypedDict):
    """Two different datasets that are not independent; via is the artifact that relates them."""

    a_dataset: Annotated[str, described("training dataset of the first model", "dataset-ad-train")]
    b_dataset: Annotated[
        str, described("training dataset of the second model", "dataset-ad-train-without-e2")
    ]
    relation: Annotated[
        Literal["same_lineage", "common_ancestor"],
        described(
            "same_lineage: versions of one dataset; common_ancestor: derived from one dataset",
            "common_ancestor",
        ),
    ]
    via: Annotated[str, described("artifact that relates them", "dataset-ad")]


class OverlapByRows(TypedDict):
    """How many samples the training data of two models share, by the ids that the datasets carry."""

    a: Annotated[int, described("samples of the first model", 233)]
    b: Annotated[int, described("samples of the second model", 200)]
    shared: Annotated[int, described("samples of both", 200)]
    jaccard: Annotated[float, described("shared samples over all of both, 0 to 1", 0.858)]
    relation: Annotated[
        Literal["same", "subset", "superset", "overlap", "disjoint"],
        described("the first model's samples beside the second's", "superset"),
    ]


class Overlap(TypedDict):
    """How much training data two models share."""

    a: Annotated[str, described("first model", "model-ad-logistic-v1")]
    b: Annotated[str, described("second model", "model-ad-logistic-v2")]
    shared: Annotated[list[str], described("datasets both were trained on", ["dataset-ad-train"])]
    jaccard: Annotated[
        float | None, described("shared datasets over all of both, 0 to 1; null if neither has any", 1.0)
    ]
    related: Annotated[list[RelatedDatasets], described("different datasets that are not independent")]
    rows: NotRequired[
        Annotated[
            OverlapByRows | None,
            described("what they share by sample; null where not all datasets carry sample ids"),
        ]
    ]


class Leakage(TypedDict):
    """A model was evaluated on a dataset that went into the training of in_training_of."""

    model: Annotated[str, described("model whose metrics are in doubt", "model-ad-logistic-v1")]
    evaluated_on: Annotated[str, described("dataset it was evaluated on", "dataset-ad-test")]
    in_training_of: Annotated[
        str, described("model trained on that dataset, itself or another", "model-ad-logistic-v2")
    ]
    via: Annotated[str, described("training dataset through which it got there", "dataset-ad-train")]
    shared_samples: NotRequired[
        Annotated[int, described("samples of its evaluation that stand in that training data", 12)]
    ]
    of: NotRequired[
        Annotated[int, described("samples of its evaluation; both absent where ids do not tell", 100)]
    ]


class TrainingData(TypedDict):
    """Which data trained which model, and where evaluation data leaked into training."""

    datasets: Annotated[list[TrainingDataset], described("every training dataset of any compared model")]
    shared: Annotated[list[str], described("datasets that all models used", ["dataset-ad-train"])]
    partly_shared: Annotated[
        list[str], described("datasets that several but not all models used", ["dataset-ad-train"])
    ]
    unique: Annotated[
        dict[str, list[str]],
        described("by model, datasets that it alone used", {"model-ad-logistic-v2": ["dataset-ad-train"]}),
    ]
    overlap: Annotated[list[Overlap], described("what each pair of models shares")]
    leakage: Annotated[list[Leakage], described("evaluation data found in training; empty if none")]
    possible_leakage: Annotated[
        list[Leakage],
        described(
            "where it cannot be told: a declared test split of training data, or data that derive from training data"
        ),
    ]
