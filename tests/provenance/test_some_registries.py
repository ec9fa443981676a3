"""What the ordinary suite tries on very few registries, on more of them, the same each time."""

import pytest
from hypothesis import Phase, given, settings
from psycopg import Connection

from tests.provenance.generator import registries
from tests.provenance.registry import Registry
from tests.provenance.settings import ORDINARY
from tests.provenance.standing_registries import fallen_registries
from tests.provenance.test_impact import check_that_impacts_agree
from tests.provenance.test_listed_standings import FOLDS, check_that_lists_agree, turns
from tests.provenance.test_standing import check_that_standings_agree
from tests.provenance.test_two_judges import check_that_judges_agree

pytestmark = [pytest.mark.slow, pytest.mark.ci]


@ORDINARY
@given(registry=registries())
def test_both_judges_agree(conn: Connection, registry: Registry) -> None:
    check_that_judges_agree(conn, registry)


@settings(ORDINARY, max_examples=60, phases=[Phase.generate])
@given(registry=fallen_registries())
def test_both_judges_of_standing_agree(conn: Connection, registry: Registry) -> None:
    check_that_standings_agree(conn, registry)


def test_lists_agree_while_anything_upstream_changes(conn: Connection) -> None:
    check_that_lists_agree(conn, turns(settings(ORDINARY, max_examples=100)), FOLDS)


@settings(ORDINARY, max_examples=200, phases=[Phase.generate])
@given(registry=fallen_registries())
def test_both_walks_downstream_agree(conn: Connection, registry: Registry) -> None:
    check_that_impacts_agree(conn, registry)
