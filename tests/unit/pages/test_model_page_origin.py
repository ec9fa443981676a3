"""What the page of a model says of where it comes from and what it is linked to."""

from typing import Any

import pytest

from scidex.atlas._model_registry.pages.model_page.page import model_page
from tests.unit.pages.example_detail import detail, link, model_version


def facts(**fields: Any) -> dict[str, tuple[str, str | None]]:
    """Lay out what is known of the training by name."""
    shown = model_page(detail({}, model_version=model_version(**fields)), {})["origin"]
    return {fact.name: (fact.words, fact.href) for fact in shown.facts}


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://example.org/x", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("JAVASCRIPT:alert(1)", False),
        ("data:text/html,x", False),
        ("git@example.org:x.git", False),
        ("http://[", False),
    ],
)
def test_only_web_addresses_become_links(address: str, *, linked: bool) -> None:
    words, href = facts(code_repo_url=address)["Code repository"]
    assert words == address.strip()
    assert href == (address if linked else None)


@pytest.mark.parametrize(
    ("began", "ended", "took"),
    [
        ("2026-01-01T00:00:00Z", "2026-01-01T02:30:00Z", "2.5 h"),
        ("2026-01-01T00:00:00Z", "2026-01-01T00:00:30Z", "30 seconds"),
        ("2026-01-01T00:00:00Z", "2026-01-01T00:01:30Z", "1.5 min"),
        ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00", None),
        ("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z", None),
        ("yesterday", "2026-01-01T00:00:00Z", None),
    ],
)
def test_training_times_and_how_long_it_took(began: str, ended: str, took: str | None) -> None:
    shown = facts(training_started_at=began, training_completed_at=ended)
    assert shown["Training began"] == (began, None)
    assert shown.get("Training took") == (None if took is None else (took, None))


def test_what_is_linked_leads_to_its_page_unless_it_is_gone() -> None:
    links: Any = {
        "incoming": [
            link("figure-1", artifact_type="figure", title="A figure", version_number=1, is_latest=True),
            link("model-b", artifact_type="model", title="Child", version_number=3, is_latest=True),
        ],
        "outgoing": [link("gone", missing=True)],
    }
    shown = model_page(detail({}, links=links), {})
    assert [(line.title, line.type, line.href) for line in shown["dependents"]] == [
        ("A figure", "figure, v1", "/artifact/figure-1"),
        ("Child", "model, v3", "/models/model-b"),
    ]
    assert [(line.type, line.href) for line in shown["outgoing"]] == [("not registered", None)]
