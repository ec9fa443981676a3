"""The commands: ``python -m scidex serve``, ``init-db``, ``demo``, ``import``, ``export``, ``check`` and so on."""

import argparse
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

if __name__ == "__main__" and signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
    signal.signal(
        signal.SIGINT, signal.SIG_DFL
    )  # until main: an interrupt while modules load leaves no traceback

import psycopg

from scidex import statements
from scidex.atlas import model_registry
from scidex.core import database, embedded_postgres, schema, serving, signals
from scidex.core.settings import InvalidSetting, Settings
from scidex.forge import demo

_FOLDED_AT_ONCE = 500
_WORTH_TELLING = 2000  # below it folding takes no time that a person would notice


class _Failure(Exception):
    """A command cannot be carried out; the message says why."""


# Errors whose message says in a sentence what is wrong and what to do.
_TOLD = (
    _Failure,
    InvalidSetting,
    embedded_postgres.EmbeddedPostgresError,
    schema.TablesOutOfReach,
    schema.UnsuitableEncoding,
    model_registry.RegistryError,
)


@dataclass(frozen=True, slots=True)
class _Target:
    """The database of a command; ``ours`` where it is the embedded server's, to be filled as needed."""

    settings: Settings
    ours: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; an error is reported in a sentence."""
    options = _parser().parse_args(arguments)
    signals.end_in_order()
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        return 130
    except _TOLD as error:
        _say(str(error), sys.stderr)
    except psycopg.Error as error:
        reason = " ".join(str(error).split())
        _say(f"The database refuses or cannot be reached: {reason}", sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="run.py", description="SciDEX's registry of scientific models.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serve = commands.add_parser("serve", help="start the catalogue")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    serve.add_argument(
        "--port", type=_port, default=8000, help="port; 0 takes a free one (default: %(default)s)"
    )
    serve.add_argument("--no-demo", action="store_true", help="leave an empty database empty")
    serve.add_argument(
        "--workers", type=_count, default=1, metavar="N", help="processes (default: %(default)s)"
    )
    serve.add_argument(
        "--root-path",
        default="",
        metavar="PATH",
        help="path that another server puts before every address, such as /scidex",
    )
    serve.add_argument(
        "--forwarded-allow-ips",
        default="127.0.0.1",
        metavar="IPS",
        help="addresses of other servers whose X-Forwarded-For and -Proto are believed (default: %(default)s)",
    )
    serve.set_defaults(run=_serve)
    commands.add_parser("init-db", help="create what is missing of the tables").set_defaults(run=_init_db)
    commands.add_parser("demo", help="register the demo models").set_defaults(run=_demo)
    _add_import(commands.add_parser("import", help="register models from the files of other tools"))
    export = commands.add_parser("export", help="write a model as a file")
    export.add_argument("id", metavar="ID", help="the model; its prefix model- may be left out")
    export.add_argument(
        "--format",
        choices=model_registry.MODEL_FORMATS,
        default="json",
        metavar="F",
        help=", ".join(model_registry.MODEL_FORMATS),
    )
    export.add_argument("--out", metavar="FILE", help="where to (default: the format's own name, here)")
    export.set_defaults(run=_export)
    commands.add_parser("check", help="compare what lists read with the judge").set_defaults(run=_check)
    commands.add_parser("rebuild", help="judge every model again and replace what lists read").set_defaults(
        run=_rebuild
    )
    show = commands.add_parser("sql", help="print the statements that answer an address, ready for psql")
    show.add_argument("path", metavar="PATH", help="such as '/api/models?family=statistical'")
    show.add_argument("--explain", action="store_true", help="run each once more and print its plan")
    show.set_defaults(run=_sql)
    return parser


def _add_import(take: argparse.ArgumentParser) -> None:
    take.add_argument(
        "paths", nargs="+", metavar="PATH", type=_called_from, help="a file, or a folder of them"
    )
    take.add_argument(
        "--dry-run", action="store_true", help="say what would be registered, and register nothing"
    )
    take.add_argument("--as", dest="format", metavar="FORMAT", help="read the paths as this format")
    take.add_argument(
        "--dataset", metavar="ID", help="the registered dataset that the models were trained on"
    )
    take.add_argument("--analysis", metavar="ID", help="the registered analysis that produced the models")
    take.add_argument(
        "--origin", choices=("external", "internal"), default="external", help="default: %(default)s"
    )
    take.set_defaults(run=_import)


def _called_from(text: str) -> Path:
    """Return a path as it is meant where run.py was called; run.py itself goes to the checkout."""
    return Path(os.environ.get("SCIDEX_CALLED_FROM", "."), text)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:  # noqa: PLR2004 - the largest port there is
        message = f"{text!r} is not a port; it takes a number from 0 to 65535"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        message = f"{text!r} is not a number of processes; it takes 1 or more"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _serve(options: argparse.Namespace) -> int:
    if options.root_path:
        os.environ["SCIDEX_ROOT_PATH"] = options.root_path  # for the application, also in worker processes
    under = Settings.from_environment().root_path
    try:
        listener = serving.listen(options.host, options.port)
    except OSError as error:
        reason = str(error.strerror or error).partition(" (")[0]
        message = (
            f"Cannot listen on {options.host}, port {options.port}: {reason}. "
            "Choose another with --port or --host, or stop what listens there."
        )
        raise _Failure(message) from error
    address, protocols = serving.address_of(listener), serving.protocols_of(listener)
    os.environ.setdefault("SCIDEX_PUBLIC_URL", address)  # for what is exported, also in worker processes
    with listener, _database(keep=True) as target:
        _make_ready(target, with_demo=not options.no_demo)
        served = serving.serve(
            listener,
            options.workers,
            lambda: _say(f"SciDEX is at {address}{under} ({protocols}Ctrl-C ends it)"),
            trusted=options.forwarded_allow_ips,
        )
    return 0 if served else 1


def _init_db(_: argparse.Namespace) -> int:
    with _database() as target, database.connect_primary(target.settings) as conn:
        missing = schema.missing_tables(conn)
        conn.rollback()
        _create(conn)
        _fold_all(conn)
    made = f"created {', '.join(missing)}" if missing else "all of them were there"
    _say(f"The tables and the registry's own objects are ready: {made}.")
    return 0


def _check(_: argparse.Namespace) -> int:
    with _database() as target, database.connect_primary(target.settings) as conn:
        _refuse_missing_tables(conn)
        differing = model_registry.check(conn=conn)
    if not differing:
        _say("Lists show every model as the judge says.")
        return 0
    _say(f"Lists differ from the judge on {len(differing)} models: {', '.join(differing[:10])}.", sys.stderr)
    _say("Mend what lists read with: python3 run.py rebuild", sys.stderr)
    return 1


def _rebuild(_: argparse.Namespace) -> int:
    with _database() as target, database.connect_primary(target.settings) as conn:
        _refuse_missing_tables(conn)
        conn.commit()
        number = _count_up(model_registry.rebuild(conn=conn))
        conn.commit()
        with _autocommit(conn):
            model_registry.vacuum(conn=conn)
    _say(f"What lists read of {number} models was rebuilt.")
    return 0


def _export(options: argparse.Namespace) -> int:
    with _database() as target:
        _make_ready(target, with_demo=False)
        with database.connect_primary(target.settings) as conn:
            file = model_registry.export_model(options.id, options.format, conn=conn)
    path = _called_from(options.out or file.file_name)
    try:
        path.write_bytes(file.content)
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror or error}"
        raise _Failure(message) from error
    _say(f"{path}: {len(file.content)} bytes of {file.media_type}.")
    return 0


def _sql(options: argparse.Namespace) -> int:
    with _database() as target:
        _make_ready(target, with_demo=False)
        with database.connect_primary(target.settings) as conn:
            try:
                shown = statements.statements_of(conn, options.path, explain=options.explain)
            except statements.Refused as refused:
                raise _Failure(str(refused)) from refused
    for number, statement in enumerate(shown, 1):
        _say(f"-- {number} of {len(shown)}\n{statement.text};")
        if statement.plan:
            _say("".join(f"--   {line}\n" for line in statement.plan.splitlines()))
    return 0


def _fold_all(conn: psycopg.Connection) -> None:
    """Fold in short transactions until nothing is left."""
    conn.commit()
    _count_up(iter(lambda: model_registry.fold(most=_FOLDED_AT_ONCE, conn=conn), 0))
    conn.commit()
    with _autocommit(conn):
        model_registry.vacuum(conn=conn)


def _count_up(steps: Iterator[int]) -> int:
    """Add up the steps, and show progress where that takes a while."""
    done = 0
    for step in steps:
        done += step
        if done >= _WORTH_TELLING:
            sys.stderr.write(f"\r{done} models and changes taken up")
            sys.stderr.flush()
    if done >= _WORTH_TELLING:
        sys.stderr.write("\n")
    return done


def _demo(_: argparse.Namespace) -> int:
    with _database() as target, database.connect_primary(target.settings) as conn:
        if target.ours:
            _create(conn)
        else:
            _refuse_missing_tables(conn)
        number = demo.register_demo(conn)
    _say(f"{number} demo models registered." if number else "The demo models were all registered before.")
    return 0


def _import(options: argparse.Namespace) -> int:
    from scidex.forge import importers  # noqa: PLC0415  other commands need none of its packages

    told = importers.Told(dataset=options.dataset, analysis=options.analysis, origin_type=options.origin)
    if options.format not in (None, *importers.BY_NAME):
        message = f"There is no format {options.format!r}; use one of {', '.join(importers.BY_NAME)}"
        raise _Failure(message)
    with _database() as target, database.connect_primary(target.settings) as conn:
        if target.ours:
            _create(conn)
        else:
            _refuse_missing_tables(conn)
        conn.commit()
        try:
            lines = importers.import_paths(
                conn,
                options.paths,
                told,
                as_format=importers.BY_NAME.get(options.format),
                dry_run=options.dry_run,
                progress=_show_progress,
            )
        except importers.Refused as refused:
            raise _Failure(str(refused)) from refused
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")
    for words in importers.report(lines, dry_run=options.dry_run):
        _say(words)
    return int(any(line.status == "refused" for line in lines))


def _show_progress(done: int, number: int, source: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{done + 1} of {number}: {source[-60:]}")
        sys.stderr.flush()


@contextmanager
def _database(*, keep: bool = False) -> Iterator[_Target]:
    """Yield the database that the environment names, else the embedded one for as long as the block runs.

    One to ``keep`` is started again when it ends; where that fails, this process is told to terminate.
    """
    settings = Settings.from_environment()
    if settings.pg_dsn is not None:
        yield _Target(settings, ours=False)
        return
    server = embedded_postgres.start(settings.data_root, settings.pg_bin)
    os.environ["SCIDEX_PG_DSN"] = server.dsn  # for the application, also in worker processes
    if keep:
        server.keep(signals.terminate)
    try:
        yield _Target(replace(settings, pg_dsn=server.dsn), ours=True)
    finally:
        with signals.undisturbed():
            server.stop()
        if server.failure is not None:
            raise _Failure(server.failure)


def _make_ready(target: _Target, *, with_demo: bool) -> None:
    with database.connect_primary(target.settings) as conn:
        if not target.ours:
            _refuse_missing_tables(conn)
            return
        _create(conn)
        if with_demo and conn.execute("SELECT NOT EXISTS (SELECT FROM artifacts)").fetchone() == (True,):
            _say(f"{demo.register_demo(conn)} demo models registered.")


def _create(conn: psycopg.Connection) -> None:
    schema.init_db(conn)
    with _autocommit(conn):
        model_registry.index_host_tables(conn=conn)
    model_registry.install(conn)


@contextmanager
def _autocommit(conn: psycopg.Connection) -> Iterator[None]:
    conn.autocommit = True
    try:
        yield
    finally:
        conn.autocommit = False


def _refuse_missing_tables(conn: psycopg.Connection) -> None:
    missing = schema.missing_tables(conn)
    try:
        if not missing:
            model_registry.list_models(limit=1, conn=conn)
            model_registry.waiting_changes(conn=conn)
    except model_registry.RegistryNotInstalled:
        missing = ["the registry's own objects"]
    if missing:
        message = (
            f"The database of SCIDEX_PG_DSN lacks {', '.join(missing)}. "
            "Create what is missing with: python3 run.py init-db"
        )
        raise _Failure(message)


def _say(words: str, stream: TextIO | None = None) -> None:
    print(words, file=stream or sys.stdout, flush=True)


if __name__ == "__main__":
    status = main()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a later one would leave a traceback on the way out
    sys.exit(status)
