"""The addresses of links. Ids may hold any character, so each is percent-encoded whole."""

from collections.abc import Sequence
from typing import Final, Literal
from urllib.parse import quote, urlencode

COMPARE_PAGE: Final = "/models/compare"
MODEL_LIST: Final = "/models"
FEED: Final = "/models.atom"
STYLESHEET: Final = "/models/assets/registry.css"
# The style sheet of the margins of a printed page.
MARGINS: Final = f"{STYLESHEET}?margins"
GLOSSARY: Final = "/models/glossary"
REGISTERING: Final = "/models/register"
REFERENCE: Final = "/docs"
# The parameter of the list that names a model ticked for a comparison.
TICKED: Final = "ticked"

DownloadFormat = Literal["json", "csv", "md", "html", "tex", "bibtex", "crate"]

_COMPARE_ROUTE = "/api/models/compare"
# Ids that go into the query, as no path can hold them: browsers take the first two for folders, and the others are
# the addresses above.
_FOLDERS: Final = frozenset({".", ".."})
_IN_QUERY: Final = _FOLDERS | {
    address.removeprefix(f"{MODEL_LIST}/") for address in (COMPARE_PAGE, STYLESHEET, GLOSSARY, REGISTERING)
}


def model_address(model_id: str) -> str:
    """Return the address of a model's page."""
    last = f"?{urlencode({'id': model_id})}" if model_id in _IN_QUERY else quote(model_id, safe="")
    return f"{MODEL_LIST}/{last}"


def ticking_address(model_id: str) -> str:
    """Return the address of the list with this model ticked, to find one that it is compared with."""
    return f"{MODEL_LIST}?{urlencode({TICKED: model_id})}"


def json_address(model_id: str) -> str:
    """Return the address of a model as JSON."""
    return f"/api{model_address(model_id)}"


def file_address(model_id: str, format_: str) -> str:
    """Return the address of a model as a file."""
    address = json_address(model_id)
    return f"{address}{'&' if '?' in address else '?'}format={format_}"


def impact_address(artifact_id: str, *, rows: Literal["models", "all"] | None = None) -> str:
    """Return the address of what rests on an artifact, as JSON or as a table of ``rows``."""
    query = {"id": artifact_id} if artifact_id in _FOLDERS else {}
    query |= {"format": "csv"} if rows else {}
    query |= {"of": "all"} if rows == "all" else {}
    place = "" if artifact_id in _FOLDERS else quote(artifact_id, safe="")
    return f"/api/artifacts/{place}/impact{f'?{urlencode(query)}' if query else ''}"


def artifact_address(artifact_id: str, artifact_type: str | None) -> str:
    """Return the address of an artifact's page; models have their own page."""
    if artifact_type == "model":
        return model_address(artifact_id)
    if artifact_id in _FOLDERS:
        return f"/artifact/?{urlencode({'id': artifact_id})}"
    return f"/artifact/{quote(artifact_id, safe='')}"


def leaderboard_address(dataset_id: str, metric: str) -> str:
    """Return the address of the models evaluated on a dataset, the best by a metric first."""
    return f"{MODEL_LIST}?{urlencode({'evaluated_on': dataset_id, 'sort': f'metric:{metric}'})}"


def compare_address(ids: Sequence[str], *, baseline: str, only_differences: bool, setting: str = "") -> str:
    """Return the address of the comparison of these models, in this order; ``setting`` filters by name."""
    query = [("ids", model_id) for model_id in ids]
    if baseline != ids[0]:
        query.append(("baseline", baseline))
    if only_differences:
        query.append(("differences", "only"))
    if setting:
        query.append(("setting", setting))
    return f"{COMPARE_PAGE}?{urlencode(query)}"


def download_address(ids: Sequence[str], *, baseline: str, format_: DownloadFormat) -> str:
    """Return the address of the comparison in a format."""
    query = [("ids", model_id) for model_id in ids]
    if baseline != ids[0]:
        query.append(("baseline", baseline))
    if format_ != "json":
        query.append(("format", format_))
    if format_ == "csv":  # for a spreadsheet
        query.append(("bom", "true"))
    return f"{_COMPARE_ROUTE}?{urlencode(query)}"
