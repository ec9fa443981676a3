"""Which of several media types an ``Accept`` header prefers (RFC 9110, section 12.5.1)."""

from collections.abc import Iterator, Sequence


def preferred(accept: str | None, offered: Sequence[str]) -> int | None:
    """Return the place of the offered type with the highest quality, the first of equals; None if none is accepted.

    Types are compared without their parameters. Without a header everything is accepted.
    """
    if accept is None or not accept.strip():
        return 0
    ranges = dict(_ranges(accept))
    weights = [_weight(one, ranges) for one in offered]
    best = max(weights, default=0.0)
    return weights.index(best) if best > 0 else None


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.split(","):
        media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
        yield media_range, next((_quality(one[2:]) for one in parameters if one.startswith("q=")), 1.0)


def _quality(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if 0 <= value <= 1 else 0.0


def _weight(media_type: str, ranges: dict[str, float]) -> float:
    """Return the quality of the most specific range that matches the type."""
    plain = media_type.partition(";")[0]
    for media_range in (plain, f"{plain.partition('/')[0]}/*", "*/*"):
        if media_range in ranges:
            return ranges[media_range]
    return 0.0
