"""Why a parameter cannot be used, in the registry's own sentences instead of pydantic's."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

_SHOWN: Final = 60

# By pydantic's type of error: functions of the parameter's name, the value that was sent, and its bounds.
_SENTENCES: Final[Mapping[str, Callable[[str, str, Mapping[str, Any]], str]]] = {
    "int_parsing": lambda name, sent, _: f"{name} must be a whole number, not {sent}",
    "int_parsing_size": lambda name, sent, _: f"{name} must be a whole number of fewer digits than {sent}",
    "bool_parsing": lambda name, sent, _: f"{name} must be true or false; {sent} is neither",
    "greater_than_equal": lambda name, sent, ctx: f"{name} must be at least {ctx['ge']}; {sent} is less",
    "less_than_equal": lambda name, sent, ctx: f"{name} must be at most {ctx['le']}; {sent} is more",
    "literal_error": lambda name, sent, ctx: (
        f"{name} must be one of {ctx['expected']}; {sent} is not one of them"
    ),
    "string_too_long": lambda name, _, ctx: f"{name} must have at most {ctx['max_length']} characters",
    "missing": lambda name, _, __: f"{name} is missing",
}


def reworded(problems: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the problems of a request with sentences that name the parameter, the value and what would be accepted.

    Each problem is an error of pydantic's (``type``, ``loc``, ``msg``, ``input``, ``ctx``). Those of other types, which
    the registry raises itself, stay as they are.
    """
    return [_reworded(problem) for problem in problems]


def _reworded(problem: Mapping[str, Any]) -> dict[str, Any]:
    sentence = _SENTENCES.get(problem["type"])
    if sentence is None:
        return dict(problem)
    names = [part for part in problem["loc"] if isinstance(part, str)]
    sent = repr(problem.get("input"))
    shown = sent if len(sent) <= _SHOWN else f"{sent[:_SHOWN]}…"
    return {**problem, "msg": sentence(names[-1], shown, problem.get("ctx", {}))}
