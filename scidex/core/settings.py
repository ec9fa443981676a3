"""The settings in the environment, read once into a frozen value."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

# As browsers write it (RFC 6454): lower case, without a path or a slash at the end.
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://[a-z0-9.\[\]:_-]+")
_WEB_ADDRESS = re.compile(r"https?://[^\s?#\"<>\\]+")

_ROOT_PATH = re.compile(r"(/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)+")
# A path with such a beginning would be ambiguous with addresses of the application.
_OWN_PATHS = frozenset(
    {"api", "artifact", "assets", "docs", "health", "models", "models.atom", "openapi.json"}
)


class InvalidSetting(ValueError):
    """An environment variable holds a value that cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The addresses of the database and of the server, and the bounds on waiting.

    ``pg_dsn`` is None for the embedded server; ``pg_ro_dsn`` is None if reads go to the primary. ``pool_timeout`` is in
    seconds, ``statement_timeout`` in milliseconds. ``cors_origins`` are the origins whose pages may read; ``*`` stands
    for all. ``root_path`` is the path that another server puts before every address, or empty. ``public_url`` is the
    public address of the catalogue, if there is one.
    """

    pg_dsn: str | None
    pg_ro_dsn: str | None
    pool_min: int
    pool_max: int
    ro_pool_min: int
    ro_pool_max: int
    pool_timeout: float
    statement_timeout: int
    pg_bin: Path | None
    data_root: Path
    cors_origins: tuple[str, ...] = ()
    root_path: str = ""
    public_url: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Return the settings in ``SCIDEX_*`` and ``PG_BIN``.

        Raises:
            InvalidSetting: a number is not positive, a pool's minimum exceeds its maximum, or the connection string for
                reads, an origin or the public address is malformed.

        """
        settings = cls(
            pg_dsn=environment.get("SCIDEX_PG_DSN") or None,
            pg_ro_dsn=environment.get("SCIDEX_PG_RO_DSN") or None,
            pool_min=int(_number(environment, "SCIDEX_PG_POOL_MIN", 1)),
            pool_max=int(_number(environment, "SCIDEX_PG_POOL_MAX", 10)),
            ro_pool_min=int(_number(environment, "SCIDEX_PG_RO_POOL_MIN", 2)),
            ro_pool_max=int(_number(environment, "SCIDEX_PG_RO_POOL_MAX", 20)),
            pool_timeout=_number(environment, "SCIDEX_PG_POOL_TIMEOUT", 10),
            statement_timeout=int(_number(environment, "SCIDEX_PG_STATEMENT_TIMEOUT", 10000)),
            pg_bin=Path(environment["PG_BIN"]) if environment.get("PG_BIN") else None,
            data_root=Path(__file__).resolve().parents[2] / ".scidex",
            cors_origins=origins(environment),
            root_path=root_path(environment),
            public_url=environment.get("SCIDEX_PUBLIC_URL") or None,
        )
        _check_dsn("SCIDEX_PG_RO_DSN", settings.pg_ro_dsn or "")
        _check_address("SCIDEX_PUBLIC_URL", settings.public_url)
        _check_pool("SCIDEX_PG_POOL", settings.pool_min, settings.pool_max)
        _check_pool("SCIDEX_PG_RO_POOL", settings.ro_pool_min, settings.ro_pool_max)
        return settings


def origins(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the origins in ``SCIDEX_CORS_ORIGINS``, which are separated by commas.

    Raises:
        InvalidSetting: one is neither ``*`` nor a scheme and a host as browsers write them.

    """
    named = tuple(one.strip() for one in environment.get("SCIDEX_CORS_ORIGINS", "").split(",") if one.strip())
    for one in named:
        if one != "*" and not _ORIGIN.fullmatch(one):
            message = (
                f"SCIDEX_CORS_ORIGINS has {one!r}; it takes * or origins such as https://notebook.example.org, "
                "in lower case and without a path, separated by commas"
            )
            raise InvalidSetting(message)
    return named


def root_path(environment: Mapping[str, str]) -> str:
    """Return the path in ``SCIDEX_ROOT_PATH`` without a slash at its end; empty if it is not set.

    Raises:
        InvalidSetting: it is not a path, or begins like an address of the application.

    """
    path = environment.get("SCIDEX_ROOT_PATH", "").rstrip("/")
    if path and (not _ROOT_PATH.fullmatch(path) or path.split("/")[1] in _OWN_PATHS):
        message = (
            f"SCIDEX_ROOT_PATH is {path!r}; it takes a path such as /scidex, of letters, digits and . _ ~ -, that "
            f"begins with none of {', '.join(sorted(_OWN_PATHS))}"
        )
        raise InvalidSetting(message)
    return path


def _number(environment: Mapping[str, str], name: str, default: float) -> float:
    text = environment.get(name) or str(default)
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value < float("inf") and not (name.endswith("_MIN") and value == 0):
        message = f"{name} is {text!r}; it takes a positive number"
        raise InvalidSetting(message)
    return value


def _check_dsn(name: str, dsn: str) -> None:
    # The primary is tried at the start of every command, which shows libpq's message on its connection string.
    try:
        conninfo_to_dict(dsn)
    except ProgrammingError as error:
        message = f"{name} is not a connection string of libpq: {' '.join(str(error).split())}"
        raise InvalidSetting(message) from error


def _check_address(name: str, address: str | None) -> None:
    if address is not None and not _WEB_ADDRESS.fullmatch(address):
        message = (
            f"{name} is {address!r}; it takes an address such as https://models.example.org, without ? and #"
        )
        raise InvalidSetting(message)


def _check_pool(prefix: str, smallest: int, largest: int) -> None:
    if smallest > largest or largest < 1:
        message = (
            f"{prefix}_MIN is {smallest} and {prefix}_MAX {largest}; the minimum must not exceed the maximum"
        )
        raise InvalidSetting(message)
