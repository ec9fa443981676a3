"""The plan that an importer makes: everything that one model needs, to be registered whole or not at all."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from scidex.atlas.artifact_registry import Attributes, Link
from scidex.forge.importers.refusals import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedArtifact:
    """A dataset, an analysis, a paper or any other artifact except models and evaluations.

    ``artifact_id`` is made from its name in the source, or from ``content_hash``, so that the same source always gives
    the same id. With ``pin_inputs`` (analyses only) its inputs are pinned after the models are registered.
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
    """The arguments of :func:`scidex.atlas.artifact_registry.register_model` for a model.

    With ``parent`` it is the next version of that model, which is registered or comes earlier in the plan;
    ``changelog`` tells the change, and a ``candidate`` does not become the latest. ``version_tag`` is its tag.
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
    """The arguments of :func:`scidex.atlas.artifact_registry.register_evaluation` for an evaluation."""

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
    """Something in the source that the registry does not keep, and why."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that a complete model needs and the source lacks, and how to provide it."""

    what: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The artifacts to register from one part of a source.

    ``source`` names the part for a reader: the path, with the place in it if it holds several. Artifacts are written
    first, in their order, then models, evaluations and ``links`` (from an artifact of the plan, by its id). Ids may be
    those of artifacts that are already registered.
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
    """What the person who imports tells about every imported model.

    ``dataset`` and ``analysis`` are ids of registered artifacts: the training data of the models, and the analysis that
    produced them. Importers use them as ``trained_on`` and ``produced_by`` where the source names none.
    """

    dataset: str | None = None
    analysis: str | None = None
    origin_type: str = "external"


PlannedPart: TypeAlias = Plan | Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Glimpse:
    """The content by which a format is recognised: the names in a folder, or the first bytes of a file."""

    path: Path
    is_folder: bool
    names: frozenset[str] = frozenset()
    head: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFormat:
    """One row of the table of formats.

    ``name`` is its value of ``--as``. ``recognises`` returns whether the content of a path is of the format. ``read``
    yields a plan for each model of the source, and a :class:`Refused` for each that cannot be registered; it raises one
    where nothing of the source can be read. It opens no database.
    """

    name: str
    title: str
    recognises: Callable[[Glimpse], bool]
    read: Callable[[Path, Told], Iterator[PlannedPart]]
