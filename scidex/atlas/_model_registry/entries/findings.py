"""A finding on a metric's values, worded for one medium: with the ids of models or with the letters of a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from scidex.atlas._model_registry.contract.answers.findings import Finding, FindingCode
from scidex.atlas._model_registry.entries.sentences import listed


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A finding's sentence: ``told`` lists who declares what, ``silent`` names who declares nothing.

    ``each`` words one declared value and the models that share it. A part with nothing to name is left out.
    """

    told: str = ""
    each: str = "{value} for {models}"
    joint: str = " and "
    silent: str = ""
    lead: str = ""


def worded(finding: Finding, metric: str, names: Mapping[str, str] | None = None) -> str:
    """Return the finding as a sentence about ``metric``; ``names`` holds what each model is called, else its id."""
    called = {model: names[model] if names else model for model in finding["values"]}
    groups: dict[str | None, list[str]] = {}
    for model in sorted(called, key=called.__getitem__):
        groups.setdefault(finding["values"][model], []).append(called[model])
    sentence, silent = _SENTENCES[finding["code"]], groups.pop(None, [])
    each = [
        sentence.each.format(value=value, models=listed(models), metric=metric)
        for value, models in groups.items()
    ]
    parts = [
        sentence.told.format(metric=metric, each=sentence.joint.join(each), detail=finding["detail"])
        if each
        else "",
        sentence.silent.format(metric=metric, silent=listed(silent)) if silent else "",
    ]
    return sentence.lead.format(metric=metric) + "; ".join(filter(None, parts))


_SAME_DATA = "{metric} compares only between models fitted to the same data"

_SENTENCES: Final[Mapping[FindingCode, _Sentence]] = {
    "one_model": _Sentence(silent="only {silent} reports {metric}"),
    "splits_differ": _Sentence(
        "{metric} was measured on {each}", "the {value} split by {models}", " and on "
    ),
    "meanings_differ": _Sentence("{metric} is declared {each}", "{value} by {models}"),
    "scale_undeclared": _Sentence("{metric} is {each}", silent="no scale is declared for {silent}"),
    "notation_unclear": _Sentence(
        "{metric} is {each}: one may be a fraction and the other in per cent; declare its unit as 1 or %"
    ),
    "weights_undeclared": _Sentence(
        silent="{metric} is best near 1 only where residuals are divided by their errors, and no weights are "
        "declared for {silent}"
    ),
    "weights_differ": _Sentence(
        "{metric} is {each}",
        "a sum {value} for {models}",
        silent="no weights are declared for {silent}: sums with and without weights are on different scales",
    ),
    "units_do_not_convert": _Sentence("{metric} is in {each}, which do not convert", joint=" and in "),
    "unit_unclear": _Sentence("{metric} is in {each}: {detail}", joint=" and in "),
    "unit_undeclared": _Sentence("{metric} is in {each}", silent="no unit is declared for {silent}"),
    "data_differ": _Sentence("{metric} was measured on {each}", "{value} by {models}", " and on "),
    "data_undeclared": _Sentence(
        "{metric} was measured on {each}",
        "{value} by {models}",
        " and on ",
        "the data on which {silent} measured {metric} are not declared",
    ),
    "training_data_differ": _Sentence("{metric} was measured on training data, which is {each}"),
    "training_data_unknown": _Sentence(
        silent="{metric} was measured on training data, and that of {silent} is not known"
    ),
    "training_data_unpinned": _Sentence(
        "{metric} was measured on training data, and the version of {each}",
        "{value} is not pinned by {models}",
        " and that of ",
    ),
    "fitted_data_differ": _Sentence(_SAME_DATA + ", which is {each}"),
    "fitted_data_unknown": _Sentence(silent=_SAME_DATA + ", and that of {silent} is not known"),
    "fitted_data_unpinned": _Sentence(
        _SAME_DATA + ", and the version of {each}, so it may have changed between them",
        "{value} is not pinned by {models}",
        " and that of ",
    ),
    "responses_differ": _Sentence(
        "{metric} compares only between models of the same response, which is {each}"
    ),
    "response_unclear": _Sentence(
        "the response is {each}, and on which scale {metric} was computed is not declared"
    ),
    "rows_differ": _Sentence(
        "{metric} compares only between models fitted to the same rows, and their number is {each}"
    ),
    "estimation_differs": _Sentence(
        "likelihoods by REML compare only with each other and between models of the same fixed effects, "
        "and {metric} is by {each}",
        joint=" and by ",
    ),
    "definition_unclear": _Sentence(
        "it is by {each}",
        joint=" and by ",
        silent="neither definition nor software is declared for {silent}",
        lead="{metric} may be defined with or without a constant: ",
    ),
    "definition_undeclared": _Sentence(
        "it is by {each}",
        silent="neither definition nor software is declared for {silent}",
        lead="a constant may be left out of {metric}: ",
    ),
}
