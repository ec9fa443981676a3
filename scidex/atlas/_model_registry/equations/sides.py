"""The equations of a document one by one, each as its subject and its right side."""

import re
from collections.abc import Iterator

from scidex.atlas._model_registry.equations.expressions import Bracketed, Call, Chain, Expression, Name
from scidex.atlas._model_registry.equations.reader import parse_formula
from scidex.atlas._model_registry.equations.written import written

# The equality sign of an equation, not part of `==`, `<=`, `>=`, `!=`, `=>`.
_EQUALS = r"(?<![<>=!:])(?::=|=|≔)(?![=>])"
_ENDS = r"[\n;]"
_BRACKETS = r"(?P<open>[(\[{])|(?P<close>[)\]}])"
_SIGNS = r"[-+*/^=(),;<>\[\]{}|~:]"
_IDLE_SPACE = re.compile(f" (?={_SIGNS})|(?<={_SIGNS}) ")
_DIFFERENTIAL = re.compile(r"d(?P<of>[^\W\d]\w*|\[\w+\])")
_TIME = frozenset({"t", "time"})
_DERIVATIVES = frozenset({"diff", "der", "Derivative"})


def lines(text: str) -> list[str]:
    """Return the equations of a text, split at line ends and semicolons outside brackets."""
    cuts = [0, *(place for match in _outside_brackets(_ENDS, text) for place in match.span()), len(text)]
    found = (text[start:end].strip() for start, end in zip(cuts[::2], cuts[1::2], strict=True))
    return [line for line in found if line]


def equations_of(value: object) -> list[str] | None:
    """Return the equations of a list, a text or an object, each as a text; None where it holds anything else."""
    if isinstance(value, dict):
        value = [f"{left} = {right}" if isinstance(right, str) else right for left, right in value.items()]
    found = lines(value) if isinstance(value, str) else value
    if not isinstance(found, list):
        return None
    texts = [text for text in found if isinstance(text, str)]
    return [text for text in texts if text.strip()] if len(texts) == len(found) else None


def sides(equation: str) -> tuple[str, str]:
    """Return the ``subject`` of an equation and its right side; a text without ``=`` is both."""
    sign = next(_outside_brackets(_EQUALS, equation), None)
    if sign is None:
        return without_idle_space(equation), equation.strip()
    return subject(equation[: sign.start()]), equation[sign.end() :].strip().removesuffix(";").rstrip()


def subject(left: str) -> str:
    """Return the subject of an equation: ``dA/dt`` also for ``A'`` and ``d[A]/dt``, ``A`` for ``A(t)``."""
    match parse_formula(left):
        case Name(text) if text.endswith("'") and not text.endswith("''"):
            return f"d{text[:-1]}/dt"
        case None:
            return without_idle_space(left)
        case expression if (found := derivative(expression)) is not None:
            of, by = found
            return f"d{_of_time(of)}/d{'t' if by in _TIME else by}"
        case expression:
            return _of_time(expression)


def derivative(expression: Expression) -> tuple[Expression, str] | None:
    """Return operand and variable of a derivative: ``dA/dt``, ``d[A]/dt``, ``d(A)/dt``, ``diff(A, t)``."""
    match expression:
        case Chain(("/",), (above, Name(below))):
            by = _DIFFERENTIAL.fullmatch(below)
            of = _differential(above)
            return (of, by["of"]) if of and by else None
        case Call(name, (of, Name(by))) if name in _DERIVATIVES:
            return of, by
        case Call("der", (of,)):
            return of, "t"
        case _:
            return None


def without_idle_space(expression: str) -> str:
    """Return a mathematical text without the space around its signs."""
    return _IDLE_SPACE.sub("", " ".join(expression.split()))


def _differential(expression: Expression) -> Expression | None:
    match expression:
        case Call("d", (of,)):
            return of
        case Name(text) | Call(text, (Name("t" | "time"),)) if match := _DIFFERENTIAL.fullmatch(text):
            name: str = match["of"]
            return Bracketed("[", Name(name[1:-1])) if name.startswith("[") else Name(name)
        case _:
            return None


def _of_time(expression: Expression) -> str:
    """Return a variable without the brackets of a concentration and without its argument of time."""
    match expression:
        case Bracketed("[", Name(text)) | Call(text, (Name("t" | "time"),)):
            return text
        case _:
            return without_idle_space(written(expression))


def _outside_brackets(pattern: str, text: str) -> Iterator[re.Match[str]]:
    """Yield the matches that no bracket encloses; all of them where brackets do not close."""
    depth = 0
    inside: list[re.Match[str]] = []
    outside: list[re.Match[str]] = []
    for match in re.finditer(f"{_BRACKETS}|{pattern}", text):
        if match["open"]:
            depth += 1
        elif match["close"]:
            depth -= 1
        else:
            (outside if depth <= 0 else inside).append(match)
    return iter(outside if depth <= 0 else sorted([*outside, *inside], key=re.Match.start))
