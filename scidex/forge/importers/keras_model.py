"""Reads the architecture that Keras wrote as JSON, alone or in a ``.keras`` archive; weights are never opened."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from scidex.forge.importers.documents import MOST_BYTES, decoded, parsed_json, read_json
from scidex.forge.importers.refusals import Refused

_MOST_LAYERS = 2_000
# The settings of a layer that readers compare; initializers and regularizers stay in the file.
_KEPT = (
    "units",
    "filters",
    "kernel_size",
    "strides",
    "padding",
    "pool_size",
    "activation",
    "rate",
    "use_bias",
)


def find_architecture(folder: Path) -> tuple[Path, object] | None:
    """Return the file with the architecture beside a history, and its content; None where there is none."""
    described = folder / "model.json"
    if described.is_file():
        return described, read_json(described)
    archives = sorted(folder.glob("*.keras"))
    if len(archives) == 1:
        return archives[0], _of_archive(archives[0])
    return None


def _of_archive(path: Path) -> object:
    try:
        with zipfile.ZipFile(path) as archive:
            entry = archive.getinfo("config.json")
            if entry.file_size > MOST_BYTES:
                raise Refused(f"{path.name} config.json", "it is larger than 16 MB", "import a smaller model")
            with archive.open(entry) as opened:
                content = opened.read(MOST_BYTES + 1)
    except KeyError as error:
        raise Refused(path.name, "it holds no config.json", "save the model with Keras 3") from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise Refused(
            path.name, f"this is not a sound zip archive: {error}", "save the model again"
        ) from error
    except Exception as error:
        if type(error).__module__ in {"zlib", "lzma"}:  # raised by decompression for damaged data
            raise Refused(
                path.name, f"this is not a sound zip archive: {error}", "save the model again"
            ) from error
        raise
    return parsed_json(f"{path.name} config.json", decoded(path.name, content))


def layers_of(place: str, document: object) -> tuple[str, dict[str, object]]:
    """Return the class of a Keras model, and its layers as a ``layer_config``.

    Raises:
        Refused: the document does not describe a Keras model.

    """
    config = document.get("config") if isinstance(document, dict) else None
    kind = document.get("class_name") if isinstance(document, dict) else None
    layers = config.get("layers") if isinstance(config, dict) else None
    if not isinstance(kind, str) or not isinstance(layers, list) or len(layers) > _MOST_LAYERS:
        reason = f"it describes no Keras model of up to {_MOST_LAYERS} layers"
        raise Refused(place, reason, "give what model.to_json() returns, or take the file away")
    described = [_layer(layer) for layer in layers if isinstance(layer, dict)]
    found: dict[str, object] = {"layers": described}
    if sizes := _input_sizes(layers):
        found["input_dim"] = sizes
    dense = [layer["units"] for layer in described if isinstance(layer.get("units"), int)]
    if dense:
        found["output_dim"] = dense[-1]
    return kind, found


def _layer(layer: Mapping[str, object]) -> dict[str, object]:
    config = layer.get("config")
    settings = config if isinstance(config, dict) else {}
    kept = {key: settings[key] for key in _KEPT if isinstance(settings.get(key), (str, int, float, list))}
    return {"class_name": str(layer.get("class_name")), "name": str(settings.get("name")), **kept}


def _input_sizes(layers: Sequence[object]) -> list[int]:
    """Return the shape of one sample if the first layer declares all of it; else an empty list."""
    config = layers[0].get("config") if layers and isinstance(layers[0], dict) else None
    shapes = (
        [config.get(key) for key in ("batch_shape", "batch_input_shape")] if isinstance(config, dict) else []
    )
    shape = next((each for each in shapes if isinstance(each, list)), [])
    return shape[1:] if all(type(size) is int and size >= 0 for size in shape[1:]) else []
