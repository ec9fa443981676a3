"""What the pages of evaluations and figures show, through the face of the registry."""

import httpx
import psycopg
import pytest
from starlette.testclient import TestClient

import api
from scidex.atlas import model_registry
from tests.registry import rows
from tests.unit.evaluations import columns

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><path d="M0 0h9"/></svg>'


@pytest.fixture
def figure(conn: psycopg.Connection) -> str:
    """Register a model and a figure of it with an SVG of its own."""
    rows.traceable_model(conn, "model-a")
    figure = rows.artifact(conn, "figure-a", "figure", title="A <b>figure</b>", metadata={"svg": SVG})
    rows.link(conn, figure, "model-a", "depicts")
    return figure


def test_an_evaluation_shows_pictures_metrics_model_and_dataset(conn: psycopg.Connection) -> None:
    rows.artifact(conn, "model-a", "model", title="The <b>model</b>")
    evaluation = rows.artifact(conn, "evaluation-a", "evaluation", metadata=columns.binary())
    rows.link(conn, evaluation, "model-a", "evaluates")
    section = model_registry.render_artifact_section(evaluation, conn=conn)
    assert 'href="/models/model-a"><bdi>The &lt;b&gt;model&lt;/b&gt;</bdi></a> predicted' in section
    assert 'href="/artifact/dataset-a"' in section
    for shown in (
        "ROC curve",
        "Calibration",
        "Confusion matrix",
        "Metrics: test data",
    ):
        assert f"<figcaption>{shown}" in section


def test_columns_that_cannot_be_used_are_named(conn: psycopg.Connection) -> None:
    rows.artifact(conn, "evaluation-a", "evaluation", metadata=columns.regression(observed=[1, "x<", 3]))
    section = model_registry.render_artifact_section("evaluation-a", conn=conn)
    assert "Its columns cannot be used" in section
    assert "metadata.observed[1]" in section
    assert "<svg" not in section


def test_a_figure_shows_its_own_picture_as_an_image_and_never_as_markup(
    conn: psycopg.Connection, figure: str
) -> None:
    section = model_registry.render_artifact_section(figure, conn=conn)
    assert '<img src="data:image/svg+xml;base64,' in section
    assert "<script" not in section
    assert 'alt="The picture of this figure: A &lt;b&gt;figure&lt;/b&gt;"' in section


@pytest.mark.usefixtures("figure")
def test_the_figures_of_a_model_stand_on_its_page(client: TestClient) -> None:
    page = client.get("/models/model-a").text
    assert '<section id="figures"' in page
    assert '<img src="data:image/svg+xml;base64,' in page
    assert 'href="/artifact/figure-a"' in page


def test_the_models_of_a_dataset_stand_best_first_with_their_leaderboard(conn: psycopg.Connection) -> None:
    rows.dataset(conn, "dataset-a")
    scores = {
        "model-a": [0.9, 0.8, 0.7, 0.1],
        "model-b": [0.1, 0.2, 0.9, 0.8],
        "model-c": [0.1, 0.9, 0.2, 0.8],
    }
    for name, given in scores.items():
        metadata = {"evaluation_metrics": {"test_roc_auc": 0.5, "test_accuracy": 0.5}}
        rows.model(conn, name, {**metadata, "headline_metric": "test_roc_auc"}, title=f"The {name}")
        observed = ["well", "well", "sick", "sick"]
        told = columns.binary(
            model_id=name, observed=observed, scores=given, predicted=observed, positive="sick"
        )
        evaluation = rows.artifact(conn, f"evaluation-{name}", "evaluation", metadata=told)
        rows.link(conn, evaluation, name, "evaluates")
        rows.link(conn, evaluation, "dataset-a", "uses")
    section = model_registry.render_artifact_section("dataset-a", conn=conn)
    assert section.index("The model-b") < section.index("The model-c") < section.index("The model-a")
    board = "/models?evaluated_on=dataset-a&amp;sort=metric%3Atest_roc_auc"
    assert f'<a href="{board}">Their leaderboard by <bdi>ROC AUC (test)</bdi></a>' in section


def test_a_dataset_shows_its_samples_and_the_models_evaluated_on_it(conn: psycopg.Connection) -> None:
    rows.dataset(conn, "dataset-a", metadata={"sample_ids": [f"p{i}" for i in range(4)]})
    for name in ("model-a", "model-b"):
        rows.artifact(conn, name, "model", title=f"The {name}")
        given = columns.binary(model_id=name, sample=[f"p{i}" for i in range(4)], samples_are="participants")
        evaluation = rows.artifact(conn, f"evaluation-{name}", "evaluation", metadata=given)
        rows.link(conn, evaluation, name, "evaluates")
        rows.link(conn, evaluation, "dataset-a", "uses")
    section = model_registry.render_artifact_section("dataset-a", conn=conn)
    assert "4 participants, 2 of them sick. Their ids are recorded" in section
    assert section.count("<td>ROC AUC</td>") == 2
    assert "none: too few to say" in section
    assert 'href="/models/model-b"><bdi>The model-b</bdi></a>' in section
    assert 'href="/models/compare?' in section


def test_samples_are_told_where_no_model_was_evaluated(conn: psycopg.Connection) -> None:
    rows.dataset(conn, "dataset-a", metadata={"sample_ids": ["p1", "p2"]})
    section = model_registry.render_artifact_section("dataset-a", conn=conn)
    assert "2 samples. Their ids are recorded" in section
    assert "No predictions on it are registered" in section


def test_a_page_says_first_that_its_artifact_has_fallen(conn: psycopg.Connection) -> None:
    rows.dataset(conn, "dataset-a", version_tag="retracted", metadata={"sample_ids": ["p1", "p2"]})
    page = api._shown("dataset-a", conn)
    places = [
        page.index(said) for said in ("is retracted itself", "Their ids are recorded", "What rests on this")
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("artifact_id", ["dataset-a", "model-a", "nowhere", "figure-b", "a\0b"])
def test_other_artifacts_show_nothing_more(conn: psycopg.Connection, artifact_id: str) -> None:
    rows.dataset(conn, "dataset-a")
    rows.model(conn, "model-a")
    rows.artifact(conn, "figure-b", "figure", metadata={"dpi": 300})
    assert model_registry.render_artifact_section(artifact_id, conn=conn) == ""


def test_the_demo_shows_them_on_the_pages_of_the_host(live_server: str) -> None:
    page = httpx.get(f"{live_server}/artifact/evaluation-ad-penalised-v2-test").text
    assert "What was predicted" in page
    assert "27 positive and 73 negative rows." in page
    assert (
        "ROC curve of the held-out participants"
        in httpx.get(f"{live_server}/artifact/figure-ad-penalised-v1").text
    )
