"""Eight clients at once, each a process with its own connection, so that no client waits for another's interpreter."""

import multiprocessing
import time
from dataclasses import dataclass
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier

from tests.benchmark.client import Client
from tests.benchmark.server import Server

CLIENTS = 8
_SECONDS, _ROUNDS, _WARM = 4.0, 3, 5
_PATIENCE = 60.0

# How many answers a client got, and the seconds it computed.
_Asked = tuple[int, float]


@dataclass(frozen=True)
class Throughput:
    """Returns in a second, and how many cores the clients and the server's process computed on meanwhile."""

    per_second: float
    client_cores: float
    server_cores: float


def throughput(server: Server, ours: str, floor: str) -> tuple[Throughput, Throughput]:
    """Ask for ours and for the floor in turn; returns the mean over the rounds of each."""
    context = multiprocessing.get_context("spawn")
    paths = [ours, floor] * _ROUNDS
    barrier, results = context.Barrier(CLIENTS + 1), context.Queue()
    arguments = (server.address, paths, barrier, results)
    clients = [context.Process(target=_ask, args=arguments) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    rounds = [_round(server, barrier, results) for _ in paths]
    for client in clients:
        client.join(_PATIENCE)
    return _mean(rounds[::2]), _mean(rounds[1::2])


def _round(server: Server, barrier: Barrier, results: "Queue[_Asked]") -> Throughput:
    barrier.wait(_PATIENCE)
    computed = server.processor_seconds()
    done = [results.get(timeout=_PATIENCE) for _ in range(CLIENTS)]
    computed = server.processor_seconds() - computed
    return Throughput(
        sum(number for number, _ in done) / _SECONDS,
        sum(seconds for _, seconds in done) / _SECONDS,
        computed / _SECONDS,
    )


def _ask(address: str, paths: list[str], barrier: Barrier, results: "Queue[_Asked]") -> None:
    """Ask for each path as often as its time allows, beginning with all other clients."""
    with Client(address) as client:
        for path in paths:
            for _ in range(_WARM):
                client.get(path)
            barrier.wait(_PATIENCE)
            number, computed, end = 0, time.process_time(), time.monotonic() + _SECONDS
            while time.monotonic() < end:
                client.get(path)
                number += 1
            results.put((number, time.process_time() - computed))


def _mean(rounds: list[Throughput]) -> Throughput:
    return Throughput(
        sum(one.per_second for one in rounds) / len(rounds),
        sum(one.client_cores for one in rounds) / len(rounds),
        sum(one.server_cores for one in rounds) / len(rounds),
    )
