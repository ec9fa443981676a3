"""What the page of a model says of it, whatever its metadata holds."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined

from scidex.atlas._model_registry.answers import Direction
from scidex.atlas._model_registry.pages import rendering
from scidex.atlas._model_registry.pages.model_page.page import ModelPageContext, model_page
from tests.unit.example_detail import ANALYSIS, DATASET, MODEL, detail, model_version, version

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


@dataclass(frozen=True)
class Declared:
    """What a model declares of a metric."""

    direction: Direction | None = None
    target: float | None = None
    unit: str | None = None
    dataset: str | None = None


@pytest.fixture(scope="module")
def templates() -> Environment:
    """Find the templates, and fail on a name that no context declares."""
    found = rendering.own_templates()
    found.undefined = StrictUndefined
    return found


def test_a_statistical_model_shows_formula_and_coefficients_with_errors() -> None:
    shown = model_page(
        detail(
            {
                "model_type": "logistic_regression",
                "formula": "logit P(y) ~ x",
                "coefficients": {"x": {"value": 2.0, "std_error": 0.5, "p_value": 0.0001}, "intercept": -1},
            }
        ),
        {},
    )["description"]
    (table,) = shown.estimates
    assert shown.kind == "statistical model, logistic regression"
    assert (table.columns, [row.cells for row in table.rows]) == (
        ["Value", "Standard error", "p value"],
        [["2", "0.5", "0.0001"], ["\N{MINUS SIGN}1", "", ""]],
    )
    first, second = (row.interval for row in table.rows)
    assert first is not None
    assert first.description == "2, 95% from 1.02 to 2.98"
    assert second is not None
    assert (second.start, second.x < first.x) == (None, True)


def test_a_network_shows_its_layers_and_training() -> None:
    config = {"input_dim": 131, "hidden_dims": [32, 16], "output_dim": 1, "activation": "relu"}
    shown = model_page(
        detail({"layer_config": config, "training_config": {"optimizer": "adam", "early": {"stop": False}}}),
        {},
    )["description"]
    assert [(layer.role, layer.width, layer.activation) for layer in shown.layers] == [
        ("input", "131", None),
        ("hidden 1", "32", "relu"),
        ("hidden 2", "16", "relu"),
        ("output", "1", None),
    ]
    training = shown.settings[1]
    assert training.title == "Training configuration"
    assert [(row.path, row.text) for row in training.rows] == [("optimizer", "adam"), ("early.stop", "false")]


def test_a_biophysical_model_shows_equations_and_parameters_with_units() -> None:
    metadata = {
        "equations": ["dA/dt = -k_clear * A", "what is no formula at all"],
        "parameters": {"k_clear": {"value": 0.1, "units": "1/hr", "source": "PMID:1", "prior": "flat"}},
    }
    shown = model_page(detail(metadata), {})["description"]
    assert [formula.mark is not None for formula in shown.formulas] == [True, False]
    (table,) = shown.estimates
    assert table.columns == ["Value", "Unit", "Source", "More"]
    assert table.rows[0].cells == ["0.1", "1/hr", "PMID:1", "prior: flat"]
    assert table.scale is None


def test_training_recorded_with_the_version_stands_beside_what_metadata_says_where_they_differ() -> None:
    recorded = model_version(training_params={"seed": 2})
    same = detail({"training_config": {"seed": 2}}, model_version=recorded)
    other = detail({"training_config": {"seed": 1}}, model_version=recorded)
    alone = detail({}, model_version=recorded)
    titles = [
        [table.title for table in model_page(model, {})["description"].settings]
        for model in (same, other, alone)
    ]
    assert titles == [
        ["Training configuration"],
        ["Training configuration", "Training as recorded with the version"],
        ["Training configuration"],
    ]


def test_a_model_that_says_nothing_of_itself_is_said_to(templates: Environment) -> None:
    assert model_page(detail({}), {})["description"].nothing
    assert "does not say what it is made of" in rendering.render_model_page(templates, detail([]), {})


def test_metrics_say_direction_unit_and_data() -> None:
    declared = {
        "test_roc_auc": Declared(dataset="test"),
        "aic": Declared(direction="higher", dataset=DATASET),
        "test_brier": Declared(unit="%"),
    }
    model = detail({}, model_version=model_version(eval_dataset_artifact_id="dataset-held-out"))
    groups = model_page(model, declared)["performance"].groups
    lines = {line.name: line for group in groups for line in group.lines}
    assert [group.title for group in groups] == [
        "Measured on held-out data",
        "Measured on the training data",
    ]
    assert lines["aic"].direction == "↑ higher is better"
    assert (lines["test_brier"].unit, lines["test_brier"].direction) == ("%", "↓ lower is better")
    assert lines["test_brier"].measured_on is not None
    assert lines["test_brier"].measured_on.href == "/artifact/dataset-held-out"
    assert lines["test_roc_auc"].measured_on is not None
    assert (lines["test_roc_auc"].measured_on.words, lines["test_roc_auc"].measured_on.href) == ("test", None)
    assert lines["train_roc_auc"].measured_on is not None
    assert lines["train_roc_auc"].measured_on.id == DATASET


def test_the_previous_version_is_one_click_away_and_is_the_baseline() -> None:
    shown = model_page(detail({}), {})
    assert shown["compare_href"] == "/models/compare?ids=model-a1&ids=model-a%2F1+%C3%BC"
    assert [(line.is_previous, line.is_this) for line in shown["history"].lines] == [
        (True, False),
        (False, True),
    ]
    assert model_page(detail({}, parent_version_id=None), {})["compare_href"] is None
    assert model_page(detail({}, parent_version_id="model-gone"), {})["compare_href"] is None


def test_a_model_that_is_not_the_latest_leads_to_it() -> None:
    versions = [
        version("model-a1", 1),
        version(MODEL, 2, is_latest=False),
        version("model-a3", 3, is_latest=True),
    ]
    shown = model_page(detail({}, is_latest=False, versions=versions), {})["history"]
    assert shown.latest is not None
    assert shown.latest.href == "/models/model-a3"
    assert model_page(detail({}), {})["history"].latest is None


def test_curves_show_metrics_that_several_versions_report() -> None:
    curves = model_page(detail({}), {"test_roc_auc": Declared(direction="lower")})["history"].curves
    assert [(curve.name, curve.direction) for curve in curves] == [("test_roc_auc", "↓ lower is better")]
    assert [point.letter for point in curves[0].points] == [None, "▸"]


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
            _link("figure-1", artifact_type="figure", title="A figure", version_number=1, is_latest=True),
            _link("model-b", artifact_type="model", title="Child", version_number=3, is_latest=True),
        ],
        "outgoing": [_link("gone", missing=True)],
    }
    shown = model_page(detail({}, links=links), {})
    assert [(line.title, line.type, line.href) for line in shown["dependents"]] == [
        ("A figure", "figure, v1", "/artifact/figure-1"),
        ("Child", "model, v3", "/models/model-b"),
    ]
    assert [(line.type, line.href) for line in shown["outgoing"]] == [("not registered", None)]


def _link(artifact_id: str, **artifact: Any) -> dict[str, Any]:
    return {
        "link_type": "derives_from",
        "strength": None,
        "evidence": None,
        "created_at": None,
        "artifact": {"id": artifact_id, **artifact},
    }


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
    assert (identity.score, identity.capped_from) == ("30%", "90%")
    assert identity.cap_reason == "capped at 30% because of: pinned inputs"
    top, _ = rendering.render_model_page(templates, capped, {}).split('<section id="what"')
    assert "Its origin is unclear." in top
    assert "model_versions.eval_metrics_json" in top


def test_names_of_origins_lead_to_their_pages_where_they_are_known(templates: Environment) -> None:
    page = rendering.render_model_page(templates, detail({}), {})
    made = page.split('<dl class="mreg-made">')[1].split("</dl>")[0]
    assert f'<a href="/artifact/{DATASET}"><bdi>{DATASET}</bdi></a>' in made
    assert f"<dd><bdi>{ANALYSIS}</bdi>" in made


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), JSON) | JSON, JSON)
def test_any_metadata_makes_a_page(templates: Environment, metadata: Any, training: Any) -> None:
    model = detail(metadata, model_version=model_version(training_params=training))
    assert rendering.render_model_page(templates, model, {}).endswith("</html>")


def test_the_template_reads_what_the_context_declares_and_shows_text_as_text(templates: Environment) -> None:
    everything = {key: {HOSTILE: HOSTILE} for key in KEYS} | {
        "equations": [HOSTILE, f"x_{HOSTILE}"],
        "parameters": {HOSTILE: {"value": HOSTILE, "units": HOSTILE, HOSTILE: HOSTILE}},
        "features": [HOSTILE],
        "species": [HOSTILE],
        "formula": HOSTILE,
    }
    row = model_version(**{name: HOSTILE for name in model_version() if name not in {"is_external"}})
    links: Any = {"incoming": [_link(HOSTILE, artifact_type=HOSTILE, title=HOSTILE)], "outgoing": []}
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
        evaluation_metrics={HOSTILE: 1.0},
        versions=[version("model-a1", 1, changelog=HOSTILE, version_tag=HOSTILE), version(MODEL, 2)],
    )
    page = rendering.render_model_page(templates, model, {HOSTILE: Declared(unit=HOSTILE, dataset=HOSTILE)})
    assert "<script>" not in page
    assert "{{ 7*7 }}" in page
    assert set(model_page(model, {})) == set(ModelPageContext.__annotations__)
