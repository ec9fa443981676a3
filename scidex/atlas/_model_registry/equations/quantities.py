"""Units of constants within formulas, ``5 [mV]``, as factors in the field."""

from functools import lru_cache

from scidex.atlas._model_registry.equations import field
from scidex.atlas._model_registry.metrics.notation import read_unit


@lru_cache(maxsize=1024)
def unit_value(unit: str | None) -> int:
    """Return the factor of a unit: its exact scale times the powers of a random value for each dimension.

    A unit that cannot be read, or whose zero is arbitrary (°C), equals only itself as written.
    """
    if unit is None or unit.strip() == "1":
        return 1
    read = read_unit(unit)
    if read is None or read.offset:
        return field.random_value(f"unit {unit.strip()}")
    value = field.quotient(read.scale.numerator, read.scale.denominator)
    for name, power in read.dimension:
        exponent = field.quotient(power.numerator % field.prime(), power.denominator)
        value = value * field.power(field.random_value(f"dimension {name}"), exponent) % field.prime()
    return value
