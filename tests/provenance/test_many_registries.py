"""The same as in the ordinary suite on registries by the thousand: python3 run.py test -m slow tests/provenance."""

from secrets import randbits

import pytest
from hypothesis import given, settings
from psycopg import Connection
from starlette.testclient import TestClient

from tests.provenance.generator import registries
from tests.provenance.registry import Registry
from tests.provenance.settings import MANY, MORE
from tests.provenance.standing_registries import fallen_registries
from tests.provenance.strange_rows import StrangeRegistry, strange_registries
from tests.provenance.test_impact import check_that_impacts_agree
from tests.provenance.test_listed_standings import check_that_lists_agree, turns
from tests.provenance.test_properties import (
    check_that_a_pin_never_lowers,
    check_that_order_never_matters,
    check_that_reading_changes_nothing,
    check_the_cap,
    in_another_order,
    with_one_more_pin,
)
from tests.provenance.test_standing import check_that_standings_agree
from tests.provenance.test_strangest_rows import check_strange_rows
from tests.provenance.test_two_judges import check_that_judges_agree
from tests.provenance.test_wording import check_that_fixes_help

pytestmark = pytest.mark.slow


@MANY
@given(registry=registries())
def test_both_judges_agree(conn: Connection, registry: Registry) -> None:
    check_that_judges_agree(conn, registry)


@MANY
@given(registry=fallen_registries())
def test_both_judges_of_standing_agree(conn: Connection, registry: Registry) -> None:
    check_that_standings_agree(conn, registry)


@pytest.mark.parametrize("hundred", range(20))
def test_lists_agree_while_anything_upstream_changes(conn: Connection, hundred: int) -> None:
    beginning = randbits(32)
    folds = [bool(hundred >> step & 1) for step in range(4)]
    try:
        check_that_lists_agree(conn, turns(settings(MANY, max_examples=100), beginning), folds)
    except AssertionError as error:
        error.add_note(f"turns(settings(MANY, max_examples=100), {beginning})")
        raise


@MANY
@given(registry=fallen_registries())
def test_both_walks_downstream_agree(conn: Connection, registry: Registry) -> None:
    check_that_impacts_agree(conn, registry)


@MORE
@given(pair=with_one_more_pin())
def test_a_pin_never_lowers_a_score(conn: Connection, pair: tuple[Registry, Registry]) -> None:
    check_that_a_pin_never_lowers(conn, pair)


@MORE
@given(registry=registries())
def test_only_a_missing_rule_caps_and_only_what_is_above(conn: Connection, registry: Registry) -> None:
    check_the_cap(conn, registry)


@MORE
@given(pair=in_another_order())
def test_order_never_matters(conn: Connection, pair: tuple[Registry, Registry]) -> None:
    check_that_order_never_matters(conn, pair)


@MORE
@given(registry=registries())
def test_reading_changes_nothing(conn: Connection, registry: Registry) -> None:
    check_that_reading_changes_nothing(conn, registry)


@MORE
@given(registry=registries())
def test_fixes_help(conn: Connection, registry: Registry) -> None:
    check_that_fixes_help(conn, registry)


@MORE
@given(strange=strange_registries())
def test_strange_rows_are_answered(client: TestClient, conn: Connection, strange: StrangeRegistry) -> None:
    check_strange_rows(client, conn, strange)
