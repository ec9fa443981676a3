"""The public key that verifies attestations."""

from typing import Final

from fastapi import FastAPI
from starlette.responses import PlainTextResponse, Response

from scidex.atlas._model_registry.exports.attestation.signing import public_key
from scidex.atlas._model_registry.web.secured_route import SecuredRoute

ADDRESS: Final = "/.well-known/scidex-signing-key.pem"


def add_key_route(app: FastAPI) -> None:
    """Add the address of the public key, which answers 404 where the operator gave none."""

    def signing_key() -> Response:
        key = public_key()
        if key is None:
            return PlainTextResponse("this registry signs nothing, so it has no key\n", 404)
        return Response(key, media_type="application/x-pem-file")

    app.router.add_api_route(ADDRESS, signing_key, include_in_schema=False, route_class_override=SecuredRoute)
