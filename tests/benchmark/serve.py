"""The server as users start it, with the route of the floor beside ours in the same process.

``python -m tests.benchmark.serve serve --port 0 --no-demo`` with SCIDEX_PG_DSN set.
"""

import os
import sys

import api
from scidex.__main__ import main
from tests.benchmark import floors

if __name__ == "__main__":
    # uvicorn loads the application by its name and finds this one.
    api.app.router.routes.append(floors.route(os.environ["SCIDEX_PG_DSN"]))
    sys.exit(main())
