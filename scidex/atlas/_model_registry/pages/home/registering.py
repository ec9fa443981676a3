"""How to register a model: from a fitted estimator to complete provenance with evidence, and common mistakes."""

from dataclasses import dataclass
from typing import Final, TypedDict

from scidex.atlas._model_registry.pages.words.addresses import GLOSSARY, MODEL_LIST


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideStep:
    """One step: its purpose and its code. All steps together run as they stand."""

    title: str
    words: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A common mistake, the registry's answer to it, and what to do instead."""

    title: str
    said: str
    instead: str


class RegisteringPageContext(TypedDict):
    """All that the template of the page reads."""

    title: str
    steps: list[GuideStep]
    mistakes: list[Mistake]
    glossary: str
    list_href: str


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

STEPS: Final = (
    GuideStep(
        title="Fit",
        words="Any way you like; here with scikit-learn, and a third of the samples held out.",
        code=_FIT,
    ),
    GuideStep(
        title="Register the data",
        words="With a hash of their content, so that a change is seen, and the ids of their samples, so that the "
        "registry can tell whether test samples were trained on.",
        code=_DATA,
    ),
    GuideStep(
        title="Register the analysis",
        words="What produced the model, and the data that it used.",
        code=_ANALYSIS,
    ),
    GuideStep(
        title="Register the model and what it predicts",
        words="describe() reads a fitted estimator of scikit-learn, statsmodels or lmfit; any other model is a "
        "dictionary that you write. What cannot be stored is refused field by field, each with what to write instead.",
        code=_MODEL,
    ),
    GuideStep(
        title="Pin the inputs",
        words="After the models: which versions of the data the analysis used. Now the provenance is complete.",
        code=_PINS,
    ),
)
MISTAKES: Final = (
    Mistake(
        title="Naming training data that are not registered",
        said="metadata names tumours, which is not registered",
        instead="register the dataset first, and give its id as trained_on",
    ),
    Mistake(
        title="Leaving the inputs unpinned",
        said="1 of 1 inputs of analysis-a is not pinned: dataset-a",
        instead="call pin_inputs(analysis) after the models are registered",
    ),
    Mistake(
        title="A parameter without its unit",
        said='metadata.parameters.k is 0.1: give an object such as {"value": 0.1, "units": "1/s"}, with null where no '
        "unit is declared",
        instead='write {"value": 0.1, "units": "1/s"}; null says that no unit is declared',
    ),
    Mistake(
        title="A metric written as text",
        said="metadata.evaluation_metrics.test_auc is '0.93': write 0.93 without quotes",
        instead="write numbers as numbers; a metric's spread goes into metric_metadata as std",
    ),
    Mistake(
        title="Testing on samples that were trained on",
        said="2 of the 3 test samples of dataset-b were trained on",
        instead="hold samples out before fitting, and register test data as a dataset of their own with their ids",
    ),
)


def registering_page() -> RegisteringPageContext:
    """Return the context of the page."""
    return RegisteringPageContext(
        title="Register a model",
        steps=list(STEPS),
        mistakes=list(MISTAKES),
        glossary=GLOSSARY,
        list_href=MODEL_LIST,
    )
