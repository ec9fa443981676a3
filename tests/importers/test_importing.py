"""Many sources: in order, on after a refusal, safe to repeat, and nothing written by a dry run."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from scidex.atlas.artifact_registry import register_artifact
from scidex.forge.importers import BY_NAME, Refused, ReportLine, Told, import_paths, report
from scidex.forge.importers.plan import PlannedPart
from tests.importers import sources


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write one source of each kind, one that is broken, and a file of another kind."""
    for write in (sources.lightning, sources.keras, sources.wandb):
        write(tmp_path)
    (tmp_path / "broken.json").write_text('{"loss": [1,')
    (tmp_path / "notes.txt").write_text("hello")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "wandb" / "latest-run").symlink_to(tmp_path / "wandb" / sources.WANDB_NAME)
    return tmp_path


def statuses(lines: list[ReportLine]) -> list[tuple[str, str | None]]:
    """Return status and format of each."""
    return [(line.status, line.format) for line in lines]


def number_of_artifacts(dsn: str) -> int:
    """Count what is committed."""
    with psycopg.connect(dsn) as conn:
        return len(conn.execute("SELECT FROM artifacts").fetchall())


def test_a_folder_is_searched_and_a_refusal_ends_nothing(dsn: str, folder: Path) -> None:
    with psycopg.connect(dsn) as conn:
        lines = import_paths(conn, [folder, folder / "missing"], Told())
    assert statuses(lines) == [
        ("refused", "keras"),
        ("new", "keras"),
        ("new", "lightning"),
        ("new", "wandb"),
        ("refused", None),
    ]
    assert number_of_artifacts(dsn) == 6
    with psycopg.connect(dsn) as conn:
        again = import_paths(conn, [folder], Told())
    assert [line.status for line in again] == ["refused", *["already there"] * 3]
    assert number_of_artifacts(dsn) == 6


def test_a_dry_run_judges_and_writes_nothing(dsn: str, folder: Path) -> None:
    with psycopg.connect(dsn) as conn:
        lines = import_paths(conn, [folder, folder], Told(), dry_run=True)
    assert [line.status for line in lines[:4]] == ["refused", "new", "new", "new"]
    assert [line.status for line in lines[5:]] == ["already there"] * 3
    said = "\n".join(report(lines, dry_run=True))
    assert "lacks trained_on_dataset_id" in said
    assert "Nothing was written" in said
    assert number_of_artifacts(dsn) == 0


def test_with_a_registered_dataset_the_models_are_complete_and_external(dsn: str, folder: Path) -> None:
    with psycopg.connect(dsn) as conn:
        register_artifact(
            artifact_type="dataset", title="D", artifact_id="dataset-d", content_hash="x", conn=conn
        )
        conn.commit()
        lines = import_paths(conn, [folder / "wandb", folder / "lightning_logs"], Told(dataset="dataset-d"))
        origins = conn.execute("SELECT DISTINCT origin_type FROM artifacts WHERE artifact_type = 'model'")
        assert origins.fetchall() == [("external",)]
    assert [line.lacks for line in lines] == [(), ()]
    assert "provenance complete" in "\n".join(report(lines, dry_run=False))


@pytest.mark.parametrize("told", [Told(dataset="nothing"), Told(analysis="dataset-d")])
def test_what_is_told_must_be_registered(dsn: str, folder: Path, told: Told) -> None:
    with psycopg.connect(dsn) as conn:
        register_artifact(artifact_type="dataset", title="D", artifact_id="dataset-d", conn=conn)
        conn.commit()
        with pytest.raises(Refused):
            import_paths(conn, [folder], told)


def test_a_format_can_be_named(dsn: str, folder: Path) -> None:
    with psycopg.connect(dsn) as conn:
        (line,) = import_paths(conn, [folder / "notes.txt"], Told(), as_format=BY_NAME["keras"])
    assert line.refused is not None
    assert line.refused.place == "notes.txt"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("events.out.tfevents.1700000000.host.1.0", "event files of TensorBoard are not read"),
        ("run-abc123.wandb", "the binary log of W&B is not read"),
    ],
)
def test_logs_that_only_their_own_tool_reads_are_refused_by_name(
    dsn: str, tmp_path: Path, name: str, said: str
) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / name).write_bytes(b":W&B\x00\x01")
    for path in (tmp_path, tmp_path / "logs" / name):
        with psycopg.connect(dsn) as conn:
            (line,) = import_paths(conn, [path], Told())
        assert line.refused is not None
        assert said in str(line.refused)


def test_reading_that_takes_too_long_is_refused_and_the_next_is_read(
    dsn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scidex.forge.importers.importing._SECONDS", 0.2)
    slow = sources.card(tmp_path / "slow")

    def read(path: Path, told: Told) -> Iterator[PlannedPart]:
        if path == slow:
            while True:
                time.sleep(0.01)
        yield from BY_NAME["huggingface"].read(path, told)

    endless = replace(BY_NAME["huggingface"], read=read)
    paths = [slow, sources.card(tmp_path / "quick")]
    with psycopg.connect(dsn) as conn:
        lines = import_paths(conn, paths, Told(), as_format=endless)
    assert [line.status for line in lines] == ["refused", "new"]
    assert "takes more than 0.2 seconds" in str(lines[0].refused)
