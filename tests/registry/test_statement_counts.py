"""How many statements each answer takes, whatever the number of models; BEGIN, COMMIT and SET are not counted."""

from typing import Any

import psycopg
import pytest

from scidex.atlas import model_registry
from tests.registry import rows
from tests.statements import noted
from tests.unit.evaluations.columns import regression

# A page and its total, which is counted with the facets where there are any.
LIST, DETAIL, COMPARISON = 2, 4, 5


@pytest.fixture
def statements(conn: psycopg.Connection) -> list[str]:
    """Note the statements that run through ``conn``, from when the list is cleared."""
    statements = noted(conn)
    for number in range(40):
        name = rows.traceable_model(conn, f"model-{number:02}", {"evaluation_metrics": {"rmse": number}})
        rows.model_version(conn, name, eval_metrics_json='{"auc": 0.5}')
        rows.link(conn, name, f"model-{number + 1:02}", "derives_from")
    statements.clear()
    return statements


@pytest.mark.parametrize("limit", [1, 20, 200])
def test_a_list_takes_two(conn: psycopg.Connection, statements: list[str], limit: int) -> None:
    found = model_registry.list_models(limit=limit, conn=conn)
    assert len(found["models"]) == min(limit, 40)
    assert len(statements) == LIST


def test_a_list_with_every_filter_and_a_cursor_takes_two(
    conn: psycopg.Connection, statements: list[str]
) -> None:
    asked: dict[str, Any] = {
        "q": "model",
        "metric": ["auc>0", "auc<1"],
        "latest": True,
        "sort": "metric:auc",
        "limit": 5,
    }
    begun = model_registry.list_models(**asked, conn=conn)
    statements.clear()
    assert len(model_registry.list_models(**asked, cursor=begun["next_cursor"], conn=conn)["models"]) == 5
    assert len(statements) == LIST


def test_facets_take_no_more(conn: psycopg.Connection, statements: list[str]) -> None:
    assert model_registry.list_models(facets=True, conn=conn)["facets"]["dataset"]
    assert len(statements) == LIST


def test_a_detail_takes_four(conn: psycopg.Connection, statements: list[str]) -> None:
    assert model_registry.get_model_detail("model-00", conn=conn)["links"]["outgoing"]
    assert len(statements) <= DETAIL


def test_a_detail_with_evaluations_takes_one_more(conn: psycopg.Connection, statements: list[str]) -> None:
    rows.artifact(conn, "e", "evaluation", metadata=regression(model_id="model-00"))
    rows.link(conn, "e", "model-00", "evaluates")
    statements.clear()
    assert model_registry.get_model_detail("model-00", conn=conn)["evaluations"]
    assert len(statements) == DETAIL + 1


@pytest.mark.parametrize("number", [2, 10])
def test_a_comparison_takes_five_whatever_the_number_of_models(
    conn: psycopg.Connection, statements: list[str], number: int
) -> None:
    names = [f"model-{one:02}" for one in range(number)]
    assert len(model_registry.compare_models(names, conn=conn)["models"]) == number
    assert 0 < len(statements) <= COMPARISON


def test_a_page_asks_of_what_rests_on_its_model_and_of_its_figures_at_once(
    conn: psycopg.Connection, statements: list[str]
) -> None:
    statements.clear()
    assert "model-00" in model_registry.render_model_page("model-00", conn=conn)
    # What touches it, its state, and the edges among what is drawn; no titles and models where nothing touches it.
    assert len(statements) <= DETAIL + 3
    for number in range(3):
        rows.artifact(conn, f"figure-{number}", "figure", metadata={"description": "A picture"})
        rows.link(conn, f"figure-{number}", "model-00", "describes")
    statements.clear()
    assert "figure-2" in model_registry.render_model_page("model-00", conn=conn)
    assert len(statements) <= DETAIL + 4
