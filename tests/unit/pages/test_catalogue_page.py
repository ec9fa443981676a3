"""What the catalogue page says of a list, and where its links lead."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from jinja2 import StrictUndefined

from scidex.atlas._model_registry.contract.answers import FacetValue
from scidex.atlas._model_registry.contract.query import ModelQuery, SortOrder, model_query
from scidex.atlas._model_registry.pages import rendering
from scidex.atlas._model_registry.pages.catalogue.addresses import list_address
from scidex.atlas._model_registry.pages.catalogue.headlines import headlines
from scidex.atlas._model_registry.pages.catalogue.page import CataloguePageContext, catalogue_page
from tests.unit.pages.example_detail import DATASET, entry, listed

HOSTILE = "</a><script>alert(1)</script>\"'&{{ 7*7 }}"


def sent(address: str) -> list[tuple[str, str]]:
    """Read back what an address asks for."""
    return parse_qsl(urlsplit(address).query)


def test_an_address_leaves_out_what_is_as_usual() -> None:
    assert list_address(model_query()) == "/models"
    assert list_address(model_query(sort="quality_score", limit=20, offset=40)) == "/models"


def test_an_address_carries_every_filter() -> None:
    query = model_query(
        family=("statistical", "biophysical"),
        dataset=("a b&c",),
        hypothesis="h-1",
        analysis="SDA-1",
        q="tau",
        latest=False,
        provenance="incomplete",
        metric=["rmse < 0.05", "auc>=0.9"],
        sort="metric:auc",
        order="asc",
        limit=50,
    )
    assert sent(list_address(query, offset=100)) == [
        ("family", "statistical"),
        ("family", "biophysical"),
        ("provenance", "incomplete"),
        ("latest", "false"),
        ("dataset", "a b&c"),
        ("hypothesis", "h-1"),
        ("analysis", "SDA-1"),
        ("metric", "rmse<0.05"),
        ("metric", "auc>=0.9"),
        ("q", "tau"),
        ("sort", "metric:auc"),
        ("order", "asc"),
        ("limit", "50"),
        ("offset", "100"),
    ]


def choices(query: ModelQuery, title: str) -> list[Any]:
    """Lay out one facet."""
    groups = catalogue_page(listed(entry()), query)["groups"]
    return next(group.open for group in groups if group.title == title)


def test_a_facet_sets_and_takes_away_its_value() -> None:
    (unset,) = choices(model_query(provenance=None), "Provenance")
    (active,) = choices(model_query(provenance="complete"), "Provenance")
    assert (unset.active, sent(unset.href)) == (False, [("provenance", "complete")])
    assert (active.active, active.href) == (True, "/models")


def test_families_and_datasets_add_up() -> None:
    statistical, unstated = choices(model_query(family=("biophysical",)), "Family")
    assert sent(statistical.href) == [("family", "biophysical"), ("family", "statistical")]
    assert (unstated.words, unstated.href) == ("family not stated", None)


@pytest.mark.parametrize("written", [DATASET, "train"])
def test_a_dataset_is_known_without_its_prefix_and_named_by_its_title(written: str) -> None:
    query = model_query(dataset=(written,))
    (choice,) = choices(query, "Training dataset")
    assert (choice.words, choice.active, choice.href) == ("Training participants", True, "/models")
    assert catalogue_page(listed(entry()), query)["chips"][0].words == "trained on: Training participants"


def test_the_less_frequent_values_fold_away_but_not_those_that_are_set() -> None:
    many: list[FacetValue] = [{"value": f"dataset-{number}", "count": 1} for number in range(10)]
    answer = listed(entry())
    answer["facets"]["dataset"] = many
    group = catalogue_page(answer, model_query(dataset=("dataset-9",)))["groups"][4]
    assert [choice.words for choice in group.open][-1] == "dataset-9"
    assert len(group.open) + len(group.folded) == 10


def test_every_filter_is_a_chip_that_takes_just_itself_away() -> None:
    query = model_query(
        family=("statistical",),
        q="tau",
        latest=True,
        metric=["auc>0.9", "aic<0"],
    )
    chips = catalogue_page(listed(entry()), query)["chips"]
    whole = sent(list_address(query))
    taken = {chip.words: set(whole) - set(sent(chip.remove_href)) for chip in chips}
    assert taken == {
        "family: statistical": {("family", "statistical")},
        "metric: auc>0.9": {("metric", "auc>0.9")},
        "metric: aic<0": {("metric", "aic<0")},
        "search: tau": {("q", "tau"), ("sort", "quality_score")},
        "latest version only": {("latest", "true")},
    }


def test_an_empty_list_says_what_to_loosen_the_sure_ways_first() -> None:
    query = model_query(q="nonsense", family=("statistical",), hypothesis="h-1", provenance="complete")
    told = [(one.words, one.gain) for one in catalogue_page(listed(total=0), query)["loosenings"]]
    assert told == [
        ("family: statistical", "5 models"),
        ("provenance: complete", "3 models"),
        ("search: nonsense", "may find some models"),
        ("tests: h-1", "still none: another filter is too narrow as well"),
    ]


def test_without_its_only_filter_an_empty_list_holds_all_models() -> None:
    (one,) = catalogue_page(listed(total=0), model_query(metric="aic<0"))["loosenings"]
    assert (one.words, one.gain) == ("metric: aic<0", "all models")


def test_every_contradicted_metric_is_marked() -> None:
    model = entry(evaluation_metrics={"test_auc": 0.9, "test_accuracy": 0.99}, contradicted=["test_accuracy"])
    marks = {one.name: one.interval for one in headlines(model, ("test_accuracy",))}
    assert marks == {"test_accuracy": "contradicted by its predictions", "test_auc": None}


def test_pages_lead_on_and_back() -> None:
    models = [entry(f"model-{number}") for number in range(20)]
    pages = catalogue_page(listed(*models, total=50, offset=20), model_query(offset=20))["pages"]
    assert pages.words == "21 to 40 of 50"
    assert pages.previous_href == "/models"
    assert sent(pages.next_href or "") == [("offset", "40")]


def test_a_page_beyond_the_end_leads_to_the_first() -> None:
    pages = catalogue_page(listed(total=5, offset=100), model_query(offset=100))["pages"]
    assert (pages.first_href, pages.previous_href, pages.next_href) == ("/models", None, None)


def test_held_out_metrics_with_a_direction_stand_first() -> None:
    metrics = {"aic": 1, "train_auc": 1, "test_x": 1, "test_rmse": 1, "val_auc": 1}
    shown = headlines(entry(evaluation_metrics=metrics), ())
    assert [(one.name, one.arrow) for one in shown] == [("test_rmse", "↓"), ("test_x", ""), ("val_auc", "↑")]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (([0.86, 0.97], 100, 100, None, True), "0.86 to 0.97, 100 samples"),
        (([0.86, 0.97], 100, 100, "participants", True), "0.86 to 0.97, 100 participants"),
        ((None, 22, 2, None, None), "no interval, 22 rows of 2 groups"),
        ((None, 22, 2, "subjects", None), "no interval, 22 rows of 2 subjects"),
        (([0.8, 0.9], 100, 100, None, False), "contradicted by its predictions, 100 samples"),
        ((None, None, None, None, None), None),
    ],
)
def test_the_headline_metric_stands_with_what_its_evaluation_gives(
    given: tuple[Any, ...], words: str | None
) -> None:
    metrics = {"test_accuracy": 0.9, "test_roc_auc": 0.93, "val_auc": 0.8, "test_brier": 0.1}
    parts = zip(("interval", "rows", "units", "units_are", "agrees"), given, strict=True)
    named = {"metric": "test_roc_auc", "value": 0.93, **dict(parts)}
    shown = headlines(entry(evaluation_metrics=metrics, headline=named), ())
    assert (shown[0].name, shown[0].interval) == ("test_roc_auc", words)
    assert [one.interval for one in shown[1:]] == [None, None]


def test_metrics_asked_for_stand_before_all() -> None:
    query = model_query(sort="metric:train_roc_auc", metric="aic<0")
    (line,) = catalogue_page(listed(entry()), query)["lines"]
    assert [one.name for one in line.headlines] == ["aic", "train_roc_auc", "test_brier"]
    assert line.more_metrics == 1


def test_what_a_line_leaves_out_is_counted() -> None:
    metrics = {f"test_rmse_{i}": 1.0 for i in range(5)}
    page = rendering.render_catalogue_page(
        rendering.own_templates(), listed(entry(evaluation_metrics=metrics)), model_query()
    )
    assert "and 2 more" in page


def test_a_capped_score_says_from_what_and_why() -> None:
    capped = entry(quality_score=0.3, quality_score_stored=0.9, provenance_warning="No input is pinned.")
    (line,) = catalogue_page(listed(capped), model_query())["lines"]
    assert (line.score, line.capped_from, line.warning) == ("0.300", "0.900", "No input is pinned.")
    unscored = entry(quality_score=None, quality_score_stored=None)
    (line,) = catalogue_page(listed(unscored), model_query())["lines"]
    assert (line.score, line.capped_from) == ("unscored", None)


@pytest.mark.parametrize(
    ("sort", "order", "said"),
    [
        ("quality_score", None, "Sorted by quality score, highest first."),
        ("quality_score", "asc", "Sorted by quality score, lowest first."),
        ("created_at", None, "Sorted by date of registration, newest first."),
        ("parameter_count", "asc", "Sorted by number of parameters, fewest first."),
        ("title", None, "Sorted by title, from A to Z."),
        ("title", "desc", "Sorted by title, from Z to A."),
        ("metric:test_rmse", None, "Sorted by test_rmse, lowest first (best first)."),
        ("metric:test_rmse", "desc", "Sorted by test_rmse, highest first (worst first)."),
        ("metric:auc", None, "Sorted by auc, highest first (best first)."),
        ("metric:reduced_chi2", None, "Sorted by reduced_chi2, nearest to 1 first (best first)."),
        ("metric:reduced_chi2", "asc", "Sorted by reduced_chi2, lowest first."),
        ("metric:whatever", None, "Sorted by whatever, highest first: which way it is better is not known."),
    ],
)
def test_the_order_is_said_in_words(sort: str, order: SortOrder | None, said: str) -> None:
    assert catalogue_page(listed(entry()), model_query(sort=sort, order=order))["order"] == said


def test_the_form_carries_what_is_set_elsewhere() -> None:
    query = model_query(
        family=("statistical",),
        q="tau",
        metric=["a<1", "b<2"],
        sort="metric:gone",
        order="asc",
        offset=40,
    )
    form = catalogue_page(listed(entry()), query)["form"]
    assert (form.words, form.condition) == ("tau", "a<1")
    assert form.hidden == [("family", "statistical"), ("metric", "b<2")]
    assert [option.words for option in form.sorts if option.selected] == ["gone"]
    assert [option.words for option in form.orders if option.selected] == ["low to high, A to Z"]


def test_the_template_reads_what_the_context_declares_and_shows_text_as_text() -> None:
    templates = rendering.own_templates()
    templates.undefined = StrictUndefined
    hostile = entry(
        f"model-{HOSTILE}",
        title=HOSTILE,
        version_tag=HOSTILE,
        origin_type=HOSTILE,
        trained_on=HOSTILE,
        training_dataset=[HOSTILE, "other"],
        produced_by=HOSTILE,
        provenance_warning=HOSTILE,
        evaluation_metrics={HOSTILE: 1.0},
    )
    query = model_query(q=HOSTILE, dataset=(HOSTILE,), sort=f"metric:{HOSTILE}")
    for answer in (listed(hostile, total=30), listed(total=0)):
        page = rendering.render_catalogue_page(templates, answer, query)
        assert "<script>" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "{{ 7*7 }}" in page
    assert set(catalogue_page(listed(), model_query())) == set(CataloguePageContext.__annotations__)
