"""Hypothesis strategies for JSON that many hands wrote: every shape, wherever it may turn up."""

from functools import cache
from typing import Any, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")

# What jsonb refuses to hold, NUL and halves of surrogate pairs, cannot be met in it.
text = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=6)

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 3),
    st.floats(allow_nan=False, allow_infinity=False),
    st.just(10**30),
    text,
)

values: st.SearchStrategy[Any] = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(text, inner, max_size=3)),
    max_leaves=5,
)

# Nearly right, and therefore the likeliest to be taken for right.
misshapen: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(
        [
            None,
            True,
            False,
            0,
            1,
            1.0,
            1.5,
            -1,
            10**30,
            "",
            " ",
            "1",
            "true",
            "null",
            [],
            {},
            [[]],
            [""],
            [None],
        ]
    ),
    values,
)


@cache
def weighted(*choices: tuple[int, T]) -> st.SearchStrategy[T]:
    """Draw one of several values, each as often as its whole weight says; the first is the simplest."""
    return st.sampled_from([choice for weight, choice in choices for _ in range(weight)])
