"""The words of models, as searches see them."""

import difflib

from psycopg import Connection, sql
from psycopg.rows import scalar_row, tuple_row

from scidex.atlas._model_registry.store.statements import statement

# Models whose words are read for one beginning.
_MOST_MODELS = 200
# Share of trigrams that two words have in common: alzhiemer and alzheimer 0.43, csf and css 0.33.
_NEAR_BY_TRIGRAMS = 0.4
# Share of letters that two words have in common, by difflib: alzhiemer and alzheimer 0.89, csf and css 0.67.
_NEAR_BY_LETTERS = 0.7


def words_of_search(conn: Connection, words: str) -> list[tuple[str, bool]]:
    """Return the words of a search, each with whether no model has it."""
    with conn.cursor(row_factory=tuple_row) as cursor:
        return cursor.execute(statement("unmatched_words"), {"words": words}).fetchall()


def similarity(conn: Connection) -> sql.Identifier | None:
    """Return the function of pg_trgm that measures similarity; None where the server or the role lacks it."""
    with conn.cursor(row_factory=scalar_row) as cursor:
        schema = cursor.execute(statement("trigram_similarity")).fetchone()
    return None if schema is None else sql.Identifier(schema, "similarity")


def similar_words(
    conn: Connection, word: str, beginning: str, most: int, measure: sql.Identifier | None
) -> list[str]:
    """Return at most ``most`` words of some models with the ``beginning``, those most similar to ``word`` first.

    ``measure`` is that of :func:`similarity`; without it letters in common are counted. ``beginning`` is that of a word
    as searches see it; an empty one is that of every word.
    """
    bound = {"beginning": beginning, "most": _MOST_MODELS}
    words_beginning = statement("words_beginning")
    with conn.cursor(row_factory=scalar_row) as cursor:
        if measure is None:
            known = cursor.execute(words_beginning, bound).fetchall()
            return difflib.get_close_matches(word, known, n=most, cutoff=_NEAR_BY_LETTERS)
        ranked = statement("words_by_trigrams").format(words_beginning=words_beginning, similarity=measure)
        asked = bound | {"word": word, "near": _NEAR_BY_TRIGRAMS, "suggested": most}
        return cursor.execute(ranked, asked).fetchall()
