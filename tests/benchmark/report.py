"""The results as a table of Markdown."""

from collections.abc import Sequence

from tests.benchmark.timing import Timed

_HEAD = """\
| case | matches | ours p50 | p95 | p99 | floor p50 | p95 | p99 | ratio | target | met | kB | floor kB |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---|---|---:|---:|"""


def table(results: Sequence[Timed]) -> str:
    """Write one line for each case, times in milliseconds."""
    return "\n".join([_HEAD, *map(_line, results)])


def _line(result: Timed) -> str:
    cells = [
        result.case.name,
        f"{result.total:,}",
        *(f"{value:.2f}" for value in (result.ours.p50, result.ours.p95, result.ours.p99)),
        *(f"{value:.2f}" for value in (result.floor.p50, result.floor.p95, result.floor.p99)),
        f"{result.ratio:.2f}",
        str(result.case.limit),
        f"**{result.missed}**" if result.missed else "yes",
        f"{result.ours.size / 1000:.1f}",
        f"{result.floor.size / 1000:.1f}",
    ]
    return f"| {' | '.join(cells)} |"
