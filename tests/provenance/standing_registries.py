"""Registries in which artifacts have fallen, changed or vanished, with long chains, cycles and base models."""

from hypothesis import strategies as st

from tests.provenance.generator import registries
from tests.provenance.json_values import weighted
from tests.provenance.registry import Registry, artifact

_TAGS = weighted((12, None), (1, "retracted"), (1, "Retracted "), (1, "best"))
_LIVES = weighted(
    *(
        (16, "active"),
        (1, "rejected"),
        (1, "retracted"),
        (1, " Withdrawn"),
        (1, "flagged"),
        (1, "challenged"),
        (1, "deprecated"),
        (1, "superseded"),
        (1, "SUPERSEDED\n"),
    ),
    (1, "frozen"),
)


@st.composite
def fallen_registries(draw: st.DrawFn) -> Registry:
    """Draw a registry as others do, and let some of it fall."""
    registry = _with_chain(draw, draw(registries()))
    for key in list(registry.artifacts):
        registry = registry.with_row(key, **_columns(draw, registry))
    for key in draw(st.lists(st.sampled_from(list(registry.artifacts)), max_size=2)):
        if registry.type_of(key) != "model":
            registry = registry.without(key)
    return registry


def _columns(draw: st.DrawFn, registry: Registry) -> dict[str, object]:
    others = list(registry.artifacts)
    return {
        "version_tag": draw(_TAGS),
        "lifecycle_state": draw(_LIVES),
        "superseded_by": draw(weighted((12, None), (1, "nobody"), (1, draw(st.sampled_from(others))))),
        "base_model_id": draw(weighted((6, None), (1, draw(st.sampled_from(others))))),
        "changelog": draw(weighted((3, None), (1, "what was wrong"))),
    }


def _with_chain(draw: st.DrawFn, registry: Registry) -> Registry:
    """Let what is there rest on a chain of datasets, mostly about as long as is followed, that may end in a circle."""
    length = draw(weighted((3, 0), (1, 10), (1, 11), (1, 12), (1, 13)))
    chain = [f"link {number:02}" for number in range(length)]
    if not chain:
        return registry
    begin = draw(st.sampled_from(list(registry.artifacts)))
    for key in chain:
        registry = registry.with_row(key, **artifact("dataset"))
    for source, target in zip([begin, *chain], chain, strict=False):
        registry = registry.with_link(source, "derives_from", target)
    if draw(st.booleans()):
        registry = registry.with_link(chain[-1], "uses", draw(st.sampled_from(list(registry.artifacts))))
    return registry
