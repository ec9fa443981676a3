"""The steps from a fitted estimator to a complete model with evidence, as code that runs as it stands."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideStep:
    """One step: what it does, and the code that does it. All steps together run as they stand."""

    title: str
    words: str
    code: str


SETUP: Final = """\
python3 run.py init-db                                # makes .venv, and a database of your own below .scidex
.venv/bin/python -m pip install scikit-learn pandas   # what this example fits with
.venv/bin/python register.py                          # the steps below, saved as a file beside run.py
python3 run.py serve --no-demo                        # shows what you registered on http://127.0.0.1:8000
"""
SETUP_WORDS: Final = (
    "The package scidex is on no index: it is a folder of the repository that this registry runs from. Get a "
    "checkout of it, a clone or an unpacked archive, from those who run the registry, and work in the folder that"
    " holds run.py. To write to a shared registry, set SCIDEX_PG_DSN to the connection string that its operator "
    "gives you before the third line; without it everything stays on your machine."
)
_FIT: Final = """\
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

X, y = load_breast_cancer(return_X_y=True, as_frame=True)
train, test, y_train, y_test = train_test_split(X, y, test_size=0.3, random_state=1, stratify=y)
fitted = make_pipeline(StandardScaler(), LogisticRegression()).fit(train, y_train)
"""
_DATA: Final = """\
import hashlib

from scidex.atlas.artifact_registry import register_artifact


def dataset(title, rows):
    content = rows.to_csv().encode()
    return register_artifact(
        artifact_type="tabular_dataset",
        title=title,
        content_hash=f"sha256:{hashlib.sha256(content).hexdigest()}",
        metadata={"rows": len(rows), "sample_ids": [f"tumour-{place}" for place in rows.index]},
    )


trained_on = dataset("Tumours: training samples", train.join(y_train))
tested_on = dataset("Tumours: test samples", test.join(y_test))
"""
_ANALYSIS: Final = """\
from scidex.atlas.artifact_registry import Link

analysis = register_artifact(
    artifact_type="analysis",
    title="Logistic regression of tumours",
    metadata={"entrypoint": "fit.py", "seed": 1},
    links=[Link(trained_on, "uses"), Link(tested_on, "uses")],
)
"""
_MODEL: Final = """\
from scidex.atlas.artifact_registry import register_evaluation, register_model
from scidex.forge.estimators import describe

described = describe(
    fitted,
    X=test,
    y=y_test,
    dataset=tested_on,
    sample=[f"tumour-{place}" for place in test.index],
    title="Benign or malignant, by 30 measurements of cell nuclei",
)
described.model["metadata"]["card"] = {
    "summary": "Tells benign from malignant breast tumours by the shape of their cell nuclei.",
    "authors": [{"name": "Your name"}],
    "licence": "CC-BY-4.0",
    "limitations": "Samples of one clinic; no outside test.",
}
model = register_model(**described.model, trained_on=trained_on, produced_by=analysis)
register_evaluation(**described.evaluation, model=model.id, produced_by=analysis)
"""
_PINS: Final = """\
from scidex.atlas.artifact_registry import pin_inputs
from scidex.atlas.model_registry import get_model_detail

pin_inputs(analysis)
print(get_model_detail(model.id)["provenance"]["complete"])
"""
_SECOND: Final = """\
from sklearn.tree import DecisionTreeClassifier

from scidex.atlas.model_registry import compare_models

tree = DecisionTreeClassifier(max_depth=3, random_state=1).fit(train, y_train)
second_analysis = register_artifact(
    artifact_type="analysis",
    title="Decision tree of tumours",
    metadata={"entrypoint": "fit_tree.py", "seed": 1},
    links=[Link(trained_on, "uses"), Link(tested_on, "uses")],
)
described = describe(
    tree,
    X=test,
    y=y_test,
    dataset=tested_on,
    sample=[f"tumour-{place}" for place in test.index],
    title="Benign or malignant, by a tree of three questions",
)
second = register_model(
    **described.model, trained_on=trained_on, produced_by=second_analysis, quality_score=0.9
)
register_evaluation(**described.evaluation, model=second.id, produced_by=second_analysis)

rows = {row["name"]: row for row in compare_models([model.id, second.id])["metrics"]}
for name in ("test_roc_auc", "test_accuracy"):
    print(name, rows[name]["comparable"], rows[name]["distinguished"])
"""
_MEND: Final = """\
def missing(model_id):
    rules = get_model_detail(model_id)["provenance"]["rules"]
    return [rule["message"] for rule in rules if rule["required"] and not rule["satisfied"]]


print(missing(second.id))
pin_inputs(second_analysis)
print(missing(second.id), get_model_detail(second.id)["quality_score"])
"""

STEPS: Final = (
    GuideStep(
        title="Fit",
        words="Any way you like; here with scikit-learn, and a third of the samples held out.",
        code=_FIT,
    ),
    GuideStep(
        title="Register the data",
        words=(
            "With a hash of their content, so that a change is seen, and the ids of their samples, so that the "
            "registry can tell whether test samples were trained on."
        ),
        code=_DATA,
    ),
    GuideStep(
        title="Register the analysis",
        words="What produced the model, and the data that it used.",
        code=_ANALYSIS,
    ),
    GuideStep(
        title="Register the model and what it predicts",
        words=(
            "describe() reads a fitted estimator of scikit-learn, statsmodels or lmfit; any other model is a "
            "dictionary that you write. What cannot be stored is refused field by field, each with what to write "
            "instead. artifact_id= of any registering call gives an id of your own; without it one is made."
        ),
        code=_MODEL,
    ),
    GuideStep(
        title="Pin the inputs",
        words="After the models: which versions of the data the analysis used. Now the provenance is complete.",
        code=_PINS,
    ),
    GuideStep(
        title="Register another that compares",
        words=(
            "Under the same metric names, on the same test dataset and the same samples: then the comparison says"
            " whether the samples tell the two apart. The 171 samples do by the ROC AUC, the headline that "
            "describe() gives both, and do not by the accuracy. It prints test_roc_auc True True (comparable, told "
            "apart) and test_accuracy True False."
        ),
        code=_SECOND,
    ),
    GuideStep(
        title="Mend what is missing",
        words=(
            "The second analysis was not pinned, so its model is incomplete, and its score of 0.9 is shown as "
            '0.3. list_models(provenance="incomplete") finds all such models; pin_inputs(analysis) works at any '
            "time, and the score is shown whole from then on. What a model names and is not registered is "
            'registered under that very name: register_artifact(artifact_type="dataset", '
            'artifact_id="dataset-x", title="What it is", content_hash="sha256:…"), or with "analysis", '
            '"hypothesis", "paper". A link that was forgotten is added by '
            'create_link(model, dataset, "trained_on") or create_link(model, analysis, "produced_by"); pin again '
            "after it. Pins say what was used: where a dataset has a new version since, fit again and register "
            "with create_version."
        ),
        code=_MEND,
    ),
)
