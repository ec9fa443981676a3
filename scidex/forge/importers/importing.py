"""Imports many sources in turn: each model whole or not at all, and the next one after a refusal."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from psycopg import Connection

from scidex.atlas.artifact_registry import WriteConflict
from scidex.forge.importers.carrying_out import Outcome, carry_out
from scidex.forge.importers.formats import FORMATS
from scidex.forge.importers.plan import ImportFormat, LeftOut, Missing, Plan, PlannedPart, Told
from scidex.forge.importers.recognising import Source, sources
from scidex.forge.importers.refusals import Refused, shown
from scidex.forge.importers.registered import registered
from scidex.forge.importers.time_limit import at_most

_ATTEMPTS = 5
_SECONDS = 120.0
_DATASETS = ("dataset", "tabular_dataset")

ImportStatus = Literal["new", "already there", "refused"]
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """The outcome for one part of a source.

    For a new model, ``models`` has its id, and ``lacks`` what its provenance lacks, each with a remedy.
    """

    status: ImportStatus
    source: str
    format: str | None = None
    models: tuple[str, ...] = ()
    others: int = 0
    lacks: tuple[Missing, ...] = ()
    missing: tuple[Missing, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()
    refused: Refused | None = None


def import_paths(
    conn: Connection,
    paths: Sequence[Path],
    told: Told,
    *,
    as_format: ImportFormat | None = None,
    dry_run: bool = False,
    progress: Progress = lambda _done, _of, _source: None,
) -> list[ReportLine]:
    """Register the content of paths; return the outcome of each part, in order.

    Each plan is committed by itself; with ``dry_run``, all are judged in one transaction, which is rolled back.
    ``conn`` must be outside a transaction.

    Raises:
        Refused: an artifact that ``told`` names is not registered, or is of another type.

    """
    _check_told(conn, told)
    found = [source for path in paths for source in _sources(path, as_format)]
    lines: list[ReportLine] = []
    for number, source in enumerate(found):
        progress(number, len(found), str(source.path))
        for part in _parts(source, told):
            lines.append(_line_of(conn, source, part, dry_run=dry_run))
            progress(number, len(found), lines[-1].source)
    conn.rollback()
    return lines


def _sources(path: Path, as_format: ImportFormat | None) -> Iterator[Source]:
    if as_format is not None and path.exists():
        yield Source(path, as_format)
    else:
        yield from sources(path, FORMATS)


def _parts(source: Source, told: Told) -> Iterator[PlannedPart]:
    if source.format is None:
        yield source.refused or Refused("", "it is of no known format", "name one with --as")
        return
    try:
        parts = source.format.read(source.path, told)
        while (part := _next(parts)) is not None:
            yield part
    except Refused as refused:
        yield refused
    except Exception as error:  # a fault of one importer must not stop the others
        reason = f"the importer of {source.format.name} failed: {type(error).__name__}: {shown(str(error))}"
        yield Refused("", reason, "this is a fault of SciDEX; report it with the file")


def _next(parts: Iterator[PlannedPart]) -> PlannedPart | None:
    with at_most(_SECONDS):
        return next(parts, None)


def _line_of(conn: Connection, source: Source, part: PlannedPart, *, dry_run: bool) -> ReportLine:
    name = None if source.format is None else source.format.name
    if isinstance(part, Refused):
        return ReportLine(status="refused", source=str(source.path), format=name, refused=part)
    try:
        outcome = _carried_out(conn, part, dry_run=dry_run)
    except Refused as refused:
        return ReportLine(status="refused", source=part.source, format=name, refused=refused)
    return _told_of(outcome)


def _carried_out(conn: Connection, plan: Plan, *, dry_run: bool) -> Outcome:
    for _ in range(_ATTEMPTS):
        try:
            outcome = carry_out(plan, conn)
            if not dry_run:
                conn.commit()
        except WriteConflict:
            if dry_run:
                break
            conn.rollback()
        else:
            return outcome
    raise Refused("", "other writers were in the way", "import again")


def _told_of(outcome: Outcome) -> ReportLine:
    plan = outcome.plan
    models = [model.artifact_id for model in plan.models]
    return ReportLine(
        status="new" if outcome.new else "already there",
        source=plan.source,
        format=plan.format,
        models=tuple(models),
        others=len(set(outcome.new) - set(models)),
        lacks=tuple(_lacks(outcome)),
        missing=plan.missing if outcome.new else (),
        left_out=plan.left_out if outcome.new else (),
        warnings=tuple(f"{each['path']}: {each['message']}" for each in outcome.warnings),
    )


def _lacks(outcome: Outcome) -> Iterator[Missing]:
    for verdict in outcome.provenance.values():
        for rule in verdict.get("rules", ()):
            if rule["required"] and not rule["satisfied"]:
                yield Missing(f"{rule['rule']}: {rule['message']}", str(rule["fix"] or ""))


def _check_told(conn: Connection, told: Told) -> None:
    wanted = {"--dataset": (told.dataset, _DATASETS), "--analysis": (told.analysis, ("analysis",))}
    there = registered(conn, [name for name, _ in wanted.values() if name is not None])
    conn.rollback()
    for option, (name, types) in wanted.items():
        if name is None:
            continue
        if name not in there:
            raise Refused(option, f"{name} is not registered", "register it first, or leave the option out")
        if there[name].artifact_type not in types:
            reason = f"{name} is a {there[name].artifact_type}"
            raise Refused(option, reason, f"name a {' or '.join(types)}")
