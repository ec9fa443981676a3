"""One answer reads one state of the database; errors of the driver become the registry's own."""

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import OperationalError, errors

from scidex.atlas._model_registry.contract.errors import (
    InvalidQuery,
    RegistryNotInstalled,
    RegistryUnavailable,
)
from scidex.atlas._model_registry.store.transaction import snapshot

__all__ = ["registry_errors", "snapshot"]

_NOT_OF_THIS_RELEASE = (
    errors.UndefinedTable,
    errors.UndefinedFunction,
    errors.UndefinedColumn,
    errors.UndefinedObject,
    errors.DatatypeMismatch,
    errors.InvalidSchemaName,
)
# What a statement meets when an installation replaces functions and views under it: "cache lookup failed", "cached plan
# must not change result type".
_REPLACED_MEANWHILE = (errors.InternalError_, errors.FeatureNotSupported)


@contextmanager
def registry_errors() -> Iterator[None]:
    """Turn errors of the driver into the registry's own; the driver's text stays in the cause.

    Raises:
        RegistryUnavailable: no connection, a broken one, a statement that was cancelled, or an installation
            under way.
        RegistryNotInstalled: the tables or the registry's own objects are missing, or another release's.

    """
    try:
        yield
    except _NOT_OF_THIS_RELEASE as missing:
        message = (
            "the registry's tables are missing from this database, or another release's; "
            "create them with: python3 run.py init-db"
        )
        raise RegistryNotInstalled(message) from missing
    except (OperationalError, *_REPLACED_MEANWHILE) as failure:
        message = "the database cannot answer now; try again in a few seconds"
        raise RegistryUnavailable(message) from failure
    except (errors.DataError, UnicodeEncodeError) as refused:
        # Parameters are checked earlier; text that still cannot be stored is refused here.
        message = (
            "a value holds characters that the database cannot store, such as NUL or half a surrogate pair"
        )
        raise InvalidQuery("request", "", message) from refused
