"""What a model is, as far as it states: equations, formula, layers, parameters, coefficients, training.

All of it is shown for every family, and for models without one.
"""

from dataclasses import dataclass
from typing import Final

from scidex.atlas._model_registry.contract.answers import ModelDetail
from scidex.atlas._model_registry.equations.sides import equations_of
from scidex.atlas._model_registry.pages.model_page.formulas import Formulas, lay_out_formulas
from scidex.atlas._model_registry.pages.model_page.layers import Layer, layer_chain
from scidex.atlas._model_registry.pages.model_page.reading import by_name
from scidex.atlas._model_registry.pages.model_page.tables import (
    EstimateTable,
    SettingTable,
    estimate_table,
    setting_table,
)
from scidex.atlas._model_registry.pages.words.wording import family_words, shortened
from scidex.atlas._model_registry.records.models import Json
from scidex.atlas._model_registry.records.values import as_object, as_text, as_texts

_KIND_LIMIT = 120
_MOST_NAMES = 2_000
_KIND: Final = {
    "type": "model_type",
    "architecture": "architecture",
    "task": "task_type",
    "framework": "framework",
}
# Keys that are shown elsewhere on the page, or do not describe the model.
_ELSEWHERE: Final = frozenset(
    {
        "architecture",
        "card",
        "coefficients",
        "equations",
        "evaluation_metrics",
        "features",
        "fit_metrics",
        "formula",
        "framework",
        "layer_config",
        "metric_metadata",
        "model_family",
        "model_type",
        "parameter_count",
        "parameters",
        "produced_by_analysis_id",
        "reactions",
        "species",
        "task_type",
        "tests_hypothesis_id",
        "trained_on_dataset_id",
        "training_config",
        "training_metrics",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameList:
    """A list of names under its title, such as features or species, and how many more there are."""

    title: str
    names: list[str]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """The description of a model; ``kind`` begins with its family."""

    kind: list[str]
    formulas: Formulas
    layers: list[Layer]
    estimates: list[EstimateTable]
    names: list[NameList]
    settings: list[SettingTable]
    nothing: bool


def description(model: ModelDetail) -> Description:
    """Return the description in the model's metadata."""
    metadata = as_object(model["metadata"])
    formulas = [*(equations_of(metadata.get("equations")) or ()), *as_texts(metadata.get("formula"))]
    layers = layer_chain(metadata.get("layer_config"))
    estimates = [
        estimate_table("Parameters", metadata.get("parameters"), in_formulas=True),
        estimate_table("Coefficients", metadata.get("coefficients"), in_formulas=False),
    ]
    species = by_name(metadata.get("species"))
    if species:
        estimates.append(estimate_table("Species", species, in_formulas=True))
    names = [
        NameList(title=title, names=found[:_MOST_NAMES], left_out=len(found[_MOST_NAMES:]))
        for title, key in (("Species", "species"), ("Features", "features"))
        if (found := as_texts(metadata.get(key)))
    ]
    tables = [table for table in _settings(model) if table is not None]
    return Description(
        kind=_kind(model),
        formulas=lay_out_formulas(formulas),
        layers=layers,
        estimates=[table for table in estimates if table is not None],
        names=names,
        settings=tables,
        nothing=not (formulas or layers or any(estimates) or names or tables),
    )


def _kind(model: ModelDetail) -> list[str]:
    metadata = as_object(model["metadata"])
    stated = [
        f"{name}: {shortened(text.replace('_', ' '), _KIND_LIMIT)}"
        for name, key in _KIND.items()
        if (text := as_text(metadata.get(key)))
    ]
    family = family_words(model["model_family"])
    return [f"{family} model" if model["model_family"] else family, *stated]


def _settings(model: ModelDetail) -> list[SettingTable | None]:
    metadata = as_object(model["metadata"])
    version = model["model_version"]
    training, recorded = metadata.get("training_config"), version["training_params"] if version else None
    others: dict[str, Json] = {
        key: value
        for key, value in metadata.items()
        if (key not in _ELSEWHERE or (key == "equations" and equations_of(value) is None))
        and value not in (None, "", [], {})
    }
    return [
        setting_table("Layer configuration", metadata.get("layer_config")),
        setting_table("Training configuration", training or recorded),
        setting_table("Training as recorded with the version", recorded)
        if training and recorded not in (None, training)
        else None,
        setting_table("Reactions", metadata.get("reactions"), head="Reaction"),
        setting_table("Further settings", others),
    ]
