"""The words of models, as searches see them."""

from psycopg import Connection
from psycopg.rows import scalar_row, tuple_row

from scidex.atlas._model_registry.store.statements import statement

# Models whose words are read for one beginning.
_MOST_MODELS = 200


def words_of_search(conn: Connection, words: str) -> list[tuple[str, bool]]:
    """Return the words of a search, each with whether no model has it."""
    with conn.cursor(row_factory=tuple_row) as cursor:
        return cursor.execute(statement("unmatched_words"), {"words": words}).fetchall()


def words_beginning(conn: Connection, beginning: str) -> list[str]:
    """Return words of some models with the ``beginning``, which is that of a word as searches see it."""
    bound = {"beginning": beginning, "most": _MOST_MODELS}
    with conn.cursor(row_factory=scalar_row) as cursor:
        return cursor.execute(statement("words_beginning"), bound).fetchall()
