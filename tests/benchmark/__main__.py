"""``python3 run.py benchmark``: prepare a database, serve it, time every case beside its floor."""

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import psycopg

from tests.benchmark import long_log, machine, plans, report, writes
from tests.benchmark.bulk import measure as bulk_measure
from tests.benchmark.bulk import source as bulk_source
from tests.benchmark.cases import Case, every_case
from tests.benchmark.cases.case import list_path
from tests.benchmark.cases.chosen import choose
from tests.benchmark.client import Client, WrongAnswer
from tests.benchmark.database import CHECKOUT, KEPT, Prepared, copied, postgres, prepare
from tests.benchmark.progress import say, shown
from tests.benchmark.report import Results
from tests.benchmark.server import Server, serving
from tests.benchmark.spent import spent
from tests.benchmark.statements import Recorder
from tests.benchmark.timing import timed
from tests.benchmark.together import throughput

_WRITTEN = CHECKOUT / "docs" / "benchmarks"
# The size whose targets the table is held to, and which larger ones are compared with.
_TARGET_SIZE = 100_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and write what it found to standard output; 1 if an answer was wrong."""
    options = _parser().parse_args(arguments)
    if options.load is not None:
        return _load(options)
    with postgres(options.data) as server:
        prepared = prepare(server, options.models)
        with psycopg.connect(prepared.dsn) as conn:
            described = [*machine.machine(), *machine.database(conn)]
        made = f"init-db on the loaded database took {prepared.init_db_seconds:.0f} s"
        results = Results(options.models, [*described, made])
        # Before the server runs: a database can be copied only while nobody uses it.
        results.sections += _sections(server, prepared, options)
        with serving(prepared.dsn, options.data / "server.log") as served:
            wrong = _measure(served, prepared, results, options)
            _write(results, options)
            if options.keep:
                say(f"kept until Enter is pressed: {served.address} on {prepared.dsn}")
                sys.stdin.readline()
    return 1 if wrong else 0


def _load(options: argparse.Namespace) -> int:
    """Measure a load in one go; 1 if an answer was stale."""
    models = options.load
    with postgres(options.data) as server:
        source_dsn = bulk_source.source(server, models)
        with bulk_source.installed(server) as dsn, serving(dsn, options.data / "load.log") as served:
            with psycopg.connect(dsn) as conn:
                described = [*machine.machine(), *machine.database(conn)]
            with shown("load", None) as tell:
                lines = [bulk_measure.bulk_load(served, source_dsn, dsn, tell)]
                lines.append(bulk_measure.changed_dataset(served, dsn, models // 2, tell))
            text = bulk_measure.section(models, lines, dsn)
    text = "\n".join(f"* {line}" for line in described) + f"\n\n{text}\n"
    sys.stdout.write(text)
    if options.write:
        (_WRITTEN / f"load-{models}.md").write_text(f"# Loading {models:,} models\n\n{text}")
    return 1 if any(line[-1] != "0" for line in lines) else 0


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
    parser.add_argument("--writes", action="store_true", help="time writes with and without the triggers too")
    parser.add_argument("--spent", action="store_true", help="processor time of details and comparisons too")
    parser.add_argument("--log", action="store_true", help="time lists while 100,000 changes wait, too")
    parser.add_argument(
        "--load",
        type=int,
        nargs="?",
        const=_TARGET_SIZE,
        metavar="N",
        help="only what readers meet while N models (default: %(const)s) are copied in one go",
    )
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks as well")
    parser.add_argument("--data", type=Path, default=KEPT, metavar="FOLDER", help="where databases are kept")
    return parser


def _measure(served: Server, prepared: Prepared, results: Results, options: argparse.Namespace) -> bool:
    """Fill the results; returns whether an answer was wrong."""
    with psycopg.connect(prepared.dsn) as conn:
        chosen = choose(conn)
    with Client(served.address) as client:
        every = every_case(chosen, lambda path: json.loads(client.get(path)))
        cases = [case for case in every if options.cases.search(case.name)]
        wrong = _time(client, cases, results, options.rounds)
    with shown("eight clients at once", None):
        results.together = throughput(served, list_path(), "/floor/best")
    results.resident = served.resident_bytes()
    if options.spent:
        with shown("processor time", None):
            results.sections.append(spent(prepared.dsn, cases))
    _run_alone(prepared, [one.case for one in results.timed], results)
    return wrong


def _time(client: Client, cases: Sequence[Case], results: Results, rounds: int) -> bool:
    wrong = False
    with shown("timing", len(cases)) as tell:
        for number, case in enumerate(cases):
            tell(number, case.name)
            try:
                results.timed.append(timed(client, case, rounds))
            except WrongAnswer as answer:
                wrong = True
                say(f"WRONG: {answer}")
    return wrong


def _run_alone(prepared: Prepared, cases: Sequence[Case], results: Results) -> None:
    with closing(Recorder(prepared.dsn)) as recorder, shown("statements alone", len(cases)) as tell:
        for number, case in enumerate(cases):
            tell(number, case.name)
            results.alone[case] = [
                statement.alone(recorder.connection) for statement in recorder.statements(case)
            ]


def _sections(server: str, prepared: Prepared, options: argparse.Namespace) -> Iterator[str]:
    """Yield what writes to a copy of the database."""
    for wanted, name, measure in (
        (options.writes, "writes", writes.measure),
        (options.log, "a long log", long_log.measure),
    ):
        if wanted:
            with copied(server, prepared) as dsn, shown(name, None) as tell:
                yield measure(dsn, tell)


def _write(results: Results, options: argparse.Namespace) -> None:
    remembered = options.data / f"fetching-{_TARGET_SIZE}.json"
    smaller: dict[str, float] = {}
    known = json.loads(remembered.read_text()) if remembered.exists() else {}
    if results.models == _TARGET_SIZE:
        remembered.write_text(json.dumps(known | results.fetching()))
    elif results.models > _TARGET_SIZE:
        smaller = known
    text = report.document(results, smaller)
    sys.stdout.write(text)
    if not options.write:
        return
    _WRITTEN.mkdir(exist_ok=True)
    (_WRITTEN / f"{results.models}.md").write_text(text)
    folder = options.data / "plans"
    folder.mkdir(exist_ok=True)
    for case, alone in results.alone.items():
        kept = "\n\n".join(plans.short(one.explained) for one in alone)
        (folder / f"{case.file_name}.txt").write_text(f"{case.path}\n\n{kept}\n")


if __name__ == "__main__":
    sys.exit(main())
