"""Where the pages' links lead. Ids may hold any character, so each is percent-encoded whole."""

from collections.abc import Sequence
from typing import Final, Literal
from urllib.parse import quote, urlencode

COMPARE_PAGE: Final = "/models/compare"
MODEL_LIST: Final = "/models"
STYLESHEET: Final = "/models/assets/registry.css"

_COMPARE_ROUTE = "/api/models/compare"


def model_address(model_id: str) -> str:
    """Give the address of a model's page."""
    return f"{MODEL_LIST}/{quote(model_id, safe='')}"


def artifact_address(artifact_id: str, artifact_type: str | None) -> str:
    """Give the address of an artifact's page; models have one of their own."""
    if artifact_type == "model":
        return model_address(artifact_id)
    return f"/artifact/{quote(artifact_id, safe='')}"


def compare_address(ids: Sequence[str], *, baseline: str, only_differences: bool) -> str:
    """Give the address of the comparison of these models, in this order."""
    query = [("ids", model_id) for model_id in ids]
    if baseline != ids[0]:
        query.append(("baseline", baseline))
    if only_differences:
        query.append(("differences", "only"))
    return f"{COMPARE_PAGE}?{urlencode(query)}"


def download_address(ids: Sequence[str], *, baseline: str, format_: Literal["json", "csv", "md"]) -> str:
    """Give the address of the same comparison as data."""
    query = [("ids", model_id) for model_id in ids]
    if baseline != ids[0]:
        query.append(("baseline", baseline))
    if format_ != "json":
        query.append(("format", format_))
    return f"{_COMPARE_ROUTE}?{urlencode(query)}"
