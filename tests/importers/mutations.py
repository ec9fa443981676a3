"""Damages a file in the ways that disks, editors and attackers do."""

import random
from collections.abc import Iterator

_HOSTILE = (
    b"\x00",
    b"\xff\xfe",
    b"{" * 500,
    b"[" * 500,
    b"999999999999999999999",
    b"1e999",
    b"NaN",
    b"\n---\n",
    b'"',
)


def mutations(content: bytes, *, seed: int, number: int) -> Iterator[bytes]:
    """Yield ``number`` damaged copies: cut, bytes changed, parts doubled, removed, swapped or replaced."""
    rng = random.Random(seed)  # noqa: S311  no secret
    for _ in range(number):
        damaged = bytearray(content)
        for _ in range(rng.randint(1, 4)):
            start = rng.randrange(len(damaged) + 1)
            end = min(len(damaged), start + rng.choice((1, 1, 8, 64)))
            damaged[start:end] = rng.choice(
                (
                    b"",
                    bytes(rng.randrange(256) for _ in range(end - start)),
                    bytes(damaged[start:end]) * 2,
                    bytes(damaged[: rng.randrange(40)]),
                    rng.choice(_HOSTILE),
                )
            )
        yield bytes(damaged[: rng.randrange(len(damaged) + 1)] if rng.random() < 0.2 else damaged)
