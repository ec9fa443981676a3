"""Which media type an ``Accept`` header prefers."""

import pytest

from scidex.atlas._model_registry.web.negotiation import preferred

OFFERED = ["application/json", "text/markdown", "application/vnd.x+json;v=1"]


@pytest.mark.parametrize(
    ("accept", "place"),
    [
        (None, 0),
        ("", 0),
        ("*/*", 0),
        ("text/markdown", 1),
        ("TEXT/Markdown ; charset=utf-8", 1),
        ("text/*", 1),
        ("text/*;q=0.5, application/json;q=0.4", 1),
        ("application/*", 0),
        ("application/vnd.x+json", 2),
        ("application/json;q=0.1, application/vnd.x+json;q=0.2", 2),
        ("*/*, application/json;q=0", 1),
        ("application/json;q=0", None),
        ("application/json;q=abc", None),
        ("image/png", None),
    ],
)
def test_the_preferred_type(accept: str | None, place: int | None) -> None:
    assert preferred(accept, OFFERED) == place
