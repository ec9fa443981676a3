"""What an impact tells agrees with plain Python on every id of every registry that is generated: walk and standing."""

from hypothesis import Phase, given, settings
from psycopg import Connection

from scidex.atlas._model_registry.store.impact import page_of_reach, reach
from scidex.atlas.model_registry import fold
from tests.provenance.registry import Registry, fields
from tests.provenance.settings import ORDINARY
from tests.provenance.standing import impact
from tests.provenance.standing_registries import fallen_registries
from tests.provenance.store_answers import written
from tests.provenance.test_standing import check_standing

# Shrinking a registry takes minutes; the slow suite does it.
TWENTY = settings(ORDINARY, max_examples=20, phases=[Phase.generate])


def check_that_impacts_agree(conn: Connection, registry: Registry) -> None:
    """Compare what rests on each id, and its standing, before the registry is folded and after."""
    with written(conn, registry):
        _compare(conn, registry)
        while fold(conn=conn):
            pass
        _compare(conn, registry)


def _compare(conn: Connection, registry: Registry) -> None:
    for artifact_id in _ids(registry):
        reached = reach(conn, artifact_id)
        found = {one.id: (one.depth, one.artifact_type) for one in reached.touched}
        assert len(found) == len(reached.touched)
        assert found == {
            key: (depth, registry.type_of(key)) for key, depth in impact(registry, artifact_id).items()
        }, artifact_id
    for artifact_id in registry.artifacts:
        page = page_of_reach(conn, artifact_id, limit=1, offset=0, most_nodes=1, is_judged=True)
        assert page.artifact.standing is not None, artifact_id
        check_standing(registry, artifact_id, page.artifact.standing)


def _ids(registry: Registry) -> set[str]:
    named = {
        name
        for row in registry.artifacts.values()
        for value in fields(row).values()
        for name in (value if isinstance(value, list) else [value])
        if isinstance(name, str) and "\0" not in name
    }
    return {*registry.artifacts, *(target for _, _, target in registry.links), *named}


@TWENTY
@given(registry=fallen_registries())
def test_both_walks_downstream_agree(conn: Connection, registry: Registry) -> None:
    check_that_impacts_agree(conn, registry)
