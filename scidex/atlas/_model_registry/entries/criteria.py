"""Information criteria, which prefer no model over another that is less than two away."""

from typing import Final

from scidex.atlas._model_registry.contract.answers import MetricRow
from scidex.atlas._model_registry.metrics.criteria import is_criterion

_NEAR: Final = 2.0


def rivals(row: MetricRow) -> list[str]:
    """Return the models that an information criterion does not tell from the best, that one included.

    Empty for other metrics, and where a single model is less than two from the best. Below two a model has
    substantial support (Burnham and Anderson 2002, Model Selection and Multimodel Inference, section 2.6), and the
    evidence against it is not worth more than a bare mention (Kass and Raftery 1995,
    doi:10.1080/01621459.1995.10476572).
    """
    if not is_criterion(row["name"]) or not row["best"]:
        return []
    values = {model: value for model, value in row["values"].items() if value is not None}
    near = [model for model, value in values.items() if abs(value - values[row["best"][0]]) < _NEAR]
    return near if len(near) > 1 else []
