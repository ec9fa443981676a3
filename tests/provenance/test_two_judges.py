"""The judge in SQL and the judge in plain Python agree on every model of every registry that is generated."""

from hypothesis import given, settings
from psycopg import Connection

from tests.provenance.generator import registries
from tests.provenance.judge import judge
from tests.provenance.registry import Registry
from tests.provenance.settings import ORDINARY
from tests.provenance.store_answers import answers_about


def check_that_judges_agree(conn: Connection, registry: Registry) -> None:
    said = answers_about(conn, registry)
    assert sorted(said) == sorted(registry.models)
    for model_id, answer in said.items():
        judgement = judge(registry, model_id)
        assert answer.said() == judgement.said(), model_id
        for entry, reported in zip(judgement.inputs, answer.verdict["inputs"], strict=True):
            assert reported["pinned_hash"] in entry.pinned_hashes, (model_id, entry)


@settings(ORDINARY, max_examples=40)
@given(registry=registries())
def test_both_judges_agree(conn: Connection, registry: Registry) -> None:
    check_that_judges_agree(conn, registry)
