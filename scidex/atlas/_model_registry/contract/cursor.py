"""Cursors: the sort key and id of the last row of a page, opaque to callers."""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass

from scidex.atlas._model_registry.contract.errors import InvalidQuery
from scidex.atlas._model_registry.contract.query import ModelQuery


@dataclass(frozen=True, slots=True)
class Position:
    """The last row of a page; ``key`` is its sort key as the database writes it, None where it has none."""

    key: str | None
    created_at: str
    id: str


def encode(query: ModelQuery, position: Position) -> str:
    """Return a position as a cursor that only the same filters and sort accept."""
    parts = [_seal(query, position), position.key, position.created_at, position.id]
    return base64.urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode().rstrip("=")


def decode(query: ModelQuery) -> Position | None:
    """Read the query's cursor; None where it has none.

    Raises:
        InvalidQuery: it was not made here, or with other filters or another sort.

    """
    if query.cursor is None:
        return None
    try:
        padded = query.cursor + "=" * (-len(query.cursor) % 4)
        _, key, created_at, model_id = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
        position = Position(_text_or_none(key), _text(created_at), _text(model_id))
    except (ValueError, TypeError, binascii.Error, RecursionError) as malformed:
        message = "cursor is not one that an earlier answer gave; begin again without it"
        raise InvalidQuery("cursor", query.cursor[:60], message) from malformed
    if query.cursor != encode(query, position):
        message = "cursor belongs to other filters or another sort, or is not whole; begin again without it"
        raise InvalidQuery("cursor", query.cursor[:60], message)
    return position


def _seal(query: ModelQuery, position: Position) -> str:
    # The position is sealed too: a damaged one must not reach the database as a number or a time.
    sealed = (
        position,
        [
            (name, sorted(set(wanted)) if isinstance(wanted, tuple) else wanted)
            for name, wanted in sorted(query.filters.items())
        ],
        query.words,
        sorted(set(map(repr, query.metrics))),
        query.where and query.where.tree,
        query.sort,
        query.order,
    )
    return hashlib.sha256(repr(sealed).encode()).hexdigest()[:16]


def _text(value: object) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise TypeError
    value.encode()
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)
