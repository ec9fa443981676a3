"""A command line for each route of the reference, with its answer for the demo's models."""

import json
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

ANSWERS: Final = Path(__file__).with_name("answered.json")
# Those of addresses that answer no JSON and so stand in no OpenAPI document: the feed, and the key of signatures.
TEXTS: Final = Path(__file__).with_name("answered_texts.json")

LOCAL: Final = "http://127.0.0.1:8000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A command line that requests a route, and its answer with lists cut to two entries."""

    command: str
    answer: str


def answered(public_url: str | None) -> Mapping[str, Answered]:
    """Return the answers of routes by operation; the commands request a server at ``public_url``."""
    base = (public_url or LOCAL).rstrip("/")
    return {
        operation: Answered(
            command=f"curl -sS {shlex.quote(base + one['path'])}",
            answer=json.dumps(one["answer"], ensure_ascii=False, indent=1),
        )
        for operation, one in _stored().items()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredText:
    """An address that answers a text: its route, what it returns, a command line and its answer."""

    route: str
    description: str
    command: str
    answer: str


def answered_texts(public_url: str | None) -> list[AnsweredText]:
    """Return the addresses that answer no JSON; the commands request a server at ``public_url``."""
    base = (public_url or LOCAL).rstrip("/")
    stored: list[dict[str, str]] = json.loads(TEXTS.read_text())
    return [
        AnsweredText(
            route=one["path"].partition("?")[0],
            description=one["description"],
            command=f"curl -sS {shlex.quote(base + one['path'])}",
            answer=one["answer"],
        )
        for one in stored
    ]


@cache
def _stored() -> dict[str, dict[str, Any]]:
    stored: dict[str, dict[str, Any]] = json.loads(ANSWERS.read_text())
    return stored
