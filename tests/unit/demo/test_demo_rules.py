"""The demo's stated rules: rounding and layout, hashing, splitting, scoring, promoting."""

import hashlib
import json
from typing import Any

import pytest

from scidex.forge.demo.fit import alzheimers_tables, amyloid, enzyme_tables
from scidex.forge.demo.fit.promotion import Contender, promotions
from scidex.forge.demo.fit.quality import quality_score
from scidex.forge.demo.fit.rounding import laid_out, rounded
from scidex.forge.demo.fit.standardised import Standardisation
from scidex.forge.demo.fit.tables import DataTable


def test_fractions_are_rounded_and_all_else_is_kept() -> None:
    given = {"a": [1.23456789, 0.000123456789], "b": (123456789, True, None, "1.23456789")}
    assert rounded(given) == {"a": [1.23457, 0.000123457], "b": [123456789, True, None, "1.23456789"]}


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_only_finite_numbers_are_results(value: float) -> None:
    with pytest.raises(ValueError, match="is no result"):
        rounded({"auc": [value]})


@pytest.mark.parametrize(
    "value", [{}, [], [{}], {"a": [1, 2, {"ü": None}]}, {"long": ["x" * 40] * 9}, "text", 1.5]
)
def test_the_layout_reads_back(value: Any) -> None:
    assert json.loads(laid_out(value)) == value


def test_lines_stay_readable() -> None:
    assert laid_out({"a": {"b": 1, "c": [1, 2]}}) == '{\n  "a": {\n    "b": 1,\n    "c": [1, 2]\n  }\n}'


def test_a_table_is_hashed_as_csv() -> None:
    table = DataTable(("row", "a,b"), ((1, 0.1), (2, None), (3, "x")))
    assert table.content_hash() == "sha256:" + hashlib.sha256(b'row,"a,b"\n1,0.1\n2,\n3,x\n').hexdigest()


def test_people_are_split_by_class_and_each_is_in_one_table() -> None:
    tables = alzheimers_tables.people()
    train, test = (set(table.column("row")) for table in (tables.train, tables.test))
    assert (len(train), len(test), len(train | test)) == (233, 100, 333)
    assert [table.column("Class").count("Impaired") for table in (tables.train, tables.test)] == [64, 27]
    assert set(tables.train_without_e2.column("row")) < train
    assert not any("E2" in str(genotype) for genotype in tables.train_without_e2.column("Genotype"))


def test_every_group_is_held_out_in_part() -> None:
    train, test = amyloid.samples()
    assert set(train.column("Group")) == set(test.column("Group")) == {"NCI", "MCI", "mAD"}


def test_one_replicate_of_each_concentration_is_held_out() -> None:
    both, treated, untreated = enzyme_tables.measurements()
    assert (len(both.train.rows), len(both.test.rows)) == (12, 11)
    for one in (treated, untreated):
        assert len(set(one.train.column("conc"))) == len(one.train.rows) == 6
        assert set(one.test.column("conc")) <= set(one.train.column("conc"))
        assert set(one.train.column("state")) == {one.state}


def test_the_scale_is_learned_on_the_training_table_alone() -> None:
    train, test = DataTable(("x",), ((0.0,), (4.0,))), DataTable(("x",), ((6.0,),))
    assert Standardisation.learned(train, ["x"])(test).tolist() == [[2.0]]


@pytest.mark.parametrize(
    ("metrics", "score"),
    [
        ({"test_roc_auc": 1.0, "test_r2": 0.1}, 1.0),
        ({"test_roc_auc": 0.75}, 0.5),
        ({"test_roc_auc": 0.4}, 0.0),
        ({"test_r2": 0.9, "train_r2": 1.0}, 0.9),
        ({"test_r2": -3.0}, 0.0),
        ({"train_r2": 1.0, "val_roc_auc": 1.0}, None),
    ],
)
def test_quality_comes_from_held_out_data_alone(metrics: dict[str, float], score: float | None) -> None:
    assert quality_score(metrics) == (None if score is None else pytest.approx(score))


def test_the_best_complete_version_on_the_first_ones_data_is_promoted() -> None:
    versions = [
        _contender(1, 10.0),
        _contender(2, 5.0),
        _contender(3, 7.0),
        _contender(4, 1.0, complete=False),
        _contender(5, 1.0, trained_on="other"),
    ]
    states = promotions(versions)
    assert [states[one.id][0] for one in versions] == ["superseded", "promoted", *["candidate"] * 3]
    assert "incomplete" in states["v4"][1]
    assert "another table" in states["v5"][1]


def test_the_cross_validated_area_goes_before_aicc_and_upwards() -> None:
    low, high = (_contender(number, 1.0, val_roc_auc=area) for number, area in ((1, 0.7), (2, 0.8)))
    assert promotions([high, low])["v2"][0] == "promoted"


def test_a_lineage_without_a_complete_version_promotes_none() -> None:
    assert promotions([_contender(1, 1.0, complete=False)])["v1"][0] == "candidate"


def _contender(
    number: int, aicc: float, *, complete: bool = True, trained_on: str = "t", **more: float
) -> Contender:
    return Contender(
        id=f"v{number}",
        lineage="one",
        version=number,
        trained_on=trained_on,
        complete=complete,
        metrics={"aicc": aicc, **more},
    )
