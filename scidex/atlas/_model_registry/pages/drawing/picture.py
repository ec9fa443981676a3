"""The parts of a picture of data: panels of marks in pixels, a legend, notes, and the numbers as a table.

A series is a model: its number (from 0) fixes its colour, the shape of its dots and the dashes of its lines, in all
pictures of a page. Shape and dashes alone distinguish the models, for paper and for readers who see no colours
(B. Wong, Nature Methods 8, 441, 2011).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from scidex.atlas._model_registry.pages.drawing.shapes import Point

LineRole = Literal["fit", "reference", "spread"]
Anchor = Literal["start", "middle", "end"]

# Round marks come first; each differs from its neighbours in outline, not only in size.
_SHAPES = (
    "m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0",
    "m0-3.8 3.5 6.4h-7z",
    "m-2.8-2.8h5.6v5.6h-5.6z",
    "m-3.4-2.2 1.2-1.2 2.2 2.2 2.2-2.2 1.2 1.2-2.2 2.2 2.2 2.2-1.2 1.2-2.2-2.2-2.2 2.2-1.2-1.2 2.2-2.2z",
    "m0-4.2 3.6 4.2-3.6 4.2-3.6-4.2z",
    "m-.9-3.6h1.8v2.7h2.7v1.8h-2.7v2.7h-1.8v-2.7h-2.7v-1.8h2.7z",
    "m0 3.8 3.5-6.4h-7z",
    "m-3.2-3.4h6.4l-6.4 6.8h6.4z",
    "m-1.1-4.2h2.2v8.4h-2.2z",
    "m-4.2-1.1h8.4v2.2h-8.4z",
)
_DASHES = ("none", "7 3", "2 3", "9 3 2 3", "12 4", "5 2 2 2 2 2", "1 2", "14 3 4 3", "4 4", "9 2 1 2 1 2")
_COLOURS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The area of a panel that holds the data, in pixels."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A place on an axis and its label."""

    at: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Series:
    """What is drawn of one series; ``series`` is None for what is of no model, such as observations."""

    series: int | None = None

    @property
    def colour(self) -> str:
        """The name of the colour of the series; what is of no series has that of text."""
        return "none" if self.series is None else str(self.series % _COLOURS)

    @property
    def dashes(self) -> str:
        """The pattern of a line of the series."""
        return _DASHES[(self.series or 0) % len(_DASHES)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dots(_Series):
    """Points of one series, never joined."""

    points: Sequence[Point]
    is_hollow: bool = False

    @property
    def path(self) -> str:
        """The outlines of all points as one SVG path."""
        shape = _SHAPES[(self.series or 0) % len(_SHAPES)]
        return "".join(f"M{point.x:g} {point.y:g}{shape}" for point in self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(_Series):
    """Points joined in order."""

    points: Sequence[Point]
    role: LineRole

    @property
    def path(self) -> str:
        """The line as an SVG path."""
        return "M" + "L".join(f"{point.x:g} {point.y:g}" for point in self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Area(_Series):
    """A band between an upper and a lower edge, as one outline."""

    points: Sequence[Point]

    @property
    def path(self) -> str:
        """The outline as an SVG path."""
        return "M" + "L".join(f"{point.x:g} {point.y:g}" for point in self.points) + "z"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """A cell of a matrix, shaded by ``share`` (0 to 1)."""

    corner: Point
    width: float
    height: float
    share: float
    is_diagonal: bool
    text: str | None
    below: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text in a panel; ``point`` is on its base line."""

    point: Point
    text: str
    anchor: Anchor = "start"
    is_quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One drawing with its axes; ``description`` tells in words what it shows."""

    title: str
    description: str
    width: float
    height: float
    frame: Frame
    x_title: str
    y_title: str
    x_ticks: Sequence[Tick] = ()
    y_ticks: Sequence[Tick] = ()
    areas: Sequence[Area] = ()
    lines: Sequence[Line] = ()
    dots: Sequence[Dots] = ()
    cells: Sequence[MatrixCell] = ()
    words: Sequence[Words] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Key(_Series):
    """An entry of a legend: the mark and its meaning."""

    text: str
    has_line: bool = False
    has_dot: bool = False
    is_hollow: bool = False

    @property
    def dot(self) -> str:
        """The mark of the series in the middle of a sample 28 pixels wide and 12 high."""
        return Dots(points=[Point(14, 6)], series=self.series).path


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The numbers of a picture; the first cell of a row names it."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    left_out: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Panels that belong together; ``is_small`` where they are many and small."""

    title: str
    panels: Sequence[Panel]
    table: Table
    legend: Sequence[Key] = ()
    notes: Sequence[str] = ()
    is_small: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A model in a picture: its number and its name, such as "A"."""

    number: int
    name: str
