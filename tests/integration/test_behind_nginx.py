"""Behind a real nginx under a path of its own: every link, form, style and redirect leads to where it should."""

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx2
import pytest
import uvicorn
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from scidex.core import serving
from scidex.core.settings import InvalidSetting, Settings
from tests.serving import free_port, http, serve

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
ROOT = "/data/sci"
CONFIGURATION = """
worker_processes 1; daemon off; error_log {folder}/error.log; pid {folder}/nginx.pid;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location {root}/ {{
            proxy_pass {to};
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header X-Forwarded-Proto https;
        }}
    }}
}}
"""
SECONDS = 20.0


@contextmanager
def nginx(folder: Path, served: str, *, strips: bool) -> Iterator[str]:
    """Start nginx before a server; it leaves the path away where it ``strips``. Yields its address with the path."""
    assert NGINX is not None
    port = free_port()
    to = f"{served}/" if strips else served
    file = folder / "nginx.conf"
    file.write_text(CONFIGURATION.format(folder=folder, port=port, root=ROOT, to=to))
    process = subprocess.Popen([NGINX, "-c", str(file), "-e", str(folder / "error.log")])
    address = f"http://127.0.0.1:{port}{ROOT}"
    try:
        _wait_for(f"{address}/health", process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=SECONDS)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "nginx ended"
        try:
            http.get(address, timeout=2)
        except httpx2.TransportError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(address)


@pytest.fixture(scope="module")
def served(demo_dsn: str) -> Iterator[str]:
    """Serve the demo under a path."""
    if NGINX is None:
        pytest.skip("no nginx")
    with serve(demo_dsn, SCIDEX_ROOT_PATH=f"{ROOT}/") as address:
        yield address


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(True, id="stripped"),
        pytest.param(False, marks=[pytest.mark.slow, pytest.mark.ci], id="whole"),
    ],
)
def address(
    served: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[str]:
    """Put nginx before the demo."""
    with nginx(tmp_path_factory.mktemp("nginx"), served, strips=request.param) as behind:
        yield behind


PAGES = [
    "/",
    "/models?q=cognitive&limit=3&ticked=model-ad-logistic-v1",
    "/models/model-ad-logistic-v2",
    "/models/compare?ids=model-ad-logistic-v1,model-ad-logistic-v2",
    "/artifact/dataset-ad-train",
    "/docs",
    "/nowhere",
    "/models/model-x",
    "/models?limit=0",
]


def _addresses(client: httpx2.Client, address: str) -> Iterator[str]:
    """Name what every page leads to on this server, and check that it stands under the path."""
    for page in PAGES:
        text = client.get(f"{address}{page}").text
        found = {unescape(one) for one in re.findall(r'(?:href|action|src)="([^"#][^"]*)"', text)}
        assert found, page
        for one in found:
            whole = urljoin(f"{address}{page}", one)
            if whole.startswith("data:") or not whole.startswith(address.removesuffix(ROOT)):
                continue
            assert urlsplit(whole).path.startswith(f"{ROOT}/"), (page, one)
            yield whole.partition("#")[0]


def _shape(address: str) -> tuple[str, ...]:
    """Name the kind of an address: its path without ids, and its parameters without their values."""
    parts = urlsplit(address)
    path = re.sub(r"/(?:model|dataset|analysis|hypothesis|figure|evaluation|paper)-[^/]+", "/ID", parts.path)
    return path, *sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})


@pytest.mark.parametrize(
    "whole",
    [False, pytest.param(True, marks=[pytest.mark.slow, pytest.mark.ci])],
    ids=["of each kind", "each"],
)
def test_every_address_of_every_page_is_under_the_path_and_answered(address: str, *, whole: bool) -> None:
    with httpx2.Client(follow_redirects=True) as client:
        linked = sorted(set(_addresses(client, address)))
        asked = linked if whole else list({_shape(one): one for one in linked}.values())
        wrong = [one for one in asked if client.get(one).status_code != 200]
    # A comparison without ids is what a form asks before anything is chosen.
    assert all("/models/compare" in one for one in wrong), wrong
    assert (len(linked) > 100, len(asked) > 30) == (True, True)


def test_redirects_styles_data_and_the_document_lead_there_too(address: str) -> None:
    moved = http.get(f"{address}/artifact/model-ad-logistic-v2")
    assert moved.headers["location"] == f"{ROOT}/models/model-ad-logistic-v2"
    assert http.get(f"{address}/assets/host.css").headers["content-type"].startswith("text/css")
    assert http.get(f"{address}/api/models?limit=1").json()["total"] == 28
    assert http.get(f"{address}/api/models/model-x").json()["code"] == "model_not_found"
    assert http.get(f"{address}/health").json()["status"] == "ok"
    document = http.get(f"{address}/openapi.json").json()
    assert document["servers"] == [{"url": ROOT}]
    head = http.head(f"{address}/models")
    assert (head.status_code, head.content) == (200, b"")


def test_text_that_looks_like_an_address_stays_as_it_is(address: str) -> None:
    page = http.get(f"{address}/models", params={"q": '<a href="/models">'}).text
    assert "&lt;a href=&#34;/models&#34;&gt;" in page


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with what the server takes for the request's scheme."""
    if scope["type"] == "http":
        await Response(scope["scheme"])(scope, receive, send)


@pytest.mark.skipif(NGINX is None, reason="no nginx")
@pytest.mark.parametrize(
    ("trusted", "scheme"), [("127.0.0.1", "https"), ("10.9.8.7,127.0.0.1", "https"), ("10.9.8.7", "http")]
)
def test_what_another_server_says_is_believed_from_the_addresses_that_are_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trusted: str, scheme: str
) -> None:
    monkeypatch.setattr(serving, "_APPLICATION", f"{__name__}:echo")
    config = serving._configure(uvicorn.Config, 1, trusted)
    config.lifespan = "off"
    server = uvicorn.Server(config)
    with serving.listen("127.0.0.1", 0) as listener:
        thread = Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            with nginx(tmp_path, serving.address_of(listener), strips=True) as address:
                assert http.get(f"{address}/models").text == scheme
        finally:
            server.should_exit = True
            thread.join(SECONDS)


@pytest.mark.parametrize(
    "path", ["/models/glossary", "/artifact/model-ad-logistic-v2", "/models/model-ad-logistic-v2"]
)
def test_no_header_of_a_client_moves_an_address(live_server: str, path: str) -> None:
    said = {
        "X-Forwarded-Host": "other.example",
        "X-Forwarded-Proto": "gopher",
        "X-Forwarded-For": "192.0.2.1",
        "X-Forwarded-Prefix": "/other",
        "Forwarded": "for=192.0.2.1;host=other.example;proto=gopher",
    }
    plain, moved = http.get(live_server + path), http.get(live_server + path, headers=said)
    assert (moved.status_code, moved.text) == (plain.status_code, plain.text)
    assert moved.headers.get("location") == plain.headers.get("location")


@pytest.mark.parametrize(
    "path",
    [
        *("/models", "/docs", "/health", "/openapi.json", "/api/models", "/models/model-ad-logistic-v2"),
        *("/api/models/model-ad-logistic-v2", "/artifact/dataset-ad-train", "/models/glossary"),
        *("/api/artifacts/dataset-ad-train", "/models?q=tau", "/api/models?family=statistical&limit=3"),
        *("/models/compare?ids=model-ad-logistic-v1,model-ad-logistic-v2", "/api/models?famly=x"),
        *("/models/model-x", "/nowhere"),
    ],
)
def test_a_slash_at_the_end_changes_nothing(live_server: str, path: str) -> None:
    before, mark, query = path.partition("?")
    plain = http.get(live_server + path)
    slashed = http.get(f"{live_server}{before}/{mark}{query}")
    assert slashed.status_code == plain.status_code
    assert slashed.headers["content-type"] == plain.headers["content-type"]
    if before != "/health":
        assert slashed.text == plain.text


@pytest.mark.parametrize(
    "path", ["/models", "/api", "scidex", "/a b", "//x", "/../..", "/a/.", '/"><script>']
)
def test_a_path_that_cannot_be_told_apart_is_refused(path: str) -> None:
    with pytest.raises(InvalidSetting, match="SCIDEX_ROOT_PATH"):
        Settings.from_environment({"SCIDEX_ROOT_PATH": path})
