"""Rows of reported metrics with what evaluations give of the models that do not report them."""

from scidex.atlas._model_registry.contract.answers import MetricEvidence, MetricRow
from scidex.atlas._model_registry.pages.compare.looked_at import told_best


def completed(row: MetricRow) -> MetricRow:
    """Return the row with recomputed values where a model with evidence reports none; else the row as it is.

    Then all values of models with evidence are recomputed, so that they and their differences rest on the same samples;
    ``recomputed`` marks such a row.
    """
    evidence = row.get("evidence")
    if evidence is None or row["comparable"] is False or not _lacks_reports(row, evidence):
        return row
    best = told_best(row)
    return {**of_evaluations(row, evidence), "best": [best] if best else [], "recomputed": True}


def of_evaluations(row: MetricRow, evidence: MetricEvidence) -> MetricRow:
    """Return the row with recomputed values in place of reported ones, and their differences."""
    recomputed = evidence["recomputed"]
    differences = {one: found["value"] for one, found in evidence["differences"].items()}
    own, unit = row.get("units", {}), evidence["unit"]
    return {
        **row,
        "values": {**row["values"], **recomputed},
        "delta": {one: differences.get(one) for one in row["values"]},
        "delta_percent": dict.fromkeys(row["values"]),
        "spread": {one: of for one, of in row.get("spread", {}).items() if one not in recomputed},
        "unit": unit,
        "units": {one: unit if one in recomputed else own.get(one, row["unit"]) for one in row["values"]},
    }


def _lacks_reports(row: MetricRow, evidence: MetricEvidence) -> bool:
    numberless = row.get("not_a_number", ())
    return any(
        row["values"].get(one) is None and one not in numberless
        for one, value in evidence["recomputed"].items()
        if value is not None
    )
