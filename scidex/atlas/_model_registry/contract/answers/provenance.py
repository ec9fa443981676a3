"""Where a model comes from: the policy's verdict, what pins say of its inputs, and the graph."""

from typing import Annotated, Literal, NotRequired

from typing_extensions import TypedDict

from scidex.atlas._model_registry.contract.answers.description import described
from scidex.atlas._model_registry.records.models import Rule

PinStatus = Literal["intact", "modified", "missing", "unpinned", "unverified", "superseded"]


class RuleVerdict(TypedDict):
    """One rule of the policy: satisfied or not, by what, and how to mend it."""

    rule: Annotated[Rule, described("name of the rule", "pinned_inputs")]
    required: Annotated[bool, described("whether the rule applies to this model", example=True)]
    satisfied: Annotated[bool, described("whether registered evidence was found", example=False)]
    evidence: Annotated[list[str], described("artifacts that satisfy the rule", ["dataset-ad-train"])]
    message: Annotated[
        str,
        described(
            "what was found, for a person", "1 of 2 inputs of analysis-a is not pinned: dataset-ad-test"
        ),
    ]
    fix: Annotated[
        str | None,
        described(
            "what to do about it; null where there is nothing to do",
            'call pin_inputs("analysis-a"), which adds {"artifact_id": "dataset-ad-test", "version_number": 1} '
            "to pinned_artifacts of analysis-a",
        ),
    ]


class Input(TypedDict):
    """What a pin says of an input against what is registered now."""

    artifact_id: Annotated[str, described("the input", "dataset-ad-train")]
    artifact_type: Annotated[
        str | None, described("its type; null if it is not registered", "tabular_dataset")
    ]
    title: Annotated[
        str | None, described("its name for a person", "Alzheimer's biomarkers: training participants")
    ]
    pinned_version: Annotated[int | None, described("version in the pin, from 1; null if unpinned", 1)]
    pinned_hash: Annotated[str | None, described("content hash in the pin", "sha256:e6af5f64")]
    current_version: Annotated[int | None, described("version registered now; null if not registered", 1)]
    current_hash: Annotated[str | None, described("content hash registered now", "sha256:e6af5f64")]
    status: Annotated[
        PinStatus,
        described(
            "intact: as pinned; modified: version or hash differs; missing: pinned, not registered; unpinned; "
            "unverified: pinned without a hash; superseded: intact, but a newer version exists",
            "intact",
        ),
    ]
    empty: Annotated[
        bool,
        described("whether it is registered without content hash, address and metadata", example=False),
    ]


class Node(TypedDict):
    """An artifact in a provenance graph."""

    id: Annotated[str, described("the artifact", "dataset-ad-train")]
    artifact_type: Annotated[
        str | None, described("its type; null if it is not registered", "tabular_dataset")
    ]
    title: Annotated[
        str | None, described("its name for a person", "Alzheimer's biomarkers: training participants")
    ]
    version_number: Annotated[int | None, described("its version, from 1; null if it is not registered", 1)]
    depth: Annotated[int, described("fewest steps from the model, 0 to 12", 2)]
    missing: Annotated[bool, described("whether it is named but not registered", example=False)]
    models: NotRequired[
        Annotated[
            list[str],
            described("compared models that depend on it; in a union graph only", ["model-ad-logistic-v1"]),
        ]
    ]


class Edge(TypedDict):
    """One step of a provenance graph: source depends on target."""

    source: Annotated[str, described("artifact that depends on the other", "analysis-ad-logistic")]
    target: Annotated[str, described("artifact that it depends on", "dataset-ad-train")]
    relation: Annotated[str, described("link type or metadata field that says so", "cites")]
    origin: Annotated[
        Literal["link", "metadata"], described("whether a link or only metadata says so", "link")
    ]


class Graph(TypedDict):
    """A provenance graph; root is null for the union of several."""

    root: Annotated[
        str | None, described("model the graph starts at; null for a union", "model-ad-logistic-v2")
    ]
    nodes: Annotated[list[Node], described("artifacts that were reached, at most 400 from one model")]
    edges: Annotated[list[Edge], described("dependencies between the nodes")]
    truncated: Annotated[bool, described("whether 12 steps or 400 nodes cut something off", example=False)]


class ProvenanceVerdict(TypedDict):
    """The policy's verdict on one model, worded."""

    complete: Annotated[bool, described("whether every required rule is satisfied", example=True)]
    score: Annotated[
        float, described("satisfied required rules over required rules, 0 to 1, two decimals", 0.67)
    ]
    cap: Annotated[float, described("highest effective score of an incomplete model", 0.3)]
    capped: Annotated[bool, described("whether the effective score is below the stored one", example=False)]
    rules: Annotated[list[RuleVerdict], described("each rule of the policy, in its order")]
    inputs: Annotated[list[Input], described("each known input with its integrity")]


class Provenance(ProvenanceVerdict):
    """The verdict with the graph it rests on."""

    graph: Annotated[Graph, described("what the model depends on, directly and indirectly")]
