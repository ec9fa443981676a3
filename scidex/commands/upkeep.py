"""``init-db``, ``demo``, ``check`` and ``rebuild``: the tables, the projection that lists read, and demo models."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import psycopg

from scidex.atlas import model_registry
from scidex.commands.console import Commands, say
from scidex.commands.target import Target, autocommit, create, fill, opened, refuse_missing_tables
from scidex.core import database, schema
from scidex.forge import demo

_FOLDED_AT_ONCE = 2_000
_MOST_SIDE_BY_SIDE = 4
_WORTH_TELLING = 2000  # with fewer, folding takes too little time to notice


def add_to(commands: Commands) -> None:
    """Declare the commands."""
    commands.add_parser("init-db", help="create what is missing of the tables").set_defaults(run=_init_db)
    commands.add_parser("demo", help="register the demo models").set_defaults(run=_demo)
    commands.add_parser("check", help="compare what lists read with the judge").set_defaults(run=_check)
    commands.add_parser("rebuild", help="judge every model again and replace what lists read").set_defaults(
        run=_rebuild
    )


def _init_db(_: argparse.Namespace) -> int:
    with opened() as target, database.connect_primary(target.settings) as conn:
        missing = schema.missing_tables(conn)
        conn.rollback()
        create(conn)
        _fold_all(conn, target)
    made = f"created {', '.join(missing)}" if missing else "all of them were there"
    say(f"The tables and the registry's own objects are ready: {made}.")
    return 0


def _demo(_: argparse.Namespace) -> int:
    with opened() as target, database.connect_primary(target.settings) as conn:
        fill(conn, target)
        number = demo.register_demo(conn)
    say(f"{number} demo models registered." if number else "The demo models were all registered before.")
    return 0


def _check(_: argparse.Namespace) -> int:
    with opened() as target, database.connect_primary(target.settings) as conn:
        refuse_missing_tables(conn)
        differing = model_registry.check(conn=conn)
    if not differing:
        say("Lists show every model as the judge says.")
        return 0
    say(f"Lists differ from the judge on {len(differing)} models: {', '.join(differing[:10])}.", sys.stderr)
    say("Mend what lists read with: python3 run.py rebuild", sys.stderr)
    return 1


def _rebuild(_: argparse.Namespace) -> int:
    with opened() as target, database.connect_primary(target.settings) as conn:
        refuse_missing_tables(conn)
        conn.commit()
        number = _count_up(model_registry.rebuild(conn=conn))
        conn.commit()
        with autocommit(conn):
            model_registry.vacuum(conn=conn)
    say(f"What lists read of {number} models was rebuilt.")
    return 0


def _fold_all(conn: psycopg.Connection, target: Target) -> None:
    """Fold in short transactions until nothing is left; build what is due on several cores."""
    conn.commit()
    with ExitStack() as open_ones:
        builders = _builders(conn, target, open_ones)
        _count_up(iter(lambda: _folded(conn, builders), 0))
    conn.commit()
    with autocommit(conn):
        model_registry.vacuum(conn=conn)


def _builders(conn: psycopg.Connection, target: Target, open_ones: ExitStack) -> list[psycopg.Connection]:
    """Return the sessions that build: none where a pooler might make them wait for the one that has the turn."""
    builders: list[psycopg.Connection] = []
    if conn.prepare_threshold is None:
        return builders
    with suppress(psycopg.OperationalError):  # as many as the server lets in
        for _ in range(_side_by_side()):
            builder = open_ones.enter_context(database.connect_primary(target.settings))
            builder.commit()
            builders.append(builder)
    return builders


def _folded(conn: psycopg.Connection, builders: list[psycopg.Connection]) -> int:
    """Take up the next part; return how much it was, 0 when nothing is left."""
    built = 0
    if builders:
        built = model_registry.build_side_by_side(conn=conn, builders=builders, most=_FOLDED_AT_ONCE)
    return built or model_registry.fold(most=_FOLDED_AT_ONCE, conn=conn)


def _side_by_side() -> int:
    """Return how many sessions build: one for each core, and none beside the first where there is only one."""
    cores = min(os.cpu_count() or 1, _MOST_SIDE_BY_SIDE)
    return cores if cores > 1 else 0


def _count_up(steps: Iterator[int]) -> int:
    """Return the sum of the steps, and show progress if it takes a while."""
    done = 0
    for step in steps:
        done += step
        if done >= _WORTH_TELLING:
            sys.stderr.write(f"\r{done} models and changes taken up")
            sys.stderr.flush()
    if done >= _WORTH_TELLING:
        sys.stderr.write("\n")
    return done
