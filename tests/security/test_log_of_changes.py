"""What the triggers log: writers cannot put a table of their own in the log's place."""

import psycopg

from scidex.atlas.model_registry import waiting_changes


def test_a_temporary_table_of_the_log_s_name_is_passed_over(conn: psycopg.Connection) -> None:
    conn.execute("CREATE TEMPORARY TABLE model_registry_changes (artifact_id text)")
    conn.execute("INSERT INTO artifacts (id, artifact_type, title) VALUES ('model-a', 'model', 'A')")
    conn.execute("UPDATE artifacts SET title = 'B'")
    assert conn.execute("SELECT FROM pg_temp.model_registry_changes").fetchall() == []
    conn.execute("DROP TABLE pg_temp.model_registry_changes")
    assert waiting_changes(conn=conn) == 2
