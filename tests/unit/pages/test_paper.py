"""The margins of a printed page: its address as text that ends no string of CSS."""

from datetime import UTC, datetime

import pytest

from scidex.atlas._model_registry.web.paper import margins

NOW = datetime(2026, 11, 3, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("https://scidex.ai/models?q=a+b", "https://scidex.ai/models?q=a+b"),
        ('https://x/"; } body { display: none', "https://x/%22;%20%7D%20body%20%7B%20display:%20none"),
        ("https://x/\\22 \n/*", "https://x/%5C22%20%0A/*"),
        ("", ""),
        ("h" * 1000, "h" * 360 + "…"),
    ],
)
def test_an_address_stays_a_text(page: str, shown: str) -> None:
    assert f'content: "{shown}";' in margins(page, NOW)
    assert 'content: "3 Nov 2026, 09:05 UTC" ", " counter(page)' in margins(page, NOW)
