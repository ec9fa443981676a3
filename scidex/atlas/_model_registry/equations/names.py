"""Names as formulas show them. Two names are the same if and only if they look the same."""

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import lookup

_SMALL = "alpha beta gamma delta epsilon zeta eta theta kappa mu nu xi pi rho sigma tau phi chi psi omega"
_CAPITAL = "Gamma Delta Theta Xi Pi Sigma Phi Psi Omega"
_GREEK = (
    {name: lookup(f"GREEK SMALL LETTER {name}") for name in _SMALL.split()}
    | {name: lookup(f"GREEK CAPITAL LETTER {name}") for name in _CAPITAL.split()}
    | {"lambda": "λ", "Lambda": "Λ"}  # Unicode spells it LAMDA
)
# Libraries whose functions are those of mathematics, but for log: without a library it may be of base ten.
_LIBRARY = re.compile(r"(?:numpy|np|jnp|math|Math|scipy|torch|tf|sympy|casadi|ca)\.(?!log$)(?=[^\W\d])")
_INDEXED = re.compile(r"(?P<base>[^\W_]+)_(?P<index>\w*[^\W_])(?P<primes>'*)")
_NUMBERED = re.compile(r"(?P<letters>[^\W\d_]+)(?P<digits>[0-9]*'*)")


class ShownName(NamedTuple):
    """A name with Greek letters as signs; ``below`` is its index, ``prod`` in ``k_prod``."""

    base: str
    below: str | None


def function_name(name: str) -> str:
    """Return the name of a function without its library: ``exp`` of ``np.exp``."""
    return _LIBRARY.sub("", name, count=1) if _LIBRARY.match(name) else name


@lru_cache(maxsize=4096)
def shown_name(name: str) -> ShownName:
    """Return how a name is shown. ``k_1`` has an index and ``k1`` has none: they are different names."""
    match = _INDEXED.fullmatch(name)
    if match is None:
        return ShownName(_greek(name), None)
    return ShownName(
        _greek(match["base"]) + match["primes"], ", ".join(map(_greek, match["index"].split("_")))
    )


def _greek(word: str) -> str:
    match = _NUMBERED.fullmatch(word)
    return word if match is None else _GREEK.get(match["letters"], match["letters"]) + match["digits"]
