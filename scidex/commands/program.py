"""The program of all commands: ``serve``, ``init-db``, ``demo``, ``import``, ``export``, ``check`` and so on."""

import argparse
import sys
from collections.abc import Sequence

import psycopg

from scidex.atlas import model_registry
from scidex.commands import exchange, serve, sql, upkeep
from scidex.commands.console import Failure, say
from scidex.core import embedded_postgres, schema, signals
from scidex.core.settings import InvalidSetting

# Errors whose message tells in a sentence what is wrong and what to do.
_TOLD = (
    Failure,
    InvalidSetting,
    embedded_postgres.EmbeddedPostgresError,
    schema.TablesOutOfReach,
    schema.UnsuitableEncoding,
    model_registry.RegistryError,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; an error is reported in a sentence."""
    options = _parser().parse_args(arguments)
    signals.end_in_order()
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        return 130
    except _TOLD as error:
        say(str(error), sys.stderr)
    except psycopg.Error as error:
        reason = " ".join(str(error).split())
        say(f"The database refuses or cannot be reached: {reason}", sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="run.py", description="SciDEX's registry of scientific models.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for part in (serve, upkeep, exchange, sql):
        part.add_to(commands)
    return parser
