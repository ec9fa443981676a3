"""A figure artifact as a page shows it: drawn from its data, or its own image."""

from dataclasses import dataclass

from scidex.atlas._model_registry.pages.drawing.picture import Picture
from scidex.atlas._model_registry.pages.parts.chart_data import chart_picture
from scidex.atlas._model_registry.pages.parts.own_image import own_image
from scidex.atlas._model_registry.pages.words.addresses import artifact_address
from scidex.atlas._model_registry.pages.words.wording import shortened
from scidex.atlas._model_registry.records.artifacts import ArtifactRecord

_TITLE_LIMIT = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure: its picture from data, the address of its image, or why there is none."""

    title: str
    href: str
    picture: Picture | None
    image: str | None
    fault: str | None


def figure(artifact: ArtifactRecord) -> Figure | None:
    """Return a figure; None where it holds neither chart data nor an image."""
    picture, image = chart_picture(artifact.metadata), own_image(artifact.metadata)
    if picture is None and image is None:
        return None
    return Figure(
        title=shortened(artifact.title, _TITLE_LIMIT) or artifact.id,
        href=artifact_address(artifact.id, artifact.artifact_type),
        picture=picture,
        image=image.address if image else None,
        fault=image.fault if image and picture is None else None,
    )
