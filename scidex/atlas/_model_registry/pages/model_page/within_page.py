"""Metadata as a page can show it: long texts and names are cut, and what no page has room for is left out."""

from scidex.atlas._model_registry.records.models import Json

# Characters of one text, of one name, and of all texts and names of a page; the JSON has them whole.
_MOST_TEXT, _MOST_NAME, _MOST_TOGETHER = 20_000, 200, 400_000
# As deep as settings are told apart; what is deeper is shown with the whole document, which is cut as text.
_DEEPEST = 100


def within_page(document: Json) -> Json:
    """Return a document with its long texts and names cut; of texts beyond 400,000 characters, all but 100 each."""
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
