"""The page of one model: its detail becomes the declared context of its template."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from scidex.atlas._model_registry.contract.answers import Impact, MetricRow, ModelDetail, ModelWarning
from scidex.atlas._model_registry.pages.model_page.artifacts import (
    ArtifactLink,
    KnownArtifacts,
    known_artifacts,
)
from scidex.atlas._model_registry.pages.model_page.card import CardView, card_view
from scidex.atlas._model_registry.pages.model_page.description import Description, description
from scidex.atlas._model_registry.pages.model_page.doubts import doubts
from scidex.atlas._model_registry.pages.model_page.evidence import EvidenceSection, evidence
from scidex.atlas._model_registry.pages.model_page.explained import Explained, explained
from scidex.atlas._model_registry.pages.model_page.files import TakenAway
from scidex.atlas._model_registry.pages.model_page.headline import HeadlineMetric, headline
from scidex.atlas._model_registry.pages.model_page.history import History, history
from scidex.atlas._model_registry.pages.model_page.links import LinkLine, link_lines
from scidex.atlas._model_registry.pages.model_page.metrics import DeclaredMetric, Performance, performance
from scidex.atlas._model_registry.pages.model_page.offered import OfferedNote, offered_note
from scidex.atlas._model_registry.pages.model_page.origin import OriginSection, origin
from scidex.atlas._model_registry.pages.model_page.within_page import within_page
from scidex.atlas._model_registry.pages.parts.figures import Figure
from scidex.atlas._model_registry.pages.parts.named import titled_version
from scidex.atlas._model_registry.pages.parts.quality import quality_words
from scidex.atlas._model_registry.pages.parts.standings import StandingBanner, sound_words, standing_banner
from scidex.atlas._model_registry.pages.parts.statement import Statement
from scidex.atlas._model_registry.pages.parts.touched import TouchedSection, touched_section
from scidex.atlas._model_registry.pages.words.addresses import compare_address, json_address, ticking_address
from scidex.atlas._model_registry.pages.words.identities import identity_facts, was_capped
from scidex.atlas._model_registry.pages.words.numbers import score
from scidex.atlas._model_registry.pages.words.wording import shortened
from scidex.atlas._model_registry.records.evaluations import Evaluation

TODAY = "the day of this page"
_TITLE_LIMIT = 200
_NAME_LIMIT = 60
# More characters of a document than anyone reads on a page; the JSON, one click away, has all.
_PATH_LIMIT, _MOST_PATHS = 400, 500
_MOST_CHARACTERS = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The identity of the model, with its warnings."""

    id: str
    title: str
    full_title: str | None
    facts: list[str]
    explained: list[Explained]
    origin: str | None
    score: str
    score_is: str
    capped_from: str | None
    warning: str | None
    superseded_by: ArtifactLink | None


class ModelPageContext(TypedDict):
    """All that the template of a model's page reads."""

    title: str
    identity: Identity
    standing: StandingBanner | None
    sound: str | None
    card: CardView | None
    touched: TouchedSection | None
    compare_href: str | None
    tick_href: str
    json_href: str
    description: Description
    performance: Performance
    evidence: EvidenceSection
    headline: HeadlineMetric | None
    figures: Sequence[Figure]
    doubts: list[Statement]
    origin: OriginSection
    history: History
    offered: OfferedNote | None
    dependents: list[LinkLine]
    outgoing: list[LinkLine]
    unreadable: list[str]
    unreadable_left_out: int
    warnings: list[ModelWarning]
    warnings_left_out: int
    metadata: str
    model_version: str | None
    taken: TakenAway | None


def model_page(
    model: ModelDetail,
    declared: Mapping[str, DeclaredMetric],
    evaluations: Sequence[Evaluation] = (),
    taken: TakenAway | None = None,
    *,
    figures: Sequence[Figure] = (),
    impact: Impact | None = None,
    at_least: int | None = None,
    paired: Sequence[MetricRow] = (),
    on: str = TODAY,
) -> ModelPageContext:
    """Return the context of the page of a model; ``declared`` holds the declaration of each of its metrics.

    The pictures near the top are drawn from the columns of ``evaluations``. ``taken`` holds files and texts to take
    away, ``figures`` the figures of the model, ``impact`` what rests on it (``at_least`` so many),
    ``paired`` the compared metrics of versions that :func:`better_version` names, ``on`` the day of the answer.
    """
    known = known_artifacts(model)
    versions = history(model, declared)
    return ModelPageContext(
        title=titled_version(model["title"], model["version_number"], _NAME_LIMIT),
        identity=_identity(model, known),
        standing=standing_banner(model["standing"], model["provenance"]["graph"]),
        sound=sound_words(model["standing"], model["provenance"]["graph"], model["parent_version_id"], on),
        card=card_view(model["card"]),
        touched=None if impact is None else touched_section(impact, at_least),
        compare_href=_compare_href(model, versions),
        tick_href=ticking_address(model["id"]),
        json_href=json_address(model["id"]),
        description=description({**model, "metadata": within_page(model["metadata"])}),
        performance=performance(model, declared, known),
        evidence=evidence(evaluations, model["evaluations"]),
        headline=headline(model),
        figures=figures,
        doubts=doubts(model, evaluations),
        origin=origin(model, known),
        history=versions,
        offered=offered_note(model, paired),
        dependents=link_lines(model["links"]["incoming"]),
        outgoing=link_lines(model["links"]["outgoing"]),
        unreadable=[shortened(path, _PATH_LIMIT) for path in model["unreadable"][:_MOST_PATHS]],
        unreadable_left_out=max(0, len(model["unreadable"]) - _MOST_PATHS),
        warnings=[_short(warning) for warning in model["warnings"][:_MOST_PATHS]],
        warnings_left_out=max(0, len(model["warnings"]) - _MOST_PATHS),
        metadata=_formatted(model["metadata"]),
        model_version=None if model["model_version"] is None else _formatted({**model["model_version"]}),
        taken=taken,
    )


def _short(warning: ModelWarning) -> ModelWarning:
    return {
        "path": shortened(warning["path"], _PATH_LIMIT),
        "message": shortened(warning["message"], _PATH_LIMIT),
    }


def _identity(model: ModelDetail, known: KnownArtifacts) -> Identity:
    title = shortened(model["title"], _TITLE_LIMIT) or model["id"]
    return Identity(
        id=model["id"],
        title=title,
        full_title=model["title"] if title.endswith("…") and title != model["title"] else None,
        facts=identity_facts(model),
        explained=explained(model),
        origin=model["origin_type"],
        score=score(model["quality_score"]),
        score_is=quality_words(model),
        capped_from=score(model["quality_score_stored"]) if was_capped(model) else None,
        warning=model["provenance_warning"],
        superseded_by=known.link(model["superseded_by"], "model") if model["superseded_by"] else None,
    )


def _compare_href(model: ModelDetail, versions: History) -> str | None:
    if versions.previous is None:
        return None
    pair = [versions.previous.id, model["id"]]
    return compare_address(pair, baseline=versions.previous.id, only_differences=False)


def _formatted(document: object) -> str:
    text = json.dumps(document, ensure_ascii=False, indent=2)
    left_out = len(text) - _MOST_CHARACTERS
    return text if left_out <= 0 else f"{text[:_MOST_CHARACTERS]}\n… and {left_out} characters more"
