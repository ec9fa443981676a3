"""Conditions, words and bounds of a list's parameters, and that a cursor fits only what it was made for."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scidex.atlas._model_registry.contract import conditions
from scidex.atlas._model_registry.contract.checks import LONGEST_NAME, check_text, is_storable
from scidex.atlas._model_registry.contract.conditions import MetricCondition, metric_condition
from scidex.atlas._model_registry.contract.errors import InvalidQuery
from scidex.atlas._model_registry.contract.query import LARGEST_OFFSET, model_query

# Names without what a condition of another tool holds.
names = st.text(
    st.characters(exclude_characters="!<>=~≠≤≥⩽⩾\uff1c\uff1e\uff1d\"'`,;&|"), min_size=1, max_size=30
).filter(
    lambda name: (
        is_storable(name)
        and name == name.strip()
        and not {"and", "or", "not", "where"} & set(name.casefold().split())
    )
)


@pytest.mark.parametrize(
    ("text", "name", "operator", "value"),
    [
        ("rmse<0.05", "rmse", "<", "0.05"),
        ("auc>=0.9", "auc", ">=", "0.9"),
        ("aic<-400", "aic", "<", "-400"),
        ("aic<=-4e2", "aic", "<=", "-400"),
        (" n = +12. ", "n", "=", "12"),
        ("n>.5", "n", ">", "0.5"),
        ("f1 macro>0", "f1 macro", ">", "0"),
        ("frac_p<0.05>=0.9", "frac_p<0.05", ">=", "0.9"),
        ("étape\n2=1E-3", "étape\n2", "=", "0.001"),
        ("n>1e-999", "n", ">", "0"),
        ("n<1.7976931348623157e308", "n", "<", "1.7976931348623157e308"),
    ],
)
def test_a_condition_is_read(text: str, name: str, operator: str, value: str) -> None:
    assert metric_condition(text) == MetricCondition(name, operator, Decimal(value))


@given(names, st.sampled_from(["<", "<=", ">", ">=", "="]), st.floats(allow_nan=False, allow_infinity=False))
def test_any_condition_written_is_the_one_read(name: str, operator: str, value: float) -> None:
    # A name that ends like an operator of another tool (":=") is refused with what was meant.
    written = f"{name}{operator}{value}"
    assume(not any(misread.search(written) for misread, _ in conditions._MISREAD))
    read = metric_condition(f"{name}{operator}{value!r}")
    assert (read.name, read.operator, float(read.value)) == (name, operator, value)


@given(st.text())
def test_any_text_is_a_condition_or_refused(text: str) -> None:
    try:
        read = metric_condition(text)
    except InvalidQuery:
        return
    assert read.name
    assert read.value.is_finite()


@pytest.mark.parametrize(
    "text", ["rmse", "rmse~3", "<3", "rmse<", "rmse<a", "rmse<1e309", "rmse<-1e309", "rmse==3", "rmse=<3"]
)
def test_a_malformed_condition_is_refused(text: str) -> None:
    with pytest.raises(InvalidQuery, match="metric="):
        metric_condition(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("rmse!=1", "differ"),
        ("rmse <> 1", "differ"),
        ("rmse≠1", "differ"),
        ("rmse<0.06 and auc>0.9", "parameter of its own"),
        ("rmse<0.06 OR auc>0.9", "parameter of its own"),
        ("rmse<0.06,auc>0.9", "parameter of its own"),
        ("rmse<6e-2;auc>0.9", "parameter of its own"),
        ("rmse<.06 && auc>0.9", "parameter of its own"),
        ("rmse≤0.05", "operator"),
        ("rmse~=0.05", "operator"),
        ("0.1<rmse<0.5", "each of its ends"),
        ("1e-3 <= rmse <= .5", "each of its ends"),
        ("not rmse<3", "SQL"),
        ('"rmse"<3', "quotes"),
        ("metrics.`val rmse` < 3", "quotes"),
        ("auc ⩾ .9", "at least is written >="),
        ("auc=>0.9", "at least is written >="),
        ("auc =< 0.9", "at most is written <="),
        ("auc==0.91", "equal is written ="),
        ("rmse between 1 and 2", "each of its ends"),
        ("rmse in [1,2]", "each of its ends"),
        ("has rmse", "where=has rmse"),
        ("rmse is not null", "where=lacks rmse"),
        ("rmse=null", "where=lacks rmse"),
        ("0.9<auc", "write the name first"),
        ("2 >= rmse", "write the name first"),
        ("rmse<0,05", "a point for decimals"),
        ("n>=1,000", "nothing between thousands"),
        ("llf > \N{MINUS SIGN}1.5", "write a hyphen"),
        ("rmse<5%", "the number alone"),
        ("rmse < 5 mg/L", "the number alone"),
        ("family=statistical", "filters are parameters of their own"),
        ("metric=auc", "filters are parameters of their own"),
        ("rmse<inf", "not a finite number"),
        ("rmse<1_000", "not a finite number"),
    ],
)
def test_what_another_tool_would_take_says_what_to_write(text: str, meant: str) -> None:
    with pytest.raises(InvalidQuery, match=meant):
        metric_condition(text)


@pytest.mark.parametrize(
    "name",
    [
        "acc,none",
        "notes",
        "nand",
        "f1 and recall",
        "R&D error",
        "a|b",
        "where_loss",
        "hours in (s)",
        "time between (s)",
        "95% coverage",
        "k=5 accuracy",
    ],
)
def test_a_name_that_looks_like_it_is_still_a_name(name: str) -> None:
    assert metric_condition(f"{name}>=0.5").name == name


@pytest.mark.parametrize("text", ["", "…—“”", "\\'", "' & | !()", "🧬 → ±", "\u0301"])
def test_punctuation_and_symbols_hold_no_words_to_search(text: str) -> None:
    assert not model_query(q=text).has_words


@pytest.mark.parametrize("text", ["a", "-0.5", "²", "µ", "℃", "模", "\u0435\u0301", "👍🏽 ok"])
def test_letters_and_digits_of_any_kind_are_a_search(text: str) -> None:
    assert model_query(q=text).has_words


@pytest.mark.parametrize("text", ["\0", "a\0b", "\ud800", "x" * (LONGEST_NAME + 1)])
def test_text_that_no_row_holds_is_refused(text: str) -> None:
    with pytest.raises(InvalidQuery) as refused:
        check_text("dataset", text)
    assert refused.value.parameter == "dataset"
    assert refused.value.value.encode(), "the answer must be able to repeat it"


@pytest.mark.parametrize(
    ("parameter", "values"),
    [
        ("limit", {"limit": 0}),
        ("limit", {"limit": 201}),
        ("offset", {"offset": -1}),
        ("offset", {"offset": LARGEST_OFFSET + 1}),
        ("family", {"family": ("biophysical", "other")}),
        ("provenance", {"provenance": "some"}),
        ("order", {"order": "up"}),
        ("sort", {"sort": "id"}),
        ("sort", {"sort": "metric:"}),
        ("q", {"q": "w" * 501}),
        ("dataset", {"dataset": ("a", "\0")}),
        ("hypothesis", {"hypothesis": "\0"}),
        ("analysis", {"analysis": "\0"}),
        ("cursor", {"cursor": "x", "offset": 1}),
    ],
)
def test_a_value_out_of_bounds_is_refused_by_name(parameter: str, values: dict[str, Any]) -> None:
    with pytest.raises(InvalidQuery) as refused:
        model_query(**values)
    assert refused.value.parameter == parameter
    assert len(str(refused.value).split()) > 3
