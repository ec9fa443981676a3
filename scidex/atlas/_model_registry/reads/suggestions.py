"""For a search that found nothing: similar words, or fewer words, that do find models."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice

from psycopg import Connection

from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.store.words import similar_words, similarity, words_of_search

# Suggestions for one search; each is tried, which costs as much as the search.
_MOST = 3
_SHORTEST_BEGINNING, _MOST_BEGINNINGS = 2, 6


def suggestions(conn: Connection, query: ModelQuery, count: Callable[[ModelQuery], int]) -> list[str]:
    """Return searches similar to that of a query for which ``count`` finds models.

    First a similar word in place of the one that no model has, then only the words that models have; where models
    have each word but no model has all, the words without one of them.
    """
    if not query.has_words:
        return []
    words = words_of_search(conn, query.words or "")
    others = [*_nearer(conn, words), *_fewer(words)]
    found = (text for text in others if count(replace(query, words=text, cursor=None, offset=0)))
    return list(islice(found, _MOST))


def _nearer(conn: Connection, words: Sequence[tuple[str, bool]]) -> list[str]:
    unknown = [word for word, is_unmatched in words if is_unmatched]
    return [_instead(words, near) for near in _near(conn, unknown[0])] if len(unknown) == 1 else []


def _fewer(words: Sequence[tuple[str, bool]]) -> list[str]:
    known = [word for word, is_unmatched in words if not is_unmatched]
    if len(known) < len(words):
        return [" ".join(known)] if known else []
    # Shorter words tell less, so they are left out first.
    left_out = sorted(range(len(known)), key=lambda place: len(known[place]))[:_MOST]
    rest = (known[:place] + known[place + 1 :] for place in left_out)
    return [" ".join(words) for words in rest if words]


def _instead(words: Sequence[tuple[str, bool]], near: str) -> str:
    return " ".join(near if is_unmatched else word for word, is_unmatched in words)


def _near(conn: Connection, word: str) -> list[str]:
    """Return the most similar words that share the longest possible beginning with the unknown one, else any."""
    measure = similarity(conn)
    longest = max(_SHORTEST_BEGINNING, len(word) - 1)
    shortest = max(_SHORTEST_BEGINNING, longest - _MOST_BEGINNINGS)
    for length in (*range(longest, shortest - 1, -1), 0):
        if near := similar_words(conn, word, word[:length], _MOST, measure):
            return _distinct(near)
    return []


def _distinct(words: Sequence[str]) -> list[str]:
    """Return the words without those that an earlier one finds too, as each is searched as a beginning."""
    return [one for place, one in enumerate(words) if not one.startswith(tuple(words[:place]))]
