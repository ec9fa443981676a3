"""What all compared models use, what several use, and what one alone uses."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Thing = TypeVar("Thing", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedUse(Generic[Thing]):
    """Things by who uses them; ``users`` holds all of them, in the order in which the models name them."""

    users: Mapping[Thing, list[str]]
    shared: list[Thing]
    partly_shared: list[Thing]
    unique: dict[str, list[Thing]]


def by_use(used: Mapping[str, Iterable[Thing]]) -> SharedUse[Thing]:
    """Return what models use, sorted by whether all, several or only one of them use it."""
    users: dict[Thing, list[str]] = {}
    for model, things in used.items():
        for thing in dict.fromkeys(things):
            users.setdefault(thing, []).append(model)
    return SharedUse(
        users=users,
        shared=[thing for thing, models in users.items() if len(models) == len(used)],
        partly_shared=[thing for thing, models in users.items() if 1 < len(models) < len(used)],
        unique={model: [thing for thing, models in users.items() if models == [model]] for model in used},
    )
