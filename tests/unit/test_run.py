"""run.py's decisions: which command, what it lets through from the environment."""

import os
from pathlib import Path

import pytest

import run


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ("serve", [])),
        (["--port", "9000"], ("serve", ["--port", "9000"])),
        (["serve", "--no-demo"], ("serve", ["--no-demo"])),
        (["test", "-m", "slow"], ("test", ["-m", "slow"])),
        (["init-db"], ("init-db", [])),
        (["benchmark", "--models", "100000"], ("benchmark", ["--models", "100000"])),
    ],
)
def test_the_first_word_is_the_command_and_serve_is_the_default(
    arguments: list[str], expected: tuple[str, list[str]]
) -> None:
    assert run.choose(arguments) == expected


def test_an_unknown_command_is_named_with_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        run.choose(["sevre"])
    said = capsys.readouterr().err
    assert "There is no command 'sevre'" in said
    assert all(command in said for command in run.COMMANDS)


@pytest.mark.parametrize("word", ["-h", "--help", "help"])
def test_help_succeeds(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        run.choose([word])
    assert "usage:" in capsys.readouterr().out


def test_a_venv_that_is_a_link_is_replaced_and_what_it_led_to_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs, link = tmp_path / "theirs", tmp_path / ".venv"
    theirs.mkdir()
    (theirs / "kept").touch()
    link.symlink_to(theirs)
    monkeypatch.setattr(run, "VENV", link)
    run.make_venv(run.clean_environment(os.environ))
    assert (theirs / "kept").exists()
    assert (link / "pyvenv.cfg").exists()
    assert not link.is_symlink()


def test_what_misleads_pip_or_imports_is_dropped_and_the_way_to_an_index_stays() -> None:
    kept = {"PIP_INDEX_URL": "https://mirror.example/simple", "PIP_CERT": "/ca.pem", "SCIDEX_PG_DSN": "x"}
    misleading = {"PYTHONHOME": "/usr", "PYTHONPATH": "/old", "PIP_REQUIRE_VIRTUALENV": "1", "PIP_USER": "1"}
    assert run.clean_environment(kept | misleading) == kept | {"PIP_USER": "0"}


def test_serving_needs_the_small_lock_and_testing_the_large_one() -> None:
    locks = {command: lock.name for command, (lock, _) in run.COMMANDS.items()}
    assert {name for name, lock in locks.items() if lock == "requirements.lock"} == {
        "serve",
        "init-db",
        "demo",
        "export",
        "check",
        "rebuild",
        "sql",
    }
    small, middle, large = (set(_pins(lock.read_text())) for lock in run.LOCKS)
    assert small <= middle < large
    assert not {"scikit-learn", "playwright", "schemathesis", "pytest"} & {pin[0] for pin in small}


def test_the_locks_hold_hashes_and_no_address() -> None:
    for lock in run.LOCKS:
        text = lock.read_text()
        assert text.count("--hash=sha256:") >= len(_pins(text)) > 20
        assert "://" not in text


def _pins(lock: str) -> list[tuple[str, str]]:
    lines = [line.split("#")[0].split(";")[0].strip(" \\") for line in lock.splitlines()]
    return [(name, version) for name, _, version in (line.partition("==") for line in lines) if version]
