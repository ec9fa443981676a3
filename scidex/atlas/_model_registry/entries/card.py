"""The description of a model, as answers hold it."""

from dataclasses import asdict, fields, is_dataclass
from typing import Final, cast

from scidex.atlas._model_registry.contract.answers.card import Card
from scidex.atlas._model_registry.records import card as records
from scidex.atlas._model_registry.records.models import Json

_KEYS: Final = tuple(field.name for field in fields(records.CardRecord))


def card_entry(metadata: Json) -> Card:
    """Return what a model's metadata says of it for a reader."""
    card = records.read_card(metadata)
    return cast("Card", {key: _entry(getattr(card, key)) for key in _KEYS})


def _entry(value: object) -> object:
    if isinstance(value, tuple):
        return [_entry(one) for one in value]
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
