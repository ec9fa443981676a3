"""What a refused registration says: the path, the value and what to write instead."""

from typing import Any

import pytest

from scidex.atlas._artifact_registry.errors import InvalidArtifact
from scidex.atlas._artifact_registry.model_metadata import check_family
from scidex.atlas._artifact_registry.plain_json import json_value
from tests.unit.artifact_registry.whole_metadata import WHOLE


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("0.93", "write 0.93 without quotes"),
        ("275.34 +/- 14.56", "write 275.34, and 14.56 as metadata.metric_metadata.reward.std"),
        ("275.34 ± 14.56", "write 275.34, and 14.56 as metadata.metric_metadata.reward.std"),
        ("87.4%", "write 87.4, and '%' as metadata.metric_metadata.reward.unit"),
        ("12 ms", "write 12, and 'ms' as metadata.metric_metadata.reward.unit"),
        ("NaN", "leave it out"),
        ("-inf", "leave it out"),
        ("good", "use JSON of type number"),
        ("<0.01", "use JSON of type number"),
    ],
)
def test_a_number_written_as_text_is_told_what_to_write(text: str, advice: str) -> None:
    with pytest.raises(InvalidArtifact) as refusal:
        check_family("statistical", {**WHOLE["statistical"], "evaluation_metrics": {"reward": text}})
    assert advice in str(refusal.value)


def test_a_parameter_written_as_text_is_told_what_to_write() -> None:
    parameters: Any = {"k": {"value": "0.1 mM", "units": None}}
    with pytest.raises(InvalidArtifact, match=r"write 0\.1, and 'mM' as units beside it"):
        check_family("biophysical", {"equations": ["A = k"], "parameters": parameters})


@pytest.mark.parametrize(("value", "is_bound"), [(float("nan"), False), (float("inf"), True)])
def test_only_what_is_infinite_may_be_an_open_bound(value: float, *, is_bound: bool) -> None:
    with pytest.raises(InvalidArtifact) as refusal:
        json_value("metadata.parameters.k.upper", value)
    assert ("open bound" in str(refusal.value)) is is_bound


def test_a_whole_number_but_for_rounding_is_told_what_to_write() -> None:
    with pytest.raises(InvalidArtifact, match=r"parameter_count is 66349999\.99999999: write 66350000"):
        check_family("statistical", {**WHOLE["statistical"], "parameter_count": 66.35 * 1e6})


def test_all_faults_are_named_at_once() -> None:
    metadata: dict[str, Any] = {
        "equations": ["A = 1", 2],
        "parameters": {"k": 0.1, "l": {"value": "1", "units": ""}, "A": {"value": None}},
        "fit_metrics": {"rmse": None},
    }
    with pytest.raises(InvalidArtifact) as refusal:
        check_family("biophysical", metadata)
    assert {fault.field for fault in refusal.value.faults} == {
        "metadata.equations[1]",
        "metadata.parameters.k",
        "metadata.parameters.l.value",
        "metadata.parameters.l.units",
        "metadata.parameters.A.units",
        "metadata.fit_metrics.rmse",
    }
    assert len(str(refusal.value).splitlines()) == 6


def test_of_very_many_faults_the_message_names_some_and_counts_the_rest() -> None:
    parameters: Any = {f"k{index}": 0.1 for index in range(500)}
    with pytest.raises(InvalidArtifact) as refusal:
        check_family("biophysical", {"equations": ["A = 1"], "parameters": parameters})
    assert len(refusal.value.faults) == 500
    assert str(refusal.value).endswith("and 480 more")


def test_a_statistical_model_without_formula_and_features_is_told_both_ways() -> None:
    with pytest.raises(InvalidArtifact, match=r"metadata\.formula is None: .*formula or features"):
        check_family("statistical", {"model_type": "ols"})


def test_a_metric_without_a_name_is_refused() -> None:
    with pytest.raises(InvalidArtifact, match="not blank"):
        check_family("statistical", {**WHOLE["statistical"], "evaluation_metrics": {" ": 1}})


@pytest.mark.parametrize(
    ("card", "path"),
    [
        ("a summary", "metadata.card"),
        ({"summary": 1}, "metadata.card.summary"),
        ({"authors": "A"}, "metadata.card.authors"),
        ({"authors": [{"orcid": "0000-0002-1825-0097"}]}, "metadata.card.authors[0].name"),
        ({"authors": [{"name": "A", "orcid": "0000-0002-1825-0098"}]}, "metadata.card.authors[0].orcid"),
        ({"publications": [{"doi": "xyz"}]}, "metadata.card.publications[0].doi"),
        ({"publications": [{}]}, "metadata.card.publications[0]"),
        ({"licence": {}}, "metadata.card.licence"),
        ({"inputs": [{"unit": "s"}]}, "metadata.card.inputs[0].name"),
        ({"caveats": [" "]}, "metadata.card.caveats[0]"),
    ],
)
def test_a_card_that_does_not_say_what_it_means_is_refused_by_path(card: object, path: str) -> None:
    with pytest.raises(InvalidArtifact) as refused:
        check_family("statistical", {"model_type": "linear", "formula": "y ~ x", "card": card})  # type: ignore[dict-item]
    assert [fault.field for fault in refused.value.faults] == [path]


def test_a_card_and_one_with_keys_of_its_own_are_accepted() -> None:
    card: Any = {
        "licence": "MIT",
        "authors": ["A"],
        "publications": [{"citation": "x"}],
        "homepage": {"any": 1},
    }
    check_family("statistical", {"model_type": "linear", "formula": "y ~ x", "card": card})
