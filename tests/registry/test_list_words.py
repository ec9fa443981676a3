# ruff: noqa: RUF001  letters that look alike are what this is about
"""What a search for words finds, and what it cannot break."""

import psycopg
import pytest
from starlette.testclient import TestClient

from tests.registry import rows
from tests.registry.requests import ids, listed, refusal

PUNCTUATION = [
    "",
    "؟",
    "।",
    " ",
    "!",
    "' & | ! ( ) : * < > \\ \"",
    "—",
    "…",
    "„“",
    "\u00a0",
    "。、",
    "→ \u00d7 ±",
    "🧬",
]


def found(client: TestClient, words: str) -> bool:
    return ids(client, q=words) == ["model-sought"]


@pytest.fixture(autouse=True)
def _another_model(conn: psycopg.Connection) -> None:
    rows.model(conn, "other", {"notes": "sought", "trained_on_dataset_id": "sought"}, title="Another")


@pytest.mark.parametrize(
    ("where", "value", "words"),
    [
        ("title", "Microglial Activation ODE", "activ"),
        ("architecture", "transformer", "transf"),
        ("architecture", {"name": "GraphSAGE", "layers": [{"kind": "attention"}]}, "attent graphsage"),
        ("equations", ["dA/dt = k_prod - k_clear * A"], "clear dA"),
        ("species", ["Aβ42", {"name": "microglia"}], "aβ4 microglia"),
        ("features", [["p_tau"], "mmse"], "MMSE tau"),
        ("features", [1, 2.5], "5"),
    ],
)
def test_words_of_every_searched_place(
    conn: psycopg.Connection, client: TestClient, where: str, value: object, words: str
) -> None:
    if where == "title":
        rows.model(conn, "model-sought", title=value)
    else:
        rows.model(conn, "model-sought", {where: value}, title="A model")
    assert found(client, words)
    assert not found(client, f"{words} absent"), "every word must match"


@pytest.mark.parametrize(
    "words",
    [
        "sought",
        "SOUGHT",
        "model-sought",
        "sought model",
        "sou mod",
        "model-sou",
        "-sought-",
        "  sought\t",
        "+sought",
    ],
)
def test_the_id_with_and_without_its_punctuation(
    conn: psycopg.Connection, client: TestClient, words: str
) -> None:
    rows.model(conn, "model-sought", title="A model")
    assert found(client, words)


@pytest.mark.parametrize("words", ["ought", "sought2", "name", "species", "m9"])
def test_words_match_only_from_their_beginning_and_no_keys(
    conn: psycopg.Connection, client: TestClient, words: str
) -> None:
    rows.model(conn, "model-sought", {"species": {"name": "x"}}, title="A model")
    assert ids(client, q=words) == []


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Модель микроглии", "микрог"),
        ("Ärzte und Ätiologie", "ärz ätio"),
        ("Ärzte", "ÄRZTE"),
        ("小胶质细胞 模型", "小胶 模型"),
        ("نموذج الخلايا", "الخلايا"),
        ("“Quoted” \u2013 microglia…", "quot microglia"),
        ("Quoted microglia", "“quoted” microglia…"),
        ("k₁ · x²", "k₁"),
        ("model 8.3.0-rc1", "8.3.0-rc"),
        ("sig@example.org/path?x=1", "example.org path"),
        ("1e5 cells", "1e5"),
        ("O'Brien's \\ model", "o'brien's \\"),
        ("a:* b & c | !d", "a:* & !d | <->"),
        ("C4H9", "c4h"),
        ("-0.5", "-0.5"),
        ("Mode\u0300le re\u0301nal", "mod\u00e8le r\u00e9nal"),
        ("Mod\u00e8le R\u00c9NAL", "modele re\u0301nal"),
        ("Modele", "mod\u00e8le"),
        ("adjusted R²", "R2"),
        ("adjusted R2", "r²"),
        ("V̇O₂ max", "vo2"),
        ("ﬁeld ｒａｔｅ ①", "field rate 1"),
        ("\u00b5M", "\u03bcm"),
        ("\u03bcM", "\u00b5M"),
        ("\u2126 and Å", "ω å"),
        ("ΤΕΛΟΣ", "τέλος"),
        ("Straße in Łódź", "STRASSE lodz"),
        ("İstanbul ışık", "istanbul isik"),
        ("model\u00adling", "modelling"),
        ("小胶质细胞模型", "细胞"),
        ("小胶质细胞模型", "胶质细胞模"),
        ("ミクログリアの活性化", "活性"),
        ("ﾐｸﾛｸﾞﾘｱ", "グリア"),
        ("소교세포모델", "세포"),
        ("แบบจำลองเซลล์ประสาท", "เซลล์"),
        ("TNFα受体模型", "受体"),
    ],
)
def test_any_script_and_any_sign(
    conn: psycopg.Connection, client: TestClient, title: str, words: str
) -> None:
    rows.model(conn, "model-sought", title=title)
    assert found(client, words)


@pytest.mark.parametrize(
    ("title", "words"),
    [("Random walk in m", "m³"), ("R2", "R³"), ("细胞", "胞细"), ("小胶质", "小质"), ("o", "ø1")],
)
def test_another_word_is_not_found(
    conn: psycopg.Connection, client: TestClient, title: str, words: str
) -> None:
    rows.model(conn, "model-sought", title=title)
    assert not found(client, words)


@pytest.mark.parametrize("words", PUNCTUATION)
def test_punctuation_alone_matches_everything(
    conn: psycopg.Connection, client: TestClient, words: str
) -> None:
    rows.model(conn, "model-sought")
    assert listed(client, q=words)["total"] == 2


@pytest.mark.parametrize("words", [" ".join(PUNCTUATION), "x' | 'y", "a:*b:A", "\x01\x1b", "word" * 125])
def test_operators_and_quotes_are_harmless(conn: psycopg.Connection, client: TestClient, words: str) -> None:
    rows.model(conn, "model-sought")
    assert client.get("/api/models", params={"q": words}).status_code == 200


def test_a_search_may_be_500_characters_long(conn: psycopg.Connection, client: TestClient) -> None:
    rows.model(conn, "model-sought", title="w" * 500)
    assert found(client, "w" * 500)
    assert refusal(client, "/api/models?q=" + "w" * 501)[0] == "q"


@pytest.mark.parametrize("metadata", [None, 3, "text", [], ["sought"], {"features": None}])
def test_metadata_of_any_shape_is_searched_without_fault(
    conn: psycopg.Connection, client: TestClient, metadata: object
) -> None:
    rows.model(conn, "model-sought", metadata)
    assert found(client, "sought")


def test_a_very_long_and_a_very_deep_document_do_not_stop_the_search(
    conn: psycopg.Connection, client: TestClient
) -> None:
    deep: object = "bottom"
    for _ in range(900):
        deep = [deep]
    rows.model(conn, "deep", {"architecture": deep})
    rows.model(conn, "long", {"features": [f"gene{number}" for number in range(300_000)]})
    rows.model(conn, "one-word", title="w" * 3_000)
    rows.model(conn, "model-sought")
    assert found(client, "sought")
    assert ids(client, q="gene7") == ["long"]
