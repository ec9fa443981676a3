"""The grammar of metric names, on names that real programs and papers write and on laws that hold for any name."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scidex.atlas._model_registry.metrics.kinds import UNKNOWN, kind_of, named_split, split_of
from scidex.atlas._model_registry.metrics.names import parse
from scidex.atlas._model_registry.metrics.titles import display_name

with Path(__file__).with_name("metric_names.tsv").open(encoding="utf-8") as file:
    NAMES = list(csv.DictReader(file, delimiter="\t"))
# A name that says itself which way it is better, as FID ↓ does, contradicts itself when it is turned round.
STATED = re.compile("is better|[\N{UPWARDS ARROW}\N{DOWNWARDS ARROW}]")
REAL = st.sampled_from([row["name"] for row in NAMES if not STATED.search(row["name"])])
# The first words of the table's names are signs of their own there: a prefix must not stand before them.
PLAIN = st.sampled_from(
    [row["name"] for row in NAMES if row["name"][0].isalpha() and not STATED.search(row["name"])]
)
# KS_test may be the test of Kolmogorov and Smirnov.
WORDED = st.sampled_from(
    [row["name"] for row in NAMES if row["name"].replace("_", "").isalnum() and row["name"] != "KS"]
)

OTHER_QUANTITIES = """
    bone_loss weight_loss hair_loss heat_loss hearing_loss memory_loss blood_loss packet_loss path_loss insertion_loss
    energy_loss head_loss pressure_loss neuron_loss synapse_loss subject_loss data_loss percent_loss entropy_loss
    policy_gradient_loss actor_loss accuracy_loss loss_of_accuracy rmse_improvement delta_auc delta/rmse rmse_ratio
    accuracy_threshold f1_thresh auc_threshold accuracy_gap time_to_accuracy accuracy_drop 1/RMSE inverse_rmse
    negative_f1 f1_neg rmse_trend risk_score anomaly_score sofa_score insulin_sensitivity machine_precision
    delayed_recall noise_correlation spike_latency response_latency working_memory heart_rate firing_rate plasma_auc
    baseline_accuracy baseline/accuracy accuracy_baseline
    shuffled_r2 r2_permuted r2_shuffle dummy_accuracy majority_accuracy surrogate_auc
    low_pass pass best_val_loss_step best_val_loss_epoch F0 AP1 MAP2 A1 gamma delta1 delta
"""
TRAINING_LOSSES = """
    box_loss train/box_loss val/cls_loss dfl_loss dice_loss decode.loss_ce loss_bbox loss_rpn_cls mlm_loss kl_loss
    triplet_loss ner_loss dense_1_loss huber_loss train_value_loss loss_epoch masked_cross_entropy_loss Loss/train
    val__loss trainLoss smooth_l1_loss
"""


SAID_HIGHER = (
    *(
        "zorp ↑",
        "zorp (↑)",
        "⬆️ zorp",
        "zorp▲",
        "zorp ⇑",
        "zorp↗",
        "zorp ↑ is better",
        "zorp↑ (%)",
        r"zorp $\uparrow$",
    ),
    *(
        "zorp &uarr;",
        "zorp_higher_is_better",
        "zorpHigherIsBetter",
        "zorp (higher=better)",
        "zorp bigger is better",
    ),
    *("zorp [max is better]", "zorp (high is good)", "zorp, the more the better", "zorp (lower is worse)"),
    *("zorp (maximize)", "zorp (to be maximised)", "zorp: maximize", "Accuracy (higher is better)", "AUC ⬆"),
)
SAID_LOWER = (
    *(
        "zorp ↓",
        "↓zorp",
        "zorp ⬇️",
        "zorp▼",
        "zorp 🔽",
        "zorp ⇓",
        "zorp ↓ better",
        r"zorp \downarrow",
        "zorp ↘",
    ),
    *(
        "zorp_lower_is_better",
        "zorpSmallerIsBetter",
        "zorp - the lower the better",
        "zorp (lower the better)",
    ),
    *(
        "zorp (less is better)",
        "zorp (higher is worse)",
        "zorp (minimize)",
        "zorp [to minimise]",
        "RMSE (smaller better)",
    ),
)
# What decreases need not be better so; a minimum is a statistic; a name that is turned round contradicts itself.
NOT_SAID = (
    *(
        "zorp ↑↓",
        "zorp increasing",
        "zorp (desc)",
        "zorp (min)",
        "zorp (max)",
        "zorp_max",
        "minimized_zorp",
        "zorp →",
    ),
    *(
        "accuracy ↓",
        "rmse ↑",
        "rmse (higher is better)",
        "zorp better",
        "zorp is bad",
        "maximal_zorp",
        "better_zorp",
    ),
)


def test_a_name_may_say_itself_which_way_is_better() -> None:
    right = (
        dict.fromkeys(SAID_HIGHER, "higher")
        | dict.fromkeys(SAID_LOWER, "lower")
        | dict.fromkeys(NOT_SAID, "unknown")
    )
    assert {name: kind_of(name).direction for name in right} == right


def test_real_names() -> None:
    """``direction`` is that of the program or paper which writes the name; ``target 1`` gives the best value."""
    right = {row["name"]: (row["direction"], row["split"]) for row in NAMES}
    assert {name: _said(name) for name in right} == right


def _said(name: str) -> tuple[str, str]:
    kind = kind_of(name)
    target = "" if kind.target is None else f" {kind.target:g}"
    return kind.direction + target, split_of(name) or ""


@pytest.mark.parametrize("name", OTHER_QUANTITIES.split())
def test_what_may_be_another_quantity_is_unknown(name: str) -> None:
    assert kind_of(name).direction == "unknown"


@pytest.mark.parametrize("name", TRAINING_LOSSES.split())
def test_losses_that_training_minimises(name: str) -> None:
    assert kind_of(name).direction == "lower"


@pytest.mark.parametrize(
    ("name", "unit", "direction"),
    [
        ("auc", "mg*h/L", "neutral"),
        ("auc", "ng*h/mL", "neutral"),
        ("AUC0-24", None, "neutral"),
        ("auc_inf", None, "neutral"),
        ("auc_1", None, "higher"),
        ("auc", "%", "higher"),
        ("auc", "furlong of a kind", "higher"),
        ("map", "mmHg", "unknown"),
        ("sensitivity", "mV/nM", "unknown"),
        ("rmse", "mmHg", "lower"),
    ],
)
def test_a_pure_number_in_a_unit_is_another_quantity(name: str, unit: str | None, direction: str) -> None:
    assert kind_of(name, unit).direction == direction


@pytest.mark.parametrize(
    ("name", "direction"),
    [
        ("-LL", "lower"),
        ("\N{MINUS SIGN}ELBO", "lower"),
        ("val/-ELBO", "lower"),
        ("--rmse", "lower"),
        ("1-AUC", "lower"),
        ("1 - SSIM", "lower"),
        ("1-shot accuracy", "unknown"),
        ("FID \N{DOWNWARDS ARROW}", "lower"),
        ("zorp (higher is better)", "higher"),
        ("rmse (higher is better)", "unknown"),
        ("R\N{COMBINING CIRCUMFLEX ACCENT}", "target"),
    ],
)
def test_signs(name: str, direction: str) -> None:
    assert kind_of(name).direction == direction


def test_what_a_name_is_made_of() -> None:
    read = parse("LogisticRegression_neg_log_loss, fold_3 (test)")
    assert read.base is not None
    assert (read.base.name, read.is_turned, read.split) == ("log_loss", True, "test")
    assert read.task == ("logistic", "regression")
    assert parse("acc,none").filter == ("none",)
    assert parse("ndcg@10").cutoff == "10"
    assert parse("split0_test_accuracy").split == "cv"


@pytest.mark.parametrize(
    ("words", "split"),
    [
        ("Validation", "val"),
        ("held-out", "test"),
        ("test set", "test"),
        ("train", "train"),
        ("", None),
        ("all", None),
    ],
)
def test_declared_split(words: str, split: str | None) -> None:
    assert named_split(words) == split


@given(
    name=PLAIN, split=st.sampled_from(["train_", "val/", "test ", "Validation-", "holdout_", "eval_", "cv_"])
)
def test_a_split_in_front_never_changes_a_direction(name: str, split: str) -> None:
    assert kind_of(split + name) == kind_of(name)


@given(
    name=WORDED, split=st.sampled_from(["_train", "_val", " (test)", "/test", "_X_test", "_test_set", ", cv"])
)
def test_a_split_behind_never_changes_a_direction(name: str, split: str) -> None:
    assert kind_of(name + split) == kind_of(name)


@given(name=PLAIN, sign=st.sampled_from(["neg_", "-"]))
def test_two_negations_leave_a_metric_as_it_is(name: str, sign: str) -> None:
    assert kind_of(sign * 2 + name) == kind_of(name)


@given(name=PLAIN)
def test_one_negation_turns_what_has_a_direction(name: str) -> None:
    turned = {"higher": "lower", "lower": "higher"}
    direction = kind_of(name).direction
    assert kind_of(f"neg_{name}").direction == turned.get(direction, direction)


@given(name=REAL, std=st.sampled_from(["std_{}", "{}_std", "{} (SD)", "{}_stderr"]))
def test_a_spread_is_never_crowned(name: str, std: str) -> None:
    assert kind_of(std.format(name)).direction == "neutral"


@given(st.text())
def test_reading_never_raises(text: str) -> None:
    assert kind_of(text).direction in {"lower", "higher", "target", "neutral", "unknown"}


@given(st.text(alphabet="neg_mean-loss/().,@1 ", max_size=300))
def test_reading_hostile_names_never_raises(text: str) -> None:
    parse(text)


@pytest.mark.parametrize(
    "name", ["neg_" * 200, "loss/" * 100, "a" * 10_000, "(" * 500, "1-" * 100, "-" * 300]
)
def test_a_hostile_name_is_unknown(name: str) -> None:
    assert kind_of(name) == UNKNOWN


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("test_roc_auc", "ROC AUC (test)"),
        ("ROC-AUC (test)", "ROC AUC (test)"),
        ("val/loss", "Loss (val)"),
        ("training_mean_squared_error", "Mean squared error (train)"),
        ("best_val_accuracy", "Accuracy (best, val)"),
        ("r2", "R²"),
        ("ndcg@10", "nDCG@10"),
        ("f1_macro", "F1 (macro)"),
        ("balancedAccuracy", "Balanced accuracy"),
        ("zorp", "zorp"),
        ("neg_rmse", "neg_rmse"),
        ("rmse_std", "rmse_std"),
        ("squad_f1", "squad_f1"),
        ("acc,strict", "acc,strict"),
    ],
)
def test_a_name_as_people_write_it(name: str, title: str) -> None:
    assert display_name(name) == title
