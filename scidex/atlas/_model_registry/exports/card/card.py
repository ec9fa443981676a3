"""The card itself: ``README.md`` with YAML front matter."""

from collections.abc import Iterator, Sequence
from typing import Any

from scidex.atlas._model_registry.comparison.markdown import escaped
from scidex.atlas._model_registry.exports.card.results import ModelIndexResults, results
from scidex.atlas._model_registry.exports.citation.bibtex import as_bibtex
from scidex.atlas._model_registry.exports.citation.facts import citation
from scidex.atlas._model_registry.exports.measured import Measured, measured
from scidex.atlas._model_registry.exports.plain_text import one_line
from scidex.atlas._model_registry.exports.record import Record
from scidex.atlas._model_registry.exports.trust import trust_sentences
from scidex.atlas._model_registry.exports.yaml_text import as_yaml
from scidex.atlas._model_registry.metrics.titles import display_name


def as_card(record: Record) -> bytes:
    """Return a model card that Hugging Face's own reader accepts, with metrics by dataset in its ``model-index``."""
    metrics = measured(record)
    placed = results(record, metrics)
    front = as_yaml(_front_matter(record, placed))
    body = "\n".join(_body(record, metrics, placed))
    return f"---\n{front}---\n\n{body}\n".encode()


def _front_matter(record: Record, placed: ModelIndexResults) -> dict[str, Any]:
    model = record.model
    front: dict[str, Any] = {
        "tags": ["scidex", *([model["model_family"]] if model["model_family"] else [])],
        "model_name": citation(record).title,
        "scidex_id": model["id"],
        "scidex_version": model["version_number"],
        "scidex_address": record.address,
        "scidex_quality_score": model["quality_score"],
        "scidex_quality_score_stored": model["quality_score_stored"],
        "scidex_provenance_complete": model["provenance_complete"],
        "scidex_provenance_missing": model["provenance_missing"],
    }
    front |= _licence(record)
    if placed.placed:
        front["model-index"] = [{"name": citation(record).title, "results": placed.placed}]
    return front


def _licence(record: Record) -> dict[str, str]:
    """Return the licence as the hub names it, an SPDX id in lower case; empty where none is declared."""
    cited = citation(record)
    if cited.licence_words is None:
        return {}
    return (
        {"license": cited.spdx.lower()}
        if cited.spdx
        else {"license": "other", "license_name": cited.licence_words}
    )


def _body(record: Record, metrics: Sequence[Measured], placed: ModelIndexResults) -> Iterator[str]:
    cited = citation(record)
    yield f"# {_text(cited.title)}"
    yield from ("", *(f"> {_text(sentence)}  " for sentence in trust_sentences(record)))
    yield from ("", *_facts(record))
    yield from _said(record)
    yield from ("", "## Metrics", "", *_metrics(metrics, placed))
    yield from ("", "## Provenance", "", *_provenance(record))
    yield from ("", "## How to cite this version", "", "```bibtex")
    yield from (as_bibtex(record).decode().rstrip().replace("`", "'"), "```")


def _facts(record: Record) -> Iterator[str]:
    model, cited = record.model, citation(record)
    facts = {
        "Id": model["id"],
        "Version": cited.version,
        "Family": model["model_family"],
        "Registered": model["created_at"],
        "Authors": ", ".join(one_line(author["name"]) for author in cited.authors),
        "Licence": cited.licence_words or "none is registered",
        "Registered by": cited.agent,
        "Origin": model["origin_type"],
        "Content hash": model["content_hash"],
    }
    yield from (f"- {name}: {_text(value)}" for name, value in facts.items() if value)
    yield f"- Page: <{record.address}>"


def _said(record: Record) -> Iterator[str]:
    """Yield the description of the model, a heading for each part of it."""
    card = record.model["card"]
    parts = {
        "Summary": card["summary"],
        "Intended use": card["intended_use"],
        "Limitations": card["limitations"],
        "Valid for": card["population"],
    }
    for title, text in parts.items():
        if text:
            yield from ("", f"## {title}", "", _text(text))
    if card["caveats"]:
        yield from ("", "## Caveats", "", *(f"- {_text(caveat)}" for caveat in card["caveats"]))
    if texts := citation(record).published_in:
        yield from ("", "## Described in", "", *(f"- {_text(text)}" for text in texts))


def _metrics(metrics: Sequence[Measured], placed: ModelIndexResults) -> Iterator[str]:
    if not metrics:
        yield "No metric is registered."
        return
    yield from (
        "| metric | value | interval | from predictions | reported as |",
        "| --- | --- | --- | --- | --- |",
    )
    for metric in metrics:
        cells = (
            display_name(one_line(metric.name)),
            _value(metric),
            _interval(metric),
            _evidence(metric),
            metric.name,
        )
        yield f"| {' | '.join(map(_text, cells))} |"
    if placed.left_out:
        named = ", ".join(map(_text, placed.left_out))
        yield from ("", f"Not in the model-index, as no dataset is declared for them: {named}.")


def _value(metric: Measured) -> str:
    return f"{metric.value} {metric.unit}" if metric.unit else str(metric.value)


def _interval(metric: Measured) -> str:
    if metric.recomputed is None or metric.interval is None:
        return "none"
    low, high = metric.interval
    return f"{low:.4g} to {high:.4g} ({metric.recomputed['level']:.0%})"


def _evidence(metric: Measured) -> str:
    """Return in words whether registered predictions give the reported value."""
    if metric.recomputed is None:
        return "none registered"
    agrees = metric.recomputed["agrees"]
    return (
        "agree"
        if agrees
        else f"{'cannot tell' if agrees is None else 'disagree'}: {metric.recomputed['reason']}"
    )


def _provenance(record: Record) -> Iterator[str]:
    provenance = record.model["provenance"]
    for rule in provenance["rules"]:
        if rule["required"]:
            yield f"- [{'x' if rule['satisfied'] else ' '}] {_text(rule['rule'])}: {_text(rule['message'])}"
    for item in provenance["inputs"]:
        yield f"- input {_text(item['title'] or item['artifact_id'])}: {item['status']}"


def _text(text: str) -> str:
    return escaped(one_line(text))
