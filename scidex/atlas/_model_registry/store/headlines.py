"""Requests for headlines, and the headlines that were found."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row, dict_row

from scidex.atlas._model_registry.records.headlines import FoundHeadline
from scidex.atlas._model_registry.store.rows import found_headline
from scidex.atlas._model_registry.store.statements import statement
from scidex.atlas._model_registry.store.transaction import read_committed


class Due(NamedTuple):
    """A request for the headline of a model; ``digest`` is that of the last one's sources, if there was one."""

    id: str
    due: UUID
    digest: str | None


class KeptHeadline(NamedTuple):
    """A model's kept headline, and the digest of its sources."""

    id: str
    digest: str | None
    found: FoundHeadline


def claim(conn: Connection, most: int) -> list[Due]:
    """Claim some open requests and return them; others may claim them again after a minute."""
    with read_committed(conn), conn.cursor(row_factory=class_row(Due)) as cursor:
        return cursor.execute(statement("claim_headlines"), {"most": most}).fetchall()


def keep(conn: Connection, asked: Due, digest: str, found: FoundHeadline) -> None:
    """Store the headline that was found, unless it was requested again meanwhile."""
    given: dict[str, Any] = {name: getattr(found, name) for name in FoundHeadline.__dataclass_fields__}
    bound = {**given, "contradicted": list(found.contradicted), "digest": digest}
    with read_committed(conn):
        conn.execute(statement("keep_headline"), bound | {"id": asked.id, "due": asked.due})


def keep_same(conn: Connection, asked: Due) -> None:
    """Close a request whose sources are unchanged: the earlier headline stays."""
    with read_committed(conn):
        conn.execute(statement("keep_same_headline"), {"id": asked.id, "due": asked.due})


def kept_headlines(conn: Connection) -> Sequence[KeptHeadline]:
    """Return the headlines in lists, of all folded models that have evaluations."""
    with conn.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(statement("kept_headlines")).fetchall()
    return [KeptHeadline(row["id"], row["digest"], found_headline(row)) for row in rows]
