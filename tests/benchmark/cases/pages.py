"""Pages far from the first: by offset and by cursor."""

from collections.abc import Iterator

from tests.benchmark.cases.case import Case, list_path
from tests.benchmark.cases.chosen import Ask, Chosen

_PAGE, _LIMIT = 1000, 20
# Smaller registries have fewer pages; the middle one still shows models with a score.
_PART = 2


def pages(chosen: Chosen, ask: Ask) -> Iterator[Case]:
    """Yield page 1,000, or the middle one where there are fewer than twice as many."""
    page = min(_PAGE, chosen.total // _LIMIT // _PART)
    offset = (page - 1) * _LIMIT
    path = list_path(offset=offset)
    yield Case(f"page {page} by offset", path, "best_from", {"offset": offset})
    before = ask(list_path(offset=offset - _LIMIT))
    last = before["models"][-1]
    position = {"score": last["quality_score"], "created_at": last["created_at"], "id": last["id"]}
    yield Case(f"page {page} by cursor", list_path(cursor=before["next_cursor"]), "best_after", position)
