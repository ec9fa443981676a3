"""Plans as short text: one line for each step, so that one that turns into a scan is seen in a comparison of files."""

from collections.abc import Iterator
from typing import Any

# Plans longer than this lose the steps that take next to nothing; scans of whole tables are never left out.
_LONG, _NEXT_TO_NOTHING = 60, 0.02


def short(explained: dict[str, Any]) -> str:
    """Write a plan that ``EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON)`` gave."""
    plan = explained["Plan"]
    lines = list(_lines(plan, 0, 0.0))
    if len(lines) > _LONG:
        lines = list(_lines(plan, 0, _NEXT_TO_NOTHING * _milliseconds(plan)))
    times = f"planning {explained['Planning Time']:.2f} ms, execution {explained['Execution Time']:.2f} ms"
    return "\n".join([*lines, times])


def _lines(node: dict[str, Any], depth: int, least: float) -> Iterator[str]:
    if not node["Actual Loops"]:
        return
    below = node.get("Plans", [])
    if _milliseconds(node) >= least or node["Node Type"] == "Seq Scan":
        yield f"{'  ' * depth}{_step(node)}"
        depth += 1
    for part in below:
        yield from _lines(part, depth, least)


def _step(node: dict[str, Any]) -> str:
    named = [
        node["Node Type"],
        *(
            node[key]
            for key in ("Subplan Name", "Index Name", "Relation Name", "Function Name")
            if key in node
        ),
    ]
    counted = f"{node['Actual Rows'] * node['Actual Loops']:.0f} rows"
    removed = node.get("Rows Removed by Filter", 0) * node["Actual Loops"]
    counted += f" ({removed:.0f} filtered out)" if removed else ""
    read = node.get("Shared Hit Blocks", 0) + node.get("Shared Read Blocks", 0)
    return f"{' '.join(named)}: {counted}, {read} pages, {_milliseconds(node):.2f} ms"


def _milliseconds(node: dict[str, Any]) -> float:
    return float(node["Actual Total Time"] * node["Actual Loops"])
