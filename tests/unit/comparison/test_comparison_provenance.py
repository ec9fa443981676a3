"""Shared and unique inputs, and the union of graphs."""

from scidex.atlas._model_registry.comparison.provenance import compared_provenance
from scidex.atlas._model_registry.records.provenance import GraphEdge
from tests.unit.builders import a_graph, a_node, an_input, traced


def test_inputs_are_the_same_when_artifact_and_pin_are() -> None:
    models = [
        traced(
            "model-b",
            inputs=(an_input("x", pinned_version=1), an_input("y", pinned_version=1), an_input("z")),
        ),
        traced(
            "model-a",
            inputs=(an_input("x", pinned_version=1), an_input("y", pinned_version=2), an_input("z")),
        ),
        traced("model-c", inputs=(an_input("x", pinned_version=1), an_input("y", pinned_version=2))),
    ]
    answer = compared_provenance(models)
    assert [(one["artifact_id"], one["pinned_version"]) for one in answer["shared_inputs"]] == [("x", 1)]
    assert [(one["artifact_id"], one["pinned_version"]) for one in answer["partly_shared_inputs"]] == [
        ("z", None),
        ("y", 2),
    ]
    unique = {
        name: [one["artifact_id"] for one in inputs] for name, inputs in answer["unique_inputs"].items()
    }
    assert unique == {"model-b": ["y"], "model-a": [], "model-c": []}


def test_a_shared_input_is_reported_alike_in_any_order() -> None:
    models = [
        traced(name, inputs=(an_input("x", pinned_version=1, pinned_hash=name),))
        for name in ("model-a", "model-b")
    ]
    hashes = {
        compared_provenance(order)["shared_inputs"][0]["pinned_hash"]
        for order in (models, list(reversed(models)))
    }
    assert hashes == {"model-a"}


def test_every_model_has_its_verdict_and_graph() -> None:
    answer = compared_provenance([traced("model-a"), traced("model-b")])
    assert list(answer["models"]) == list(answer["graphs"]) == ["model-a", "model-b"]
    assert answer["graphs"]["model-a"]["root"] == "model-a"
    assert "graph" not in answer["models"]["model-a"]


def edge(source: str, target: str) -> GraphEdge:
    return GraphEdge(source=source, target=target, relation="trained_on", origin="link")


def test_union_of_graphs() -> None:
    first = a_graph("model-a", a_node("x", depth=1), edges=(edge("model-a", "x"),))
    second = a_graph(
        "model-b",
        a_node("model-a", depth=1),
        a_node("x", depth=2),
        edges=(edge("model-a", "x"), edge("model-b", "model-a")),
        truncated=True,
    )
    union = compared_provenance([traced("model-a", graph=first), traced("model-b", graph=second)])["graph"]
    assert [(node["id"], node["depth"], node["models"]) for node in union["nodes"]] == [
        ("model-a", 0, ["model-a", "model-b"]),
        ("model-b", 0, ["model-b"]),
        ("x", 1, ["model-a", "model-b"]),
    ]
    assert [(one["source"], one["target"]) for one in union["edges"]] == [
        ("model-a", "x"),
        ("model-b", "model-a"),
    ]
    assert (union["root"], union["truncated"]) == (None, True)


def test_a_graph_alone_keeps_no_models_on_its_nodes() -> None:
    answer = compared_provenance([traced("model-a"), traced("model-b")])
    assert all("models" not in node for graph in answer["graphs"].values() for node in graph["nodes"])
    assert answer["graph"]["truncated"] is False
