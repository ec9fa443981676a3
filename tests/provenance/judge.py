"""A second judge of provenance: plain Python over plain dicts, by the text of the policy, to check the first against.

It shares no code with the judge in SQL and was written without it in view.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, NamedTuple

from tests.provenance.pins import Input, judged_inputs
from tests.provenance.registry import Registry, fields

CAP = 0.3


class Evidence(NamedTuple):
    """One kind of evidence: which types count, how their ids are prefixed, and where they are linked and named."""

    types: frozenset[str]
    prefix: str
    links: frozenset[str]
    key: str


TRAINING = Evidence(
    types=frozenset({"dataset", "tabular_dataset"}),
    prefix="dataset-",
    links=frozenset({"trained_on", "derives_from"}),
    key="trained_on_dataset_id",
)
PRODUCING = Evidence(
    types=frozenset({"analysis"}),
    prefix="analysis-",
    links=frozenset({"produced_by", "derives_from"}),
    key="produced_by_analysis_id",
)
TESTED = Evidence(
    types=frozenset({"hypothesis"}),
    prefix="hypothesis-",
    links=frozenset({"tests", "tests_hypothesis", "supports"}),
    key="tests_hypothesis_id",
)
KINDS = (TRAINING, PRODUCING, TESTED)
# Links of these types may as well lead to something else, so that what they lead to is no mistake.
SHARED_LINKS = frozenset({"derives_from", "supports"})


@dataclass(frozen=True)
class Judgement:
    """All that the policy says of one model.

    ``dead_ends`` are, by rule, the names in metadata that lead to no evidence, then the targets of links made for it.
    """

    datasets: list[str]
    analyses: list[str]
    hypotheses: list[str]
    claims: bool
    inputs: list[Input]
    missing: list[str]
    score: float
    stored: float | None
    quality: float | None
    dead_ends: dict[str, list[str]]

    def said(self) -> dict[str, object]:
        """Return the part that every judge must answer alike."""
        return {
            "datasets": self.datasets,
            "analyses": self.analyses,
            "hypotheses": self.hypotheses,
            "claims": self.claims,
            "missing": self.missing,
            "stored": self.stored,
            "quality": self.quality,
            "score": self.score,
            "inputs": {entry.artifact_id: (entry.status, entry.pinned_version) for entry in self.inputs},
            "dead ends": list(self.dead_ends.values()),
        }


def judge(registry: Registry, model_id: str) -> Judgement:
    """Judge one model of a registry."""
    metadata = fields(registry.artifacts[model_id])
    datasets, analyses, hypotheses = (known(registry, model_id, kind) for kind in KINDS)
    inputs = judged_inputs(registry, datasets, analyses)
    satisfied = {
        "trained_on_dataset_id": bool(datasets),
        "produced_by_analysis_id": bool(analyses),
        "pinned_inputs": bool(inputs) and all(entry.status != "unpinned" for entry in inputs),
    }
    claims = claims_to_test(metadata)
    if claims:
        satisfied["tests_hypothesis_id"] = bool(hypotheses)
    missing = [rule for rule, holds in satisfied.items() if not holds]
    stored = _finite(registry.artifacts[model_id]["quality_score"])
    return Judgement(
        datasets=datasets,
        analyses=analyses,
        hypotheses=hypotheses,
        claims=claims,
        inputs=inputs,
        missing=missing,
        score=round(sum(satisfied.values()) / len(satisfied), 2),
        stored=stored,
        quality=min(stored, CAP) if stored is not None and missing else stored,
        dead_ends={kind.key: dead_ends(registry, model_id, kind) for kind in KINDS},
    )


def known(registry: Registry, model_id: str, kind: Evidence) -> list[str]:
    """Return evidence of one kind: what metadata names, in its order, then what is only linked, by id."""
    metadata = fields(registry.artifacts[model_id])
    named = [resolve(registry, name, kind) for name in names(metadata.get(kind.key))]
    targets = registry.targets(model_id, kind.links)
    linked = sorted(target for target in targets if registry.type_of(target) in kind.types)
    return list(dict.fromkeys([found for found in named if found is not None] + linked))


def dead_ends(registry: Registry, model_id: str, kind: Evidence) -> list[str]:
    """Return what metadata and links of one kind of evidence name that cannot serve as such evidence."""
    written = names(fields(registry.artifacts[model_id]).get(kind.key))
    linked = (registry.targets(model_id, frozenset({link})) for link in sorted(kind.links - SHARED_LINKS))
    return [name for name in written if resolve(registry, name, kind) is None] + sorted(
        target for targets in linked for target in targets if registry.type_of(target) not in kind.types
    )


def resolve(registry: Registry, name: str, kind: Evidence) -> str | None:
    """Find the artifact of a fitting type that a name in metadata means."""
    for spelling in _spellings(name, kind.prefix):
        if registry.type_of(spelling) in kind.types:
            return spelling
    return None


def claims_to_test(metadata: Mapping[str, Any]) -> bool:
    """Return whether a model claims to test a hypothesis."""
    claims = [metadata.get(key) for key in ("tests_hypothesis_id", "hypothesis_id")]
    return metadata.get("tests_hypothesis") is True or any(
        isinstance(claim, str | list) and len(claim) > 0 for claim in claims
    )


def names(value: object) -> list[str]:
    """Read a text or a list of texts, each once; empty text is no name."""
    entries = value if isinstance(value, list) else [value]
    return list(dict.fromkeys(entry for entry in entries if isinstance(entry, str) and entry))


def _spellings(name: str, prefix: str) -> Iterator[str]:
    yield name
    yield prefix + name
    if name.startswith(prefix):
        yield name.removeprefix(prefix)


def _finite(score: float | None) -> float | None:
    return score if score is not None and isfinite(score) else None
