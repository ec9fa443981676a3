"""Many models in one go: each is judged once however many entries name it, and lists are never stale meanwhile."""

from pathlib import Path

import psycopg
import pytest
from psycopg.rows import dict_row

from scidex.atlas.model_registry import check, fold, install, waiting_changes
from tests.benchmark.__main__ import main
from tests.benchmark.load import load_rows
from tests.benchmark.registry import Registry
from tests.projection.questions import JUDGED, QUERIES, check_list

_REGISTRY = Registry(150, (1_000, 2_000))
_ORDERS = [
    query for query in QUERIES if query[0].get("sort") != "title"
]  # which takes all titles for the same
_WRITTEN = b"""
    SELECT written.n_tup_ins FROM pg_stat_xact_user_tables AS written
    WHERE written.relname = 'model_registry_projection'
"""

_LINKS_READ = b"""
    SELECT links.seq_tup_read + links.idx_tup_fetch FROM pg_stat_xact_user_tables AS links
    WHERE links.relname = 'artifact_links'
"""


def _load(dsn: str) -> None:
    load_rows(
        dsn, _REGISTRY.artifacts(), _REGISTRY.links(), _REGISTRY.model_versions(), lambda _what, _rows: None
    )


def test_lists_are_never_stale_while_a_load_is_taken_up(dsn: str) -> None:
    _load(dsn)
    with psycopg.connect(dsn, autocommit=True) as conn, conn.cursor(row_factory=dict_row) as cursor:
        judged = cursor.execute(JUDGED).fetchall()
        waited, asked = [waiting_changes(conn=conn)], 0
        while waited[-1]:
            check_list(judged, *_ORDERS[asked % len(_ORDERS)], conn)
            fold(most=8, conn=conn)
            waited.append(waiting_changes(conn=conn))
            asked += 1
        assert len(waited) > len(_ORDERS)
        assert check(conn=conn) == []


def test_a_model_is_judged_once_however_many_entries_name_it(dsn: str) -> None:
    _load(dsn)
    with psycopg.connect(dsn) as conn:
        conn.execute("UPDATE artifacts SET title = title || ' again' WHERE artifact_type = 'dataset'")
        assert waiting_changes(conn=conn) > 3 * _REGISTRY.models
        while fold(most=10, conn=conn):
            pass
        assert conn.execute(_WRITTEN).fetchall() == [(_REGISTRY.models,)]
        assert check(conn=conn) == []


def test_a_dataset_of_many_models_keeps_one_turn_short(dsn: str) -> None:
    _load(dsn)
    with psycopg.connect(dsn, autocommit=True) as conn:
        while fold(conn=conn):
            pass
        conn.execute("UPDATE artifacts SET title = 'another' WHERE id = 'dataset-000'")
        assert fold(most=5, conn=conn) == 5
        assert waiting_changes(conn=conn) > 5
        assert check(conn=conn) == []


def test_checking_reads_a_model_s_links_and_not_all_of_them_for_each(dsn: str) -> None:
    _load(dsn)
    with psycopg.connect(dsn, autocommit=True) as conn:
        while fold(conn=conn):
            pass
    with psycopg.connect(dsn) as conn:
        ((links,),) = conn.execute("SELECT count(*) FROM artifact_links").fetchall()
        assert check(conn=conn) == []
        ((read,),) = conn.execute(_LINKS_READ).fetchall()
    assert read < 40 * links  # each of 150 models read all of them once


def test_folding_leaves_no_words_for_searches_to_index(dsn: str) -> None:
    _load(dsn)
    with psycopg.connect(dsn, autocommit=True) as conn:
        assert fold(conn=conn)
        pages = conn.execute("SELECT gin_clean_pending_list('model_registry_by_word')").fetchall()
    assert pages == [(0,)]


def test_an_index_of_words_of_an_earlier_release_takes_up_many_at_once(dsn: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as conn:
        conn.execute("ALTER INDEX model_registry_by_word SET (fastupdate = off)")
        install(conn)
        ((options,),) = conn.execute(
            "SELECT reloptions FROM pg_class WHERE relname = 'model_registry_by_word'"
        ).fetchall()
    assert "fastupdate=on" in options


@pytest.mark.slow
def test_nothing_is_stale_while_a_hundred_thousand_are_taken_up(tmp_path: Path) -> None:
    assert main(["--load", "100000", "--data", str(tmp_path)]) == 0
