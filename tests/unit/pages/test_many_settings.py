"""A configuration of thousands of settings: which are shown first, and how the rest is summarised and found."""

import re
import time

import pytest

from scidex.atlas._model_registry.comparison import compare
from scidex.atlas._model_registry.contract.answers import Comparison
from scidex.atlas._model_registry.pages.compare.comparability import cannot_be_told, not_comparable
from scidex.atlas._model_registry.pages.compare.shown import MOST_SHOWN
from scidex.atlas._model_registry.pages.parts.named import name_models
from scidex.atlas._model_registry.pages.rendering import own_templates, render_compare_page
from scidex.atlas._model_registry.records.models import Json
from tests.unit.builders import traced


def compared(*parameters: dict[str, Json]) -> Comparison:
    models = [traced(f"model-{i}", metadata={"parameters": own}) for i, own in enumerate(parameters)]
    return compare(models, baseline="model-0", datasets={})


def page(comparison: Comparison, setting: str = "", *, only_differences: bool = False) -> str:
    return render_compare_page(
        own_templates(), comparison, only_differences=only_differences, setting=setting, histories=None
    )


def shown(text: str) -> list[str]:
    """Return the names of the settings in the tables of the configuration, in order."""
    section = text[text.index('id="configuration"') : text.index('id="training-data"')]
    rows = re.findall(r'<th scope="row">(.*?)</th>', section, re.DOTALL)
    return [re.sub(r"<[^>]*>", "", row).strip() for row in rows]


def test_what_differs_most_comes_first() -> None:
    first: dict[str, Json] = {
        **dict.fromkeys(("alike", "twice", "thousandfold", "tenth", "in two", "word", "removed"), 1),
        "word": "a",
    }
    second: dict[str, Json] = {
        **first,
        "twice": 2,
        "thousandfold": 1000,
        "tenth": 0.1,
        "in two": 1.1,
        "word": "b",
        "added": 5,
    }
    del second["removed"]
    third: dict[str, Json] = {**first, "in two": 1.2}
    names = shown(page(compared(first, second, third)))
    assert names == ["in two", "word", "thousandfold", "tenth", "twice", "added", "removed", "alike"]


def many(count: int, value: float) -> dict[str, Json]:
    return {f"R{i}_lb": {"value": value * (i % 7), "units": "mmol/gDW/h"} for i in range(count)}


def test_what_is_left_out_is_counted_and_where_it_stands_is_said() -> None:
    text = page(compared(many(500, 1), many(500, 2)))
    differing = 500 - len(range(0, 500, 7))
    assert len(shown(text)) == MOST_SHOWN + len(range(0, 500, 7))
    assert f"and {differing - MOST_SHOWN} more" in text
    assert f"Each part of a table shows {MOST_SHOWN} settings at most, those that differ most first" in text
    assert "Each part of a table" not in page(compared(many(110, 1), many(110, 2)))


def test_a_plain_form_finds_the_others_by_name() -> None:
    comparison = compared(many(500, 1), many(500, 2))
    found = shown(page(comparison, "r49 LB"))
    assert sorted(found) == ["R490_lb", *(f"R49{i}_lb" for i in range(1, 10)), "R49_lb"]
    form = re.search(r'<form class="mreg-filter" method="get".*?</form>', page(comparison, "r49"), re.DOTALL)
    assert form is not None
    fields = re.findall(r'name="(\w+)" value="([^"]*)"', form[0])
    assert fields == [
        ("ids", "model-0"),
        ("ids", "model-1"),
        ("baseline", "model-0"),
        ("setting", "r49"),
    ]


def test_the_filter_stays_in_the_links_and_says_what_it_did_not_find() -> None:
    text = page(compared(many(30, 1), many(30, 2)), "zorp <x>")
    assert "No setting that differs has a name with" in text
    assert "zorp &lt;x&gt;" in text
    assert shown(text) == []
    assert text.count("setting=zorp+%3Cx%3E") >= 2


def test_few_settings_need_no_filter() -> None:
    assert "mreg-filter" not in page(compared({"k": 1}, {"k": 2}))


@pytest.mark.slow
def test_ten_models_of_five_thousand_parameters_are_a_page_of_three_megabytes_in_seconds() -> None:
    began = time.process_time()
    comparison = compared(*(many(5_000, 1 + i / 10) for i in range(10)))
    text = page(comparison)
    assert len(text.encode()) < 3_000_000
    assert time.process_time() - began < 15  # for what takes two on a machine that does nothing else
    assert len(comparison["metadata_diff"]) == 5_000


def test_two_hundred_metrics_with_one_reason_are_one_sentence() -> None:
    metrics = {f"metric_{place}_rmse": 1.0 for place in range(200)}
    models = [traced(f"model-{i}", metrics=dict.fromkeys(metrics, i + 1.0)) for i in range(2)]
    comparison = compare(models, baseline="model-0", datasets={})
    rows, named = comparison["metrics"], name_models(comparison)
    told = [*cannot_be_told(rows, named), *not_comparable(rows, named)]
    assert len(told) == 1
    assert "and 188 more" in told[0].text
    assert len(told[0].text) < 1_000
    assert "metric_199_rmse" in page(comparison)
