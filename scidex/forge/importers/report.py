"""Reports the outcome of an import in lines of text."""

from collections import Counter
from collections.abc import Iterator, Sequence

from scidex.forge.importers.importing import ImportStatus, ReportLine

_MOST_LISTED = 40
_STATUSES: tuple[ImportStatus, ...] = ("new", "already there", "refused")


def report(lines: Sequence[ReportLine], *, dry_run: bool) -> Iterator[str]:
    """Yield what was new, present and refused, then their numbers; for a dry run also everything else known."""
    listed = Counter[str]()
    for status in _STATUSES:
        for line in lines:
            if line.status != status:
                continue
            listed[status] += 1
            if status == "refused" or dry_run or listed[status] <= _MOST_LISTED:
                yield from _refused(line) if status == "refused" else _registered(line, dry_run=dry_run)
        if status != "refused" and not dry_run and listed[status] > _MOST_LISTED:
            yield f"{status:<14} and {listed[status] - _MOST_LISTED} more"
    counts = ", ".join(f"{listed[status]} {status}" for status in _STATUSES)
    yield f"{'Nothing was written; it would be: ' if dry_run else ''}{counts}."


def _registered(line: ReportLine, *, dry_run: bool) -> Iterator[str]:
    named = ", ".join(line.models) or f"{line.others} artifacts"
    if line.status == "already there":
        yield f"{line.status:<14} {named} ({line.source})"
        return
    verdict = "provenance complete" if line.models and not line.lacks else "provenance incomplete"
    others = f", and {line.others} more artifacts" if line.others and line.models else ""
    yield f"{line.status:<14} {named}{others} ({line.source}): {verdict if line.models else 'no model'}"
    for each in line.lacks:
        yield f"    lacks {each.what}"
    for each in line.missing:
        yield f"    missing {each.what}. {each.remedy}"
    if dry_run:
        for left_out in line.left_out:
            yield f"    left out {left_out.what}: {left_out.reason}"
        for warning in line.warnings:
            yield f"    warning {warning}"


def _refused(line: ReportLine) -> Iterator[str]:
    refused = line.refused
    if refused is not None:
        place = f", {refused.place}" if refused.place else ""
        yield f"{'refused':<14} {line.source}{place}: {refused.reason}. Remedy: {refused.remedy}"
