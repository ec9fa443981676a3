"""What a model says of itself for a reader."""

from typing import Annotated

from typing_extensions import TypedDict

from scidex.atlas._model_registry.contract.answers.description import described


class CardLicence(TypedDict):
    """Under which terms the model may be used."""

    id: Annotated[str, described("SPDX id or expression, or other", "CC-BY-4.0")]
    text: Annotated[
        str | None, described("the licence in words; null where the id says all", "see LICENSE.txt")
    ]


class CardAuthor(TypedDict):
    """Somebody who made the model."""

    name: Annotated[str, described("name", "Ada Example")]
    orcid: Annotated[str | None, described("ORCID iD without its address", "0000-0002-1825-0097")]
    affiliation: Annotated[str | None, described("where the author works", "Example University")]


class CardPublication(TypedDict):
    """A publication that describes the model."""

    doi: Annotated[str | None, described("DOI without its address", "10.1000/xyz123")]
    citation: Annotated[str | None, described("how to cite it", "Example A (2026) A model of all.")]


class CardVariable(TypedDict):
    """An input or output of the model."""

    name: Annotated[str, described("name", "tau")]
    unit: Annotated[str | None, described("unit; null if not declared", "pg/mL")]
    type: Annotated[str | None, described("type of its values", "number")]


class Card(TypedDict):
    """The description of the model, from metadata.card or the usual names; null or empty where it says nothing."""

    summary: Annotated[str | None, described("what the model is", "Logistic regression on three biomarkers.")]
    licence: Annotated[CardLicence | None, described("its licence; null if none is declared")]
    authors: Annotated[list[CardAuthor], described("who made it")]
    publications: Annotated[list[CardPublication], described("where it is published")]
    intended_use: Annotated[str | None, described("what it is for", "Research on biomarkers.")]
    limitations: Annotated[str | None, described("what it cannot do", "No repeated measures.")]
    population: Annotated[str | None, described("for whom or what it is valid", "People of 55 to 90 years")]
    inputs: Annotated[list[CardVariable], described("what it takes")]
    outputs: Annotated[list[CardVariable], described("what it gives")]
    taxa: Annotated[list[str], described("organisms", ["NCBITaxon:9606"])]
    languages: Annotated[list[str], described("languages of its texts", ["en"])]
    annotations: Annotated[list[str], described("CURIEs of what it is about", ["GO:0006096"])]
    caveats: Annotated[list[str], described("what to doubt", ["fitted to the mean curve"])]
