"""A plugin of mypy: the text of SQL must be a literal, wherever the application hands some to psycopg.

psycopg asks for ``LiteralString``, which mypy takes for any ``str``; so an f-string with a request's parameter in it
would pass. Here only literals, bytes and what ``psycopg.sql`` composed pass.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from mypy.errorcodes import ErrorCode
from mypy.plugin import FunctionContext, MethodContext, Plugin
from mypy.types import AnyType, Instance, Type, UnionType, get_proper_type
from typing_extensions import override

SQL_TEXT: Final = ErrorCode("sql-text", "the text of SQL is no literal", "General")

_TAKES_SQL = frozenset({"execute", "executemany", "copy", "stream"})
_MAKES_SQL = frozenset({"psycopg.sql.SQL"})
# They read the .sql files of their own packages, which are as trustworthy as code; and no request reaches a test.
_TRUSTED = (
    "scidex/atlas/_artifact_registry/statements.py",
    "scidex/atlas/_model_registry/store/statements.py",
    "tests/",
)


class SqlText(Plugin):
    """Checks the first argument of whatever takes SQL."""

    @override
    def get_method_hook(self, fullname: str) -> Callable[[MethodContext], Type] | None:
        owner, _, method = fullname.rpartition(".")
        return _check if owner.startswith("psycopg.") and method in _TAKES_SQL else None

    @override
    def get_function_hook(self, fullname: str) -> Callable[[FunctionContext], Type] | None:
        return _check if fullname in _MAKES_SQL else None


def _check(context: FunctionContext | MethodContext) -> Type:
    # From the checkout for what was named to mypy, from the root for what it found by an import.
    file = "/" + Path(context.api.path).as_posix()
    if not any(f"/{trusted}" in file for trusted in _TRUSTED):
        for written, argument in zip(context.arg_types[0], context.args[0], strict=True):
            if _may_be_any_text(written):
                message = "SQL is no literal: bind values as parameters, compose names with psycopg.sql"
                context.api.fail(message, argument, code=SQL_TEXT)
    return context.default_return_type


def _may_be_any_text(written: Type) -> bool:
    known = get_proper_type(written)
    if isinstance(known, UnionType):
        return any(map(_may_be_any_text, known.items))
    if isinstance(known, AnyType):
        return True
    return (
        isinstance(known, Instance)
        and known.type.fullname == "builtins.str"
        and known.last_known_value is None
    )


def plugin(_: str) -> type[Plugin]:
    """Return the plugin's class to mypy."""
    return SqlText
