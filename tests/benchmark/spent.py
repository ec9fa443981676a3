"""What an answer costs: processor time of the process that answers and of its server process, apart.

Times by the clock say little on a machine that others use too; what was computed changes less.
"""

import time
from collections.abc import Callable, Sequence
from urllib.parse import parse_qs, urlsplit

import psutil
import psycopg
from starlette.responses import JSONResponse

from scidex.atlas import model_registry
from tests.benchmark.cases import Case

# Ticks of a server process are 10 ms long.
_WARM, _ROUNDS, _BATCHES = 10, 50, 4
_ONE, _SEVERAL, _PAGE = "/api/models/", "/api/models/compare", "/models/compare"
_ARTIFACT, _IMPACT = "/api/artifacts/", "/impact"


def spent(dsn: str, cases: Sequence[Case]) -> str:
    """Return a section with a line for each case of one model or of several: the least of four batches of 50."""
    lines = [
        f"| {case.name} | {process:.2f} | {server:.2f} |"
        for case in cases
        if (answer := _answering(case.path)) is not None
        for process, server in [_least(dsn, answer)]
    ]
    head = ["## Processor time", "", "Milliseconds of one answer as bytes, without HTTP.", ""]
    table = ["| case | Python | PostgreSQL |", "| --- | ---: | ---: |", *lines]
    return "\n".join([*head, *table])


def _answering(path: str) -> Callable[[psycopg.Connection], object] | None:
    asked = urlsplit(path)
    ids = parse_qs(asked.query).get("ids", [""])[0].split(",")
    if asked.path == _SEVERAL:
        return lambda conn: JSONResponse(model_registry.compare_models(ids, conn=conn))
    if asked.path == _PAGE:
        return lambda conn: model_registry.render_model_compare_page(ids, conn=conn)
    if asked.path.endswith(_IMPACT):
        root = asked.path.removeprefix(_ARTIFACT).removesuffix(_IMPACT)
        return lambda conn: JSONResponse(model_registry.get_impact(root, conn=conn))
    if asked.path.startswith(_ONE):
        one = asked.path.removeprefix(_ONE)
        return lambda conn: JSONResponse(model_registry.get_model_detail(one, conn=conn))
    return None


def _least(dsn: str, answer: Callable[[psycopg.Connection], object]) -> tuple[float, float]:
    with psycopg.connect(dsn) as conn:
        server = psutil.Process(conn.info.backend_pid)
        for _ in range(_WARM):
            answer(conn)
            conn.commit()
        batches = [_batch(conn, server, answer) for _ in range(_BATCHES)]
    return min(process for process, _ in batches), min(server for _, server in batches)


def _batch(
    conn: psycopg.Connection, server: psutil.Process, answer: Callable[[psycopg.Connection], object]
) -> tuple[float, float]:
    begun, ours = _computed(server), time.process_time()
    for _ in range(_ROUNDS):
        answer(conn)
        conn.commit()  # after a ROLLBACK the driver would prepare every statement again
    ours = time.process_time() - ours
    return ours * 1000 / _ROUNDS, (_computed(server) - begun) * 1000 / _ROUNDS


def _computed(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
