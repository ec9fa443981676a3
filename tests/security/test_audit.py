"""CI's look for known flaws, by the real pip-audit: a flaw ends it, and a database that cannot be asked does not."""

import json
import os
import subprocess
import threading
import venv
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from typing_extensions import override

from tests.serving import free_port

CHECKOUT = Path(__file__).resolve().parents[2]
LOCK = f"sound==1.0 --hash=sha256:{'0' * 64}\n"
FLAWED = f"{LOCK}flawed==2.0 --hash=sha256:{'0' * 64}\n"

Audit = Callable[[str, str], tuple[int, str]]

pytestmark = pytest.mark.slow


class Advisories(BaseHTTPRequestHandler):
    """Returns as OSV does, which is out of reach for a test, and knows of one flaw."""

    def do_POST(self) -> None:
        """Return what is known of one release."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        known = {"vulns": [{"id": "TEST-2026-1", "affected": []}]}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(known if asked["package"]["name"] == "flawed" else {}).encode())

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""


@pytest.fixture(scope="module")
def pip_audit(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Install pip-audit, which lies outside of the product and its lock files."""
    folder = tmp_path_factory.mktemp("audit")
    venv.create(folder, with_pip=True)
    command = [f"{folder}/bin/pip", "install", "--quiet", "--disable-pip-version-check", "pip-audit"]
    if subprocess.run(command, check=False, timeout=300, capture_output=True).returncode:
        pytest.skip("pip-audit cannot be installed here")
    return str(folder / "bin" / "pip-audit")


@pytest.fixture(scope="module")
def advisories() -> Iterator[str]:
    """Serve the advisories; returns their address."""
    with HTTPServer(("127.0.0.1", 0), Advisories) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
        server.shutdown()
        serving.join()


@pytest.fixture
def audit(pip_audit: str, tmp_path: Path) -> Audit:
    """Lend CI's step: the content of a lock file and the database's address -> its status and what it said."""
    lock = tmp_path / "requirements.lock"
    environment = os.environ | {"PIP_AUDIT": pip_audit, "NO_PROXY": "127.0.0.1"}

    def run(content: str, address: str) -> tuple[int, str]:
        lock.write_text(content)
        command = [f"{CHECKOUT}/.ci/audit", str(lock), "--vulnerability-service", "osv", "--osv-url", address]
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=300
        )
        return done.returncode, done.stdout + done.stderr

    return run


@pytest.mark.parametrize(
    ("content", "status", "said"),
    [(LOCK, 0, "no known flaw in the 1 packages"), (FLAWED, 1, "have known flaws (above)")],
)
def test_a_known_flaw_ends_it(audit: Audit, advisories: str, content: str, status: int, said: str) -> None:
    ended, words = audit(content, advisories)
    assert (ended, said in words) == (status, True), words
    assert ("TEST-2026-1" in words) == ("flawed" in content)


def test_a_database_out_of_reach_is_said_and_ends_nothing(audit: Audit) -> None:
    ended, words = audit(FLAWED, f"http://127.0.0.1:{free_port()}/v1/query")
    assert ended == 0
    assert words.startswith("known flaws could not be looked up: ")
    assert "Connection refused" in words


def test_ci_looks_at_the_packages_that_are_served_with() -> None:
    assert "\n.ci/audit requirements.lock\n" in (CHECKOUT / ".ci" / "run").read_text()
