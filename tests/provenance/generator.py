"""Hypothesis strategies for whole registries: mostly sound, here and there broken, so that every verdict occurs."""

from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import Any

from hypothesis import strategies as st

from tests.provenance.json_values import misshapen, weighted
from tests.provenance.judge import KINDS, PRODUCING, TESTED, TRAINING, Evidence, known
from tests.provenance.pins import PREFIX_OF_TYPE, judged_inputs, prefixes_of
from tests.provenance.registry import Registry, Row, artifact

TYPES = (*PREFIX_OF_TYPE, "notebook", "paper", "figure")
LINK_TYPES = (
    *("trained_on", "derives_from", "produced_by", "tests", "tests_hypothesis", "supports", "cites", "uses"),
    *("fine_tuned_from", "mentions", "shares_entities", "extends"),
)
HASHES = ("sha256:a", "sha256:b")

# Few and alike, so that names collide: bare, prefixed, prefixed twice, with the prefix of another type.
_STEMS = ("a", "b", "SDA-1")
_IDS = [
    *(prefix + stem for prefix in sorted(set(PREFIX_OF_TYPE.values())) for stem in _STEMS),
    *_STEMS,
    *("dataset-dataset-a", "analysis-analysis-SDA-1", "hypothesis-model-a", "dataset-", "", "É, ü/%'\"{}"),
]
ids = st.sampled_from(_IDS)
links = st.tuples(ids, st.sampled_from(LINK_TYPES), ids)

_scores = (0.9, 0.5, 0.3, 0.29, 0.31, 0.0, None, -1.0, 7.5, float("nan"), float("inf"), -float("inf"))
_versions = (1, 1, 1, 2, 2, 3, 0, -3, 2**31 - 1)
# Drawn at once: a registry of a dozen rows is a hundred draws as it is.
_columns = st.sampled_from(list(product(_scores, _versions, (*HASHES, *HASHES, None))))
_previous = st.sampled_from([None] * len(_IDS) + _IDS)


# As often as it takes for each rule to be the only one missing in a fair part of the models.
_PLACES_OF_EVIDENCE = {
    kind.key: weighted((6, "metadata"), (6, "links"), (4, "both"), (1, "broken"), (absent, "none"))
    for kind, absent in ((TRAINING, 4), (PRODUCING, 1), (TESTED, 6))
}


@st.composite
def registries(draw: st.DrawFn) -> Registry:
    """Draw a registry of a few artifacts, one to four of them models."""
    registry = Registry(draw(_artifacts()), ())
    registry = _linked_inputs(draw, registry)
    for model_id in registry.models:
        registry = _evidence(draw, registry, model_id)
    for link in draw(st.lists(links, max_size=3)):
        registry = registry.with_link(*link)
    for model_id in registry.models:
        registry = _pinned(draw, registry, model_id)
    return _damaged(draw, registry)


@st.composite
def _artifacts(draw: st.DrawFn) -> dict[str, Row]:
    wanted = [
        *("dataset", "tabular_dataset", "analysis", "hypothesis"),
        *draw(st.lists(st.sampled_from(TYPES), max_size=3)),
        *(["model"] * draw(weighted((1, 2), (1, 1), (2, 3)))),
    ]
    rows = {}
    for kind in wanted:
        rows[draw(_ids_of(kind))] = _row(draw, draw(weighted((19, kind), (1, "notebook"))))
    for previous in draw(st.lists(st.sampled_from([*list(rows)[:2] * 4, *rows]), min_size=1, max_size=3)):
        number = rows[previous]["version_number"] + draw(weighted((3, 1), (1, 0), (1, -1)))
        later = {"parent_version_id": previous, "version_number": min(number, 2**31 - 1)}
        rows[f"{previous} later" if draw(weighted((3, True), (1, False))) else draw(ids)] = {
            **_row(draw, rows[previous]["artifact_type"]),
            **later,
        }
    return rows


def _row(draw: st.DrawFn, artifact_type: str) -> Row:
    score, version, content_hash = draw(_columns)
    return artifact(
        artifact_type,
        quality_score=score,
        version_number=version,
        content_hash=content_hash,
        parent_version_id=draw(_previous),
    )


@cache
def _ids_of(kind: str) -> st.SearchStrategy[str]:
    """Draw an id as the type writes it, or once in a while any."""
    prefix = PREFIX_OF_TYPE.get(kind, "")
    return st.sampled_from([prefix + stem for stem in _STEMS] * 20 + _IDS)


def _linked_inputs(draw: st.DrawFn, registry: Registry) -> Registry:
    """Let analyses cite, use and derive from what may be registered or not, their own previous version too."""
    for analysis in _of_types(registry, {"analysis"}):
        previous = registry.artifacts[analysis]["parent_version_id"]
        targets = draw(st.lists(ids if previous is None else st.one_of(ids, st.just(previous)), max_size=3))
        for target in targets:
            registry = registry.with_link(
                analysis, draw(st.sampled_from(["cites", "uses", "derives_from"])), target
            )
    return registry


def _evidence(draw: st.DrawFn, registry: Registry, model_id: str) -> Registry:
    """Name and link evidence of each kind, mostly what exists and fits, in metadata, by links, by both or neither."""
    metadata: dict[str, Any] = {}
    for kind in KINDS:
        fitting = _of_types(registry, kind.types)
        place = draw(_PLACES_OF_EVIDENCE[kind.key])
        if place in {"metadata", "both"}:
            metadata[kind.key] = draw(_written_names(fitting, kind))
        if place in {"links", "both"}:
            for target in draw(st.lists(_mostly(fitting), min_size=1, max_size=2)):
                registry = registry.with_link(model_id, draw(st.sampled_from(sorted(kind.links))), target)
        if place == "broken":
            metadata[kind.key] = draw(misshapen)
    metadata |= draw(_other_claims)
    return registry.with_row(model_id, metadata=metadata)


_other_claims: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}),
    st.sampled_from([{"tests_hypothesis": True}, {"hypothesis_id": "h-1"}]),
    st.fixed_dictionaries({}, optional={"tests_hypothesis": st.one_of(st.sampled_from([True]), misshapen)}),
    st.fixed_dictionaries({}, optional={"hypothesis_id": st.one_of(ids, misshapen)}),
)


@st.composite
def _written_names(draw: st.DrawFn, fitting: Sequence[str], kind: Evidence) -> Any:
    """Draw a text or a list of texts, ids in any spelling; the list may hold what is no name."""
    written = draw(st.lists(_mostly(fitting), min_size=1, max_size=3))
    names: list[Any] = [draw(_spelled(name, {kind.prefix})) for name in written]
    shape = draw(weighted((2, "text"), (2, "list"), (1, "mixed")))
    if shape == "text":
        return names[0]
    if shape == "mixed":
        names.insert(draw(st.integers(0, len(names))), draw(misshapen))
    return names


def _mostly(fitting: Sequence[str]) -> st.SearchStrategy[str]:
    """Draw an id of those that fit, or once in a while any."""
    return st.sampled_from([*fitting] * (8 * len(_IDS) // max(1, len(fitting))) + _IDS)


def _spelled(artifact_id: str, prefixes: set[str]) -> st.SearchStrategy[str]:
    """Draw a spelling of an id: as it is, without a prefix, or with one more."""
    bare = [artifact_id.removeprefix(prefix) for prefix in sorted(prefixes)]
    more = [prefix + artifact_id for prefix in sorted(prefixes)]
    return st.sampled_from([artifact_id, artifact_id, *bare, *more])


def _pinned(draw: st.DrawFn, registry: Registry, model_id: str) -> Registry:
    """Pin the inputs of a model in the analyses that made it: mostly all, else all but one, else none."""
    datasets, analyses, _ = (known(registry, model_id, kind) for kind in KINDS)
    inputs = [entry.artifact_id for entry in judged_inputs(registry, datasets, analyses)]
    plan = draw(weighted((8, "all"), (2, "all but one"), (1, "none")))
    if plan == "none" or not analyses:
        return registry
    for artifact_id in inputs[1:] if plan == "all but one" else inputs:
        for _ in range(draw(weighted((4, 1), (1, 2)))):
            entry = draw(_pins_of(registry, artifact_id))
            registry = add_pin(registry, draw(st.sampled_from(analyses)), entry, draw(_places))
    if draw(weighted((3, False), (1, True))):
        registry = add_pin(registry, draw(st.sampled_from(analyses)), draw(pins()), draw(_places))
    return registry


_places = st.sampled_from(["pinned_artifacts", "provenance_chain"])


def add_pin(registry: Registry, analysis: str, entry: Any, place: str = "pinned_artifacts") -> Registry:
    """Add an entry to a list of pins; what stands there and is no list is replaced."""
    row = registry.artifacts[analysis]
    metadata = row["metadata"] if isinstance(row["metadata"], dict) else {}
    standing = metadata.get(place) if place == "pinned_artifacts" else row[place]
    entries = [*(standing if isinstance(standing, list) else []), entry]
    if place == "pinned_artifacts":
        return registry.with_row(analysis, metadata={**metadata, place: entries})
    return registry.with_row(analysis, provenance_chain=entries)


@st.composite
def _pins_of(draw: st.DrawFn, registry: Registry, artifact_id: str) -> Any:
    """Draw a readable pin of an input: any spelling, either shape, what is registered or something else."""
    row = registry.artifacts.get(artifact_id, artifact("dataset"))
    prefixes = prefixes_of(registry.type_of(artifact_id))
    name = artifact_id if not artifact_id else draw(_spelled(artifact_id, prefixes)) or artifact_id
    number = draw(weighted((4, max(1, row["version_number"])), (1, 1), (1, 2.0), (1, 10**30)))
    if draw(weighted((3, "object"), (1, "pair"))) == "pair":
        return [name, number]
    content_hash = draw(st.sampled_from([*[row["content_hash"]] * 5, *HASHES, None]))
    return draw(
        st.sampled_from(
            [
                {"artifact_id": name, "version_number": number, "content_hash": content_hash},
                {"version_number": number, "artifact_id": name},
            ]
        )
    )


def pins() -> st.SearchStrategy[Any]:
    """Draw an entry of a list of pins, readable or not."""
    names, numbers = st.one_of(ids, misshapen), st.one_of(st.integers(-1, 3), misshapen)
    return st.one_of(
        st.fixed_dictionaries(
            {"artifact_id": names, "version_number": numbers},
            optional={"content_hash": st.one_of(st.sampled_from(HASHES), misshapen)},
        ),
        st.tuples(names, numbers).map(list),
        st.lists(st.one_of(ids, numbers), max_size=3),
        misshapen,
    )


def _damaged(draw: st.DrawFn, registry: Registry) -> Registry:
    """Once in a while put something else where a document should be."""
    place = draw(weighted((16, None), (1, "metadata"), (1, "provenance_chain")))
    if place is None:
        return registry
    return registry.with_row(draw(st.sampled_from(list(registry.artifacts))), **{place: draw(misshapen)})


def _of_types(registry: Registry, types: set[str] | frozenset[str]) -> list[str]:
    return [key for key in registry.artifacts if registry.type_of(key) in types]
