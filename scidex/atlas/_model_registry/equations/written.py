"""A formula as plain text."""

from scidex.atlas._model_registry.equations.expressions import (
    CLOSING,
    Bracketed,
    Call,
    Chain,
    Expression,
    Name,
    Number,
    Power,
    Signed,
)


def written(expression: Expression) -> str:  # noqa: PLR0911 - one for each kind of part
    """Return a formula as text that reads as the same tree."""
    match expression:
        case Number(text, unit):
            return text if unit is None else f"{text} [{unit}]"
        case Name(text):
            return text
        case Signed(sign, operand):
            return f"{sign}{written(operand)}"
        case Bracketed(opening, inner):
            return f"{opening}{written(inner)}{CLOSING[opening]}"
        case Power(base, exponent):
            return f"{written(base)}^{written(exponent)}"
        case Call(name, arguments, separators):
            ends = (*(f"{sign} " for sign in separators), "")
            inside = (f"{written(one)}{end}" for one, end in zip(arguments, ends, strict=False))
            return f"{name}({''.join(inside)})"
        case Chain():
            rest = (f" {sign} {written(operand)}" for sign, operand in expression.steps())
            return f"{written(expression.operands[0])}{''.join(rest)}"
