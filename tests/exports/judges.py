"""What others judge each format with: schemas as published, and readers of the format."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml

_SCHEMAS = Path(__file__).with_name("schemas")


@cache
def schema(name: str) -> jsonschema_rs.Draft7Validator:
    """Return the validator of a vendored schema, whose hash must be that of the list beside it."""
    content = (_SCHEMAS / name).read_bytes()
    assert hashlib.sha256(content).hexdigest() in (_SCHEMAS / "README.md").read_text(), f"{name} was changed"
    return jsonschema_rs.Draft7Validator(json.loads(content), validate_formats=True)


def faults(name: str, document: object) -> list[str]:
    """Say how a document departs from a vendored schema."""
    return [f"{error.message[:300]} at {error.instance_path}" for error in schema(name).iter_errors(document)]


def judge_json(content: bytes) -> None:
    """Require a record that names its layout, its address and what it speaks of."""
    record = json.loads(content)
    assert record["scidex_record"] == 1
    assert record["address"].startswith("http")
    assert all(one["id"] != record["id"] for one in record["related"])


def judge_cff(content: bytes) -> None:
    """Require what the format's own schema does."""
    document = yaml.load(content, Loader=yaml.BaseLoader)  # noqa: S506  builds texts alone, dates too
    assert faults("cff-1.2.0.json", document) == []


def judge_csl(content: bytes) -> None:
    """Require what the schema of citation processors does."""
    assert faults("csl-data.json", json.loads(content)) == []


def judge_bibtex(content: bytes) -> None:
    """Require one entry with a plain key, fields in balanced braces, and no control character."""
    text = content.decode()
    assert re.match(r"@misc\{[A-Za-z0-9:.-]+,\n", text)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text)
    depth = 0
    for brace in re.findall(r"(?<!\\)[{}]", text):
        depth += 1 if brace == "{" else -1
        assert depth >= 0
    assert depth == 0


def judge_card(content: bytes) -> None:
    """Require front matter whose model-index has a task, a dataset and metrics in each result."""
    _, front, body = re.split(r"^---\n", content.decode(), maxsplit=2, flags=re.MULTILINE)
    for model in yaml.safe_load(front).get("model-index", []):
        for result in model["results"]:
            assert result["task"]["type"]
            assert result["dataset"]["type"]
            assert result["dataset"]["name"]
            assert all(metric["type"] and metric["value"] is not None for metric in result["metrics"])
    assert body.strip().startswith("# ")


JUDGES: Mapping[str, Callable[[bytes], None]] = {
    "json": judge_json,
    "card": judge_card,
    "citation": judge_cff,
    "bibtex": judge_bibtex,
    "csl": judge_csl,
}


def judged(name: str, content: bytes) -> Any:
    """Let a format's judge look at a file."""
    JUDGES[name](content)
