"""What an importer hands over: everything that one model needs, to be registered whole or not at all."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from scidex.atlas.artifact_registry import Attributes, Link
from scidex.forge.importers.refusals import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedArtifact:
    """A dataset, an analysis, a paper or another artifact that is no model and no evaluation.

    ``artifact_id`` is made from what the source calls it, or from ``content_hash``, so that the same source gives the
    same id each time. With ``pin_inputs`` (analyses only) its inputs are pinned after the models are registered.
    """

    artifact_id: str
    artifact_type: str
    title: str
    metadata: Mapping[str, object] = field(default_factory=dict)
    content_hash: str | None = None
    links: tuple[Link, ...] = ()
    attributes: Attributes = field(default_factory=Attributes)
    pin_inputs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedModel:
    """A model as :func:`scidex.atlas.artifact_registry.register_model` takes it.

    With ``parent`` it is the next version of that model, which is registered or stands earlier in the plan;
    ``changelog`` says what changed, ``candidate`` that it does not become the latest. ``version_tag`` is its tag.
    """

    artifact_id: str
    title: str
    model_family: str
    metadata: Mapping[str, object]
    content_hash: str | None
    trained_on: tuple[str, ...] = ()
    produced_by: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    model_version: Mapping[str, object] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    attributes: Attributes = field(default_factory=Attributes)
    parent: str | None = None
    changelog: str | None = None
    candidate: bool = False
    version_tag: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEvaluation:
    """An evaluation as :func:`scidex.atlas.artifact_registry.register_evaluation` takes it."""

    artifact_id: str
    title: str
    model: str
    dataset: str
    metadata: Mapping[str, object]
    produced_by: str | None = None
    links: tuple[Link, ...] = ()
    attributes: Attributes = field(default_factory=Attributes)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that the source says and the registry does not keep, and why."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that a complete model has and the source does not say, and how to say it next time."""

    what: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be registered of one part of a source.

    ``source`` names the part for a reader: the path, with the place in it where it holds several. Artifacts are written
    first, in their order, then models, evaluations and ``links`` (from an artifact of the plan, by its id). Ids may
    lead to what is registered already.
    """

    source: str
    format: str
    artifacts: tuple[PlannedArtifact, ...] = ()
    models: tuple[PlannedModel, ...] = ()
    evaluations: tuple[PlannedEvaluation, ...] = ()
    links: tuple[tuple[str, Link], ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the person who imports says of every model that is imported.

    ``dataset`` and ``analysis`` are ids of registered artifacts: what the models were trained on, and what produced
    them. Importers write them as ``trained_on`` and ``produced_by`` where the source names none itself.
    """

    dataset: str | None = None
    analysis: str | None = None
    origin_type: str = "external"


PlannedPart: TypeAlias = Plan | Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Glimpse:
    """What a format is recognised by: the names in a folder, or the first bytes of a file."""

    path: Path
    is_folder: bool
    names: frozenset[str] = frozenset()
    head: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFormat:
    """One row of the table of formats.

    ``name`` is what ``--as`` takes. ``recognises`` tells by content whether a path is of the format. ``read`` yields a
    plan for each model of the source, and a :class:`Refused` for each that cannot be one; it raises one where nothing
    of the source can be read. It opens no database.
    """

    name: str
    title: str
    recognises: Callable[[Glimpse], bool]
    read: Callable[[Path, Told], Iterator[PlannedPart]]
