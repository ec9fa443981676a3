"""A plot: a frame with two axes, sized to its labels, that maps values to places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scidex.atlas._model_registry.pages.drawing.axes import AxisRange, place, placed_ticks
from scidex.atlas._model_registry.pages.drawing.picture import Area, Dots, Frame, Line, Panel, Words
from scidex.atlas._model_registry.pages.drawing.shapes import Point
from scidex.atlas._model_registry.pages.drawing.text import fitting, text_width

LARGE, SMALL = (340.0, 290.0), (236.0, 172.0)

_LETTER = 6.2  # the width of an average letter of the labels
_INSET = 6.0  # between the frame and the outermost values, so that no dot touches the frame
_TOP, _BOTTOM, _RIGHT = 44.0, 40.0, 14.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Two axes on a frame; all marks are inside the frame, because the axes hold all values."""

    title: str
    x: AxisRange
    y: AxisRange
    width: float
    height: float
    frame: Frame

    def at(self, x: float, y: float) -> Point:
        """Return the place of a pair of values."""
        frame = self.frame
        return Point(
            place(x, self.x, frame.left + _INSET, frame.right - _INSET),
            place(y, self.y, frame.bottom - _INSET, frame.top + _INSET),
        )

    def points(self, pairs: Iterable[tuple[float, float]]) -> list[Point]:
        """Return the places of pairs of values."""
        return [self.at(x, y) for x, y in pairs]

    def line(self, *pairs: tuple[float, float]) -> Line:
        """Return a line of reference through pairs of values."""
        return Line(points=self.points(pairs), role="reference")

    def panel(
        self,
        description: str,
        *,
        areas: Sequence[Area] = (),
        lines: Sequence[Line] = (),
        dots: Sequence[Dots] = (),
        words: Sequence[Words] = (),
    ) -> Panel:
        """Return the panel with its marks."""
        frame = self.frame
        columns = int((self.width - 8) / _LETTER)
        return Panel(
            title=fitting(self.title, columns),
            description=description,
            width=self.width,
            height=self.height,
            frame=frame,
            x_title=fitting(self.x.title, columns),
            y_title=fitting(self.y.title, columns),
            x_ticks=placed_ticks(self.x, frame.left + _INSET, frame.right - _INSET),
            y_ticks=placed_ticks(self.y, frame.bottom - _INSET, frame.top + _INSET),
            areas=areas,
            lines=lines,
            dots=dots,
            words=words,
        )


def plot(title: str, x: AxisRange, y: AxisRange, size: tuple[float, float] = LARGE) -> Plot:
    """Return a plot with room for the labels of its axes."""
    width, height = size
    left = 12 + _LETTER * max(map(text_width, y.labels))
    right = max(_RIGHT, _LETTER * text_width(x.labels[-1]) / 2)
    frame = Frame(left=round(left, 1), top=_TOP, right=round(width - right, 1), bottom=height - _BOTTOM)
    return Plot(title=title, x=x, y=y, width=width, height=height, frame=frame)
