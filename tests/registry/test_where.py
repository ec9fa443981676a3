"""Conditions joined by and, or, not and brackets: what they mean, and where they cannot be read."""

import operator
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from scidex.atlas._model_registry.contract.condition_tree import Compared, Joined, Not
from scidex.atlas._model_registry.contract.query import model_query
from scidex.atlas._model_registry.contract.where import where
from scidex.atlas.model_registry import list_models
from tests.registry import rows
from tests.registry.requests import ids, listed, refusal

MODELS: dict[str, dict[str, Any]] = {
    "a": {"auc": 0.9, "rmse": 0.5},
    "b": {"auc": 0.5},
    "c": {"rmse": 0.1, "my rmse": 3},
    "d": {"quality_score": 7, "aic": -450},
    "e": {},
}
SCORES = {"a": 0.2, "b": 0.9, "c": 0.5, "d": 0.5, "e": None}
FAMILIES = {"a": "statistical", "b": "statistical", "c": "biophysical", "d": None, "e": "deep_learning"}


@pytest.fixture
def registry(conn: psycopg.Connection) -> psycopg.Connection:
    for name, metrics in MODELS.items():
        metadata = {
            "evaluation_metrics": metrics,
            "model_family": FAMILIES[name],
            "trained_on_dataset_id": "data",
        }
        rows.model(conn, name, metadata, quality_score=SCORES[name], is_latest=name != "a")
    rows.dataset(conn, "data")
    return conn


@pytest.mark.usefixtures("registry")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("auc >= 0.9 or rmse < 0.2", "ac"),
        ("auc>=0.5 and rmse<=0.5", "a"),
        ("lacks auc", "cde"),
        ("lacks auc and not lacks rmse", "c"),
        ("has auc and lacks rmse", "b"),
        ("auc > 0.1 and rmse < 1 or aic < -400", "ad"),
        ("auc > 0.1 and (rmse < 1 or aic < -400)", "a"),
        ("not auc > 0.6", "bcde"),
        ("0.4 < auc <= 0.5", "b"),
        ("1 >= auc > 0.5", "a"),
        ("auc between 0.5 and 0.9 AND NOT rmse = 0.5", "b"),
        ("0.6 < auc", "a"),
        ('"my rmse" = 3', "c"),
        ('"quality_score" > 1', "d"),
        ("quality_score >= 0.3", "bcd"),  # capped, as none of them is traceable
        ("quality_score = 0.3", "bcd"),
        ("lacks quality_score", "e"),
        ("family = statistical and auc < 0.6", "b"),
        ("family != statistical", "cde"),
        ("latest = false", "a"),
        ("auc != 0.5", "a"),
        ("aic < -4.5e1", "d"),
        ("((((rmse < 1))))", "ac"),
    ],
)
def test_what_they_mean(client: TestClient, asked: str, found: str) -> None:
    for more in (
        {},
        {"sort": "title"},
        {"dataset": "data"},
        {"facets": "true"},
        {"dataset": "data", "facets": "true"},
    ):
        answer = listed(client, {"where": asked} | more)
        assert "".join(sorted(model["id"] for model in answer["models"])) == found
        assert answer["total"] == len(found)


def test_the_page_shows_them_as_a_filter_that_can_be_taken_away(
    registry: psycopg.Connection, client: TestClient
) -> None:
    page = client.get("/models", params={"where": "auc > 0.6 or lacks auc"}).text
    assert "where: auc &gt; 0.6 or lacks auc" in page
    assert 'name="where" value="auc &gt; 0.6 or lacks auc"' in page
    assert client.get("/models?where=").status_code == 200
    registry.execute("SELECT model_registry_fold(1000)")
    assert ids(client, where="auc > 0.6 or aic < 0") == ["d", "a"]


@pytest.mark.parametrize(
    ("asked", "place", "said"),
    [
        ("auc >", 5, "ends too early"),
        ("auc > 0.5 and", 13, "ends too early"),
        ("(auc > 0.5", 10, "ends too early"),
        ("auc > 0.5)", 9, "from character 10 on"),
        ("auc > 0.5 rmse < 1", 10, "from character 11 on"),
        ("auc ~ 0.5", 4, "cannot be read"),
        ("auc > 0.5 and and rmse < 1", 14, "from character 15 on"),
        ("", 0, "ends too early"),
        ("lacks", 5, "ends too early"),
        ("0.5 < auc > 0.1", 10, "cannot be read"),
        ("DROP TABLE artifacts; --", None, "cannot be read"),
        ("metrics.rmse < 1 AND params.model = 'tree'", None, "cannot be read"),
        ("auc > NaN", 6, "from character 7 on"),
        ("auc = high", None, "which only family"),
        ("family = plant", None, "biophysical"),
        ("(" * 21 + "auc > 1" + ")" * 21, None, "more than 20 brackets"),
        (" or ".join(["auc > 1"] * 51), None, "more than 50 conditions"),
        ("not " * 200 + "auc > 1", None, "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_pointed_at(
    client: TestClient, asked: str, place: int | None, said: str
) -> None:
    answer = client.get("/api/models", params={"where": asked})
    if not asked:
        return
    name, sentence = refusal(client, str(answer.request.url))
    assert name == "where"
    assert said in sentence
    if place is not None:
        assert sentence.split("\n")[2] == " " * place + "^"
    page = client.get("/models", params={"where": asked})
    assert page.status_code == 422
    assert said in page.text


NAMES = st.sampled_from(["auc", "rmse", "aic", "my rmse"])
NUMBERS = st.sampled_from([0, 0.1, 0.5, 0.9, 3, -450])
SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq}
SINGLE = st.one_of(
    st.builds(
        lambda name, sign, number: ("compare", name, sign, number), NAMES, st.sampled_from([*SIGNS]), NUMBERS
    ),
    st.builds(lambda name: ("lacks", name), NAMES),
)
TREES = st.recursive(
    SINGLE,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["and", "or"]), inner, inner), st.tuples(st.just("not"), inner)
    ),
    max_leaves=8,
)


def written(tree: Any) -> str:
    match tree:
        case ("compare", name, sign, number):
            return f'"{name}" {sign} {number}'
        case ("lacks", name):
            return f'lacks "{name}"'
        case ("not", part):
            return f"not ({written(part)})"
        case (joint, left, right):
            return f"({written(left)}) {joint} ({written(right)})"
    raise AssertionError(tree)


def holds(tree: Any, metrics: Mapping[str, float]) -> bool:
    match tree:
        case ("compare", name, sign, number):
            return name in metrics and bool(SIGNS[sign](metrics[name], number))
        case ("lacks", name):
            return name not in metrics
        case ("not", part):
            return not holds(part, metrics)
        case ("and", left, right):
            return holds(left, metrics) and holds(right, metrics)
        case ("or", left, right):
            return holds(left, metrics) or holds(right, metrics)
    raise AssertionError(tree)


@given(TREES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_conditions_mean_the_same_to_a_second_reader(registry: psycopg.Connection, tree: Any) -> None:
    text = written(tree)
    if text.count("(") > 20:
        return
    expected = sorted(name for name, metrics in MODELS.items() if holds(tree, metrics))
    found = list_models(where=text, conn=registry)
    assert sorted(model["id"] for model in found["models"]) == expected
    assert found["total"] == len(expected)


def test_and_binds_closer_than_or() -> None:
    tree = where("a > 1 or b > 2 and not c > 3").tree
    a, b, c = (
        Compared(name, ">", Decimal(number), is_column=False)
        for name, number in (("a", 1), ("b", 2), ("c", 3))
    )
    assert tree == Joined("or", (a, Joined("and", (b, Not(c)))))


def test_a_cursor_belongs_to_its_conditions(registry: psycopg.Connection) -> None:
    first = list_models(where="lacks aic", limit=1, conn=registry)
    again = list_models(where=" lacks  aic ", limit=1, cursor=first["next_cursor"], conn=registry)
    assert again["models"][0]["id"] != first["models"][0]["id"]
    with pytest.raises(Exception, match="cursor belongs to other filters"):
        list_models(where="lacks auc", limit=1, cursor=first["next_cursor"], conn=registry)
    assert model_query(where=None).where is None
