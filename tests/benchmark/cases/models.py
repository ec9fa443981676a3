"""Single models and several beside each other: details, comparisons and the page of a comparison."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from urllib.parse import urlencode

from tests.benchmark.cases.case import Answer, Case, Limit
from tests.benchmark.cases.chosen import Chosen
from tests.benchmark.deep_graphs import DEEP
from tests.benchmark.evaluated import FEW_ROWS, MANY_ROWS
from tests.benchmark.registry import dataset_id


def models(chosen: Chosen) -> Iterator[Case]:
    """Yield the cases that name their models."""
    for name, model in (("1 version", chosen.single), ("40 versions", chosen.longest)):
        parameters = {"id": model, "lineage": re.sub(r"-v\d+$", "", model)}
        path = f"/api/models/{model}"
        yield Case(f"detail of {name}", path, "detail", parameters, Limit(2, 10), _versions)
    for number, milliseconds in ((2, 10), (10, 30)):
        ids = chosen.ordinary[:number]
        path, parameters = _compared("/api/models/compare", ids)
        yield Case(
            f"comparison of {number}", path, "compared", parameters, Limit(None, milliseconds), _columns
        )
    for name, ids, milliseconds in (
        ("2 ordinary models", chosen.ordinary[:2], 60),
        ("two graphs of 400", DEEP, 1000),
    ):
        path, parameters = _compared("/models/compare", ids)
        yield Case(
            f"compare page of {name}", path, "compared", parameters, Limit(None, milliseconds), _shown(ids)
        )


def impacts() -> Iterator[Case]:
    """Yield the case of what rests on a dataset: of 100,000 models 11,102."""
    path = f"/api/artifacts/{dataset_id(5)}/impact"
    yield Case("impact of a dataset", path, "touched", {}, Limit(None, 60), _touched)


def evaluated_models() -> Iterator[Case]:
    """Yield the cases whose answers rest on evaluations, resampled once."""
    for name, ids, milliseconds in (
        ("2 evaluated on 100 rows", FEW_ROWS, 20),
        ("10 evaluated on 1,000 rows", MANY_ROWS, 200),
    ):
        path, parameters = _compared("/api/models/compare", ids)
        yield Case(f"comparison of {name}", path, "compared", parameters, Limit(None, milliseconds), _columns)
    model = MANY_ROWS[0]
    parameters = {"id": model, "lineage": model}
    yield Case(
        "detail with 1,000 rows", f"/api/models/{model}", "detail", parameters, Limit(None, 40), _versions
    )


def _compared(path: str, ids: Sequence[str]) -> tuple[str, dict[str, str]]:
    together = {"ids": ",".join(ids)}
    return f"{path}?{urlencode(together)}", together


def _versions(body: bytes) -> Answer:
    ids = [version["id"] for version in json.loads(body)["versions"]]
    return {"ids": ids, "total": len(ids)}


def _touched(body: bytes) -> Answer:
    answer = json.loads(body)
    return {"ids": [model["id"] for model in answer["models"]], "total": answer["total_models"]}


def _columns(body: bytes) -> Answer:
    ids = [model["id"] for model in json.loads(body)["models"]]
    return {"ids": ids, "total": len(ids)}


def _shown(ids: Sequence[str]) -> Callable[[bytes], Answer]:
    """Make the reader of a page: those of the ids that it shows, in the order asked for."""

    def read(body: bytes) -> Answer:
        page = body.decode()
        shown = [model for model in ids if escape(model) in page and "<main" in page]
        return {"ids": shown, "total": len(shown)}

    return read
