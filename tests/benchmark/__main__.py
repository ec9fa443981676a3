"""``python3 run.py benchmark``: prepare a database, serve it, time every case beside its floor."""

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import psycopg

from tests.benchmark import report
from tests.benchmark.cases import Case, every_case
from tests.benchmark.cases.chosen import choose
from tests.benchmark.client import Client, WrongAnswer
from tests.benchmark.database import KEPT, Prepared, postgres, prepare
from tests.benchmark.progress import say, shown
from tests.benchmark.server import serving
from tests.benchmark.timing import Timed, timed


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and write its table to standard output."""
    options = _parser().parse_args(arguments)
    with postgres(options.data) as server:
        prepared = prepare(server, options.models)
        with serving(prepared.dsn) as served, Client(served.address) as client:
            results = _time(client, prepared, options)
            say(f"resident memory of the worker: {served.resident_bytes() / 1e6:.0f} MB")
            sys.stdout.write(f"{report.table(results)}\n")
            if options.keep:
                say(f"kept until Enter is pressed: {served.address} on {prepared.dsn}")
                sys.stdin.readline()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="run.py benchmark", description=__doc__)
    parser.add_argument("--models", type=int, default=10_000, help="how many (default: %(default)s)")
    parser.add_argument(
        "--cases", type=re.compile, default=re.compile(""), metavar="REGEX", help="only these"
    )
    parser.add_argument(
        "--rounds", type=int, default=200, metavar="N", help="for each (default: %(default)s)"
    )
    parser.add_argument("--keep", action="store_true", help="leave the server running at the end")
    parser.add_argument("--data", type=Path, default=KEPT, metavar="FOLDER", help="where databases are kept")
    return parser


def _time(client: Client, prepared: Prepared, options: argparse.Namespace) -> list[Timed]:
    with psycopg.connect(prepared.dsn) as conn:
        chosen = choose(conn)
    cases: list[Case] = [
        case
        for case in every_case(chosen, lambda path: json.loads(client.get(path)))
        if options.cases.search(case.name)
    ]
    results = []
    with shown("timing", len(cases)) as tell:
        for number, case in enumerate(cases):
            tell(number, case.name)
            try:
                results.append(timed(client, case, options.rounds))
            except WrongAnswer as wrong:
                say(f"WRONG: {wrong}")
    return results


if __name__ == "__main__":
    sys.exit(main())
