"""run.py makes, reuses, extends and repairs .venv: the real script and pip on a checkout with tiny packages."""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

# Programs are started and stopped: seconds each, and the same on every PostgreSQL that is tested against.
pytestmark = [pytest.mark.slow, pytest.mark.ci]

RUN = Path(__file__).resolve().parents[2] / "run.py"
# Stands for the package and for pytest: tells what it was started with.
_REPORT = (
    "import os, sys\nprint(sys.argv[1:], os.getcwd(), sys.prefix, os.environ.get('PYTHONPATH'), sep='|')\n"
)


@dataclass(frozen=True)
class Checkout:
    """A folder with run.py and two lock files, the wheels that they name, and the Python that starts it."""

    folder: Path
    wheels: Path
    python: Path
    path: str

    def lock(self, name: str, *packages: str) -> None:
        """Write a lock file; a package is ``name==version``."""
        lines = []
        for package in packages:
            wheel = _make_wheel(self.wheels, *package.split("=="))
            lines.append(f"{package} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}")
        (self.folder / name).write_text("\n".join(lines) + "\n")

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """Start run.py from somewhere else, with the wheels as the only source of packages."""
        source = {"PATH": self.path, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels)}
        pipe = subprocess.PIPE
        return subprocess.Popen(
            [self.python, self.folder / "run.py", *arguments],
            cwd="/",
            env={**os.environ, **source, **environment},
            stdout=pipe,
            stderr=pipe,
            text=True,
        )

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Start run.py and wait for its end."""
        started = self.start(*arguments, **environment)
        said, errors = started.communicate(timeout=90)
        return subprocess.CompletedProcess(started.args, started.returncode, said, errors)

    def installed(self) -> set[str]:
        """Name the packages in .venv."""
        found = self.folder.glob(".venv/lib/python*/site-packages/*.dist-info")
        return {path.name.split("-")[0] for path in found} - {"pip", "setuptools"}


def _make_wheel(folder: Path, name: str, version: str) -> Path:
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": _REPORT,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    records = []
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        records.append(f"{path},sha256={digest},{len(text)}")
    files[f"{info}/RECORD"] = "\n".join([*records, f"{info}/RECORD,,"]) + "\n"
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    if not wheel.exists():
        with zipfile.ZipFile(wheel, "w") as archive:
            for path, text in files.items():
                archive.writestr(path, text)
    return wheel


@pytest.fixture(scope="module")
def bare_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a Python without ensurepip and pip, as Debian's is without python3-venv and python3-pip."""
    bare = tmp_path_factory.mktemp("bare")
    library = Path(sysconfig.get_path("stdlib"))
    (bare / "bin").mkdir()
    (bare / "lib" / library.name).mkdir(parents=True)
    python = Path(shutil.copy(Path(sys.executable).resolve(), bare / "bin"))
    for entry in library.iterdir():
        if entry.name not in ("ensurepip", "site-packages", "dist-packages"):
            (bare / "lib" / library.name / entry.name).symlink_to(entry)
    check = "import importlib.util as u; print(u.find_spec('ensurepip'), u.find_spec('pip'))"
    found = subprocess.run([python, "-c", check], capture_output=True, text=True, check=False)
    if found.stdout != "None None\n":
        pytest.skip(f"this Python does not run from a copy: {found.stdout or found.stderr}")
    return python


@pytest.fixture(scope="module")
def checkout(bare_python: Path, tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """Make a checkout in a path with a space, installed once; tests share it and leave it working.

    Its Python has neither ensurepip nor pip; a pip lies in the path, as Debian's does.
    """
    pytest.importorskip("pip")
    folder = tmp_path_factory.mktemp("check out")
    system = tmp_path_factory.mktemp("system")
    # By way of a shell: the first line of a script names no program in a path with a space.
    (system / "pip").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pip "$@"\n')
    (system / "pip").chmod(0o755)
    made = Checkout(folder, tmp_path_factory.mktemp("wheels"), bare_python, str(system))
    shutil.copy(RUN, folder)
    (folder / "scidex").mkdir()
    (folder / "scidex/__main__.py").write_text(_REPORT)
    made.lock("requirements.lock", "small==1.0")
    made.lock("requirements-import.lock", "small==1.0", "reader==1.0")
    made.lock("requirements-test.lock", "small==1.0", "reader==1.0", "pytest==1.0")
    done = made.run()
    assert done.returncode == 0, done.stderr
    return made


def test_it_hands_over_in_the_checkout_with_its_own_python(checkout: Checkout) -> None:
    done = checkout.run("serve", "--port", "1", PYTHONPATH="/elsewhere")
    arguments, folder, prefix, path = done.stdout.strip().split("|")
    assert arguments == "['serve', '--port', '1']"
    assert Path(folder) == checkout.folder
    assert Path(prefix) == checkout.folder / ".venv"
    assert path == "None"


def test_the_second_run_needs_no_source_of_packages(checkout: Checkout) -> None:
    done = checkout.run("demo", PIP_FIND_LINKS="/nowhere", PIP_INDEX_URL="http://127.0.0.1:9/")
    assert done.stdout.startswith("['demo']")
    assert done.stderr == ""


def test_importing_and_testing_add_their_packages_and_serving_goes_on_with_them(checkout: Checkout) -> None:
    assert checkout.installed() == {"small"}
    assert checkout.run("import", "x.csv").stdout.startswith("['import', 'x.csv']")
    assert checkout.installed() == {"small", "reader"}
    assert checkout.run(PIP_FIND_LINKS="/nowhere").stderr == ""
    assert checkout.run("test", "-m", "slow").stdout.startswith("['-m', 'slow']")
    assert checkout.installed() == {"small", "reader", "pytest"}
    assert checkout.run(PIP_FIND_LINKS="/nowhere").stderr == ""


@pytest.mark.slow
def test_a_changed_lock_is_installed(checkout: Checkout) -> None:
    checkout.lock("requirements.lock", "small==2.0")
    checkout.lock("requirements-import.lock", "small==2.0", "reader==1.0")
    checkout.lock("requirements-test.lock", "small==2.0", "reader==1.0", "pytest==1.0")
    assert checkout.run().returncode == 0
    assert list(checkout.folder.glob(".venv/lib/python*/site-packages/small-2.0.dist-info"))


@pytest.mark.slow
def test_a_package_that_is_not_what_the_lock_says_is_refused(checkout: Checkout) -> None:
    lock = checkout.folder / "requirements.lock"
    right = lock.read_text()
    lock.write_text("small==3.0 --hash=sha256:" + "0" * 64 + "\n")
    _make_wheel(checkout.wheels, "small", "3.0")
    done = checkout.run()
    lock.write_text(right)
    assert done.returncode == 1
    assert "DO NOT MATCH THE HASHES" in done.stderr
    assert "Installing the packages failed" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_half_made_venv_is_made_anew(checkout: Checkout) -> None:
    assert checkout.run().returncode == 0
    (checkout.folder / ".venv/installed-by-run.py").write_text("unfinished\n")
    debris = checkout.folder / ".venv/debris"
    debris.touch()
    assert checkout.run().returncode == 0
    assert not debris.exists()


@pytest.mark.slow
def test_a_venv_whose_python_is_gone_is_made_anew(checkout: Checkout) -> None:
    assert checkout.run().returncode == 0
    python = checkout.folder / ".venv/bin/python"
    python.unlink()
    python.symlink_to("/nowhere/python3")
    assert checkout.run().returncode == 0
    assert python.exists()


@pytest.mark.slow
def test_a_venv_whose_python_became_another_version_is_made_anew(checkout: Checkout) -> None:
    assert checkout.run().returncode == 0
    (site_packages,) = checkout.folder.glob(".venv/lib/python*")
    site_packages.rename(site_packages.with_name("python3.9"))
    assert checkout.run().returncode == 0
    assert checkout.installed() == {"small"}


@pytest.mark.slow
def test_a_venv_of_somebody_elses_making_is_kept(checkout: Checkout) -> None:
    assert checkout.run().returncode == 0
    (checkout.folder / ".venv/installed-by-run.py").unlink()
    theirs = checkout.folder / ".venv/theirs"
    theirs.touch()
    assert checkout.run().returncode == 0
    assert theirs.exists()


@pytest.mark.slow
def test_two_at_once_do_not_trample_each_other(checkout: Checkout) -> None:
    shutil.rmtree(checkout.folder / ".venv", ignore_errors=True)
    both = [checkout.start(), checkout.start()]
    said = [one.communicate(timeout=90) for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    assert sum("Making .venv" in errors for _, errors in said) == 1
    assert sum("waiting for it" in errors for _, errors in said) <= 1


@pytest.mark.slow
def test_settings_that_mislead_pip_do_not(checkout: Checkout) -> None:
    shutil.rmtree(checkout.folder / ".venv", ignore_errors=True)
    done = checkout.run(
        PIP_REQUIRE_VIRTUALENV="1", PIP_USER="1", PIP_TARGET="/nowhere", PYTHONPATH="/nowhere"
    )
    assert done.returncode == 0, done.stderr
    assert checkout.installed() == {"small"}


@pytest.mark.slow
def test_with_ensurepip_no_other_pip_is_needed(checkout: Checkout) -> None:
    shutil.rmtree(checkout.folder / ".venv", ignore_errors=True)
    whole = replace(checkout, python=Path(sys.executable).resolve(), path="/nowhere")
    done = whole.run()
    assert done.returncode == 0, done.stderr
    assert whole.installed() == {"small"}
    assert (checkout.folder / ".venv/bin/pip").exists()


def test_without_any_pip_it_says_what_to_install(checkout: Checkout) -> None:
    shutil.rmtree(checkout.folder / ".venv", ignore_errors=True)
    done = checkout.run(PATH="/nowhere")
    assert done.returncode == 1
    assert "apt install python3-venv" in done.stderr
    assert "Traceback" not in done.stderr
