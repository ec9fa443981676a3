"""``import`` and ``export``: models from the files of other tools, and a model as a file."""

import argparse
import sys

from scidex.atlas import model_registry
from scidex.commands.console import Commands, Failure, called_from, say
from scidex.commands.target import fill, make_ready, opened
from scidex.core import database


def add_to(commands: Commands) -> None:
    """Declare the commands and their options."""
    take = commands.add_parser("import", help="register models from the files of other tools")
    take.add_argument(
        "paths", nargs="+", metavar="PATH", type=called_from, help="a file, or a folder of them"
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
    export = commands.add_parser("export", help="write a model as a file")
    export.add_argument("id", metavar="ID", help="the model; its prefix model- may be left out")
    export.add_argument(
        "--format",
        choices=model_registry.MODEL_FORMATS,
        default="json",
        metavar="F",
        help=", ".join(model_registry.MODEL_FORMATS),
    )
    export.add_argument(
        "--out", metavar="FILE", help="where to (default: here, named after model, version, format)"
    )
    export.set_defaults(run=_export)


def _export(options: argparse.Namespace) -> int:
    with opened() as target:
        make_ready(target, with_demo=False)
        with database.connect_primary(target.settings) as conn:
            file = model_registry.export_model(options.id, options.format, conn=conn)
    path = called_from(options.out or file.file_name)
    try:
        path.write_bytes(file.content)
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror or error}"
        raise Failure(message) from error
    say(f"{path}: {len(file.content)} bytes of {file.media_type}.")
    return 0


def _import(options: argparse.Namespace) -> int:
    from scidex.forge import importers  # noqa: PLC0415  other commands need none of its packages

    told = importers.Told(dataset=options.dataset, analysis=options.analysis, origin_type=options.origin)
    if options.format not in (None, *importers.BY_NAME):
        message = f"There is no format {options.format!r}; use one of {', '.join(importers.BY_NAME)}"
        raise Failure(message)
    with opened() as target, database.connect_primary(target.settings) as conn:
        fill(conn, target)
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
            raise Failure(str(refused)) from refused
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")
    for words in importers.report(lines, dry_run=options.dry_run):
        say(words)
    return int(any(line.status == "refused" for line in lines))


def _show_progress(done: int, number: int, source: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{done + 1} of {number}: {source[-60:]}")
        sys.stderr.flush()
