"""The environment as one frozen value."""

import pytest

from scidex.core.settings import InvalidSetting, Settings


def test_defaults_are_those_of_the_contract() -> None:
    settings = Settings.from_environment({})
    assert settings.pg_dsn is None
    assert (settings.pool_min, settings.pool_max) == (1, 10)
    assert (settings.ro_pool_min, settings.ro_pool_max) == (2, 20)
    assert (settings.pool_timeout, settings.statement_timeout) == (10, 10_000)


def test_an_empty_variable_is_an_absent_one() -> None:
    assert Settings.from_environment(
        {"SCIDEX_PG_DSN": "", "SCIDEX_PG_POOL_MAX": ""}
    ) == Settings.from_environment({})


@pytest.mark.parametrize("value", ["many", "-1", "nan", "inf", "0"])
def test_a_number_out_of_range_or_malformed_is_named(value: str) -> None:
    with pytest.raises(InvalidSetting, match=f"SCIDEX_PG_POOL_MAX is '{value}'"):
        Settings.from_environment({"SCIDEX_PG_POOL_MAX": value})


def test_a_pool_may_keep_no_connection_ready() -> None:
    assert Settings.from_environment({"SCIDEX_PG_POOL_MIN": "0"}).pool_min == 0


def test_a_minimum_above_the_maximum_is_refused() -> None:
    with pytest.raises(InvalidSetting, match="SCIDEX_PG_RO_POOL_MIN is 5"):
        Settings.from_environment({"SCIDEX_PG_RO_POOL_MIN": "5", "SCIDEX_PG_RO_POOL_MAX": "4"})


def test_a_malformed_connection_string_for_reads_is_refused() -> None:
    with pytest.raises(InvalidSetting, match="SCIDEX_PG_RO_DSN is not a connection string"):
        Settings.from_environment({"SCIDEX_PG_RO_DSN": "no such thing"})


@pytest.mark.parametrize(
    "address", ["models.example.org", "ftp://x", "https://x/?a", "https://x y", "https://"]
)
def test_a_public_address_must_be_of_the_web(address: str) -> None:
    with pytest.raises(InvalidSetting, match="SCIDEX_PUBLIC_URL is"):
        Settings.from_environment({"SCIDEX_PUBLIC_URL": address})
    assert Settings.from_environment({"SCIDEX_PUBLIC_URL": "https://x.org/a"}).public_url == "https://x.org/a"
