"""Ports: the places on the sides of a node's box where its arrows leave and arrive.

All arrows of one relation leave a node through one port, under one label; all arrows into a node arrive through one.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import fmean
from typing import NamedTuple

from scidex.atlas._model_registry.pages.drawing.layers import Layered
from scidex.atlas._model_registry.pages.drawing.shapes import Wire

_ARRIVAL = 12.0  # pixels across


class Port(NamedTuple):
    """A port by its node, its side, and whether arrows arrive there or those of a relation leave."""

    node: int
    is_below: bool
    is_arrival: bool
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Ports:
    """The two ports of each wire, each port's distance from the middle of its node, and each node's width for them."""

    ends: list[tuple[Port, Port]]
    offsets: Mapping[Port, float]
    room: Mapping[int, float]


def ports(
    graph: Layered, layers: Sequence[Sequence[int]], wires: Sequence[Wire], slots: Sequence[float]
) -> Ports:
    """Return the ports of every node in the order of their other ends; ``slots`` is the width of each wire's label."""
    rank = {vertex: place for layer in layers for place, vertex in enumerate(layer)}
    ends: list[tuple[Port, Port]] = []
    leads_to: dict[Port, list[int]] = defaultdict(list)
    widths: dict[Port, float] = {}
    for wire, chain, slot in zip(wires, graph.chains, slots, strict=True):
        is_down = graph.runs_down(chain)
        leaving = Port(wire.source, is_down, is_arrival=False, relation=wire.relation)
        arriving = Port(wire.target, not is_down, is_arrival=True)
        ends.append((leaving, arriving))
        if len(chain) > 1:
            leads_to[leaving].append(rank[chain[1]])
            widths |= {leaving: slot, arriving: _ARRIVAL}
            if chain[-1] == wire.target:
                leads_to[arriving].append(rank[chain[-2]])
    sides: dict[tuple[int, bool], list[Port]] = defaultdict(list)
    for port in sorted(leads_to, key=lambda port: (fmean(leads_to[port]), port)):
        sides[port.node, port.is_below].append(port)
    return _in_rows(ends, sides, widths)


def _in_rows(
    ends: list[tuple[Port, Port]],
    sides: Mapping[tuple[int, bool], Sequence[Port]],
    widths: Mapping[Port, float],
) -> Ports:
    offsets: dict[Port, float] = {}
    room: dict[int, float] = defaultdict(float)
    for (node, _), side in sides.items():
        width = sum(widths[port] for port in side)
        room[node] = max(room[node], width)
        edges = accumulate((widths[port] for port in side), initial=-width / 2)
        offsets |= {port: edge + widths[port] / 2 for port, edge in zip(side, edges, strict=False)}
    return Ports(ends, offsets, room)
