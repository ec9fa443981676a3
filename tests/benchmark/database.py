"""A database for each size: generated once and kept, with the registry installed and the floor's tables beside it."""

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from scidex.core import embedded_postgres
from tests.benchmark.load import load
from tests.benchmark.progress import say, shown
from tests.benchmark.registry import Registry

_HERE = Path(__file__).parent
CHECKOUT = _HERE.parents[1]
KEPT = CHECKOUT / ".scidex" / "benchmark"
# What decides about the generated rows, and about what is made of them.
_GENERATOR = tuple(
    _HERE / name
    for name in ("registry.py", "documents.py", "vocabulary.py", "deep_graphs.py", "evaluated.py", "load.py")
)
FLOOR = _HERE / "floor_tables.sql"
_OBJECTS = CHECKOUT / "scidex" / "atlas" / "_model_registry" / "store" / "objects"

# PostgreSQL's defaults but for the memory that any server of this size is given; everything stays durable.
SETTINGS = {"shared_buffers": "1GB", "effective_cache_size": "4GB", "max_wal_size": "4GB"}
# From this size on documents are short: their bulk would tell about the disk.
_MANY, SHORT = 1_000_000, (1_000, 2_000)


@dataclass(frozen=True)
class Prepared:
    """A database that is ready: its connection string, and the seconds that ``init-db`` took when it was made."""

    dsn: str
    models: int
    init_db_seconds: float


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Run the embedded server, of ``PG_BIN`` where that is set, on data kept in ``folder``; returns its DSN."""
    pg_bin = os.environ.get("PG_BIN")
    server = embedded_postgres.start(folder, Path(pg_bin) if pg_bin else None, settings=SETTINGS)
    try:
        yield server.dsn
    finally:
        server.stop()


def prepare(server: str, models: int) -> Prepared:
    """Return the database of that many models, made where it is missing or was made by other code."""
    loaded = f"loaded_{models}_{_fingerprint(_GENERATOR)}"
    ready = f"ready_{models}_{_fingerprint([*_GENERATOR, FLOOR, *sorted(_OBJECTS.glob('*.sql'))])}"
    with psycopg.connect(server, autocommit=True) as conn:
        if not _exists(conn, ready):
            if not _exists(conn, loaded):
                _drop(conn, f"loaded_{models}_")
                _make(conn, server, loaded, "template0", lambda dsn: _load(dsn, models))
            _drop(conn, f"ready_{models}_")
            _make(conn, server, ready, loaded, _install)
    dsn = make_conninfo(server, dbname=ready)
    with psycopg.connect(dsn) as conn:
        ((seconds,),) = conn.execute("SELECT init_db_seconds FROM floor.made").fetchall()
    return Prepared(dsn, models, float(seconds))


def kept(server: str, name: str, fill: Callable[[str], None]) -> str:
    """Return the DSN of a database of that name, made where it is missing or its rows were generated otherwise."""
    whole = f"{name}_{_fingerprint(_GENERATOR)}"
    with psycopg.connect(server, autocommit=True) as conn:
        if not _exists(conn, whole):
            _drop(conn, f"{name}_")
            _make(conn, server, whole, "template0", fill)
    return make_conninfo(server, dbname=whole)


@contextmanager
def lent(server: str, name: str, template: str = "template0") -> Iterator[str]:
    """Lend a database to write to; returns its DSN and drops it afterwards."""
    with psycopg.connect(server, autocommit=True) as conn:
        _drop(conn, name)
        _create(conn, name, template)
        try:
            yield make_conninfo(server, dbname=name)
        finally:
            _drop(conn, name)


@contextmanager
def copied(server: str, prepared: Prepared) -> Iterator[str]:
    """Lend a copy of a database to write to; returns its DSN and drops it afterwards."""
    template = str(conninfo_to_dict(prepared.dsn)["dbname"])
    with lent(server, f"copied_{prepared.models}", template) as dsn:
        yield dsn


def _load(dsn: str, models: int) -> None:
    registry = Registry(models, SHORT) if models >= _MANY else Registry(models)
    with shown(f"generating {models} models:", None) as tell:
        load(dsn, registry, tell)


def _install(dsn: str) -> None:
    """Install the registry and build what it reads, as a user does; then the floor's tables."""
    environment = os.environ | {"SCIDEX_PG_DSN": dsn}
    begun = time.monotonic()
    with shown("init-db", None):
        subprocess.run([sys.executable, "-m", "scidex", "init-db"], cwd=CHECKOUT, env=environment, check=True)
    seconds = time.monotonic() - begun
    with shown("the floor's tables", None), psycopg.connect(dsn) as conn:
        conn.execute(FLOOR.read_bytes())
        conn.execute("INSERT INTO floor.made (init_db_seconds) VALUES (%s)", [seconds])


def _make(
    conn: psycopg.Connection, server: str, name: str, template: str, fill: Callable[[str], None]
) -> None:
    """Make a database under another name first, so that one that is there is complete."""
    unfinished = f"unfinished_{name}"
    _drop(conn, unfinished)
    _create(conn, unfinished, template)
    dsn = make_conninfo(server, dbname=unfinished)
    fill(dsn)
    with shown("VACUUM ANALYZE", None), psycopg.connect(dsn, autocommit=True) as filled:
        filled.execute("VACUUM ANALYZE")
        filled.execute("CHECKPOINT")
    conn.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(name))
    )


def _create(conn: psycopg.Connection, name: str, template: str) -> None:
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
    conn.execute(create.format(sql.Identifier(name), sql.Identifier(template)))


def _exists(conn: psycopg.Connection, name: str) -> bool:
    return conn.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _drop(conn: psycopg.Connection, prefix: str) -> None:
    """Drop databases of other code, which no run reads again."""
    for (name,) in conn.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix]
    ).fetchall():
        say(f"dropping the database {name}")
        conn.execute(sql.SQL("DROP DATABASE {} (FORCE)").format(sql.Identifier(name)))


def _fingerprint(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
