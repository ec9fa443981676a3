"""Which way metrics are better, by their names."""

import pytest
from sklearn.metrics import get_scorer_names

from scidex.atlas._model_registry.metrics.kinds import UNKNOWN, kind_of, split_of

LOWER = """
    mse rmse mae medae mape smape wmape msle rmsle nrmse max_error rss sse residual_norm loss cross_entropy log_loss
    nll brier hinge pinball deviance perplexity bits_per_byte aic aicc bic dic hqic mdl chi2 kl_divergence js_divergence
    wasserstein mmd energy_distance crps ece hamming fpr fnr error_rate wer cer fid kid lpips hausdorff rmsd
    davies_bouldin latency runtime train_time memory focal_loss
"""
HIGHER = """
    accuracy balanced_accuracy top_k_accuracy f1 fbeta precision recall sensitivity specificity npv ppv auc roc_auc
    auroc average_precision auprc mcc cohen_kappa jaccard iou dice r2 adjusted_r2 explained_variance pearson spearman
    kendall ccc c_index nse kge log_likelihood elbo elpd log_evidence silhouette calinski_harabasz ari ami nmi v_measure
    bleu rouge meteor mrr map ndcg hit_rate ssim psnr snr throughput ess
"""
NEUTRAL = "parameter_count epochs p_value rmse_std auc_se accuracy_ci accuracy_ci_lower val_rmse_std"
LIKELIHOODS = "aic aicc bic dic waic loo log_likelihood elbo log_evidence"
TARGETS = {
    "reduced_chi2": 1.0,
    "r_hat": 1.0,
    "calibration_slope": 1.0,
    "calibration_intercept": 0.0,
    "bias": 0.0,
    "mean_error": 0.0,
    "mass_balance_error": 0.0,
}


@pytest.mark.parametrize("name", LOWER.split())
def test_lower_is_better(name: str) -> None:
    assert kind_of(name).direction == "lower"


@pytest.mark.parametrize("name", HIGHER.split())
def test_higher_is_better(name: str) -> None:
    assert kind_of(name).direction == "higher"


@pytest.mark.parametrize("name", NEUTRAL.split())
def test_never_crowned(name: str) -> None:
    assert kind_of(name).direction == "neutral"


@pytest.mark.parametrize(("name", "target"), TARGETS.items())
def test_best_near_a_target(name: str, target: float) -> None:
    assert (kind_of(name).direction, kind_of(name).target) == ("target", target)


@pytest.mark.parametrize("name", ["waic", "loo"])
def test_sign_is_not_known_without_a_scale(name: str) -> None:
    assert kind_of(name).direction == "unknown"


@pytest.mark.parametrize(
    "name", ["", "zorp", "@", "_", "neg_", "neg_zorp", "mean_" * 500, "neg_mean_" * 50 + "rmse"]
)
def test_unknown_name(name: str) -> None:
    assert kind_of(name) == UNKNOWN


@pytest.mark.parametrize("name", LIKELIHOODS.split())
def test_compares_only_on_the_same_training_data(name: str) -> None:
    assert kind_of(name).compares == "likelihood"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("RMSE", "rmse"),
        ("ROC-AUC", "roc_auc"),
        ("F1 score", "f1"),
        ("R²", "r2"),
        ("R^2", "r2"),
        ("val/loss", "loss"),
        ("logLik", "log_likelihood"),
        ("train_rmse", "rmse"),
        ("val_auc", "auc"),
        ("valid_auc", "auc"),
        ("test_accuracy", "accuracy"),
        ("eval_mcc", "mcc"),
        ("final_loss", "loss"),
        ("best_val_accuracy", "accuracy"),
        ("mean_rmse", "rmse"),
        ("weighted_f1", "f1"),
        ("rmse_mean", "rmse"),
        ("f1_macro", "f1"),
        ("recall_micro", "recall"),
        ("precision_weighted", "precision"),
        ("ndcg@10", "ndcg"),
        ("precision_at_5", "precision"),
        ("test_ndcg@10_mean", "ndcg"),
        ("neg_neg_rmse", "rmse"),
        ("final_best_test_mean_rmse", "rmse"),
        ("ndcg@10_mean_macro_weighted", "ndcg"),
        ("mean_error_macro", "mean_error"),
    ],
)
def test_spelling_does_not_matter(written: str, name: str) -> None:
    assert kind_of(written) == kind_of(name) != UNKNOWN


@pytest.mark.parametrize(
    ("name", "direction"),
    [
        ("neg_rmse", "higher"),
        ("neg_log_loss", "higher"),
        ("val_neg_log_loss", "higher"),
        ("neg_focal_loss", "higher"),
        ("neg_mean_squared_error", "higher"),
        ("neg_log_likelihood", "lower"),
        ("neg_accuracy", "lower"),
        ("neg_epochs", "neutral"),
    ],
)
def test_neg_turns_round(name: str, direction: str) -> None:
    assert kind_of(name).direction == direction


def test_neg_turns_a_target_round() -> None:
    assert kind_of("neg_reduced_chi2").target == -1.0
    assert str(kind_of("neg_bias").target) == "0.0"


def test_as_written_comes_before_stripping() -> None:
    assert kind_of("mean_error").direction == "target"
    assert kind_of("error_rate").direction == "lower"
    assert kind_of("train_time").compares == "cost"


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("train_rmse", "train"),
        ("val_rmse", "val"),
        ("valid_rmse", "val"),
        ("test_rmse", "test"),
        ("val/loss", "val"),
        ("best_val_accuracy", "val"),
        ("train_time", "train"),
        ("rmse", None),
        ("eval_rmse", None),
        ("validity", None),
        ("training", None),
    ],
)
def test_split_is_in_the_name(name: str, split: str | None) -> None:
    assert split_of(name) == split


def test_agrees_with_the_scorers_of_scikit_learn() -> None:
    """A scorer is higher when better; it takes the sign of a loss away by the ``neg_`` in its name."""
    scorers = get_scorer_names()
    known = [name for name in scorers if kind_of(name) != UNKNOWN]
    assert {name: kind_of(name).direction for name in known} == dict.fromkeys(known, "higher")
    losses = [name.removeprefix("neg_") for name in known if name.startswith("neg_")]
    assert {name: kind_of(name).direction for name in losses} == dict.fromkeys(losses, "lower")
    assert set(scorers) == set(known)
