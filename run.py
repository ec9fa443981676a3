"""Make .venv from the lock file and hand over to the package; needs Python 3.11 and nothing installed."""

from __future__ import annotations  # so that an older Python gets to the message

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:
    sys.exit("SciDEX runs on Linux and macOS. On Windows, start it inside WSL.")

CHECKOUT = Path(__file__).resolve().parent
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"
# Records the checkout and the lock file for which the packages are complete; missing or different while they are not.
STAMP = VENV / "installed-by-run.py"
# Each contains the one before it.
SERVE_LOCK = CHECKOUT / "requirements.lock"
IMPORT_LOCK = CHECKOUT / "requirements-import.lock"
TEST_LOCK = CHECKOUT / "requirements-test.lock"
LOCKS = (SERVE_LOCK, IMPORT_LOCK, TEST_LOCK)

# The lock file of each command, and the module that runs it.
COMMANDS = {
    "serve": (SERVE_LOCK, ("scidex", "serve")),
    "init-db": (SERVE_LOCK, ("scidex", "init-db")),
    "demo": (SERVE_LOCK, ("scidex", "demo")),
    "import": (IMPORT_LOCK, ("scidex", "import")),
    "export": (SERVE_LOCK, ("scidex", "export")),
    "check": (SERVE_LOCK, ("scidex", "check")),
    "rebuild": (SERVE_LOCK, ("scidex", "rebuild")),
    "sql": (SERVE_LOCK, ("scidex", "sql")),
    "test": (TEST_LOCK, ("pytest",)),
    "fit": (TEST_LOCK, ("scidex.forge.demo.fit",)),
    "benchmark": (TEST_LOCK, ("tests.benchmark",)),
}
USAGE = """usage: python3 run.py [COMMAND] [OPTIONS]

  serve      start the catalogue on http://127.0.0.1:8000 (the default); serve --help lists its options
  init-db    create what is missing of the tables
  demo       register the demo models
  import     register models from the files of other tools; import --help lists its options
  export     write a model as a file: python3 run.py export ID --format F --out FILE; export --help lists formats
  check      compare what lists read with the judge of provenance
  rebuild    judge every model again and replace what lists read
  sql        print the statements that answer an address, ready for psql; --explain adds their plans
  test       run the tests; what follows goes to pytest
  benchmark  time every kind of answer beside what PostgreSQL itself allows; benchmark --help lists its options
  fit        fit the demo models again (for developers)
"""

# Settings that would redirect packages or imports away from .venv. PIP_USER is set, not removed, as
# a configuration file may set it too.
MISLEADING = (
    *("PYTHONHOME", "PYTHONPATH", "PYTHONSAFEPATH", "PYTHONUSERBASE", "__PYVENV_LAUNCHER__", "VIRTUAL_ENV"),
    *("PIP_REQUIRE_VIRTUALENV", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON", "PIP_DRY_RUN"),
    *("PIP_REQUIREMENT", "PIP_CONSTRAINT", "PIP_EDITABLE", "PIP_QUIET", "PIP_REPORT"),
)


def main(arguments: Sequence[str]) -> None:
    """Prepare .venv for a command and become that command; never returns."""
    command, options = choose(arguments)
    lock, module = COMMANDS[command]
    environment = clean_environment(os.environ) | {"SCIDEX_CALLED_FROM": called_from()}
    with one_at_a_time():
        if not is_ready(lock, environment):
            try:
                prepare(lock, environment)
            except OSError as error:
                sys.exit(f"{VENV} cannot be prepared: {error}. Start as the account that owns this folder.")
    os.chdir(CHECKOUT)
    os.execve(PYTHON, [str(PYTHON), "-m", *module, *options], environment)  # noqa: S606 - deliberately without a shell


def choose(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """Return the command and its options; options alone belong to ``serve``."""
    if arguments[:1] in (["-h"], ["--help"], ["help"]):
        sys.stdout.write(USAGE)
        raise SystemExit(0)
    if not arguments or arguments[0].startswith("-"):
        return "serve", list(arguments)
    if arguments[0] not in COMMANDS:
        say(f"There is no command {arguments[0]!r}.\n{USAGE}")
        raise SystemExit(2)
    return arguments[0], list(arguments[1:])


def called_from() -> str:
    """Return the folder in which run.py was called, where the paths of its options start."""
    try:
        return str(Path.cwd())
    except OSError:  # it was removed
        return str(CHECKOUT)


def clean_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without settings that redirect packages or imports; addresses and caches stay."""
    kept = {name: value for name, value in environment.items() if name not in MISLEADING}
    return kept | {"PIP_USER": "0"}


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Keep other run.py processes of this checkout away from .venv; the lock ends with the process."""
    with Path(__file__).open("rb") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another run.py is preparing .venv; waiting for it.")
            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def is_ready(lock: Path, environment: dict[str, str]) -> bool:
    """Return whether .venv works here and has the packages of the lock, or those of a larger lock."""
    enough = {stamp_of(each) for each in LOCKS[LOCKS.index(lock) :]}
    try:
        return STAMP.read_text() in enough and works(environment)
    except OSError:
        return False


def stamp_of(lock: Path) -> str:
    """Return a digest of a lock file and of the checkout, as programs in .venv/bin contain absolute paths."""
    return f"{hashlib.sha256(lock.read_bytes()).hexdigest()} {CHECKOUT}\n"


def works(environment: dict[str, str]) -> bool:
    """Return whether the Python of .venv starts and is of the version for which its packages were installed."""
    check = (
        "import os, sys; sys.exit(sys.version_info < (3, 11) or not os.path.isdir(os.path.join("
        "sys.argv[1], 'lib', 'python%d.%d' % sys.version_info[:2], 'site-packages')))"
    )
    return quiet([PYTHON, "-S", "-c", check, VENV], environment)


def prepare(lock: Path, environment: dict[str, str]) -> None:
    """Install the lock's packages into .venv, which is made anew if it is missing, broken or incomplete.

    A .venv that was made otherwise is kept, and packages are added.
    """
    folder = VENV if VENV.is_dir() else CHECKOUT
    if not os.access(folder, os.W_OK):
        say(
            f"{folder} cannot be written, so the packages that are missing in .venv cannot be installed. "
            "Start as the account that owns the folder, or first where it can be written."
        )
        raise SystemExit(1)
    half_made = STAMP.exists() and not is_finished()
    if half_made or not works(environment):
        make_venv(environment)
    VENV.mkdir(exist_ok=True)
    STAMP.write_text("unfinished\n")
    say(f"Installing the packages of {lock.name} into .venv; only the first time takes a minute.")
    pip = [*find_pip(environment), "install", "--require-hashes", "--no-deps", "--no-input"]
    run([*pip, "--disable-pip-version-check", "-r", str(lock)], environment, "Installing the packages failed")
    finished = STAMP.with_suffix(".new")
    finished.write_text(stamp_of(lock))
    finished.replace(STAMP)


def is_finished() -> bool:
    """Return whether the last installation in this checkout was finished."""
    return STAMP.read_text().endswith(f" {CHECKOUT}\n")


def make_venv(environment: dict[str, str]) -> None:
    """Make an empty .venv without pip, which Debian's Python cannot install by itself."""
    say("Making .venv.")
    if VENV.is_symlink():  # --clear would empty the folder behind the link, which others may use
        VENV.unlink()
    # The Python beneath a virtual environment, as this one may run in the .venv that is to be replaced.
    base = getattr(sys, "_base_executable", None) or sys.executable
    command = [base, "-m", "venv", "--clear", "--without-pip", str(VENV)]
    run(command, environment, "Python could not make .venv (on Debian or Ubuntu: apt install python3-venv)")


def find_pip(environment: dict[str, str]) -> list[str]:
    """Return a pip that can install into .venv: its own, the one of Python, else the system's."""
    inside = [str(PYTHON), "-m", "pip"]
    if quiet([*inside, "--version"], environment):
        return inside
    if quiet([PYTHON, "-m", "ensurepip", "--default-pip"], environment):
        return inside
    beside = [[sys.executable, "-m", "pip"]] if importlib.util.find_spec("pip") else []
    beside += [[found] for found in map(shutil.which, ("pip3", "pip")) if found]
    for pip in beside:
        if quiet([*pip, "--python", str(PYTHON), "--version"], environment):  # an option since 22.3
            return [*pip, "--python", str(PYTHON)]
    say(
        "This Python has no pip, and there is none in the path (22.3 or later is needed).\n"
        "Install it and start again; on Debian or Ubuntu: apt install python3-venv"
    )
    raise SystemExit(1)


def quiet(command: Sequence[str | Path], environment: dict[str, str]) -> bool:
    """Run a command and return whether it succeeded."""
    try:
        done = subprocess.run(command, env=environment, capture_output=True, check=False)  # noqa: S603 - our own
    except OSError:
        return False
    return done.returncode == 0


def run(command: Sequence[str], environment: dict[str, str], failure: str) -> None:
    """Run a command; print which package is fetched, and errors as they come."""
    terminal = sys.stderr.isatty()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as started:  # noqa: S603 - our own
        for line in started.stdout or ():
            if terminal and line.startswith(("Collecting ", "Installing ")):
                sys.stderr.write(f"\r\033[K  {line[:70].strip()}")
                sys.stderr.flush()
    if terminal:
        sys.stderr.write("\r\033[K")
    if started.returncode:
        say(f"{failure}; the reason stands above. Once it is mended, start again.")
        raise SystemExit(1)


def say(words: str) -> None:
    """Tell the person who started this."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - it may be started with any Python
        sys.exit(
            f"SciDEX needs Python 3.11 or later; this is {sys.version.split()[0]}. Try python3.11 run.py"
        )
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
