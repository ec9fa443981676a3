"""How well models fit a search, what is suggested where nothing does, and which words are marked."""

from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from scidex.atlas._model_registry.pages.catalogue.marks import marked
from scidex.atlas.model_registry import list_models
from tests.registry import rows
from tests.registry.requests import ids, listed, refusal

PLACES: dict[str, tuple[str, dict[str, Any]]] = {
    "in-title": ("Microglia in culture", {}),
    "in-description": ("A", {"description": "of microglia"}),
    "in-species": ("B", {"species": ["microglia"]}),
    "in-evidence": ("C", {"trained_on_dataset_id": "dataset-cells"}),
}


@pytest.fixture
def _models(conn: psycopg.Connection) -> None:
    rows.dataset(conn, "dataset-cells", title="Counts of microglia")
    for number, (name, (title, metadata)) in enumerate(reversed(PLACES.items())):
        rows.model(conn, f"model-{name}", metadata, title=title, quality_score=number / 10)
    rows.model(
        conn, "model-other", {"card": {"summary": "A classifier of neurons", "authors": [{"name": "Ada"}]}}
    )


@pytest.mark.usefixtures("_models")
@pytest.mark.parametrize("folded", [True, False])
def test_titles_come_before_descriptions_parts_and_evidence(
    conn: psycopg.Connection, client: TestClient, folded: bool
) -> None:
    while folded and conn.execute("SELECT model_registry_fold(1000)").fetchone() != (0,):
        pass
    best_first = [f"model-{name}" for name in PLACES]
    assert ids(client, q="microglia", sort="relevance") == best_first
    assert ids(client, q="microglia", sort="relevance", order="asc") == best_first[::-1]
    assert ids(client, q="microglia", sort="relevance", provenance="incomplete") == best_first
    walked, cursor = [], None
    while True:
        asked = {"q": "microglia", "sort": "relevance", "limit": 1} | ({"cursor": cursor} if cursor else {})
        page = listed(client, asked)
        walked += [model["id"] for model in page["models"]]
        if (cursor := page["next_cursor"]) is None:
            break
    assert walked == best_first


@pytest.mark.parametrize("folded", [True, False])
def test_equally_good_matches_are_ordered_by_quality_on_all_pages(
    conn: psycopg.Connection, client: TestClient, folded: bool
) -> None:
    qualities = {"model-c": 0.5, "model-a": None, "model-d": 0.9, "model-b": 0.0, "model-e": 0.5001}
    for name, quality in qualities.items():
        rows.traceable_model(conn, name, title="Tau", quality_score=quality)
    while folded and conn.execute("SELECT model_registry_fold(1000)").fetchone() != (0,):
        pass
    asked: dict[str, Any] = {"q": "tau", "sort": "relevance", "limit": 2}
    walked, cursor = [], None
    while True:
        page = listed(client, asked | ({"cursor": cursor} if cursor else {}))
        walked += [model["id"] for model in page["models"]]
        if (cursor := page["next_cursor"]) is None:
            break
    assert walked[:3] == ["model-d", "model-e", "model-c"]
    assert sorted(walked[3:]) == ["model-a", "model-b"]


@pytest.mark.parametrize("words", ["Alzheimer's disease", "ALZHEIMER\u2019S", "alzheimers"])
def test_a_possessive_s_is_left_out_of_words(
    conn: psycopg.Connection, client: TestClient, words: str
) -> None:
    rows.model(conn, "model-plain", title="Disease of Alzheimer")
    rows.model(conn, "model-possessive", title="Alzheimer's disease, sex selected")
    assert sorted(ids(client, q=words, sort="relevance")) == ["model-plain", "model-possessive"]


@pytest.mark.usefixtures("_models")
@pytest.mark.parametrize("words", ["classification", "Ada classifiers", "neuronal", "neurology"])
def test_the_card_is_searched_and_so_are_other_forms_of_a_word(client: TestClient, words: str) -> None:
    found = ids(client, q=words)
    assert found == (["model-other"] if words != "neurology" else [])


@pytest.mark.usefixtures("_models")
@pytest.mark.parametrize("address", ["sort=relevance", "sort=relevance&q=", "sort=relevance&q=%21"])
def test_without_words_nothing_fits(client: TestClient, address: str) -> None:
    assert refusal(client, f"/api/models?{address}")[0] == "sort"
    assert client.get(f"/models?{address}").status_code == 200


@pytest.mark.usefixtures("_models")
def test_the_page_puts_the_best_match_first_unless_told_otherwise(client: TestClient) -> None:
    page = client.get("/models?q=microglia").text
    assert "Sorted by best match" in page
    assert page.index("in culture") < page.index("model-in-evidence")
    assert "<mark>Microglia</mark> in culture" in page
    by_score = client.get("/models?q=microglia&sort=quality_score").text
    assert "Sorted by quality score" in by_score


@pytest.mark.usefixtures("_models")
@pytest.mark.parametrize(
    ("words", "near"),
    [
        ("micorglia", "microglia"),
        ("microgila culture", "microglia culture"),
        ("clasifier", "classifier"),
        ("xyzzy", None),
        ("microglia neurons", "microglia"),
        ("micorglia's", "microglia"),
        ("micorglia neurons", "neurons"),
        ("xyzzy microglia culture", "microglia culture"),
        ("xyzzy microglia abcde culture", "microglia culture"),
        ("!", None),
    ],
)
def test_the_nearest_words_that_find_something_are_suggested(
    conn: psycopg.Connection, client: TestClient, words: str, near: str | None
) -> None:
    conn.execute("SELECT model_registry_fold(1000)")
    found = listed(client, q=words)
    assert found.get("suggestions", [None])[0] == near
    if near:
        assert ids(client, q=near)
        assert f"q={near.replace(' ', '+')}" in client.get("/models", params={"q": words}).text


@pytest.mark.parametrize(
    ("text", "words", "hits"),
    [
        ("Alzheimer's biomarkers", "alzheimer BIO", ["Alzheimer", "biomarkers"]),
        ("Aβ42, réseau", "aβ reseau", ["Aβ42", "réseau"]),
        ("A classification", "classifier", ["classification"]),
        ("A model", "", []),
        ("A model", "odel", []),
        ("Alzheimer's sex selected", "Alzheimer's", ["Alzheimer"]),
        ("Parkinson\u2019s stage", "PARKINSON\u2019S", ["Parkinson"]),
        ("An S model", "s", ["S"]),
        ("<b>model</b>", "model", ["model"]),
    ],
)
def test_what_is_found_is_marked(text: str, words: str, hits: list[str]) -> None:
    pieces = marked(text, words)
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.hit] == hits


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("alzheimer", "model-ad-logistic-v1"),
        ("dementia", "model-ad-logistic-v1"),
        ("CSF", "model-ad-logistic-v1"),
        ("cerebrospinal", "model-ad-logistic-v1"),
        ("pharmacokinetic", "model-indomethacin-two-compartments-v1"),
        ("classifier", "model-ad-perceptron-v1"),
        ("neural network", "model-ad-perceptron-v1"),
        ("deep learning", "model-ad-perceptron-v1"),
        ("drug absorption oral dose", "model-theophylline-v1"),
    ],
)
def test_words_of_the_field_find_the_demos_models(demo_dsn: str, words: str, expected: str) -> None:
    with psycopg.connect(demo_dsn) as conn:
        found = [model["id"] for model in list_models(q=words, limit=200, conn=conn)["models"]]
    assert expected in found
    assert len(found) < 35, "not simply every model"
