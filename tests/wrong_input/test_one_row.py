"""One row, however large, deep or damaged: it is listed, what is not read is named, and no other is kept waiting."""

import random
import string
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from scidex.atlas.model_registry import check, fold
from tests.registry import rows
from tests.registry.requests import ids, listed, opened
from tests.wrong_input.large_row import LARGE, LARGER, Write

MOST_TITLE, MOST_ENTRIES, MOST_VERSIONS, MOST_LINKS = 1000, 1000, 500, 500


def test_links_to_ids_that_an_index_holds_compressed_leave_answers_small(
    conn: psycopg.Connection[Any], client: TestClient
) -> None:
    rows.traceable_model(conn, "model-large")
    conn.execute(
        "INSERT INTO artifact_links (source_artifact_id, target_artifact_id, link_type)"
        " SELECT 'model-large', 'dataset-' || i || repeat('a', 150000), 'trained_on' FROM generate_series(1, 40) AS i"
        " UNION ALL SELECT n || repeat('a', 150000), 'model-large', 'cites' FROM generate_series(1, 40) AS n"
        " UNION ALL SELECT 'dataset-of-model-large', 'dataset-' || repeat('b', 150000), 'derives_from'"
    )
    for _ in range(2):
        (entry,) = listed(client)["models"]
        assert (entry["unreadable"], entry["provenance_missing"]) == (["links"], ["pinned_inputs"])
        graph = opened(client, "model-large")["provenance"]["graph"]
        assert (len(graph["nodes"]), graph["truncated"]) == (3, True)
        for path in ("/api/models/model-large", "/models/model-large"):
            answer = client.get(path)
            assert (answer.status_code, len(answer.content) < 1_000_000) == (200, True), path
        while fold(conn=conn):
            pass
    assert check(conn=conn) == []


@pytest.mark.parametrize(
    ("write", "unreadable"),
    [
        *(pytest.param(*row, id=kind) for kind, row in LARGE.items()),
        *(
            pytest.param(*row, id=f"more {kind}", marks=[pytest.mark.slow, pytest.mark.ci])
            for kind, row in LARGER.items()
        ),
    ],
)
def test_a_large_row_is_listed_opened_and_folded(
    conn: psycopg.Connection[Any], client: TestClient, write: Write, unreadable: list[str]
) -> None:
    rows.traceable_model(conn, "model-small", {"evaluation_metrics": {"rmse": 2}}, quality_score=0.9)
    write(conn)
    for _ in range(2):  # while it waits to be folded, and afterwards
        for asked in ({"facets": "true"}, {"q": "model"}, {"sort": "title", "provenance": "incomplete"}):
            answer = client.get("/api/models", params=asked)
            assert answer.status_code == 200, answer.text
            assert len(answer.content) < 60_000
        entries = {entry["id"]: entry for entry in listed(client)["models"]}
        assert entries["model-small"]["provenance_complete"]
        assert entries["model-small"]["unreadable"] == []
        assert entries["model-large"]["unreadable"] == unreadable
        assert not entries["model-large"]["provenance_complete"]
        _fold_all(conn)
    assert check(conn=conn) == []
    detail = opened(client, "model-large")
    assert set(unreadable) <= set(detail["unreadable"])
    if not unreadable:  # nothing of what lists read, but the document is none that can be sent
        assert "metadata" in detail["unreadable"]
    page = client.get("/models/model-large")
    assert page.status_code == 200
    assert len(page.content) < 3_000_000
    assert client.get("/models/compare?ids=model-large,model-small").status_code == 200


def test_what_is_cut_is_cut_at_its_bound(conn: psycopg.Connection[Any], client: TestClient) -> None:
    rows.model(conn, "model-title", title="é" * MOST_TITLE)
    rows.model(conn, "model-longer", title="é" * (MOST_TITLE + 1))
    for number in (MOST_ENTRIES, MOST_ENTRIES + 1):
        metrics = {f"metric-{place}": place for place in range(number)}
        rows.model(conn, f"model-{number}", {"fit_metrics": metrics})
    entries = {entry["id"]: entry for entry in listed(client)["models"]}
    assert entries["model-title"]["title"] == "é" * MOST_TITLE
    assert entries["model-longer"]["title"] == "é" * MOST_TITLE + "…"
    assert [entries[model]["unreadable"] for model in ("model-title", "model-longer")] == [[], ["title"]]
    for number, unreadable in ((MOST_ENTRIES, []), (MOST_ENTRIES + 1, ["metadata.fit_metrics"])):
        entry = entries[f"model-{number}"]
        assert (len(entry["evaluation_metrics"]), entry["unreadable"]) == (MOST_ENTRIES, unreadable)


def test_links_that_are_not_read_leave_provenance_incomplete(
    conn: psycopg.Connection[Any], client: TestClient
) -> None:
    rows.traceable_model(conn, "model-many")
    assert listed(client)["models"][0]["provenance_complete"]
    # An analysis reads every one of them; the only one that is not pinned stands last.
    conn.execute(
        "INSERT INTO artifact_links (source_artifact_id, target_artifact_id, link_type)"
        " SELECT 'analysis-of-model-many', 'dataset-of-model-many', 'cites'"
        " UNION ALL SELECT 'model-many', 'artifact-' || i, 'derives_from' FROM generate_series(1, %s) AS i"
        " UNION ALL SELECT 'model-many', 'zzz', 'trained_on'",
        [MOST_ENTRIES],
    )
    rows.dataset(conn, "zzz")
    (entry,) = listed(client)["models"]
    assert (entry["unreadable"], entry["provenance_missing"]) == (["links"], ["pinned_inputs"])
    detail = opened(client, "model-many")
    (rule,) = [rule for rule in detail["provenance"]["rules"] if rule["rule"] == "pinned_inputs"]
    assert "links was not read whole" in rule["message"]
    assert len(detail["links"]["outgoing"]) == MOST_LINKS
    assert {"links", "links.outgoing"} <= set(detail["unreadable"])
    assert len(detail["provenance"]["graph"]["nodes"]) <= 400
    assert detail["provenance"]["graph"]["truncated"]


def test_large_neighbours_leave_a_models_answers_small(
    conn: psycopg.Connection[Any], client: TestClient
) -> None:
    rows.traceable_model(conn, "model-m")
    rows.model(conn, "model-m2", {}, parent_version_id="model-m", changelog="c" * 1_000_000)
    conn.execute(
        "UPDATE artifacts SET title = repeat('t', 1000000), changelog = repeat('c', 1000000)"
        " WHERE id <> 'model-m'"
    )
    rows.link(conn, "figure", "model-m", "derives_from", evidence={"note": "e" * 1_000_000})
    rows.link(conn, "figure-2", "model-m", "derives_from", evidence={"note": "seen"})
    detail = client.get("/api/models/model-m")
    assert len(detail.content) < 30_000
    first, second = detail.json()["links"]["incoming"]
    assert (first["evidence"], second["evidence"]) == (None, {"note": "seen"})
    assert "links.incoming[0].evidence" in detail.json()["unreadable"]
    assert len(client.get("/models/model-m").content) < 100_000
    assert len(client.get("/models/compare?ids=model-m,model-m2").content) < 200_000
    assert "changelog" in opened(client, "model-m2")["unreadable"]


def test_an_empty_parent_joins_no_lineage_and_a_long_lineage_is_cut(
    conn: psycopg.Connection[Any], client: TestClient
) -> None:
    for parent in ("", "gone"):
        conn.execute(
            "INSERT INTO artifacts (id, artifact_type, title, parent_version_id)"
            " SELECT 'model-' || %(parent)s || i, 'model', 'T', %(parent)s FROM generate_series(1, 600) AS i",
            {"parent": parent},
        )
    alone, long = opened(client, "model-1"), opened(client, "model-gone1")
    assert [version["id"] for version in alone["versions"]] == ["model-1"]
    assert "" not in {node["id"] for node in alone["provenance"]["graph"]["nodes"]}
    assert len(long["versions"]) <= MOST_VERSIONS + 1
    assert "model-gone1" in {version["id"] for version in long["versions"]}
    assert ("versions" in alone["unreadable"], "versions" in long["unreadable"]) == (False, True)


def test_a_row_that_fails_is_judged_once_and_never_by_readers(
    conn: psycopg.Connection[Any], client: TestClient
) -> None:
    for number in range(7):
        rows.traceable_model(conn, f"model-{number}")
        rows.model_version(
            conn, f"model-{number}", eval_metrics_json="fails" if number == 3 else '{"rmse": 1}'
        )
    # Stands for what no bound foresees: a row that is damaged on its disk, a document that the server cannot unpack.
    conn.execute("CREATE SEQUENCE tried")
    conn.execute("""
        CREATE OR REPLACE FUNCTION model_registry_json(document text) RETURNS jsonb
        LANGUAGE plpgsql IMMUTABLE STRICT AS $$
        BEGIN
            IF document = 'fails' THEN
                PERFORM nextval('tried');
                RAISE 'stack depth limit exceeded' USING ERRCODE = 'statement_too_complex';
            END IF;
            RETURN document::jsonb;
        END
        $$""")
    entries = {entry["id"]: entry for entry in listed(client, q="model")["models"]}
    assert [name for name, entry in entries.items() if entry["unreadable"]] == ["model-3"]
    assert entries["model-3"]["unreadable"] == ["artifacts"]
    assert entries["model-4"]["evaluation_metrics"] == {"rmse": 1}
    _fold_all(conn)
    ((before,),) = conn.execute("SELECT last_value FROM tried")
    assert len(ids(client, facets="true")) == 7
    assert ids(client, q="3") == ["model-3"]
    assert opened(client, "model-3")["unreadable"] == ["metadata", "artifacts"]
    assert client.get("/models/compare?ids=model-3,model-4").status_code == 200
    ((after,),) = conn.execute("SELECT last_value FROM tried")
    assert after == before


def test_a_state_is_read_however_many_blanks_follow_it(
    conn: psycopg.Connection[Any], client: TestClient
) -> None:
    for model, state in (("model-r", "rejected" + " " * 5_000), ("model-s", "s" * 1_000_000)):
        rows.traceable_model(conn, model)
        conn.execute(
            "UPDATE artifacts SET lifecycle_state = %s WHERE id = %s", [state, f"dataset-of-{model}"]
        )
    for _ in range(2):
        assert ids(client, standing="retracted") == ["model-r"]
        assert ids(client, standing="sound") == ["model-s"]
        assert opened(client, "model-r")["standing"]["status"] == "retracted"
        _fold_all(conn)
    assert check(conn=conn) == []


def test_models_that_no_index_holds_are_remembered(conn: psycopg.Connection[Any], client: TestClient) -> None:
    chance = random.Random(1)  # noqa: S311  what compresses would fit
    names = ["model-" + "".join(chance.choices(string.ascii_letters, k=990)) for _ in range(5)]
    for place, name in enumerate(names):
        rows.model(conn, name, {"fit_metrics": {"rmse": place}, "trained_on_dataset_id": "dataset-" + name})
    _fold_all(conn)
    assert conn.execute("SELECT model_registry_affected()").fetchall() == []
    assert ids(client, sort="metric:rmse", q="model") == names
    assert listed(client, facets="true")["total"] == 5
    rows.dataset(conn, "dataset-" + names[0][:900])
    conn.execute("UPDATE artifacts SET metadata = '{}', title = 'Renamed' WHERE id = %s", [names[2]])
    assert ids(client, sort="metric:rmse") == [names[0], names[1], names[3], names[4]]
    assert ids(client, q="renamed") == [names[2]]
    assert len(ids(client, q="model")) == 5
    _fold_all(conn)
    assert check(conn=conn) == []


def test_a_name_too_long_for_an_index_is_watched(conn: psycopg.Connection[Any], client: TestClient) -> None:
    dataset = "dataset-" + "d" * 20_000  # compresses, so the host's own index holds it
    rows.model(conn, "model-m", {"trained_on_dataset_id": dataset})
    _fold_all(conn)
    rows.dataset(conn, dataset)
    assert listed(client)["models"][0]["training_datasets"] == [dataset]
    _fold_all(conn)
    assert check(conn=conn) == []
    assert listed(client)["models"][0]["training_datasets"] == [dataset]


def _fold_all(conn: psycopg.Connection[Any]) -> None:
    while fold(conn=conn):
        pass
