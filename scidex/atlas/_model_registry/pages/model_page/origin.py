"""The provenance of a model: the policy's rules, the inputs with their pins, the graph, code and training."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from scidex.atlas._model_registry.contract.answers import ModelDetail, ModelVersionEntry
from scidex.atlas._model_registry.pages.drawing.graph import NodeMark
from scidex.atlas._model_registry.pages.model_page.artifacts import KnownArtifacts
from scidex.atlas._model_registry.pages.parts.inputs import InputLine, input_line
from scidex.atlas._model_registry.pages.parts.origins import (
    DrawnGraph,
    RuleLine,
    drawn_graph,
    pin_fault,
    rule_line,
    satisfied_words,
)
from scidex.atlas._model_registry.pages.parts.standings import state_marks, steps_to_causes
from scidex.atlas._model_registry.pages.words.numbers import counted, number
from scidex.atlas._model_registry.pages.words.wording import shortened

_LIMIT = 300
_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact of the training, with its link if it has one; ``detail`` is an id or a remark."""

    name: str
    words: str
    href: str | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginSection:
    """A model's provenance and its training."""

    complete: bool
    satisfied: str
    rules: list[RuleLine]
    inputs: list[InputLine]
    graph: DrawnGraph
    facts: list[Fact]


def origin(model: ModelDetail, known: KnownArtifacts) -> OriginSection:
    """Return the section on a model's provenance."""
    provenance = model["provenance"]
    return OriginSection(
        complete=provenance["complete"],
        satisfied=satisfied_words(provenance["rules"]),
        rules=[rule_line(rule) for rule in provenance["rules"]],
        inputs=[input_line(item, [], 1) for item in provenance["inputs"]],
        graph=drawn_graph(
            "model",
            "this model",
            provenance["graph"],
            _marks(model),
            {},
            marked=steps_to_causes(model["standing"]),
        ),
        facts=_facts(model, known),
    )


def _marks(model: ModelDetail) -> dict[str, NodeMark]:
    provenance, states = model["provenance"], state_marks(model["standing"])
    return {
        node["id"]: NodeMark(fault=states.get(node["id"]) or pin_fault(node, provenance))
        for node in provenance["graph"]["nodes"]
    }


def _facts(model: ModelDetail, known: KnownArtifacts) -> list[Fact]:
    version = model["model_version"]
    facts = [
        *_artifacts("Produced by", [model["produced_by"]], "analysis", known),
        *_artifacts("Trained on", model["training_datasets"], "dataset", known),
        *_artifacts("Tests", [model["tests_hypothesis"]], "hypothesis", known),
    ]
    if version is not None:
        facts += [
            *_artifacts("Evaluated on", [version["eval_dataset_artifact_id"]], "dataset", known),
            *_artifacts("Fine-tuned from", [version["base_model_id"]], "model", known),
            *_code(version),
            *_training(version),
        ]
    registered = [
        ("Registered by", model["created_by"]),
        (
            "Content hash",
            model["content_hash"] or "none was given: a change of the content would not be seen",
        ),
    ]
    return [*facts, *_texts(registered), *_addresses([("Origin", model["origin_url"])])]


def _artifacts(name: str, ids: Sequence[str | None], artifact_type: str, known: KnownArtifacts) -> list[Fact]:
    links = [known.link(artifact_id, artifact_type) for artifact_id in ids if artifact_id]
    return [
        Fact(name=name, words=link.words, href=link.href, detail=None if link.words == link.id else link.id)
        for link in links
    ]


def _code(version: ModelVersionEntry) -> list[Fact]:
    texts = [("Commit", version["code_commit_sha"]), ("Entry point", version["code_entrypoint"])]
    return [*_addresses([("Code repository", version["code_repo_url"])]), *_texts(texts)]


def _training(version: ModelVersionEntry) -> list[Fact]:
    return [
        *_texts(
            [
                ("Training began", version["training_started_at"]),
                ("Training ended", version["training_completed_at"]),
                (
                    "Training took",
                    _duration(version["training_started_at"], version["training_completed_at"]),
                ),
                ("Trained by", version["trained_by"]),
                ("GPU allocation", version["gpu_allocation_id"]),
                ("Benchmark", version["benchmark_id"]),
                ("Promotion", _noted(version)),
                ("External version", version["external_source_version"]),
            ]
        ),
        *_addresses([("External source", version["external_source_url"])]),
    ]


def _noted(version: ModelVersionEntry) -> str | None:
    """Return the reason of a promotion with its day; nobody judges it anew when what it says changes."""
    notes, moment = version["promotion_notes"], version["created_at"]
    return f"noted on {moment[:10]}: {notes}" if notes and notes.strip() and moment else notes


def _texts(named: Sequence[tuple[str, str | None]]) -> list[Fact]:
    return [Fact(name=name, words=shortened(text, _LIMIT)) for name, text in named if text and text.strip()]


def _addresses(named: Sequence[tuple[str, str | None]]) -> list[Fact]:
    return [
        Fact(name=name, words=shortened(text, _LIMIT), href=text if _is_web_address(text) else None)
        for name, text in named
        if text and text.strip()
    ]


def _is_web_address(text: str) -> bool:
    # Any other address, javascript: above all, must not become a link.
    try:
        return urlsplit(text).scheme in {"http", "https"} and text == text.strip()
    except ValueError:
        return False


def _duration(began: str | None, ended: str | None) -> str | None:
    if began is None or ended is None:
        return None
    try:
        took = datetime.fromisoformat(ended) - datetime.fromisoformat(began)
    except (ValueError, TypeError):
        return None  # not two times, or only one of them has a time zone
    if took < timedelta():
        return None
    if took >= _HOUR:
        return f"{number(took / _HOUR, 3)} h"
    return (
        f"{number(took / _MINUTE, 3)} min"
        if took >= _MINUTE
        else counted(round(took.total_seconds()), "second")
    )
