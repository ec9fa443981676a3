"""The newest models that match a query, with the time of each one's last change."""

from dataclasses import replace

from psycopg import Connection

from scidex.atlas._model_registry.contract.query import ModelQuery
from scidex.atlas._model_registry.entries.sentences import listed
from scidex.atlas._model_registry.pages.catalogue.addresses import feed_address, list_address
from scidex.atlas._model_registry.pages.catalogue.chips import chips
from scidex.atlas._model_registry.pages.feed import atom
from scidex.atlas._model_registry.reads.exports import public_address
from scidex.atlas._model_registry.reads.lists import page_of_models
from scidex.atlas._model_registry.store.models import last_changes

_NEWEST = 50


def feed(conn: Connection, query: ModelQuery) -> bytes:
    """Return the 50 newest model versions that a query matches, regardless of its order and page, as an Atom feed."""
    newest = replace(query, sort="created_at", order=None, limit=_NEWEST, offset=0)
    models = page_of_models(conn, newest)["models"]
    filters = listed([chip.words for chip in chips(query, {})])
    return atom(
        models,
        last_changes(conn, [model["id"] for model in models]),
        title=f"SciDEX models, {filters}" if filters else "SciDEX models",
        host=public_address(),
        address=feed_address(query),
        page=list_address(newest, limit=ModelQuery().limit),
    )
