"""Provenance in the notations of PROV: one document, whichever notation it is read from."""

import psycopg
import pytest
from prov.model import (
    PROV,
    ProvActivity,
    ProvDerivation,
    ProvDocument,
    ProvGeneration,
    ProvRecord,
    ProvUsage,
)

from scidex.atlas.model_registry import export_model
from tests.exports.strange_models import strange_model
from tests.registry import rows


def _document(conn: psycopg.Connection, model_id: str, name: str = "prov") -> ProvDocument:
    notation = {
        "prov": {"format": "json"},
        "provn": {"format": "provn"},
        "provttl": {"format": "rdf", "rdf_format": "turtle"},
    }[name]
    return ProvDocument.deserialize(
        content=export_model(model_id, name, conn=conn).content.decode(), **notation
    )


@pytest.mark.parametrize("number", range(6))
def test_all_notations_say_the_same(conn: psycopg.Connection, number: int) -> None:
    model_id = strange_model(conn, number)
    document = _document(conn, model_id)
    assert _document(conn, model_id, "provn") == document
    assert _document(conn, model_id, "provttl") == document


def test_analyses_use_what_they_pin_and_generate_models(conn: psycopg.Connection) -> None:
    rows.traceable_model(conn, "model-a")
    rows.traceable_model(conn, "model-b", parent_version_id="model-a", version_number=2)
    document = _document(conn, "model-b")
    (activity,) = (one for one in _of(document, ProvActivity) if "model-b" in str(one.identifier))
    assert str(activity.identifier) == "artifact:analysis-of-model-b"
    assert ("artifact:analysis-of-model-b", "artifact:dataset-of-model-b") in _ends(document, ProvUsage)
    assert ("model:model-b", "artifact:analysis-of-model-b") in _ends(document, ProvGeneration)
    revisions = [one for one in _of(document, ProvDerivation) if PROV["Revision"] in one.get_asserted_types()]
    assert [tuple(map(str, one.args[:2])) for one in revisions] == [("model:model-b", "model:model-a")]


def test_without_an_analysis_nothing_is_used(conn: psycopg.Connection) -> None:
    rows.dataset(conn, "dataset-a")
    rows.model(conn, "model-a", {"trained_on_dataset_id": "dataset-a"})
    document = _document(conn, "model-a")
    assert _ends(document, ProvUsage) == []
    assert _ends(document, ProvDerivation) == [("model:model-a", "artifact:dataset-a")]


def _of(document: ProvDocument, kind: type[ProvRecord]) -> list[ProvRecord]:
    return list(document.get_records(kind))


def _ends(document: ProvDocument, kind: type[ProvRecord]) -> list[tuple[str, ...]]:
    return [tuple(map(str, one.args[:2])) for one in _of(document, kind)]
