"""Puts tags and the security headers on the answers of the registry's routes, whatever the host."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.responses import Response
from typing_extensions import override

from scidex.atlas._model_registry.web.etags import tagged
from scidex.atlas._model_registry.web.security_headers import SECURITY_HEADERS
from scidex.atlas._model_registry.web.sentences import reworded


def secured(response: Response) -> Response:
    """Return an answer with the security headers that it lacks."""
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    return response


class SecuredRoute(APIRoute):
    """A route whose answers carry tag and headers, and whose refusals use the registry's own sentences.

    Errors that leave it are answered, and secured, elsewhere.
    """

    @override
    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()

        async def answer_secured(request: Request) -> Response:
            try:
                return secured(tagged(request, await answer(request)))
            except RequestValidationError as refused:
                raise RequestValidationError(reworded(refused.errors())) from None

        return answer_secured
