"""The metrics of a comparison as a LaTeX table for booktabs."""

from collections.abc import Iterator
from typing import Final

from scidex.atlas._model_registry.comparison import exported_evidence as evidence
from scidex.atlas._model_registry.comparison.export import standing_sentences
from scidex.atlas._model_registry.contract.answers import MetricRow
from scidex.atlas._model_registry.exports.citation.bibtex import citation_key, tex
from scidex.atlas._model_registry.exports.compared.record import ComparedModels
from scidex.atlas._model_registry.exports.plain_text import one_line
from scidex.atlas._model_registry.metrics.titles import display_name

_NOT_REPORTED: Final = "--"
_HOW_TO_READ: Final = (
    "Bold: the samples of held-out data show it to be the best; told apart: whether they show one. "
    "Metrics of training data and likelihoods of the fit say little about new data, and none of them is bold."
)


def as_latex(compared: ComparedModels) -> bytes:
    """Return one table: each metric is a row, in the baseline's unit; bold is what held-out samples show to be best."""
    return ("\n".join(_lines(compared)) + "\n").encode()


def _lines(compared: ComparedModels) -> Iterator[str]:
    models, rows = compared.comparison["models"], compared.comparison["metrics"]
    yield "% \\usepackage{booktabs,url}; UTF-8, for LuaLaTeX or XeLaTeX where names are of other scripts than Latin"
    yield "\\begin{table}"
    yield f"\\caption{{{tex(_caption(compared))}}}"
    yield f"\\label{{tab:{citation_key('comparison-' + compared.digest[:12])}}}"
    yield f"\\begin{{tabular}}{{ll{'r' * len(models)}ll}}"
    yield "\\toprule"
    heads = [
        "Metric",
        "Better",
        *(_head(model["title"], model["version_number"]) for model in models),
        "Comparable",
        "Told apart",
    ]
    yield f"{' & '.join(map(tex, heads))} \\\\"
    yield "\\midrule"
    yield from (_row(row, compared.ids) for row in rows)
    yield from ("\\bottomrule", "\\end{tabular}")
    yield f"\\par\\footnotesize \\url{{{compared.address}}}"
    yield f"\\par SHA-256 of the comparison as JSON: \\texttt{{{compared.digest}}}"
    yield "\\end{table}"


def _caption(compared: ComparedModels) -> str:
    reasons = dict.fromkeys(row["reason"] for row in compared.comparison["metrics"] if row["reason"])
    against = f" What stands against comparing: {'; '.join(reasons)}." if reasons else ""
    rows = compared.comparison["metrics"]
    nobody = "".join(f" {why[0].upper()}{why[1:]}." for why in evidence.reasons_for_no_best(rows))
    with_intervals = any(
        evidence.value_interval(row, model) != (None, None) for row in rows for model in compared.ids
    )
    behind = " In brackets: 95 % interval from the predictions." if with_intervals else ""
    of = f"Metrics of {len(compared.ids)} models; baseline: {compared.comparison['baseline']}."
    fallen = "".join(f" Warning: {said}" for said in standing_sentences(compared.comparison).values())
    return one_line(f"{of}{fallen} {_HOW_TO_READ}{behind}{against}{nobody}")


def _head(title: str, version: int) -> str:
    return f"{one_line(title)} v{version}".strip()


def _row(row: MetricRow, models: list[str]) -> str:
    unit = f" ({row['unit']})" if row["unit"] else ""
    better = f"near {row['target']:g}" if row["target"] is not None else row["direction"]
    origin = ", recomputed" if row.get("recomputed") else ""
    name = tex(display_name(one_line(row["name"])) + unit + origin)
    if name.startswith(("[", "*")):  # after \\ LaTeX would read them as its arguments
        name = "{}" + name
    cells = [name, tex(better), *(_cell(row, model) for model in models), evidence.comparable_words(row)]
    cells.append(evidence.told_apart(row) or _NOT_REPORTED)
    return f"{' & '.join(cells)} \\\\"


def _cell(row: MetricRow, model: str) -> str:
    value = row["values"][model]
    if value is None:
        value = _rounded(evidence.recomputed_value(row, model))
    if value is None:
        return _NOT_REPORTED
    own = row.get("units", {}).get(model, row["unit"])
    spread = row.get("spread", {}).get(model)
    beside = "" if spread is None else f" $\\pm$ {spread}"
    unit = tex(f" {own}") if own and own != row["unit"] else ""
    shown = f"{value}{beside}{unit}{_interval(row, model)}"
    # As on the page: no emphasis where held-out samples do not distinguish the best model.
    return f"\\textbf{{{shown}}}" if evidence.shown_best(row) == model else shown


def _interval(row: MetricRow, model: str) -> str:
    low, high = evidence.value_interval(row, model)
    return "" if low is None or high is None else f" [{low:.4g}, {high:.4g}]"


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}")
