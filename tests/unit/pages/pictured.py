"""Pictures of columns, as pages draw them, and what holds of every panel."""

from collections.abc import Sequence

from hypothesis import strategies as st

from scidex.atlas._model_registry.pages.drawing.picture import Panel, Picture, Series
from scidex.atlas._model_registry.pages.parts.evidence import pictures
from scidex.atlas._model_registry.pages.rendering import own_templates
from scidex.atlas._model_registry.records.evaluations import Columns

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
SCORED = st.lists(st.tuples(st.booleans(), st.integers(0, 20).map(lambda tenth: tenth / 20)), min_size=2)


def one(columns: Columns) -> list[Picture]:
    return pictures([(Series(number=0, name="A"), columns)])


def binary(rows: Sequence[tuple[bool, float]]) -> Columns:
    return Columns(
        task="binary",
        observed=tuple("ill" if is_ill else "well" for is_ill, _ in rows),
        scores=tuple(score for _, score in rows),
        scores_are="probability",
        positive="ill",
    )


def drawn(found: Sequence[Picture]) -> str:
    page = own_templates().from_string(
        '{% from "model_registry/picture.html" import picture %}'
        "<body>{% for one in found %}{{ picture(one, 'p' ~ loop.index) }}{% endfor %}</body>"
    )
    return page.render(found=found)


def assert_inside(panel: Panel) -> None:
    frame = panel.frame
    dots, lines, areas = panel.dots, panel.lines, panel.areas
    marks = [
        *(mark.points for mark in dots),
        *(line.points for line in lines),
        *(area.points for area in areas),
    ]
    for point in (point for points in marks for point in points):
        assert frame.left <= point.x <= frame.right
        assert frame.top <= point.y <= frame.bottom
