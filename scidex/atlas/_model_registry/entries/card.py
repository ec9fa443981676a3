"""The description of a model, as answers hold it."""

from dataclasses import asdict
from typing import cast

from scidex.atlas._model_registry.contract.answers.card import Card
from scidex.atlas._model_registry.records import card as records
from scidex.atlas._model_registry.records.models import Json


def card_entry(metadata: Json) -> Card:
    """Return what a model's metadata says of it for a reader."""
    card = asdict(records.read_card(metadata))
    listed = {key: list(value) if isinstance(value, tuple) else value for key, value in card.items()}
    return cast("Card", listed)
