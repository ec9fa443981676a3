"""The server as users start it, with the route of the floor beside ours in the same process.

``python -m tests.benchmark.serve serve --port 0 --no-demo`` with SCIDEX_PG_DSN set.
"""

import os
import sys
from typing import Any

from psycopg_pool import ConnectionPool

import api
from scidex.commands.program import main
from tests.benchmark import floors

# As many connections as our reads have; no transaction around a statement.
_POOL: dict[str, Any] = {"min_size": 2, "max_size": 20, "kwargs": {"autocommit": True}, "open": True}

if __name__ == "__main__":
    # uvicorn loads the application by its name and finds this one.
    with ConnectionPool(os.environ["SCIDEX_PG_DSN"], **_POOL) as pool:
        api.app.router.routes.append(floors.route(pool))
        sys.exit(main())
