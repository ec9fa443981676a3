"""What all compared models use, what several use, and what one alone uses."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedUse(Generic[Item]):
    """Items by who uses them; ``users`` holds all of them, in the order in which the models name them."""

    users: Mapping[Item, list[str]]
    shared: list[Item]
    partly_shared: list[Item]
    unique: dict[str, list[Item]]


def by_use(used: Mapping[str, Iterable[Item]]) -> SharedUse[Item]:
    """Return what models use, sorted by whether all, several or only one of them use it."""
    users: dict[Item, list[str]] = {}
    for model, items in used.items():
        for item in dict.fromkeys(items):
            users.setdefault(item, []).append(model)
    return SharedUse(
        users=users,
        shared=[item for item, models in users.items() if len(models) == len(used)],
        partly_shared=[item for item, models in users.items() if 1 < len(models) < len(used)],
        unique={model: [item for item, models in users.items() if models == [model]] for model in used},
    )
