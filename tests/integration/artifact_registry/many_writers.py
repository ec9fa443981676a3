"""Writers that extend, tag, link and pin the versions of one analysis, and keep what each call answered."""

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import psycopg

from scidex.atlas.artifact_registry import (
    Pin,
    RegisteredVersion,
    VersionTagTaken,
    create_link,
    create_version,
    pin_inputs,
    pin_version,
)

TAGS = ("best", "final", "stable", "v1.0")


@dataclass(frozen=True)
class Lineage:
    """The versions that writers have heard of, the datasets there are, and every answer; threads share it."""

    versions: list[str]
    datasets: Sequence[str]
    created: list[tuple[str, RegisteredVersion]] = field(default_factory=list)
    tagged: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    linked: list[tuple[int, str, str]] = field(default_factory=list)
    pinned: list[tuple[str, tuple[Pin, ...]]] = field(default_factory=list)

    def extend(self, chance: random.Random, conn: psycopg.Connection | None) -> Callable[[], None]:
        """Create a version of any version, now and then a candidate."""
        parent = chance.choice(self.versions)
        made = create_version(parent, changelog="more", candidate=chance.random() < 0.3, conn=conn)

        def keep() -> None:
            self.versions.append(made.id)
            self.created.append((parent, made))

        return keep

    def tag(self, chance: random.Random, conn: psycopg.Connection | None) -> Callable[[], None]:
        """Give any version one of a few tags, which another may carry."""
        version, tag = chance.choice(self.versions), chance.choice(TAGS)
        try:
            pin_version(version, tag, conn=conn)
        except VersionTagTaken:
            return lambda: None
        return lambda: self.tagged[version].add(tag)

    def cite(self, chance: random.Random, conn: psycopg.Connection | None) -> Callable[[], None]:
        """Link one of the first versions to a dataset, which several may do at once."""
        source, target = chance.choice(self.versions[:2]), chance.choice(self.datasets)
        link = create_link(source, target, "cites", conn=conn)
        return lambda: self.linked.append((link, source, target))

    def pin(self, chance: random.Random, conn: psycopg.Connection | None) -> Callable[[], None]:
        """Pin what one of the first versions cites by now."""
        version = chance.choice(self.versions[:2])
        pins = pin_inputs(version, conn=conn)
        return lambda: self.pinned.append((version, pins))

    def write(self, dsn: str | None, seed: str, calls: int) -> None:
        """Make some calls in a random order, each in a transaction of its own; keep what they answer.

        Without a connection string the connections are the host's.
        """
        chance = random.Random(seed)  # noqa: S311  no secret
        works = [self.extend, self.tag, self.cite, self.pin]
        if dsn is None:
            for work in chance.choices(works, k=calls):
                work(chance, None)()
            return
        with psycopg.connect(dsn) as conn:
            for work in chance.choices(works, k=calls):
                keep = work(chance, conn)
                conn.commit()
                keep()
