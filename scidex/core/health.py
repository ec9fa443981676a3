"""The answer of ``/health``, as the OpenAPI document describes it."""

from typing import Annotated, Any, Final, Literal, NotRequired

from pydantic import Field

# pydantic reads only this TypedDict before Python 3.12.
from typing_extensions import TypedDict

Status = Literal["ok", "database unavailable", "registry not installed", "lists fail"]


class PoolFigures(TypedDict):
    """The connections of one pool."""

    size: Annotated[int, Field(description="connections that are open", examples=[2])]
    available: Annotated[int, Field(description="open connections that are idle", examples=[2])]
    waiting: Annotated[int, Field(description="requests that wait for a connection", examples=[0])]
    max: Annotated[int, Field(description="most connections the pool opens", examples=[20])]


class Pools(TypedDict):
    """The pool of the primary, and the pool of reads."""

    primary: Annotated[PoolFigures, Field(description="connections to the primary")]
    read: Annotated[PoolFigures, Field(description="connections for reading")]


class Health(TypedDict):
    """Whether lists are available, and how busy the pools are."""

    status: Annotated[
        Status,
        Field(description="ok, or why lists cannot be had", examples=["ok"]),
    ]
    pools: Annotated[Pools, Field(description="figures of both pools")]
    folding: NotRequired[
        Annotated[
            Literal["ok", "behind", "waits", "fails"],
            Field(
                description="whether this process folds changes into the lists: it is behind, so that lists wait for "
                "some seconds or are answered 503, while more than 20,000 changes are not yet folded; it waits for a "
                "session of the database that keeps the turn; or it fails, as without the right to write",
                examples=["ok"],
            ),
        ]
    ]
    waiting_changes: NotRequired[
        Annotated[
            int, Field(description="changes not yet folded into the lists; absent if unknown", examples=[0])
        ]
    ]


_IDLE = {"size": 0, "available": 0, "waiting": 0}
UNHEALTHY: Final[dict[str, Any]] = {
    "content": {
        "application/json": {
            "example": {
                "status": "database unavailable",
                "pools": {"primary": _IDLE | {"max": 10}, "read": _IDLE | {"max": 20}},
            }
        }
    }
}
