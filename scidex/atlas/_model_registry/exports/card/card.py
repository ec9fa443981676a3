"""The card itself: ``README.md`` with YAML front matter."""

from collections.abc import Iterator
from typing import Any

from scidex.atlas._model_registry.comparison.markdown import escaped
from scidex.atlas._model_registry.exports.card.results import Results, results
from scidex.atlas._model_registry.exports.citation.bibtex import as_bibtex
from scidex.atlas._model_registry.exports.citation.facts import citation
from scidex.atlas._model_registry.exports.plain_text import one_line
from scidex.atlas._model_registry.exports.record import Record
from scidex.atlas._model_registry.exports.trust import trust_sentences
from scidex.atlas._model_registry.exports.yaml_text import as_yaml
from scidex.atlas._model_registry.metrics.titles import display_name


def as_card(record: Record) -> bytes:
    """Write a model card that Hugging Face's own reader takes, metrics by dataset in its ``model-index``."""
    placed = results(record)
    front = as_yaml(_front_matter(record, placed))
    body = "\n".join(_body(record, placed))
    return f"---\n{front}---\n\n{body}\n".encode()


def _front_matter(record: Record, placed: Results) -> dict[str, Any]:
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
    if placed.placed:
        front["model-index"] = [{"name": citation(record).title, "results": placed.placed}]
    return front


def _body(record: Record, placed: Results) -> Iterator[str]:
    cited = citation(record)
    yield f"# {_text(cited.title)}"
    yield from ("", *(f"> {_text(sentence)}  " for sentence in trust_sentences(record)))
    yield from ("", *_facts(record))
    yield from ("", "## Metrics", "", *_metrics(record, placed))
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
        "Registered by": cited.agent,
        "Origin": model["origin_type"],
        "Content hash": model["content_hash"],
    }
    yield from (f"- {name}: {_text(value)}" for name, value in facts.items() if value)
    yield f"- Page: <{record.address}>"


def _metrics(record: Record, placed: Results) -> Iterator[str]:
    metrics = record.model["evaluation_metrics"]
    if not metrics:
        yield "No metric is registered."
        return
    yield from ("| metric | value | reported as |", "| --- | --- | --- |")
    for name, value in metrics.items():
        yield f"| {_text(display_name(name))} | {value} | {_text(name)} |"
    if placed.left_out:
        named = ", ".join(map(_text, placed.left_out))
        yield from ("", f"Not in the model-index, as no dataset is declared for them: {named}.")


def _provenance(record: Record) -> Iterator[str]:
    provenance = record.model["provenance"]
    for rule in provenance["rules"]:
        if rule["required"]:
            yield f"- [{'x' if rule['satisfied'] else ' '}] {_text(rule['rule'])}: {_text(rule['message'])}"
    for item in provenance["inputs"]:
        yield f"- input {_text(item['title'] or item['artifact_id'])}: {item['status']}"


def _text(text: str) -> str:
    return escaped(one_line(text))
