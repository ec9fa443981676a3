"""The results as Markdown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tests.benchmark.cases import Case
from tests.benchmark.statements import Alone
from tests.benchmark.timing import Timed
from tests.benchmark.together import CLIENTS, Throughput

_CASES = (
    "case", "matches", "ours p50", "p95", "p99", "floor p50", "p95", "p99", "ratio", "may take", "met",
    "statements", "kB", "floor kB",
)  # fmt: skip
_ALONE = ("case", "fetching rows", "of it planning", "counting")
_SMALLEST_THROUGHPUT, _MOST_MEMORY = 0.5, 190.0
# Up to this much may the statements that fetch rows grow from 100,000 to 1,000,000 models.
_MOST_GROWTH = 1.5


@dataclass
class Results:
    """What a run has found so far; ``sections`` are of measurements that are asked for by name."""

    models: int
    machine: Sequence[str]
    timed: list[Timed] = field(default_factory=list)
    alone: dict[Case, list[Alone]] = field(default_factory=dict)
    together: tuple[Throughput, Throughput] | None = None
    resident: int = 0
    sections: list[str] = field(default_factory=list)

    def fetching(self) -> dict[str, float]:
        """Return the milliseconds of each case's statements that fetch rows."""
        return {case.name: _milliseconds(alone, counts=False) for case, alone in self.alone.items()}


def document(results: Results, smaller: Mapping[str, float]) -> str:
    """Write everything; ``smaller`` holds what :meth:`Results.fetching` answered at 100,000 models, or nothing."""
    parts = [
        f"# {results.models:,} models",
        "Made by `python3 run.py benchmark`. Times in milliseconds, over HTTP with keep-alive, one client; ours and "
        "the floor in turn. The floor: the same ids, total and counts by the plainest statement on tables that hold "
        "just what it needs, sent by a bare route of the same server. Statements leave out BEGIN, SET and ROLLBACK; "
        "the floor has one.",
        "\n".join(f"* {line}" for line in results.machine),
        _cases(results),
        _together(results),
        f"Resident memory of the worker at the end: {results.resident / 1e6:.0f} MB"
        f"{_verdict(results.resident / 1e6 <= _MOST_MEMORY, f'at most {_MOST_MEMORY:.0f} MB')}",
        _statements(results, smaller),
        *results.sections,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    """Write a table whose first column holds names and whose others hold figures."""
    lines = [head, ["---", *(["---:"] * (len(head) - 1))], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cases(results: Results) -> str:
    return table(_CASES, (_case(results, one) for one in results.timed))


def _case(results: Results, one: Timed) -> list[str]:
    return [
        one.case.name,
        f"{one.total:,}",
        *(f"{value:.2f}" for value in (one.ours.p50, one.ours.p95, one.ours.p99)),
        *(f"{value:.2f}" for value in (one.floor.p50, one.floor.p95, one.floor.p99)),
        f"{one.ratio:.2f}",
        str(one.case.limit),
        f"**{one.missed}**" if one.missed else "yes",
        str(len(results.alone.get(one.case, ()))),
        f"{one.ours.size / 1000:.1f}",
        f"{one.floor.size / 1000:.1f}",
    ]


def _together(results: Results) -> str:
    if results.together is None:
        return ""
    ours, floor = results.together
    ratio = ours.per_second / floor.per_second
    met = _verdict(ratio >= _SMALLEST_THROUGHPUT, f"at least {_SMALLEST_THROUGHPUT:g}")
    return (
        f"{CLIENTS} clients at once on the default list: ours {ours.per_second:.0f} answers a second, the floor "
        f"{floor.per_second:.0f}, ratio {ratio:.2f}{met}. Cores that computed meanwhile: the clients "
        f"{ours.client_cores:.2f} and {floor.client_cores:.2f}, the server's process {ours.server_cores:.2f} and "
        f"{floor.server_cores:.2f}."
    )


def _statements(results: Results, smaller: Mapping[str, float]) -> str:
    head = [*_ALONE, *(["at 100,000", "grows", "met"] if smaller else [])]
    rows = (
        [
            case.name,
            f"{_milliseconds(alone, counts=False):.2f}",
            f"{sum(one.explained['Planning Time'] for one in alone if not one.statement.counts):.2f}",
            f"{_milliseconds(alone, counts=True):.2f}",
            *_growth(case, alone, smaller),
        ]
        for case, alone in results.alone.items()
    )
    title = "## Statements alone\n\nMedians of each case's statements run by themselves, their rows fetched."
    return f"{title}\n\n{table(head, rows)}"


def _growth(case: Case, alone: Sequence[Alone], smaller: Mapping[str, float]) -> list[str]:
    if not smaller:
        return []
    if case.name not in smaller:
        return ["", "", ""]
    times = _milliseconds(alone, counts=False) / smaller[case.name]
    met = "yes" if times <= _MOST_GROWTH else f"**over {_MOST_GROWTH:g} times**"
    return [f"{smaller[case.name]:.2f}", f"{times:.2f}", met]


def _milliseconds(alone: Sequence[Alone], *, counts: bool) -> float:
    return sum(one.milliseconds for one in alone if one.statement.counts == counts)


def _verdict(met: bool, wanted: str) -> str:
    return f" (wanted: {wanted})" if met else f" (**missed: {wanted}**)"
