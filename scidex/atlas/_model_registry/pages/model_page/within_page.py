"""Metadata for a page: long texts and names are cut, and beyond a page's room almost all text is."""

from scidex.atlas._model_registry.records.models import Json

# Characters of one text, of one name, and of all texts and names of a page; the JSON has all of them.
_MOST_TEXT, _MOST_NAME, _MOST_TOGETHER = 20_000, 200, 400_000
# Levels of settings; deeper values are shown only with the whole document, which is cut as text.
_DEEPEST = 100


def within_page(document: Json) -> Json:
    """Return a document with long texts and names cut; beyond 400,000 characters in all, each keeps 100."""
    return _Room().cut(document, _DEEPEST)


class _Room:
    def __init__(self) -> None:
        self._left = _MOST_TOGETHER

    def cut(self, value: Json, depth: int) -> Json:
        match value:
            case str():
                return self._text(value, _MOST_TEXT)
            case list() if depth:
                return [self.cut(item, depth - 1) for item in value]
            case dict() if depth:
                return {self._text(key, _MOST_NAME): self.cut(item, depth - 1) for key, item in value.items()}
            case list() | dict():
                return "…"
        return value

    def _text(self, text: str, most: int) -> str:
        shown = min(most, max(100, self._left))
        self._left -= min(len(text), shown)
        return text if len(text) <= shown else f"{text[:shown]}…"
