"""Every case of the benchmark asks ours and the floor for the same models."""

from collections.abc import Iterator
from contextlib import nullcontext

import psycopg
import pytest
from fastapi import FastAPI
from psycopg_pool import ConnectionPool
from starlette.templating import Jinja2Templates
from starlette.testclient import TestClient

from scidex.atlas.model_registry import register_routes
from tests.benchmark import floors
from tests.benchmark.cases import Case, Limit, every_case
from tests.benchmark.cases.chosen import choose
from tests.benchmark.client import WrongAnswer
from tests.benchmark.database import CHECKOUT
from tests.benchmark.deep_graphs import DEEP
from tests.benchmark.timing import check


@pytest.fixture
def client(generated_dsn: str) -> Iterator[TestClient]:
    """Lend a client of ours and of the floor on generated models."""
    app = FastAPI()
    templates = Jinja2Templates(CHECKOUT / "templates")
    with psycopg.connect(generated_dsn) as conn, ConnectionPool(generated_dsn, min_size=1) as pool:
        register_routes(app, templates=templates, get_connection=lambda: nullcontext(conn))
        app.router.routes.append(floors.route(pool))
        with TestClient(app) as client:
            yield client


def test_every_case_names_the_models_of_its_floor(client: TestClient, generated_dsn: str) -> None:
    def get(path: str) -> bytes:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.text)
        return answer.content

    with psycopg.connect(generated_dsn) as conn:
        chosen = choose(conn)
    totals = {}
    for case in every_case(chosen, lambda path: client.get(path).json()):
        if not set(DEEP) & set(case.parameters.get("ids", "").split(",")):  # drawing them takes seconds
            totals[case.name] = check(case, get(case.path), get(case.floor_path))
    assert len(totals) > 40
    assert all(total for name, total in totals.items() if "rare" not in name), totals


@pytest.mark.parametrize(
    "floor",
    [
        b'{"ids": ["b", "a"], "total": 2}',
        b'{"ids": ["a"], "total": 2}',
        b'{"ids": ["a", "b"], "total": 3}',
        b'{"ids": ["a", "b"], "total": 2, "facets": {}}',
    ],
)
def test_other_ids_another_order_another_total_are_wrong(floor: bytes) -> None:
    ours = b'{"models": [{"id": "a"}, {"id": "b"}], "total": 2}'
    case = Case("any", "/ours", "floor")
    assert check(case, ours, b'{"ids": ["a", "b"], "total": 2}') == 2
    with pytest.raises(WrongAnswer, match="any"):
        check(case, ours, floor)


@pytest.mark.parametrize(
    ("ours", "floor", "missed"),
    [
        (14.0, 7.0, ""),
        (14.1, 7.0, "over 2 times"),
        (16.0, 15.0, "over 15 ms"),
        (6.0, 0.5, ""),
        (6.1, 2.9, "over 6 ms"),
        (6.1, 3.1, ""),
    ],
)
def test_a_limit_is_times_the_floor_and_milliseconds_and_six_where_the_floor_is_short(
    ours: float, floor: float, missed: str
) -> None:
    assert Limit(2, 15).missed(ours, floor) == missed
