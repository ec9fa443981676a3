"""Walking a list by cursor while others write: no model comes twice, and each that stays in its place comes."""

import random
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from scidex.atlas import model_registry
from tests.registry import rows

FAMILIES = ["statistical", "biophysical"]
WALKS: list[dict[str, Any]] = [
    {"sort": sort, "order": order, "limit": limit}
    for sort, limit in (
        ("quality_score", 1),
        ("created_at", 4),
        ("parameter_count", 2),
        ("title", 3),
        ("metric:rmse", 4),
        ("metric:auc", 1),
        ("metric:r_hat", 3),
    )
    for order in ("asc", "desc", None)
]


class _Writer:
    """Somebody else who inserts, changes and deletes models; notes which ones it moved or removed."""

    def __init__(self, conn: psycopg.Connection, chance: random.Random) -> None:
        self._conn, self._chance = conn, chance
        self._next = 0
        self.touched: set[str] = set()

    def register(self) -> str:
        """Insert a model with few distinct values, so that ties and absent values are frequent."""
        draw = self._chance.choice
        self._next += 1
        name = f"model-{self._chance.randrange(10**6):06}-{self._next}"
        values = {
            key: draw([0.5, 0.9, 1.0, 1.25]) for key in ("rmse", "auc", "r_hat") if draw([True, True, False])
        }
        metadata = {
            "model_family": FAMILIES[0],
            "evaluation_metrics": values,
            "parameter_count": draw([None, 1, 2]),
        }
        columns = {
            "title": draw("aAb"),
            "quality_score": draw([None, 0.1, 0.2]),
            "created_at": f"2026-01-0{draw('12')}Z",
        }
        rows.model(self._conn, name, metadata, **columns)
        return name

    def act(self) -> None:
        """Insert, delete, move in every order, take from the filter, or change what neither order nor filter sees."""
        (name,) = self._conn.execute("SELECT id FROM artifacts ORDER BY random() LIMIT 1").fetchone() or ("",)
        match self._chance.randrange(5):
            case 0:
                self.touched.add(self.register())
            case 1:
                self._conn.execute("DELETE FROM artifacts WHERE id = %s", [name])
                self.touched.add(name)
            case 2:
                self._change(name, {"evaluation_metrics": {"auc": 1.1}, "parameter_count": 3})
                self._conn.execute(
                    "UPDATE artifacts SET quality_score = 0.15, title = 'ab', created_at = now() WHERE id = %s",
                    [name],
                )
                self.touched.add(name)
            case 3:
                self._change(name, {"model_family": FAMILIES[1]})
                self.touched.add(name)
            case _:
                self._change(name, {"notes": self._chance.random()})

    def _change(self, name: str, metadata: dict[str, object]) -> None:
        self._conn.execute(
            "UPDATE artifacts SET metadata = metadata || %s WHERE id = %s", [Jsonb(metadata), name]
        )


@pytest.fixture
def connections(dsn: str) -> Iterator[tuple[psycopg.Connection, psycopg.Connection]]:
    """Lend two connections to one database, each committing for itself."""
    with psycopg.connect(dsn, autocommit=True) as reader, psycopg.connect(dsn, autocommit=True) as other:
        other.execute("SELECT setseed(0.5)")
        yield reader, other


def _pages(conn: psycopg.Connection, **asked: Any) -> Iterator[list[str]]:
    cursor = None
    while True:
        page = model_registry.list_models(**asked, cursor=cursor, conn=conn)
        yield [model["id"] for model in page["models"]]
        cursor = page["next_cursor"]
        if cursor is None:
            return


@pytest.mark.parametrize("models", [30, pytest.param(150, marks=pytest.mark.slow)])
def test_walks_while_others_write(
    connections: tuple[psycopg.Connection, psycopg.Connection], models: int
) -> None:
    reader, other = connections
    for seed, walk in enumerate(WALKS):
        other.execute("DELETE FROM artifacts")
        writer = _Writer(other, random.Random(seed))  # noqa: S311  repeatable, no secret
        for _ in range(models):
            writer.register()
        asked = {**walk, "family": FAMILIES[0]}
        expected = {
            model["id"]
            for model in model_registry.list_models(**asked | {"limit": 200}, conn=reader)["models"]
        }
        walked: list[str] = []
        for page in _pages(reader, **asked):
            walked += page
            writer.act()
        still = [name for name in walked if name not in writer.touched]
        assert len(still) == len(set(still)), f"one twice: {asked}"
        assert set(still) == expected - writer.touched, f"not those that stayed: {asked}"
        assert len(expected - writer.touched) > 5, "nothing stayed to be missed"
        assert writer.touched, "nobody wrote"


def test_a_model_inserted_or_removed_moves_no_other(
    connections: tuple[psycopg.Connection, psycopg.Connection],
) -> None:
    reader, other = connections
    for number in range(9):
        rows.model(other, f"model-{number}", quality_score=number / 100)
    pages = _pages(reader, limit=3)
    assert next(pages) == ["model-8", "model-7", "model-6"]
    rows.model(other, "model-best", quality_score=0.2)
    other.execute("DELETE FROM artifacts WHERE id IN ('model-6', 'model-7')")
    assert next(pages) == ["model-5", "model-4", "model-3"]
    assert next(pages) == ["model-2", "model-1", "model-0"]
