"""Models ticked for a comparison: in the address of every page, counted, taken away one by one."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from scidex.atlas._model_registry.contract.query import model_query
from scidex.atlas._model_registry.pages.catalogue.browsing import MOST_TICKED, browsed
from scidex.atlas._model_registry.pages.catalogue.page import catalogue_page
from scidex.atlas._model_registry.pages.catalogue.ticks import compare_bar, tick
from scidex.atlas._model_registry.web.page_parameters import browsed_query
from tests.unit.pages.example_detail import entry, listed

ODD = ["a&b", "é/../", "x y", "ids=1"]


def ticked_in(address: str) -> list[str]:
    return [value for name, value in parse_qsl(urlsplit(address).query) if name == "ticked"]


def test_every_address_of_the_page_carries_what_is_ticked() -> None:
    answer = listed(*(entry(f"model-{number}") for number in range(20)), total=60, offset=20)
    page = catalogue_page(answer, browsed(model_query(q="tau", latest=True, offset=20), ODD))
    choices = [choice.href for group in page["groups"] for choice in group.open if choice.href]
    chips = [chip.remove_href for chip in page["chips"]]
    paging = [page["pages"].previous_href or "", page["pages"].next_href or ""]
    for address in (*choices, *chips, *paging, page["clear_href"]):
        assert ticked_in(address) == ODD
    assert [value for name, value in page["form"].hidden if name == "ticked"] == ODD
    assert ticked_in(page["data_href"]) == ticked_in(page["table_href"]) == []


def test_a_box_turns_over_on_the_same_page() -> None:
    query = browsed(model_query(offset=40), ["a"])
    unset, taken = tick(query, "b", "model-7"), tick(query, "a", "model-7")
    assert (unset.is_set, taken.is_set) == (False, True)
    assert (unset.name, unset.value, unset.leads_to) == ("ticked", "b", "/models#model-7")
    assert (taken.name, taken.value, taken.leads_to) == ("untick", "a", "/models#model-7")
    hidden = compare_bar(query, {}).hidden
    assert hidden == [("offset", "40"), ("ticked", "a")]
    sent = QueryParams([*hidden, ("ticked", "b"), ("untick", "a")])
    assert browsed_query(sent).ticked == ("b",)


@pytest.mark.parametrize(
    ("ticked", "leads_to", "said"),
    [
        ([], None, "Tick 2 to 10"),
        (["a"], "/models?ticked=a&compare=few#compare", "tick one more"),
        (["a", "b"], "/models/compare?ids=a&ids=b", "The first is the baseline"),
        (["a", "a", ""], "/models?ticked=a&compare=few#compare", "tick one more"),
        ([f"{n}" for n in range(30)], None, "10 are ticked"),
    ],
)
def test_the_bar_leads_to_a_comparison_of_two_or_more(
    ticked: list[str], leads_to: str | None, said: str
) -> None:
    query = browsed(model_query(), ticked)
    bar = compare_bar(query, {"a": "The first"})
    assert said in bar.message
    if leads_to:
        assert bar.compare_href == leads_to
        assert bar.ticked[0].words == "The first"
    assert len(bar.ticked) == min(MOST_TICKED, len({one for one in ticked if one}))


def test_no_eleventh_can_be_ticked() -> None:
    query = browsed(model_query(), [f"{n}" for n in range(10)])
    assert tick(query, "other", "model-1").leads_to is None
    assert tick(query, "3", "model-1").leads_to is not None


def test_ids_of_any_kind_are_shown_as_text_and_wrong_ones_refused(client: TestClient) -> None:
    page = client.get("/models", params={"ticked": ["<b>", *ODD], "compare": "few"})
    assert page.status_code == 200
    assert "&lt;b&gt;" in page.text
    assert client.get("/models", params={"ticked": "\0"}).status_code == 422
    assert client.get("/models", params={"untick": "\0"}).status_code == 422
    assert client.get("/models?ticked=" + "x" * 2000).status_code == 422
    assert client.get("/api/models?ticked=a").status_code == 422
