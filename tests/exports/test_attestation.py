"""Attestations as somebody else checks them: by openssl over the bytes that DSSE signs."""

import base64
import hashlib
import io
import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from scidex.atlas.model_registry import InvalidQuery, export_model
from tests.registry import rows

Envelope = dict[str, Any]


@pytest.fixture
def envelope(conn: psycopg.Connection) -> Envelope:
    """Sign what is said of a model with complete provenance."""
    rows.traceable_model(conn, "model-a", created_at="2026-04-05")
    made: Envelope = json.loads(export_model("model-a", "attestation", conn=conn).content)
    return made


def _verifies(envelope: Envelope, public_key: bytes, folder: Path) -> bool:
    """Check a signature without any code of ours, as docs/attestation.md says."""
    payload, kind = base64.b64decode(envelope["payload"]), envelope["payloadType"].encode()
    signed = b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)
    contents = {
        "public.pem": public_key,
        "signed": signed,
        "signature": base64.b64decode(envelope["signatures"][0]["sig"]),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    command = ["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", "public.pem"]
    ran = subprocess.run(
        [*command, "-in", "signed", "-sigfile", "signature"], cwd=folder, capture_output=True, check=False
    )
    return ran.returncode == 0


def test_openssl_verifies_it_with_the_published_key(
    envelope: Envelope, client: TestClient, tmp_path: Path
) -> None:
    key = client.get("/.well-known/scidex-signing-key.pem")
    assert key.status_code == 200
    assert _verifies(envelope, key.content, tmp_path)


def test_another_payload_or_type_is_refused(envelope: Envelope, client: TestClient, tmp_path: Path) -> None:
    key = client.get("/.well-known/scidex-signing-key.pem").content
    payload = base64.b64decode(envelope["payload"])
    other = base64.b64encode(payload.replace(b'"complete":true', b'"complete":null')).decode()
    assert other != envelope["payload"]
    assert not _verifies(envelope | {"payload": other}, key, tmp_path)
    assert not _verifies(envelope | {"payloadType": "application/json"}, key, tmp_path)


def test_its_subjects_are_the_files_of_the_package(conn: psycopg.Connection, envelope: Envelope) -> None:
    told = json.loads(base64.b64decode(envelope["payload"]))
    package = export_model("model-a", "crate", conn=conn).content
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        digests = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
    assert {one["name"]: one["digest"]["sha256"] for one in told["subject"]} == digests


def test_pinned_inputs_stand_with_the_digest_of_their_pin(conn: psycopg.Connection) -> None:
    digest = "ab" * 32
    rows.dataset(conn, "dataset-x", content_hash=f"sha256:{digest}")
    rows.analysis(
        conn,
        "analysis-x",
        pins=({"artifact_id": "dataset-x", "version_number": 1, "content_hash": f"sha256:{digest}"},),
    )
    rows.model(
        conn, "model-x", {"trained_on_dataset_id": "dataset-x", "produced_by_analysis_id": "analysis-x"}
    )
    made = json.loads(export_model("model-x", "attestation", conn=conn).content)
    (item,) = json.loads(base64.b64decode(made["payload"]))["predicate"]["buildDefinition"][
        "resolvedDependencies"
    ]
    assert (item["name"], item["digest"]) == ("dataset-x", {"sha256": digest})


def test_without_a_key_nothing_is_signed_or_offered(
    conn: psycopg.Connection, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows.model(conn, "model-a")
    monkeypatch.delenv("SCIDEX_SIGNING_KEY")
    with pytest.raises(InvalidQuery, match="this registry signs nothing"):
        export_model("model-a", "attestation", conn=conn)
    assert client.get("/.well-known/scidex-signing-key.pem").status_code == 404
    assert "format=attestation" not in client.get("/models/model-a").text


def test_a_key_of_another_kind_is_refused(
    conn: psycopg.Connection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    rows.model(conn, "model-a")
    for content in (b"no key", b""):
        (tmp_path / "key").write_bytes(content)
        monkeypatch.setenv("SCIDEX_SIGNING_KEY", str(tmp_path / "key"))
        with pytest.raises(InvalidQuery, match="must hold an Ed25519 private key") as refused:
            export_model("model-a", "attestation", conn=conn)
        assert str(tmp_path) not in str(refused.value)
