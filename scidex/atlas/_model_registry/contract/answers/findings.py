"""Reasons against comparing the values of one metric, as data."""

from typing import Annotated, Literal

from typing_extensions import TypedDict

from scidex.atlas._model_registry.contract.answers.description import described

FindingCode = Literal[
    "one_model",
    "splits_differ",
    "meanings_differ",
    "scale_undeclared",
    "notation_unclear",
    "weights_undeclared",
    "weights_differ",
    "units_do_not_convert",
    "unit_unclear",
    "unit_undeclared",
    "data_differ",
    "data_undeclared",
    "training_data_differ",
    "training_data_unknown",
    "training_data_unpinned",
    "fitted_data_differ",
    "fitted_data_unknown",
    "fitted_data_unpinned",
    "responses_differ",
    "response_unclear",
    "rows_differ",
    "estimation_differs",
    "definition_unclear",
    "definition_undeclared",
]


class Finding(TypedDict):
    """A rule of comparability that the values of a metric break, or may break."""

    code: Annotated[FindingCode, described("the rule", "data_differ")]
    values: Annotated[
        dict[str, str | None],
        described(
            "by model concerned, what the rule found; null: it declares nothing",
            {"model-a": "dataset-a v2", "model-b": "dataset-b v1"},
        ),
    ]
    detail: Annotated[str | None, described("what else the rule found", "the unit zorps cannot be read")]
