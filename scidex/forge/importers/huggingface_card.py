"""Hugging Face: a model card, ``README.md`` with metadata in YAML before its text, and results in ``model-index``."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from scidex.atlas.artifact_registry import Attributes
from scidex.forge.importers import digests
from scidex.forge.importers.card_text import described, title_of
from scidex.forge.importers.documents import read_text
from scidex.forge.importers.model_index import Results, results_of
from scidex.forge.importers.plan import (
    Glimpse,
    ImportFormat,
    LeftOut,
    Missing,
    Plan,
    PlannedModel,
    PlannedPart,
    Told,
)
from scidex.forge.importers.refusals import Refused, shown
from scidex.forge.importers.yaml_documents import parsed_yaml

_FRONT = re.compile(r"\A\s{0,100}---[ \t]*\r?\n(?P<data>.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
# Keys of model cards, and keys of dataset cards alone; huggingface.co/docs/hub/model-cards.
_OF_MODELS = re.compile(
    rb"^(model-index|library_name|pipeline_tag|base_model|model_name|inference)\s*:", re.MULTILINE
)
_OF_BOTH = re.compile(rb"^(license|tags|language)\s*:", re.MULTILINE)
_OF_DATASETS = re.compile(
    rb"^(task_categories|task_ids|size_categories|annotations_creators|dataset_info|configs)\s*:",
    re.MULTILINE,
)
_OF_SITES = re.compile(rb"^(layout|permalink|sdk|app_file)\s*:", re.MULTILINE)
_READ = frozenset(
    {"model-index", "license", "license_name", "license_link", "language", "languages", "library_name"}
    | {"pipeline_tag", "base_model", "datasets", "tags", "metrics", "model_name"}
)
_STATISTICAL = frozenset({"sklearn", "scikit-learn", "skops"})
_TABLE = "q-learning"  # the tag of agents that look their values up in a table; networks are tagged dqn
NOT_DECLARED = "not declared"
_MOST_BYTES = 2 * 2**20
_NO_ARCHITECTURE = Missing(
    "the architecture: a card has no key for it", "say it in metadata.architecture of the next version"
)
_NO_ANALYSIS = Missing(
    "the analysis that produced the model: the card names none",
    "import again with --analysis ID once it is registered",
)


def recognises(seen: Glimpse) -> bool:
    """Return whether front matter has keys of model cards."""
    if seen.is_folder or not seen.head.lstrip().startswith(b"---") or seen.path.suffix.lower() != ".md":
        return False
    front = seen.head.lstrip().split(b"\n---", 1)[0]
    if _OF_DATASETS.search(front) or _OF_SITES.search(front):
        return False
    needed = 0 if seen.path.name.lower() == "readme.md" else 1
    return bool(_OF_MODELS.search(front) or len(_OF_BOTH.findall(front)) > needed)


def read(path: Path, told: Told) -> Iterator[PlannedPart]:
    """Yield the plan of the card's model."""
    text = read_text(path, most=_MOST_BYTES)
    found = _FRONT.match(text)
    if found is None:
        reason = "there is no metadata between two lines of ---"
        raise Refused(f"{path.name} line 1", reason, "put the card's YAML before its text")
    data = parsed_yaml(path.name, found["data"])
    if not isinstance(data, dict):
        raise Refused(path.name, f"its metadata is {shown(data)}", "write keys and values")
    yield _plan(path, digests.of_bytes(path.read_bytes()), data, text[found.end() :], told)


def _plan(path: Path, content_hash: str, data: Mapping[str, Any], body: str, told: Told) -> Plan:
    results = results_of(path.name, data.get("model-index"))
    model = PlannedModel(
        artifact_id=digests.id_of_content("model", "huggingface", content_hash),
        title=results.name or title_of(body) or _text(data.get("model_name")) or path.resolve().parent.name,
        metadata=_metadata(data, body, results),
        model_family="statistical" if _is_statistical(data) else "deep_learning",
        content_hash=content_hash,
        trained_on=(told.dataset,) if told.dataset else (),
        produced_by=(told.analysis,) if told.analysis else (),
        model_version={"is_external": told.origin_type == "external"},
        attributes=Attributes(origin_type=told.origin_type, created_by="import huggingface"),
    )
    others = sorted(str(key) for key in data if key not in _READ)
    left_out = [LeftOut("the card's text", "all but its first paragraph, uses and limitations")]
    if others:
        left_out.append(LeftOut(", ".join(others[:20]), "keys of the card that describe no model"))
    return Plan(
        source=str(path),
        format=FORMAT.name,
        models=(model,),
        left_out=(*left_out, *results.left_out),
        missing=tuple(_missing(data, results, told)),
    )


def _metadata(data: Mapping[str, Any], body: str, results: Results) -> dict[str, object]:
    library = _text(data.get("library_name"))
    metadata: dict[str, object] = {
        "framework": library,
        "task_type": _text(data.get("pipeline_tag")),
        "fine_tuned_from_name": _texts(data.get("base_model")) or None,
        "named_datasets": _texts(data.get("datasets")) or None,
        "keywords": _texts(data.get("tags")) or None,
        "evaluation_metrics": results.metrics,
        "metric_metadata": results.declared or None,
        "reported_metrics": results.measured_on or None,
        "card": _card(data, body) or None,
    }
    if _is_statistical(data):
        kind = _TABLE if _TABLE in _texts(data.get("tags")) else NOT_DECLARED
        metadata |= {"model_type": kind, "formula": NOT_DECLARED}
    else:
        metadata |= {"architecture": NOT_DECLARED, "layer_config": {}}
    return {key: value for key, value in metadata.items() if value is not None}


def _is_statistical(data: Mapping[str, Any]) -> bool:
    return _text(data.get("library_name")) in _STATISTICAL or _TABLE in _texts(data.get("tags"))


def _card(data: Mapping[str, Any], body: str) -> dict[str, object]:
    licence = _text(data.get("license"))
    named = " ".join(filter(None, (_text(data.get("license_name")), _text(data.get("license_link")))))
    languages = _texts(data.get("language")) or _texts(data.get("languages"))
    card: dict[str, object] = {**described(body)}
    if licence and licence != "unknown":
        card["licence"] = {"id": licence, "text": named} if named else licence
    elif named:
        card["licence"] = named
    if languages:
        card["languages"] = languages
    return card


def _missing(data: Mapping[str, Any], results: Results, told: Told) -> Iterator[Missing]:
    if told.dataset is None:
        names = ", ".join(_texts(data.get("datasets")))
        what = (
            f"the card names {names}, which is a name and no registered dataset"
            if names
            else "the card names none"
        )
        yield Missing(f"the training data: {what}", "register the dataset and import again with --dataset ID")
    if told.analysis is None:
        yield _NO_ANALYSIS
    yield _NO_ARCHITECTURE
    if not results.metrics:
        yield Missing(
            "metrics: the card has no results", "write them to model-index, each with dataset and split"
        )


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _texts(value: object) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    return [text for each in listed[:200] if (text := _text(each))]


FORMAT = ImportFormat(name="huggingface", title="Hugging Face model card", recognises=recognises, read=read)
