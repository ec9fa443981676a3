"""A comparison such as the demo's, by hand: three Alzheimer's classifiers, each with a fault of its own."""

from scidex.atlas._model_registry.answers import (
    ComparedProvenance,
    Comparison,
    ConfigurationRow,
    Edge,
    Graph,
    Input,
    MetricRow,
    ModelEntry,
    Node,
    PinStatus,
    ProvenanceVerdict,
    TrainingData,
    VersionEntry,
)

MLP, LOGISTIC, LASSO = "model-ad-mlp-v3", "model-ad logistic/v1", "model-ad-lasso-v2"
IDS = [MLP, LOGISTIC, LASSO]
TRAIN, OTHER, TEST = "dataset-ad-train", "dataset-ad-train-2024", "dataset-ad-test"


def model(model_id: str, title: str, *, version: int = 1, score: float | None = 0.87) -> ModelEntry:
    """Give the entry of a complete model."""
    return ModelEntry(
        id=model_id,
        title=title,
        model_family="statistical",
        version_number=version,
        version_tag=None,
        is_latest=True,
        quality_score=score,
        quality_score_stored=score,
        evaluation_metrics={},
        parameter_count=131,
        trained_on=TRAIN,
        training_datasets=[TRAIN],
        produced_by="analysis-ad",
        tests_hypothesis=None,
        origin_type="internal",
        lifecycle_state="active",
        promotion_state="candidate",
        provenance_complete=True,
        provenance_missing=[],
        provenance_warning=None,
        created_at="2026-04-05T12:00:00Z",
    )


def metric(name: str, values: list[float | None]) -> MetricRow:
    """Give a metric that compares, higher being better, for the example's models in order."""
    reported = [value for value in values if value is not None]
    base = values[0]
    deltas = [None if value is None or base is None else value - base for value in values]
    return MetricRow(
        name=name,
        direction="higher",
        target=None,
        unit=None,
        values=dict(zip(IDS, values, strict=True)),
        best=[i for i, value in zip(IDS, values, strict=True) if value == max(reported)],
        delta=dict(zip(IDS, deltas, strict=True)),
        delta_percent={
            i: None if delta is None or not base else 100 * delta / base
            for i, delta in zip(IDS, deltas, strict=True)
        },
        comparable=True,
        reason=None,
    )


def _metrics() -> list[MetricRow]:
    brier = metric("test_brier", [0.113, 0.131, 0.1134])
    brier["direction"], brier["best"] = "lower", [MLP]
    aic = metric("aic", [None, -214.2, -230.8])
    aic["direction"], aic["best"], aic["comparable"] = "lower", [], False
    aic["reason"] = (
        "an information criterion compares only models fitted to the same training data, and "
        "model-ad-lasso-v2 was fitted to dataset-ad-train-2024 too"
    )
    bic = metric("bic", [None, -190.0, -201.5])
    bic["direction"], bic["best"], bic["comparable"], bic["reason"] = "lower", [], False, aic["reason"]
    accuracy = metric("accuracy", [0.88, 0.86, 0.88])
    accuracy["comparable"] = None
    accuracy["reason"] = "model-ad logistic/v1 does not say on which data it was measured"
    epochs = metric("epochs", [240, None, None])
    epochs["direction"], epochs["best"] = "neutral", []
    epochs["not_a_number"] = [LASSO]
    latency = metric("latency", [1.2e-5, 3.4e-6, 0.0])
    latency["direction"], latency["best"], latency["unit"] = "lower", [LASSO], "s"
    latency["units"] = {MLP: "s", LOGISTIC: "s", LASSO: "furlong"}
    return [
        metric("test_roc_auc", [0.9312, 0.9058, 0.9145]),
        brier,
        metric("test_mcc", [0.61, 0.55, 0.61]),
        metric("train_roc_auc", [0.9991, 0.9412, 0.9403]),
        accuracy,
        aic,
        bic,
        epochs,
        latency,
    ]


def _configuration() -> list[ConfigurationRow]:
    return [
        ConfigurationRow(
            section="parameters",
            path="k_clear",
            values={
                MLP: {"value": 0.05, "unit": "1/hr", "source": "fitted"},
                LOGISTIC: {"value": 2.4, "unit": "1/day", "source": "PMID:1"},
                LASSO: None,
            },
            equal=False,
            change={MLP: "same", LOGISTIC: "changed", LASSO: "removed"},
            ratio={MLP: 1.0, LOGISTIC: 2.0, LASSO: None},
        ),
        ConfigurationRow(
            section="architecture",
            path="layer_config.hidden_dims",
            values={MLP: {"value": [32, 16]}, LOGISTIC: {"value": "none"}, LASSO: None},
            equal=False,
            change={MLP: "same", LOGISTIC: "type_changed", LASSO: "removed"},
            ratio=dict.fromkeys(IDS),
        ),
        ConfigurationRow(
            section="training",
            path="penalty",
            values={MLP: None, LOGISTIC: None, LASSO: {"value": "l1"}},
            equal=False,
            change={MLP: "same", LOGISTIC: "same", LASSO: "added"},
            ratio=dict.fromkeys(IDS),
        ),
        *(_same_setting(name) for name in ("seed", "solver", "standardise")),
    ]


def _same_setting(name: str) -> ConfigurationRow:
    return ConfigurationRow(
        section="training",
        path=name,
        values={i: {"value": 20260405} for i in IDS},
        equal=True,
        change=dict.fromkeys(IDS, "same"),
        ratio=dict.fromkeys(IDS, 1.0),
    )


def pinned(artifact_id: str, status: PinStatus, *, artifact_type: str = "dataset") -> Input:
    """Give an input in one of the states of a pin."""
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
    )


def node(artifact_id: str, artifact_type: str | None, title: str | None, depth: int) -> Node:
    """Give a registered node of a graph; without a type it is one that is missing."""
    return Node(
        id=artifact_id,
        artifact_type=artifact_type,
        title=title,
        version_number=1 if artifact_type else None,
        depth=depth,
        missing=artifact_type is None,
    )


def edge(source: str, relation: str, target: str) -> Edge:
    """Give an edge known from a link."""
    return Edge(source=source, target=target, relation=relation, origin="link")


def model_graph(model_id: str, title: str) -> Graph:
    """Give the graph of one of the example's models: its analysis, two tables, their raw data and a paper."""
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


def _verdict(inputs: list[Input], *, unpinned: bool = False) -> ProvenanceVerdict:
    return ProvenanceVerdict(
        complete=not unpinned,
        score=0.75 if unpinned else 1.0,
        cap=0.3,
        capped=unpinned,
        rules=[
            {
                "rule": "trained_on_dataset_id",
                "required": True,
                "satisfied": True,
                "evidence": [TRAIN],
                "message": "trained on dataset-ad-train",
                "fix": None,
            },
            {
                "rule": "produced_by_analysis_id",
                "required": True,
                "satisfied": True,
                "evidence": ["analysis-ad"],
                "message": "produced by analysis-ad",
                "fix": None,
            },
            {
                "rule": "pinned_inputs",
                "required": True,
                "satisfied": not unpinned,
                "evidence": [TRAIN],
                "message": f"1 of 2 inputs of analysis-ad is not pinned: {OTHER}"
                if unpinned
                else "all inputs are pinned",
                "fix": f'add {{"artifact_id": "{OTHER}", "version_number": 1}} to pinned_artifacts'
                if unpinned
                else None,
            },
            {
                "rule": "tests_hypothesis_id",
                "required": False,
                "satisfied": False,
                "evidence": [],
                "message": "claims to test no hypothesis",
                "fix": None,
            },
        ],
        inputs=inputs,
    )


def _provenance(titles: dict[str, str]) -> ComparedProvenance:
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
        shared_inputs=[shared],
        partly_shared_inputs=[partly],
        unique_inputs=own,
        graphs=graphs,
        graph=union(graphs),
    )


def _training_data() -> TrainingData:
    return TrainingData(
        datasets=[
            {"artifact_id": TRAIN, "title": "ad_data train split", "version_number": 1, "models": IDS},
            {"artifact_id": OTHER, "title": "ad_data 2024 extension", "version_number": 1, "models": [LASSO]},
        ],
        shared=[TRAIN],
        partly_shared=[],
        unique={MLP: [], LOGISTIC: [], LASSO: [OTHER]},
        overlap=[
            {"a": MLP, "b": LOGISTIC, "shared": [TRAIN], "jaccard": 1.0, "related": []},
            {
                "a": MLP,
                "b": LASSO,
                "shared": [TRAIN],
                "jaccard": 0.5,
                "related": [
                    {
                        "a_dataset": TRAIN,
                        "b_dataset": OTHER,
                        "relation": "common_ancestor",
                        "via": "dataset-ad-raw",
                    }
                ],
            },
            {"a": LOGISTIC, "b": LASSO, "shared": [TRAIN], "jaccard": 0.5, "related": []},
        ],
        leakage=[{"model": LASSO, "evaluated_on": TEST, "in_training_of": LASSO, "via": OTHER}],
    )


def comparison() -> Comparison:
    """Give a fresh comparison of the three, the perceptron being the baseline."""
    titles = {
        MLP: "Alzheimer classifier, multilayer perceptron",
        LOGISTIC: "Alzheimer classifier, logistic regression",
        LASSO: "Alzheimer classifier, L1-penalised logistic regression on the extended cohort",
    }
    models = [model(i, titles[i], version=version) for i, version in zip(IDS, (3, 1, 2), strict=True)]
    models[0]["model_family"] = "deep_learning"
    models[1]["origin_type"] = "external"
    models[2]["quality_score"] = 0.3
    models[2]["provenance_complete"] = False
    models[2]["provenance_missing"] = ["pinned_inputs"]
    models[2]["provenance_warning"] = f"Not fully traceable: input {OTHER} is not pinned"
    return Comparison(
        models=models,
        baseline=MLP,
        metrics=_metrics(),
        metadata_diff=_configuration(),
        training_data=_training_data(),
        provenance=_provenance(titles),
    )


def lineage(ids: list[str]) -> list[VersionEntry]:
    """Give a lineage of as many versions as there are ids, each a little better than the one before."""
    return [
        VersionEntry(
            id=version_id,
            version_number=place,
            version_tag=None,
            changelog=None,
            created_at="2026-04-05T12:00:00Z",
            content_hash=None,
            is_latest=place == len(ids),
            quality_score=None,
            evaluation_metrics={"test_roc_auc": 0.85 + place / 50, "test_brier": 0.2 / place},
        )
        for place, version_id in enumerate(ids, start=1)
    ]
