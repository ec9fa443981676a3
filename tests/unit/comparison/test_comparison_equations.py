"""Equations in a comparison: equal ones are the same, the others differ term by term."""

import pytest

from scidex.atlas._model_registry.comparison import changes
from tests.unit.comparison.compared_configuration import compared


def test_equations_that_say_the_same_are_the_same_and_say_so() -> None:
    rows = compared(
        {"equations": ["v = Vmax*S/(Km+S)", "dA/dt = -k*A"]},
        {"equations": ["v := Vmax/(Km/S+1)", "A' = -k*[A]"]},
    )
    for path in ("v", "dA/dt"):
        row = rows[path]
        assert (row["equal"], row["change"]) == (True, {"model-a": "same", "model-b": "same"})
        assert (row["reason"], row["judged"]) == ("equal as formulas", {"model-b": "equal as formulas"})
        assert "terms" not in row
    assert rows["v"]["values"]["model-b"] == {"value": "Vmax/(Km/S+1)"}


def test_others_are_changed_and_not_shown_to_be_equal() -> None:
    (row,) = compared({"equations": ["y = exp(a+b)"]}, {"equations": ["y = exp(a)*exp(b)"]}).values()
    assert (row["equal"], row["change"]["model-b"]) == (False, "changed")
    assert row["reason"] == "not shown to be equal"


def test_a_change_is_told_term_by_term() -> None:
    (row,) = compared(
        {"equations": ["dC/dt = -k10*C"]},
        {"equations": ["dC/dt = -k10*C - k12*C"]},
        {"equations": "dC/dt = -C*k10"},
    ).values()
    assert row["judged"] == {"model-b": "not shown to be equal", "model-c": "equal as formulas"}
    assert row["reason"] == "model-b: not shown to be equal; model-c: equal as formulas"
    assert row["change"] == {"model-a": "same", "model-b": "changed", "model-c": "same"}
    assert list(row["terms"]) == ["model-b"]
    assert list(row["terms"]["model-b"].values()) == [["- k12 * C"], [], [], None]


def test_the_same_text_needs_no_judgement_and_a_missing_one_has_none() -> None:
    rows = compared({"equations": ["a = x+y", "b = 1"]}, {"equations": ["a = x + y", "c = 2"]})
    assert rows["a"]["equal"]
    assert all("reason" not in row for row in rows.values())


def test_what_cannot_be_read_is_compared_as_text() -> None:
    (row,) = compared({"equations": ["y = 2 x"]}, {"equations": ["y = x 2"]}).values()
    assert (row["equal"], row["reason"]) == (False, "cannot be read as a formula, compared as text")


def test_a_statistical_formula_is_read_apart_from_field_algebra() -> None:
    (row,) = compared({"formula": "y ~ a*b"}, {"formula": "y ~ b*a"}).values()
    assert (row["equal"], "reason" in row) == (False, False)


def test_rate_laws_of_reactions_are_formulas_and_their_names_are_none() -> None:
    def reaction(name: str, rate: str) -> dict[str, object]:
        return {"reactions": [{"id": "R1", "label": name, "rate": rate}]}

    rows = compared(reaction("in-flow", "k*A/V"), reaction("flow-in", "k/V*A"))  # type: ignore[arg-type]
    assert {path: row["equal"] for path, row in rows.items()} == {
        "reactions.R1.label": False,
        "reactions.R1.rate": True,
    }
    assert "reason" not in rows["reactions.R1.label"]


def test_a_comparison_reads_no_more_than_it_can_in_a_short_time_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(changes, "_MOST_READ", 30)
    rows = compared({"equations": ["a = k + b", "b = k"]}, {"equations": ["a = b + k", "b = l" * 30]})
    assert rows["a"]["reason"] == "equal as formulas"
    assert (rows["b"]["reason"], rows["b"]["equal"]) == ("too much to read, compared as text", False)
