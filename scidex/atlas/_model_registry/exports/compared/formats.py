"""The one table of the formats of a comparison."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from jinja2 import Environment

from scidex.atlas._model_registry.comparison.export import as_csv, as_markdown
from scidex.atlas._model_registry.exports.compared.bibtex import as_bibtex
from scidex.atlas._model_registry.exports.compared.crate import as_crate
from scidex.atlas._model_registry.exports.compared.latex import as_latex
from scidex.atlas._model_registry.exports.compared.page import as_page
from scidex.atlas._model_registry.exports.compared.record import ComparedModels
from scidex.atlas._model_registry.exports.crate.entities import Enclosed


@dataclass(frozen=True, slots=True)
class FileOptions:
    """What files of a comparison need beside the comparison."""

    templates: Environment
    bom: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonFormat:
    """One format: its media type, its file name in packages, what it holds, and the function that writes it."""

    media_type: str
    file_name: str
    holds: str
    write: Callable[[ComparedModels, FileOptions], bytes]
    holds_citations: bool = False


_PLAIN: Final[Mapping[str, ComparisonFormat]] = {
    "json": ComparisonFormat(
        media_type="application/json",
        file_name="comparison.json",
        holds="all of it",
        write=lambda compared, _: compared.json_text.encode(),
    ),
    "csv": ComparisonFormat(
        media_type="text/csv",
        file_name="comparison.csv",
        holds="a file of the models, metrics and configuration",
        write=lambda compared, asked: as_csv(
            compared.comparison, bom=asked.bom, about=compared.about
        ).encode(),
    ),
    "md": ComparisonFormat(
        media_type="text/markdown",
        file_name="comparison.md",
        holds="one of the metrics and of the configuration that differs",
        write=lambda compared, _: as_markdown(compared.comparison, about=compared.about).encode(),
    ),
    "html": ComparisonFormat(
        media_type="text/html",
        file_name="comparison.html",
        holds="the page as one file that needs nothing else, with the JSON inside",
        write=lambda compared, asked: as_page(compared, asked.templates),
    ),
    "bibtex": ComparisonFormat(
        media_type="application/x-bibtex",
        file_name="comparison.bib",
        holds="how to cite the comparison, with its digest, and each model",
        holds_citations=True,
        write=lambda compared, _: as_bibtex(compared),
    ),
    "tex": ComparisonFormat(
        media_type="application/x-tex",
        file_name="comparison.tex",
        holds="the metrics as a LaTeX table (booktabs)",
        write=lambda compared, _: as_latex(compared),
    ),
}


def _enclosed(compared: ComparedModels, asked: FileOptions) -> list[Enclosed]:
    """Return every other format as a file of the package."""
    return [
        Enclosed(
            name=one.file_name,
            title=f"The comparison: {one.holds}",
            media_type=one.media_type,
            content=one.write(compared, asked),
        )
        for one in _PLAIN.values()
    ]


COMPARISON_FORMATS: Final[Mapping[str, ComparisonFormat]] = {
    **_PLAIN,
    "crate": ComparisonFormat(
        media_type="application/zip",
        file_name="comparison-ro-crate.zip",
        holds="RO-Crate 1.2 for archives: all these files with checksums, and the models with content hashes",
        holds_citations=True,
        write=lambda compared, asked: as_crate(compared, _enclosed(compared, asked)),
    ),
}
