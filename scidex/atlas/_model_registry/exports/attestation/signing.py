"""Signing with the key that the operator gave."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scidex.atlas._model_registry.contract.errors import InvalidQuery
from scidex.atlas._model_registry.exports.attestation.statement import in_toto_statement
from scidex.atlas._model_registry.exports.record import Record

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from securesystemslib.signer import CryptoSigner

_KEY: Final = "SCIDEX_SIGNING_KEY"
_PAYLOAD_TYPE: Final = "application/vnd.in-toto+json"
_UNUSABLE: Final = (
    f"the signing key of this registry cannot be used: the file that {_KEY} names must hold an Ed25519 private key as "
    "PEM, without a password; its operator can mend that"
)


def has_key() -> bool:
    """Return whether the operator gave a key."""
    return bool(os.environ.get(_KEY))


def as_attestation(record: Record) -> bytes:
    """Return a DSSE envelope (https://github.com/secure-systems-lab/dsse) around the statement of this moment.

    Raises:
        InvalidQuery: there is no key, the key cannot be used, or the model cannot be packed.

    """
    from securesystemslib.dsse import Envelope  # noqa: PLC0415  most registries sign nothing

    signer = _signer()
    payload = json.dumps(
        in_toto_statement(record, datetime.now(UTC)), ensure_ascii=False, separators=(",", ":")
    )
    envelope = Envelope(payload.encode(), _PAYLOAD_TYPE, {})
    envelope.sign(signer)
    return (json.dumps(envelope.to_dict(), indent=2) + "\n").encode()


def public_key() -> bytes | None:
    """Return the public key as PEM; None where the operator gave none."""
    if not has_key():
        return None
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat  # noqa: PLC0415  as above

    pem: bytes = _private_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return pem


def _signer() -> "CryptoSigner":
    from securesystemslib.signer import CryptoSigner  # noqa: PLC0415  as above

    if not has_key():
        message = f"this registry signs nothing: its operator has given no key ({_KEY})"
        raise InvalidQuery("format", "attestation", message)
    return CryptoSigner(_private_key())


def _private_key() -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415  as above
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415  as above

    try:
        key = load_pem_private_key(Path(os.environ[_KEY]).read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise InvalidQuery("format", "attestation", _UNUSABLE) from error
    if not isinstance(key, ed25519.Ed25519PrivateKey):
        raise InvalidQuery("format", "attestation", _UNUSABLE)
    return key
