"""What a registering person should know: comparable models, headline and score, and what people do wrong."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """A word or a condition, and what it means."""

    title: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """What people do, what the registry says to it, and what to do instead."""

    title: str
    said: str
    instead: str


COMPARABLE: Final = (
    Advice(
        title="The same name, split included",
        words="test_roc_auc and roc_auc are two rows of a comparison.",
    ),
    Advice(
        title="The same evaluation data",
        words=(
            "metric_metadata.NAME.dataset of both names one registered dataset; describe(dataset=…) writes it. "
            "For a model that is there already, take the id from its page or from "
            'get_model_detail(id)["evaluations"][0]["dataset"], and measure on those data. Registered a second '
            "time they are another dataset."
        ),
    ),
    Advice(
        title="Evaluations of the same samples",
        words=(
            "with the same sample ids, so that differences are taken sample by sample. Without them values stand "
            "side by side, and nothing says whether chance alone would part them."
        ),
    ),
    Advice(
        title="Units that convert",
        words=(
            "mg/L and g/L do; a unit that only one model declares leaves the row open. Errors also want the same "
            "response."
        ),
    ),
    Advice(
        title="For AIC, BIC and likelihoods",
        words="the same training data, response and software: they say nothing between models of different data.",
    ),
)
SCORES: Final = (
    Advice(
        title="headline_metric",
        words=(
            "in metadata names the reported metric by which the model is first judged, in lists and on its page. "
            "Without it the first held-out one is taken: test, validation, folds. Models that stand side by side "
            "should name the same."
        ),
    ),
    Advice(
        title="quality_score",
        words=(
            "an argument of register_model, from 0 to 1, is your own judgement, and lists are sorted by it unless"
            " asked otherwise. Use one rule for all your models; the demo takes 2 · AUC - 1 of a classifier and "
            "R² of a regression, both of held-out data. Without a rule leave it out: models without a score come "
            "last. Without complete provenance it is shown as 0.3 at most, and what is stored stays."
        ),
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
        said=(
            'metadata.parameters.k is 0.1: give an object such as {"value": 0.1, "units": "1/s"}, with null where'
            " no unit is declared"
        ),
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
