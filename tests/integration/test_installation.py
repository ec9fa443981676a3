"""Installing the registry's own objects: again, over another release's, beside a host that writes."""

import psycopg
import pytest

from scidex.atlas.model_registry import fold, index_host_tables, install, list_models, vacuum
from scidex.core.schema import init_db


def test_installing_again_keeps_what_lists_read(conn: psycopg.Connection) -> None:
    conn.execute("INSERT INTO artifacts (id, artifact_type, title) VALUES ('model-a', 'model', 'A')")
    fold(conn=conn)
    install(conn)
    assert [model["id"] for model in list_models(conn=conn)["models"]] == ["model-a"]


def test_functions_of_another_release_are_replaced(conn: psycopg.Connection) -> None:
    conn.execute("DROP FUNCTION model_registry_current(text[])")
    conn.execute("CREATE FUNCTION model_registry_current(text[]) RETURNS text LANGUAGE sql RETURN 'old'")
    conn.execute("CREATE VIEW model_registry_verdicts AS SELECT 'old' AS model_id")
    conn.execute("CREATE FUNCTION model_registry_gone() RETURNS text LANGUAGE sql RETURN 'old'")
    install(conn)
    assert list_models(conn=conn)["total"] == 0
    assert conn.execute("SELECT to_regproc('model_registry_gone')").fetchone() == (None,)


def test_models_that_were_there_before_are_listed_at_once(own_database: psycopg.Connection) -> None:
    own_database.execute("DROP SCHEMA public CASCADE")
    own_database.execute("CREATE SCHEMA public")
    init_db(own_database)
    own_database.execute(
        "INSERT INTO artifacts (id, artifact_type, title) "
        "SELECT 'model-' || n, 'model', 'A' FROM generate_series(1, 5) AS n"
    )
    install(own_database)
    own_database.commit()
    assert list_models(conn=own_database)["total"] == 5
    assert [fold(most=2, conn=own_database) for _ in range(4)] == [2, 2, 1, 0]
    assert list_models(conn=own_database)["total"] == 5
    assert own_database.execute("SELECT count(*) FROM model_registry_projection").fetchone() == (5,)


@pytest.mark.parametrize("name", ["model_registry_links_by_target", "model_registry_versions_by_base"])
def test_an_index_half_built_is_built_anew_beside_writers(dsn: str, name: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as conn, psycopg.connect(dsn) as writer:
        conn.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = %s::text::regclass", [name])
        index_host_tables(conn=conn)
        index_host_tables(conn=conn)
        valid = "SELECT indisvalid FROM pg_index WHERE indexrelid = %s::text::regclass"
        assert conn.execute(valid, [name]).fetchall() == [(True,)]
        writer.execute("SELECT count(*) FROM artifact_links")


def test_a_vacuum_tells_the_planner_how_much_there_is(dsn: str) -> None:
    tuples = "SELECT reltuples FROM pg_class WHERE oid = 'model_registry_projection'::regclass"
    with psycopg.connect(dsn, autocommit=True) as conn:
        conn.execute("INSERT INTO artifacts (id, artifact_type, title) VALUES ('model-a', 'model', 'A')")
        fold(conn=conn)
        assert conn.execute(tuples).fetchone() == (-1,)
        vacuum(conn=conn)
        assert conn.execute(tuples).fetchone() == (1,)


def test_tables_of_another_layout_are_made_anew(conn: psycopg.Connection) -> None:
    conn.execute("INSERT INTO artifacts (id, artifact_type, title) VALUES ('model-a', 'model', 'A')")
    fold(conn=conn)
    conn.execute("DROP TABLE model_registry_evidence CASCADE")
    conn.execute("COMMENT ON TABLE model_registry_projection IS 'layout 4'")
    install(conn)
    assert [model["id"] for model in list_models(conn=conn)["models"]] == ["model-a"]
    while fold(conn=conn):
        pass
    assert conn.execute("SELECT id FROM model_registry_projection").fetchall() == [("model-a",)]


_OVER_REGISTRY = """
CREATE SCHEMA reports;
CREATE VIEW reports.best WITH (security_barrier=true) AS
    SELECT id, title, quality_score FROM model_registry_projection WHERE complete;
CREATE VIEW reports.best_ids AS SELECT best.id AS "the id" FROM reports.best;
CREATE VIEW judged AS SELECT id, missing FROM model_registry_models;
CREATE MATERIALIZED VIEW reports.counted AS SELECT family, sum(number) AS number FROM model_registry_counts GROUP BY 1;
CREATE INDEX ON reports.counted (family);
CREATE VIEW reports.waiting AS SELECT count(*) AS number FROM model_registry_changes;
COMMENT ON VIEW reports.best IS 'for the newsletter';
CREATE ROLE scidex_analyst;
CREATE TABLE reports.seen (role text);
CREATE FUNCTION reports.see(text) RETURNS text LANGUAGE plpgsql AS
    $$ BEGIN INSERT INTO reports.seen VALUES (current_user); RETURN $1; END $$;
GRANT ALL ON SCHEMA reports TO scidex_analyst; GRANT ALL ON reports.seen TO scidex_analyst;
CREATE MATERIALIZED VIEW reports.spying AS SELECT reports.see('x'), count(*) FROM model_registry_projection;
ALTER VIEW reports.best OWNER TO scidex_analyst; ALTER MATERIALIZED VIEW reports.spying OWNER TO scidex_analyst;
TRUNCATE reports.seen;
GRANT SELECT ON reports.best, judged TO scidex_analyst;
CREATE VIEW reports.lost AS SELECT first_made FROM model_registry_gone;
"""


def seen(conn: psycopg.Connection) -> set[str]:
    """Name the roles as which the function of a materialized view ran."""
    return {role for (role,) in conn.execute("SELECT role FROM reports.seen")}


def test_the_hosts_views_over_the_registry_and_its_readers_outlive_an_upgrade(
    conn: psycopg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    conn.execute("INSERT INTO artifacts (id, artifact_type, title) VALUES ('model-a', 'model', 'A')")
    conn.execute(
        "CREATE FUNCTION model_registry_gone() RETURNS TABLE (first_made text) LANGUAGE sql RETURN 'x'"
    )
    conn.execute(_OVER_REGISTRY.replace("model_registry_gone;", "model_registry_gone();").encode())
    conn.execute("GRANT SELECT ON model_registry_projection TO scidex_analyst")
    conn.execute("COMMENT ON TABLE model_registry_projection IS 'layout 5'")
    install(conn)
    while fold(conn=conn):
        pass
    conn.execute("UPDATE artifacts SET title = 'B'")
    assert "VIEW reports.lost is gone" in caplog.text
    assert "model_registry_gone() does not exist" in caplog.text
    assert conn.execute("SELECT to_regclass('reports.lost')").fetchone() == (None,)
    assert conn.execute("SELECT number FROM reports.waiting").fetchone() == (1,)
    assert conn.execute("SELECT obj_description('reports.best'::regclass)").fetchone() == (
        "for the newsletter",
    )
    options = conn.execute("SELECT reloptions FROM pg_class WHERE oid = 'reports.best'::regclass").fetchone()
    assert options == (["security_barrier=true"],)
    assert conn.execute(
        "SELECT count(*) FROM pg_index WHERE indrelid = 'reports.counted'::regclass"
    ).fetchone() == (1,)
    conn.execute('SELECT "the id" FROM reports.best_ids')
    assert conn.execute("SELECT count(*) FROM reports.counted").fetchone() == (
        0,
    )  # filled before anything was folded
    assert seen(conn) == {"scidex_analyst"}
    conn.execute(
        "GRANT USAGE ON SCHEMA reports TO scidex_analyst; GRANT SELECT ON artifacts, model_versions, "
        "artifact_links TO scidex_analyst; SET LOCAL ROLE scidex_analyst"
    )
    assert conn.execute("SELECT id FROM judged").fetchall() == [("model-a",)]
    conn.execute("SELECT id FROM reports.best")
    assert list_models(conn=conn)["total"] == 1


_TOUCHED_UP = """
CREATE SCHEMA reports; CREATE ROLE scidex_analyst; CREATE ROLE scidex_guest;
CREATE VIEW reports.best AS SELECT id, title AS "the title" FROM model_registry_projection;
REVOKE ALL ON reports.best FROM CURRENT_USER;
GRANT SELECT ON reports.best TO scidex_analyst WITH GRANT OPTION;
GRANT SELECT (id) ON reports.best TO scidex_guest;
COMMENT ON COLUMN reports.best."the title" IS 'as typed';
ALTER VIEW reports.best ALTER id SET DEFAULT 'none';
CREATE FUNCTION reports.pass() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER passed INSTEAD OF INSERT ON reports.best FOR EACH ROW EXECUTE FUNCTION reports.pass();
CREATE RULE kept AS ON DELETE TO reports.best DO INSTEAD NOTHING;
CREATE TABLE reports.log (noted text); CREATE TABLE reports.asked (noted text);
CREATE RULE counts AS ON INSERT TO reports.asked DO ALSO
    INSERT INTO reports.log SELECT count(*) FROM model_registry_projection;
CREATE VIEW reports.over_log AS SELECT noted FROM reports.asked;
ALTER DEFAULT PRIVILEGES IN SCHEMA reports GRANT SELECT ON TABLES TO PUBLIC;
COMMENT ON TABLE model_registry_projection IS 'layout 5'
"""
_AS_THE_CATALOGUE_HAS_IT = """
SELECT relation.relname, relation.relacl::text,
       CASE relation.relname WHEN 'best' THEN 0 ELSE relation.oid END,  -- all others stay
       ARRAY(SELECT ROW(part.attname, part.attacl, col_description(part.attrelid, part.attnum),
                        pg_get_expr(adbin, adrelid))::text
             FROM pg_attribute AS part LEFT JOIN pg_attrdef ON adrelid = part.attrelid AND adnum = part.attnum
             WHERE part.attrelid = relation.oid AND part.attnum > 0 ORDER BY part.attnum),
       ARRAY(SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = relation.oid ORDER BY 1),
       ARRAY(SELECT pg_get_ruledef(oid) FROM pg_rewrite WHERE ev_class = relation.oid ORDER BY 1)
FROM pg_class AS relation
WHERE relation.relnamespace = 'reports'::regnamespace AND relation.relkind IN ('r', 'v')
ORDER BY 1
"""


def test_rights_rules_and_triggers_of_the_hosts_views_and_rules_of_its_tables_outlive_an_upgrade(
    conn: psycopg.Connection,
) -> None:
    conn.execute(_TOUCHED_UP)
    before = conn.execute(_AS_THE_CATALOGUE_HAS_IT).fetchall()
    install(conn)
    assert conn.execute(_AS_THE_CATALOGUE_HAS_IT).fetchall() == before
    conn.execute("INSERT INTO reports.asked VALUES ('x')")
    assert conn.execute("SELECT noted FROM reports.log").fetchall() == [("0",)]


def test_no_two_objects_have_one_name(conn: psycopg.Connection) -> None:
    names = conn.execute(
        "SELECT named.name FROM ("
        "SELECT relname AS name FROM pg_class WHERE starts_with(relname, 'model_registry_') AND relkind <> 'c'"
        " UNION ALL SELECT proname FROM pg_proc WHERE starts_with(proname, 'model_registry_')"
        ") AS named GROUP BY named.name HAVING count(*) > 1 ORDER BY 1"
    ).fetchall()
    assert names == []
