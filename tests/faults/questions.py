"""Requests whose right answers are known beforehand, from the database itself and not over HTTP."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import psycopg

from scidex.atlas.model_registry import compare_models, get_model_detail, list_models

_LISTS: tuple[dict[str, Any], ...] = (
    {"limit": 50},
    {"family": "statistical", "sort": "title", "limit": 5},
    {"family": "biophysical", "latest": True, "offset": 2},
    {"provenance": "complete", "sort": "created_at"},
)


@dataclass(frozen=True, slots=True)
class Question:
    """An address, and what of its JSON answer is known."""

    path: str
    read: Callable[[Any], object]
    right: object


def list_questions(conn: psycopg.Connection) -> list[Question]:
    """Ask a database for lists of what it holds."""
    return [
        Question(f"/api/models?{_query(asked)}", _listed, _listed(list_models(**asked, conn=conn)))
        for asked in _LISTS
    ]


def questions(dsn: str) -> list[Question]:
    """Ask the database of ``dsn`` for lists, details and comparisons of what it holds."""
    with psycopg.connect(dsn) as conn:
        lists = list_questions(conn)
        ids = [model["id"] for model in list_models(limit=50, conn=conn)["models"]]
        details = [
            Question(
                f"/api/models/{quote(name, safe='')}", _detailed, _detailed(get_model_detail(name, conn=conn))
            )
            for name in ids
        ]
        pairs = [ids[i : i + 3] for i in range(0, len(ids) - 3, 5)]
        comparisons = [
            Question(
                f"/api/models/compare?{urlencode({'ids': ','.join(pair)})}",
                _compared,
                _compared(compare_models(pair, conn=conn)),
            )
            for pair in pairs
        ]
    return [*lists * 3, *details, *comparisons]


def _query(asked: dict[str, Any]) -> str:
    return urlencode({name: str(value).lower() for name, value in asked.items()})


def _listed(answer: Any) -> object:
    return [model["id"] for model in answer["models"]], answer["total"]


def _detailed(answer: Any) -> object:
    return answer["id"], answer["title"], [version["id"] for version in answer["versions"]]


def _compared(answer: Any) -> object:
    return [model["id"] for model in answer["models"]]
