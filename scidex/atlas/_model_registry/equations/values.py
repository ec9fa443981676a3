"""The value of a formula at a random point of a finite field."""

from functools import cached_property, lru_cache

from scidex.atlas._model_registry.equations import field
from scidex.atlas._model_registry.equations.expressions import (
    Bracketed,
    Call,
    Chain,
    Expression,
    Name,
    Number,
    Power,
    Signed,
    is_product,
    is_sum,
    parts,
)
from scidex.atlas._model_registry.equations.names import function_name, shown_name
from scidex.atlas._model_registry.equations.quantities import unit_value

_CHOICES = frozenset({"if", "ifelse", "ite", "where"})
# Of their arguments the order means nothing.
_SYMMETRIC = frozenset({"max", "min"})


class RandomPoint:
    """A random value for each name; ``number`` tells points apart."""

    def __init__(self, number: int, formula: Expression) -> None:
        """Draw a point for a formula; a name in square brackets is the name itself unless the formula has both."""
        self._number = number
        self._formula = formula

    def value(self, expression: Expression) -> int:  # noqa: PLR0911 - one for each kind of part
        """Return the value of a formula: sums, products and whole powers in the field, all else opaque.

        Raises:
            UndefinedError: it divides by zero here.

        """
        match expression:
            case Number(text, unit):
                return field.decimal(text) * unit_value(unit) % field.prime()
            case Name(text):
                return self._name(text)
            case Bracketed(opening, inner):
                return self._bracketed(opening, inner)
            case Signed(sign, operand):
                return self._signed(sign, self.value(operand))
            case Power(base, exponent):
                return self._power(base, exponent)
            case Call(name, arguments):
                return self._call(name, arguments)
            case Chain():
                return self._chain(expression)

    @cached_property
    def _bare_names(self) -> set[str]:
        """The names without square brackets around them."""
        bare: set[str] = set()
        pending = [self._formula]
        while pending:
            match pending.pop():
                case Bracketed("[", Name()):
                    pass
                case Name(text):
                    bare.add(text)
                case part:
                    pending += parts(part)
        return bare

    def _name(self, text: str) -> int:
        return drawn_for_name(text, self._number)

    def _bracketed(self, opening: str, inner: Expression) -> int:
        match opening, inner:
            case "[", Name(text) if text in self._bare_names:
                return self._name(f"[{text}]")
            case _:
                return self.value(inner)

    def _signed(self, sign: str, value: int) -> int:
        match sign:
            case "-":
                return -value % field.prime()
            case "!":
                return field.random_value("!", value)
            case _:
                return value

    def _power(self, base: Expression, exponent: Expression) -> int:
        if isinstance(exponent, Power):
            # Without brackets programs disagree on which power comes first.
            inner = (self.value(exponent.base), self.value(exponent.exponent))
            return field.random_value("^ ^", self.value(base), *inner)
        return field.power(self.value(base), self.value(exponent))

    def _call(self, name: str, arguments: tuple[Expression, ...]) -> int:
        name, values = function_name(name), list(map(self.value, arguments))
        if name == "sqrt" and len(values) == 1:
            return field.power(values[0], field.quotient(1, 2))
        if name in _CHOICES and len(values) == 3:  # noqa: PLR2004 - condition, then, else
            condition, then, otherwise = values
            return field.random_value("piecewise()", then, condition, otherwise)
        return field.random_value(f"{name}()", *(sorted(values) if name in _SYMMETRIC else values))

    def _chain(self, chain: Chain) -> int:
        if is_sum(chain):
            return self._sum(chain)
        if is_product(chain):
            return self._product(chain)
        if len(chain.operands) == 2:  # noqa: PLR2004 - two sides
            return self._relation(chain.operators[0], *map(self.value, chain.operands))
        return self._opaque(chain)

    def _sum(self, chain: Chain) -> int:
        total = self.value(chain.operands[0])
        for sign, operand in chain.steps():
            total += self.value(operand) if sign == "+" else -self.value(operand)
        return total % field.prime()

    def _product(self, chain: Chain) -> int:
        product = self.value(chain.operands[0])
        divisor = 1
        for sign, operand in chain.steps():
            value = self.value(operand)
            match sign:
                case "*":
                    product = product * value % field.prime()
                case "/":
                    divisor = divisor * value % field.prime()
                case _:
                    product, divisor = (
                        field.random_value("%", field.quotient(product, divisor), value),
                        1,
                    )
        return product if divisor == 1 else field.quotient(product, divisor)

    def _relation(self, sign: str, left: int, right: int) -> int:
        """Return the value of a relation, by the difference of its sides: ``a < b`` is ``b > a`` is ``a - b < 0``."""
        difference = (left - right) % field.prime()
        match sign:
            case ">" | ">=":
                return field.random_value(sign.replace(">", "<"), -difference % field.prime())
            case "<" | "<=":
                return field.random_value(sign, difference)
            case "==" | "!=":
                return field.random_value(sign, *sorted((difference, -difference % field.prime())))
            case "&&" | "||":
                return field.random_value(sign, *sorted((left, right)))
            case _:
                return field.random_value(sign, left, right)

    def _opaque(self, chain: Chain) -> int:
        values = list(map(self.value, chain.operands))
        same = set(chain.operators) in ({"&&"}, {"||"})
        return field.random_value(" ".join(chain.operators), *(sorted(values) if same else values))


@lru_cache(maxsize=16_384)
def drawn_for_name(name: str, point: int) -> int:
    shown = shown_name(name)
    return field.random_value(f"{shown.base} {shown.below}", point)
