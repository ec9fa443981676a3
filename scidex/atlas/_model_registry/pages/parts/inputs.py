"""The inputs section: the inputs of the models' analyses, shared or not, and whether each pin still holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.answers import ComparedProvenance, Input, PinStatus
from scidex.atlas._model_registry.pages.parts.named import Named, share_words
from scidex.atlas._model_registry.pages.words.addresses import artifact_address
from scidex.atlas._model_registry.pages.words.wording import (
    PIN_STATUSES,
    shortened,
    type_words,
    version_words,
)

_TITLE_LIMIT = 80
_HASH_LIMIT = 19


@dataclass(frozen=True, slots=True, kw_only=True)
class InputLine:
    """One input: its models, what was pinned, what is registered now, and the verdict on the pin."""

    id: str
    title: str
    href: str
    type: str
    used_by: str
    pinned: str
    pinned_hash: str | None
    current: str
    current_hash: str | None
    status: PinStatus
    status_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InputTable:
    """The inputs of one degree of sharing; ``anchor`` is the table's id on the page."""

    anchor: str
    title: str
    lines: list[InputLine]
    none: str


def input_tables(
    provenance: ComparedProvenance, models: Mapping[str, Named], *, only_differences: bool
) -> list[InputTable]:
    """Return the inputs: used by all (unless only differences are shown), by some, by one model only."""
    return [
        *([] if only_differences else [_shared(provenance, models)]),
        *_partly_shared(provenance, models),
        _unique(provenance, models),
    ]


def _shared(provenance: ComparedProvenance, models: Mapping[str, Named]) -> InputTable:
    users = [named.letter for named in models.values()]
    return InputTable(
        anchor="inputs-shared",
        title="Shared by all models",
        lines=[input_line(item, users, len(models)) for item in provenance["shared_inputs"]],
        none="No input is shared by all models.",
    )


def _partly_shared(provenance: ComparedProvenance, models: Mapping[str, Named]) -> list[InputTable]:
    lines = [
        input_line(item, _users(item, provenance, models), len(models))
        for item in provenance["partly_shared_inputs"]
    ]
    title = "Shared by some models"
    return [InputTable(anchor="inputs-partly", title=title, lines=lines, none="")] if lines else []


def _unique(provenance: ComparedProvenance, models: Mapping[str, Named]) -> InputTable:
    lines = [
        input_line(item, [named.letter], len(models))
        for model_id, named in models.items()
        for item in provenance["unique_inputs"].get(model_id, [])
    ]
    return InputTable(
        anchor="inputs-unique",
        title="Used by one model only",
        lines=lines,
        none="No model has an input of its own.",
    )


def _users(item: Input, provenance: ComparedProvenance, models: Mapping[str, Named]) -> list[str]:
    return [
        named.letter
        for model_id, named in models.items()
        if _identity(item) in {_identity(used) for used in provenance["models"][model_id]["inputs"]}
    ]


def _identity(item: Input) -> tuple[str, int | None]:
    # Two inputs are the same when artifact and pinned version are.
    return item["artifact_id"], item["pinned_version"]


def input_line(item: Input, users: Sequence[str], of: int) -> InputLine:
    """Return one input; ``users`` are the letters of its models, ``of`` is the number of all models."""
    return InputLine(
        id=item["artifact_id"],
        title=shortened(item["title"] or item["artifact_id"], _TITLE_LIMIT),
        href=artifact_address(item["artifact_id"], item["artifact_type"]),
        type=type_words(item["artifact_type"]),
        used_by=share_words(list(users), of)[1],
        pinned="not pinned" if item["pinned_version"] is None else version_words(item["pinned_version"]),
        pinned_hash=_short_hash(item["pinned_hash"]),
        current="not registered" if item["status"] == "missing" else version_words(item["current_version"]),
        current_hash=_short_hash(item["current_hash"]),
        status=item["status"],
        status_words=PIN_STATUSES[item["status"]],
    )


def _short_hash(content_hash: str | None) -> str | None:
    return None if content_hash is None else shortened(content_hash, _HASH_LIMIT)
