"""The type of function that lends routes a connection for reading."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from psycopg import Connection

GetConnection = Callable[[], AbstractContextManager[Connection]]
