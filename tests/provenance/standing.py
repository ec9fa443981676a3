"""A second judge of standing: plain Python over plain dicts, by the text of docs/impact.md, to check the first against.

It shares no code with the judge in SQL and was written without it in view.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.provenance.judge import KINDS, TESTED, TRAINING, known, names, resolve
from tests.provenance.pins import judged_inputs
from tests.provenance.registry import Registry, fields

STATES = ("sound", "outdated", "disputed", "retracted")
MOST_STEPS = 12
FOLLOWED = frozenset({"trained_on", "derives_from", "produced_by", "cites", "uses", "fine_tuned_from"})
OF_MODELS = frozenset({"tests", "tests_hypothesis", "supports"})


@dataclass(frozen=True)
class Standing:
    """``causes`` has the state and the fewest steps of whatever is not sound, by id."""

    status: str
    causes: Mapping[str, tuple[str, int]]
    is_cut: bool


def state(registry: Registry, artifact_id: str) -> str:
    """Return the state of an artifact version; what is absent has none, which is no worse than sound."""
    row = registry.artifacts.get(artifact_id)
    if row is None:
        return "sound"
    tag, word = ((row[column] or "").strip().lower() for column in ("version_tag", "lifecycle_state"))
    if tag == "retracted" or word in {"rejected", "retracted", "withdrawn"}:
        return "retracted"
    if word in {"flagged", "challenged"}:
        return "disputed"
    if word in {"deprecated", "superseded"} or row["superseded_by"] in registry.artifacts:
        return "outdated"
    return "sound"


def steps(registry: Registry, source: str) -> set[str]:
    """Return what an artifact rests on, one step upstream: not its earlier version, not a hypothesis it tests."""
    row = registry.artifacts.get(source)
    targets = registry.targets(source, FOLLOWED)
    tested: set[str] = set()
    if registry.type_of(source) == "model":
        tested = registry.targets(source, OF_MODELS)
        for kind in KINDS:
            written = names(fields(registry.artifacts[source]).get(kind.key))
            found = {name: resolve(registry, name, kind) for name in written}
            meant = {name if led_to is None else led_to for name, led_to in found.items()}
            targets |= meant
            tested |= meant if kind is TESTED else set()
    targets |= tested
    if row is not None and row["base_model_id"] is not None:
        targets.add(row["base_model_id"])
    hypotheses = {target for target in tested if registry.type_of(target) == "hypothesis"}
    return targets - hypotheses - {None if row is None else row["parent_version_id"]}


def distances(registry: Registry, root: str) -> tuple[dict[str, int], bool]:
    """Return the fewest steps to everything within 12 of them, and whether more lies behind."""
    found, level = {root: 0}, {root}
    for depth in range(1, MOST_STEPS + 1):
        level = {target for source in level for target in steps(registry, source)} - found.keys()
        found |= dict.fromkeys(level, depth)
    beyond = {target for source in level for target in steps(registry, source)} - found.keys()
    return found, bool(beyond)


def standing(registry: Registry, model_id: str) -> Standing:
    """Judge the standing of one artifact."""
    reached, is_cut = distances(registry, model_id)
    causes = {key: (state(registry, key), depth) for key, depth in reached.items()}
    for key in faulty_pins(registry, model_id):
        # An input that is reached through an earlier version alone gives no state of its own, and is beside the model.
        own = state(registry, key) if key in reached else "sound"
        causes[key] = (max("disputed", own, key=STATES.index), reached.get(key, 1))
    causes = {key: cause for key, cause in causes.items() if cause[0] != "sound"}
    status = max((cause[0] for cause in causes.values()), key=STATES.index, default="sound")
    return Standing(status, causes, is_cut)


def faulty_pins(registry: Registry, model_id: str) -> set[str]:
    """Return the inputs of a model that are not as they were pinned, or not there; nothing else has pinned any."""
    if registry.type_of(model_id) != "model":
        return set()
    datasets, analyses = (known(registry, model_id, kind) for kind in KINDS[:2])
    assert KINDS[0] is TRAINING
    inputs = judged_inputs(registry, datasets, analyses)
    return {entry.artifact_id for entry in inputs if entry.status in {"modified", "missing"}}


def impact(registry: Registry, artifact_id: str) -> dict[str, int]:
    """Return the fewest steps from everything that rests on an artifact, registered or not, itself left out."""
    sources = set(registry.artifacts) | {source for source, _, _ in registry.links}
    rests_on = {
        source: (steps(registry, source) | registry.targets(source, frozenset({"evaluates"})))
        - {registry.artifacts[source]["parent_version_id"] if source in registry.artifacts else None}
        for source in sources
    }
    found, level = {artifact_id: 0}, {artifact_id}
    for depth in range(1, MOST_STEPS + 1):
        level = {source for source in sources if rests_on[source] & level} - found.keys()
        found |= dict.fromkeys(level, depth)
    return {key: depth for key, depth in found.items() if depth}
