"""The names of metrics as people write them."""

from scidex.atlas._model_registry.metrics.names import MetricName, parse
from scidex.atlas._model_registry.metrics.table import vocabulary


def display_name(name: str) -> str:
    """Return ``ROC AUC (test)`` for ``test_roc_auc``; a name that is not completely read stays as written."""
    read = parse(name)
    if not _is_plain(read):
        return name
    title = " ".join(vocabulary().titles.get(word, word) for word in read.named)
    beside = ", ".join(filter(None, (*read.aggregations, read.split, *read.counters)))
    cutoff = f"@{read.cutoff}" if read.cutoff else ""
    title = title if read.named[0] in vocabulary().titles else title[:1].upper() + title[1:]
    return f"{title}{cutoff}" + (f" ({beside})" if beside else "")


def _is_plain(read: MetricName) -> bool:
    """Return whether a title can express all of the name."""
    return read.base is not None and not (
        read.is_turned or read.is_spread or read.is_rank or read.task or _is_filtered(read) or read.stated
    )


def _is_filtered(read: MetricName) -> bool:
    return any(word not in vocabulary().splits for word in read.filter)
