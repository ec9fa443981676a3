"""The layers of a network as a chain from input to output."""

from dataclasses import dataclass

from scidex.atlas._model_registry.pages.words.numbers import number
from scidex.atlas._model_registry.records.models import Json
from scidex.atlas._model_registry.records.values import as_number, as_object, as_text

_MOST_LAYERS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer: its role, its width, and its activation."""

    role: str
    width: str
    activation: str | None


def layer_chain(config: Json) -> list[Layer]:
    """Return the input, hidden and output layers of a ``layer_config``; empty where it states no widths."""
    stated = as_object(config)
    hidden = stated.get("hidden_dims")
    widths = hidden if isinstance(hidden, list) else []
    activation, output = as_text(stated.get("activation")), as_text(stated.get("output_activation"))
    beyond = len(widths[_MOST_LAYERS:])
    chain = [
        _layer("input", stated.get("input_dim"), None),
        *(
            _layer(f"hidden {place}", width, activation)
            for place, width in enumerate(widths[:_MOST_LAYERS], 1)
        ),
        Layer(role="hidden", width=f"{beyond} more", activation=None) if beyond else None,
        _layer("output", stated.get("output_dim"), output),
    ]
    return [layer for layer in chain if layer is not None]


def _layer(role: str, width: Json, activation: str | None) -> Layer | None:
    size = as_number(width)
    return None if size is None else Layer(role=role, width=number(size), activation=activation)
