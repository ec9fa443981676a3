"""``sql``: the statements that answer an address, ready for psql."""

import argparse

from scidex.commands.console import Commands, Failure, say
from scidex.commands.target import make_ready, opened
from scidex.core import database


def add_to(commands: Commands) -> None:
    """Declare the command and its options."""
    show = commands.add_parser("sql", help="print the statements that answer an address, ready for psql")
    show.add_argument("path", metavar="PATH", help="such as '/api/models?family=statistical'")
    show.add_argument("--explain", action="store_true", help="run each once more and print its plan")
    show.set_defaults(run=_sql)


def _sql(options: argparse.Namespace) -> int:
    from scidex.commands import statements  # noqa: PLC0415  other commands need no web framework

    with opened() as target:
        make_ready(target, with_demo=False)
        with database.connect_primary(target.settings) as conn:
            try:
                shown = statements.statements_of(conn, options.path, explain=options.explain)
            except statements.RefusedAddress as refused:
                raise Failure(str(refused)) from refused
    for number, statement in enumerate(shown, 1):
        say(f"-- {number} of {len(shown)}\n{statement.text};")
        if statement.plan:
            say("".join(f"--   {line}\n" for line in statement.plan.splitlines()))
    return 0
