"""A comparison such as the demo's, by hand: three Alzheimer's classifiers, each with a fault of its own."""

from scidex.atlas._model_registry.contract.answers import Comparison, TrainingData
from tests.unit.pages.example_metrics import configuration, metrics
from tests.unit.pages.example_models import IDS, LASSO, LOGISTIC, MLP, OTHER, TEST, TRAIN, model
from tests.unit.pages.example_provenance import provenance


def _training_data() -> TrainingData:
    return TrainingData(
        datasets=[
            {"artifact_id": TRAIN, "title": "ad_data train split", "version_number": 1, "models": IDS},
            {"artifact_id": OTHER, "title": "ad_data 2024 extension", "version_number": 1, "models": [LASSO]},
        ],
        shared=[TRAIN],
        partly_shared=[],
        unique={MLP: [], LOGISTIC: [], LASSO: [OTHER]},
        overlap=[
            {"a": MLP, "b": LOGISTIC, "shared": [TRAIN], "jaccard": 1.0, "related": []},
            {
                "a": MLP,
                "b": LASSO,
                "shared": [TRAIN],
                "jaccard": 0.5,
                "related": [
                    {
                        "a_dataset": TRAIN,
                        "b_dataset": OTHER,
                        "relation": "common_ancestor",
                        "via": "dataset-ad-raw",
                    }
                ],
            },
            {"a": LOGISTIC, "b": LASSO, "shared": [TRAIN], "jaccard": 0.5, "related": []},
        ],
        leakage=[{"model": LASSO, "evaluated_on": TEST, "in_training_of": LASSO, "via": OTHER}],
        possible_leakage=[],
    )


def comparison() -> Comparison:
    """Return a fresh comparison of the three, the perceptron being the baseline."""
    titles = {
        MLP: "Alzheimer classifier, multilayer perceptron",
        LOGISTIC: "Alzheimer classifier, logistic regression",
        LASSO: "Alzheimer classifier, L1-penalised logistic regression on the extended cohort",
    }
    models = [model(i, titles[i], version=version) for i, version in zip(IDS, (3, 1, 2), strict=True)]
    models[0]["model_family"] = "deep_learning"
    models[1]["origin_type"] = "external"
    models[2]["quality_score"] = 0.3
    models[2]["provenance_complete"] = False
    models[2]["provenance_missing"] = ["pinned_inputs"]
    models[2]["provenance_warning"] = f"Not fully traceable: input {OTHER} is not pinned"
    return Comparison(
        models=models,
        baseline=MLP,
        metrics=metrics(),
        metadata_diff=configuration(),
        training_data=_training_data(),
        provenance=provenance(titles),
    )
