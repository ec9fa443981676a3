"""The page of a model as a whole: its top, and that it stands whatever the metadata holds."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined

from scidex.atlas._model_registry.pages import rendering
from scidex.atlas._model_registry.pages.model_page.page import ModelPageContext, model_page
from tests.unit.pages.example_detail import (
    ANALYSIS,
    DATASET,
    MODEL,
    Declared,
    detail,
    link,
    model_version,
    version,
)

HOSTILE = "</a><script>alert(1)</script>\"'&{{ 7*7 }}"

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)

KEYS = [
    *("equations", "formula", "parameters", "coefficients", "layer_config", "training_config", "features"),
    *("species", "architecture", "model_type", "fit_metrics", "training_metrics", "solver"),
]


@pytest.fixture(scope="module")
def templates() -> Environment:
    """Find the templates, and fail on a name that no context declares."""
    found = rendering.own_templates()
    found.undefined = StrictUndefined
    return found


def test_a_model_that_says_nothing_of_itself_is_said_to(templates: Environment) -> None:
    assert model_page(detail({}), {})["description"].nothing
    assert "does not say what it is made of" in rendering.render_model_page(
        templates, model_page(detail([]), {})
    )


def test_the_cap_and_the_warning_stand_at_the_top(templates: Environment) -> None:
    capped = detail(
        {},
        quality_score=0.3,
        quality_score_stored=0.9,
        provenance_missing=["pinned_inputs"],
        provenance_warning="Its origin is unclear.",
        unreadable=["model_versions.eval_metrics_json"],
    )
    identity = model_page(capped, {})["identity"]
    assert (identity.score, identity.capped_from) == ("0.300", "0.900")
    top, _ = rendering.render_model_page(templates, model_page(capped, {})).split('<section id="what"')
    assert "Its origin is unclear." in top
    assert "model_versions.eval_metrics_json" in top


def test_names_of_origins_lead_to_their_pages_where_they_are_known(templates: Environment) -> None:
    page = rendering.render_model_page(templates, model_page(detail({}), {}))
    made = page.split('<dl class="mreg-made">')[1].split("</dl>")[0]
    assert f'<a href="/artifact/{DATASET}"><bdi>{DATASET}</bdi></a>' in made
    assert f"<dd><bdi>{ANALYSIS}</bdi>" in made


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), JSON) | JSON, JSON)
def test_any_metadata_makes_a_page(templates: Environment, metadata: Any, training: Any) -> None:
    model = detail(metadata, model_version=model_version(training_params=training))
    assert rendering.render_model_page(templates, model_page(model, {})).endswith("</html>")


def test_the_template_reads_what_the_context_declares_and_shows_text_as_text(templates: Environment) -> None:
    everything = {key: {HOSTILE: HOSTILE} for key in KEYS} | {
        "equations": [HOSTILE, f"x_{HOSTILE}"],
        "parameters": {HOSTILE: {"value": HOSTILE, "units": HOSTILE, HOSTILE: HOSTILE}},
        "features": [HOSTILE],
        "species": [HOSTILE],
        "formula": HOSTILE,
    }
    row = model_version(**{name: HOSTILE for name in model_version() if name not in {"is_external"}})
    links: Any = {"incoming": [link(HOSTILE, artifact_type=HOSTILE, title=HOSTILE)], "outgoing": []}
    model = detail(
        everything,
        title=HOSTILE,
        changelog=HOSTILE,
        superseded_by=HOSTILE,
        origin_url=HOSTILE,
        created_by=HOSTILE,
        model_version=row,
        links=links,
        unreadable=[HOSTILE],
        warnings=[{"path": HOSTILE, "message": HOSTILE}],
        evaluation_metrics={HOSTILE: 1.0},
        versions=[version("model-a1", 1, changelog=HOSTILE, version_tag=HOSTILE), version(MODEL, 2)],
    )
    context = model_page(model, {HOSTILE: Declared(unit=HOSTILE, dataset=HOSTILE)})
    page = rendering.render_model_page(templates, context)
    assert "<script>" not in page
    assert "{{ 7*7 }}" in page
    assert set(context) == set(ModelPageContext.__annotations__)
