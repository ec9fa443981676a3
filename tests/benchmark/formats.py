"""``python -m tests.benchmark.formats``: what files cost in processor time, of a 304, and the memory of a long CSV.

Times are of the process that writes, the best of some rounds, in milliseconds: what a loaded machine adds is left out.
"""

import argparse
import asyncio
import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import psycopg

from scidex.atlas.model_registry import MODEL_FORMATS, InvalidQuery, export_model
from scidex.forge.demo import register_demo
from tests.benchmark.database import CHECKOUT, KEPT, lent, postgres, prepare
from tests.benchmark.server import Server, serving
from tests.unit.demo.demo_registry import IDS

_ROUNDS: Final = 5
_ASSET: Final = "/models/assets/registry.css"
_COMPARED: Final = "/api/models/compare?ids=ad-logistic-v1,ad-perceptron-v4"
_BLOCK: Final = 1 << 16


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and write tables to standard output."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.formats", description=__doc__)
    parser.add_argument("--data", type=Path, default=KEPT, metavar="FOLDER", help="where databases are kept")
    parser.add_argument(
        "--csv", type=int, default=0, metavar="N", help="also the memory of a CSV of N models"
    )
    options = parser.parse_args(arguments)
    with postgres(options.data) as server:
        with lent(server, "formats") as dsn:
            _print("format, ms of processor time | worst demo model | median", formats(dsn))
            _print("comparison of two models, ms | 200", comparisons(dsn))
            _print("answer, ms | packed 200 | 304 | share", not_modified(dsn))
        if options.csv:
            prepared = prepare(server, options.csv)
            with (
                tempfile.TemporaryDirectory() as scratch,
                serving(prepared.dsn, Path(scratch, "log")) as served,
            ):
                _print(f"CSV of {options.csv} models | value", csv_memory(served))
    return 0


def _print(head: str, lines: Iterator[Sequence[object]]) -> None:
    columns = head.count("|")
    sys.stdout.write(f"\n| {head} |\n| --- |{' ---: |' * columns}\n")
    for line in lines:
        sys.stdout.write(f"| {' | '.join(map(str, line))} |\n")
        sys.stdout.flush()


def _best(work: Callable[[], object]) -> float:
    """Return the least processor time of some calls, in milliseconds."""
    found = []
    for _ in range(_ROUNDS):
        begun = time.process_time()
        work()
        found.append((time.process_time() - begun) * 1000)
    return min(found)


def formats(dsn: str) -> Iterator[tuple[str, str, str]]:
    """Yield what each format of a demo model costs; with a signing key of its own, if openssl makes one."""
    subprocess.run(
        [sys.executable, "-m", "scidex", "init-db"],
        cwd=CHECKOUT,
        env=os.environ | {"SCIDEX_PG_DSN": dsn},
        check=True,
        stdout=sys.stderr,
    )
    with psycopg.connect(dsn) as conn:
        register_demo(conn)
    with tempfile.TemporaryDirectory() as scratch, psycopg.connect(dsn) as conn:
        key = Path(scratch, "key.pem")
        subprocess.run(
            ["openssl", "genpkey", "-algorithm", "ed25519", "-out", key], check=True, capture_output=True
        )
        os.environ["SCIDEX_SIGNING_KEY"] = str(key)
        for name in MODEL_FORMATS:
            costs = []
            for model_id in IDS:
                try:
                    export_model(model_id, name, conn=conn)
                except InvalidQuery:
                    continue  # what SBML cannot express
                costs.append(_best(partial(export_model, model_id, name, conn=conn)))
            yield name, f"{max(costs):.1f}", f"{statistics.median(costs):.1f}"


def comparisons(dsn: str) -> Iterator[tuple[str, str]]:
    """Yield what each format of a comparison costs, by the whole application."""
    for name in ("json", "csv", "md", "html", "bibtex", "tex", "crate"):
        status, cost, _ = asyncio.run(_asked(dsn, f"{_COMPARED}&format={name}", []))
        assert status == 200, name
        yield name, f"{cost:.1f}"


def not_modified(dsn: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield what an answer costs, packed as browsers take it, and what it costs to say that it is the same."""
    for path in (_ASSET, "/api/models/model-ad-logistic-v2", "/models/model-ad-logistic-v2", _COMPARED):
        packed = [(b"accept-encoding", b"gzip")]
        _, whole, tag = asyncio.run(_asked(dsn, path, packed))
        status, same, _ = asyncio.run(_asked(dsn, path, [*packed, (b"if-none-match", tag)]))
        assert status == 304, path
        yield path.partition("?")[0], f"{whole:.2f}", f"{same:.2f}", f"{same / whole:.0%}"


async def _asked(dsn: str, address: str, headers: list[tuple[bytes, bytes]]) -> tuple[int, float, bytes]:
    """Ask the application itself, without a server; returns status, the least milliseconds and the tag."""
    os.environ["SCIDEX_PG_DSN"] = dsn
    import api  # noqa: PLC0415  it reads the environment

    path, _, query = address.partition("?")
    scope: dict[str, Any] = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "path": path,
        "raw_path": path.encode(), "query_string": query.encode(), "headers": [(b"host", b"localhost"), *headers],
        "scheme": "http", "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 1), "root_path": "",
    }  # fmt: skip  # one to a line would hide the rest
    least, started = float("inf"), dict[str, Any]()
    async with api.app.router.lifespan_context(api.app):
        for _ in range(_ROUNDS * 2):
            sent: list[dict[str, Any]] = []

            async def receive() -> dict[str, Any]:
                return {"type": "http.request", "body": b"", "more_body": False}

            async def send(message: Any, sent: list[dict[str, Any]] = sent) -> None:
                sent.append(dict(message))

            begun = time.process_time()
            await api.app({**scope}, receive, send)
            least, started = min(least, (time.process_time() - begun) * 1000), sent[0]
    tag: bytes = dict(started["headers"]).get(b"etag", b"")
    return int(started["status"]), least, tag


def csv_memory(served: Server) -> Iterator[tuple[str, str]]:
    """Yield how much more memory the server holds at most while it sends every model as a table, and the bytes sent."""
    _read(served, "/api/models?limit=1")
    status = Path(f"/proc/{served.process.pid}/status")
    Path(f"/proc/{served.process.pid}/clear_refs").write_text(
        "5", encoding="ascii"
    )  # the peak counts from here
    before = _kilobytes(status, "VmRSS")
    begun = served.processor_seconds()
    size = _read(served, "/api/models?format=csv")
    yield "MB sent", f"{size / 1e6:.0f}"
    yield "MB of memory more at most", f"{(_kilobytes(status, 'VmHWM') - before) / 1e3:.1f}"
    yield "seconds of processor time", f"{served.processor_seconds() - begun:.1f}"


def _read(served: Server, address: str) -> int:
    connection = http.client.HTTPConnection(urlsplit(served.address).netloc, timeout=600)
    connection.request("GET", address)
    answer = connection.getresponse()
    assert answer.status == 200, answer.read(300)
    size = 0
    while block := answer.read(_BLOCK):
        size += len(block)
    connection.close()
    return size


def _kilobytes(status: Path, name: str) -> int:
    line = next(
        line for line in status.read_text(encoding="ascii").splitlines() if line.startswith(f"{name}:")
    )
    return int(line.split()[1])


if __name__ == "__main__":
    sys.exit(main())
