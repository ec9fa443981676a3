"""A finite field with random values for names: formulas that agree at random points are equal as formulas.

By the lemma of Schwartz and Zippel two different rational functions agree at a random point with a probability of
at most their degree over the size of the field. Prime and values are drawn anew by each process and kept secret,
so that nobody can write formulas that agree by design.
"""

import hashlib
import secrets
from functools import cache

_BITS = 60
_KEY = secrets.token_bytes(32)
_WITNESSES = (2, 3, 5, 7)

# Higher powers are opaque: exponents that differ by the prime less one would give the same value.
_HIGHEST_POWER = 1000


class UndefinedError(Exception):
    """A division by zero at this point."""


@cache
def prime() -> int:
    """Return the number of elements of the field."""
    while True:
        # Fermat's test takes a random composite of this size for a prime less than once in a million.
        candidate = secrets.randbits(_BITS) | 1 << (_BITS - 1) | 1
        if all(pow(witness, candidate - 1, candidate) == 1 for witness in _WITNESSES):
            return candidate


def random_value(label: str, *inputs: int) -> int:
    """Return the random value of a name at a point, or of an opaque function for the values of its arguments."""
    text = f"{len(label)} {label} {' '.join(map(str, inputs))}"
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=_KEY, digest_size=24).digest()
    return int.from_bytes(digest, "big") % prime()


def decimal(digits: str) -> int:
    """Return the exact value of a decimal number: 0.1 is one tenth."""
    mantissa, _, exponent = digits.lower().partition("e")
    whole, _, fraction = mantissa.partition(".")
    scale = pow(10, int(exponent or 0) - len(fraction), prime())
    return int(whole + fraction) * scale % prime()


def quotient(dividend: int, divisor: int) -> int:
    """Return the quotient.

    Raises:
        UndefinedError: the divisor is zero.

    """
    if divisor == 0:
        raise UndefinedError
    return dividend * pow(divisor, -1, prime()) % prime()


def power(base: int, exponent: int) -> int:
    """Return a small whole power; any other power is an opaque function of base and exponent.

    Raises:
        UndefinedError: zero to a negative power.

    """
    whole = exponent if exponent <= _HIGHEST_POWER else exponent - prime()
    if abs(whole) > _HIGHEST_POWER:
        return random_value("^", base, exponent)
    return pow(base, whole, prime()) if whole >= 0 else quotient(1, pow(base, -whole, prime()))
