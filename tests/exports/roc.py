"""RO-Crate's own validator on packages, in an environment of its own (``requirements-crate.lock``).

    ENVIRONMENT/bin/python tests/exports/roc.py FOLDER CONTEXT

FOLDER holds the packages, CONTEXT is the file of https://w3id.org/ro/crate/1.2/context; nothing is asked of the
network. ``test_roc.py`` makes all three.
"""

import io
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import requests
import urllib3
from requests.adapters import BaseAdapter
from requests_cache import CachedSession
from rocrate_validator import models, services
from typing_extensions import override

_CONTEXT = "https://w3id.org/ro/crate/1.2/context"


class _OneFile(BaseAdapter):
    """Answers every request with one file."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self._content = content

    @override
    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        answer = requests.Response()
        answer.status_code, answer.request, answer.url = 200, request, str(request.url)
        answer.headers["Content-Type"] = "application/ld+json"
        answer.raw = urllib3.HTTPResponse(
            io.BytesIO(self._content),
            status=200,
            headers=dict(answer.headers),
            preload_content=False,
            request_url=request.url,
        )
        return answer

    @override
    def close(self) -> None:
        pass


def main(folder: Path, context: Path) -> int:
    """Judge every package of a folder; returns the number of faults, which are printed."""
    faults = 0
    with tempfile.TemporaryDirectory() as scratch:
        cache = Path(scratch, "cache")
        session = CachedSession(str(cache), backend="sqlite", expire_after=-1)
        session.mount("https://", _OneFile(context.read_bytes()))
        session.get(_CONTEXT)
        session.get(_CONTEXT, headers={"Accept": "application/ld+json, application/json"})
        for number, package in enumerate(sorted(folder.glob("*.zip"))):
            unpacked = Path(scratch, str(number))
            zipfile.ZipFile(package).extractall(unpacked)
            for fault in _faults(unpacked, cache):
                faults += 1
                sys.stdout.write(f"{package.name}: {fault}\n")
    return faults


def _faults(unpacked: Path, cache: Path) -> list[str]:
    describes_run = "wfrun/process" in (unpacked / "ro-crate-metadata.json").read_text()
    profiles = ["ro-crate-1.2", *(["process-run-crate-0.5"] if describes_run else [])]
    return [fault for profile in profiles for fault in _of_profile(unpacked, cache, profile)]


def _of_profile(unpacked: Path, cache: Path, profile: str) -> list[str]:
    asked = services.ValidationSettings(
        rocrate_uri=str(unpacked),
        profile_identifier=profile,
        requirement_severity=models.Severity.REQUIRED,
        enable_profile_inheritance=profile == "ro-crate-1.2",
        offline=True,
        cache_path=cache,
        skip_availability_check=True,
    )
    return [f"{issue.check.identifier} {issue.message}" for issue in services.validate(asked).get_issues()]


if __name__ == "__main__":
    sys.exit(min(main(Path(sys.argv[1]), Path(sys.argv[2])), 1))
