"""Routes that give precedence to the host's own."""

from typing import Any

from starlette.routing import Match
from starlette.types import Scope
from typing_extensions import override

from scidex.atlas._model_registry.web.secured_route import SecuredRoute


class YieldingRoute(SecuredRoute):
    """A route that leaves a request to any other route of the application that matches its address."""

    @override
    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        match, child = super().matches(scope)
        if match is not Match.NONE and any(self._yields_to(route, scope) for route in _routes(scope)):
            return Match.NONE, {}
        return match, child

    def _yields_to(self, route: Any, scope: Scope) -> bool:
        own = self.path.partition("/{")[0]
        is_other = not isinstance(route, YieldingRoute) and str(getattr(route, "path", "")).startswith(own)
        return is_other and route.matches(scope)[0] is not Match.NONE


def _routes(scope: Scope) -> list[Any]:
    app = scope.get("app")
    return list(app.router.routes) if app is not None else []
