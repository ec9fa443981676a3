"""What a comparison by hand says of the provenance of its models: verdicts, inputs and graphs."""

from scidex.atlas._model_registry.contract.answers import (
    ComparedProvenance,
    Edge,
    Graph,
    Input,
    Node,
    PinStatus,
    ProvenanceVerdict,
    RuleVerdict,
    Standing,
)
from scidex.atlas._model_registry.records.models import Rule
from tests.unit.pages.example_models import IDS, LASSO, LOGISTIC, MLP, OTHER, TRAIN


def pinned(artifact_id: str, status: PinStatus, *, artifact_type: str = "dataset") -> Input:
    """Return an input in one of the states of a pin."""
    version = None if status == "unpinned" else 1
    registered = status != "missing"
    return Input(
        artifact_id=artifact_id,
        artifact_type=artifact_type if registered else None,
        title=f"Table {artifact_id}" if registered else None,
        pinned_version=version,
        pinned_hash=f"sha256:{'4f' * 32}" if version and status != "unverified" else None,
        current_version=(2 if status == "modified" else 1) if registered else None,
        current_hash=f"sha256:{'4f' * 32}" if registered else None,
        status=status,
        empty=False,
    )


def node(artifact_id: str, artifact_type: str | None, title: str | None, depth: int) -> Node:
    """Return a registered node of a graph; without a type it is one that is missing."""
    return Node(
        id=artifact_id,
        artifact_type=artifact_type,
        title=title,
        version_number=1 if artifact_type else None,
        depth=depth,
        missing=artifact_type is None,
    )


def edge(source: str, relation: str, target: str) -> Edge:
    """Return an edge known from a link."""
    return Edge(source=source, target=target, relation=relation, origin="link")


def model_graph(model_id: str, title: str) -> Graph:
    """Return the graph of one of the example's models: its analysis, two tables, their raw data and a paper."""
    extra = {MLP: "dataset-biomarkers", LOGISTIC: "paper-31142", LASSO: OTHER}[model_id]
    return Graph(
        root=model_id,
        nodes=[
            node(model_id, "model", title, 0),
            node("analysis-ad", "analysis", "Craig-Schapiro Alzheimer classifiers on CSF biomarkers", 1),
            node(TRAIN, "tabular_dataset", "ad_data train split", 1),
            node("hypothesis-tau", "hypothesis", "Tau and p-tau carry most of the signal", 1),
            node("dataset-ad-raw", "dataset", "ad_data (333 people, 130 biomarkers)", 2),
            {
                MLP: node(extra, None, None, 2),
                LOGISTIC: node(extra, "paper", "Multiplexed panel identifies novel CSF biomarkers", 2),
                LASSO: node(extra, "dataset", "ad_data train split, 2024 extension", 2),
            }[model_id],
        ],
        edges=[
            edge(model_id, "produced_by", "analysis-ad"),
            edge(model_id, "trained_on", TRAIN),
            Edge(source=model_id, target="hypothesis-tau", relation="tests", origin="metadata"),
            edge("analysis-ad", "cites", TRAIN),
            edge("analysis-ad", "cites", extra),
            edge(TRAIN, "derives_from", "dataset-ad-raw"),
        ],
        truncated=False,
    )


def union(graphs: dict[str, Graph]) -> Graph:
    """Unite graphs as a comparison does: every node once, with the models that reach it."""
    nodes: dict[str, Node] = {}
    edges: dict[tuple[str, str, str], Edge] = {}
    for model_id, graph in graphs.items():
        for one in graph["nodes"]:
            kept = nodes.setdefault(one["id"], Node(**{**one, "models": []}))
            kept["models"] = [*kept.get("models", []), model_id]
        for link in graph["edges"]:
            edges[link["source"], link["relation"], link["target"]] = link
    return Graph(root=None, nodes=list(nodes.values()), edges=list(edges.values()), truncated=False)


def _rule(
    name: Rule, *evidence: str, message: str, fix: str | None = None, required: bool = True
) -> RuleVerdict:
    satisfied = bool(evidence) and fix is None
    return {
        "rule": name,
        "required": required,
        "satisfied": satisfied,
        "evidence": [*evidence],
        "message": message,
        "fix": fix,
    }


def _pins(*, unpinned: bool) -> RuleVerdict:
    if not unpinned:
        return _rule("pinned_inputs", TRAIN, message="all inputs are pinned")
    return _rule(
        "pinned_inputs",
        TRAIN,
        message=f"1 of 2 inputs of analysis-ad is not pinned: {OTHER}",
        fix=f'add {{"artifact_id": "{OTHER}", "version_number": 1}} to pinned_artifacts',
    )


def _verdict(inputs: list[Input], *, unpinned: bool = False) -> ProvenanceVerdict:
    return ProvenanceVerdict(
        complete=not unpinned,
        score=0.75 if unpinned else 1.0,
        cap=0.3,
        capped=unpinned,
        rules=[
            _rule("trained_on_dataset_id", TRAIN, message="trained on dataset-ad-train"),
            _rule("produced_by_analysis_id", "analysis-ad", message="produced by analysis-ad"),
            _pins(unpinned=unpinned),
            _rule("tests_hypothesis_id", message="claims to test no hypothesis", required=False),
        ],
        inputs=inputs,
    )


SOUND = Standing(status="sound", because=[], truncated=False)


def provenance(titles: dict[str, str]) -> ComparedProvenance:
    """Return the provenance of the three, by the titles of the models."""
    shared, partly = pinned(TRAIN, "intact"), pinned("paper-31142", "superseded", artifact_type="paper")
    own = {
        MLP: [pinned("dataset-biomarkers", "missing")],
        LOGISTIC: [pinned("notebook-eda", "modified", artifact_type="notebook")],
        LASSO: [pinned(OTHER, "unpinned")],
    }
    graphs = {i: model_graph(i, titles[i]) for i in IDS}
    return ComparedProvenance(
        models={
            i: _verdict([shared, *([] if i == MLP else [partly]), *own[i]], unpinned=i == LASSO) for i in IDS
        },
        standing=dict.fromkeys(IDS, SOUND),
        shared_inputs=[shared],
        partly_shared_inputs=[partly],
        unique_inputs=own,
        graphs=graphs,
        graph=union(graphs),
    )
