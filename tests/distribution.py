"""Which process runs which tests and in which order: what is dear is made once, and no process waits for long."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

CHECKOUT = Path(__file__).resolve().parents[1]
# The order in which work is handed out: what takes longest first, the many quick tests last.
SERVER, MANY_MODELS, OTHERS, UNITS = range(4)


@cache
def kind(file: str) -> int:
    """Return what a file of tests needs: the server or the browser, the registry of many models, or neither."""
    text = (CHECKOUT / file).read_text(encoding="utf-8")
    if "generated_dsn" in text:
        return MANY_MODELS
    if "live_server" in text or "open_page" in text:
        return SERVER
    return UNITS if file.startswith("tests/unit/") else OTHERS


class SharingFiles(LoadFileScheduling):  # type: ignore[misc]  # it has no types
    """Hand out tests file by file; files that share what is dear to make go to one process."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        shared = {SERVER: "server", MANY_MODELS: "many models"}
        return shared.get(kind(file), file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> SharingFiles:
    """Hand out tests by ``SharingFiles``."""
    return SharingFiles(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order tests as they are handed out."""
    items.sort(key=lambda item: kind(item.nodeid.partition("::")[0]))
