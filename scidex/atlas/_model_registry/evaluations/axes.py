"""The axis that predictions are drawn against, and a dense curve of predictions."""

from scidex.atlas._model_registry.evaluations.faults import Faults
from scidex.atlas._model_registry.evaluations.values import labels, numbers, object_of, text
from scidex.atlas._model_registry.records.evaluations import Axis, Curve


def axis(given: object, rows: int, faults: Faults) -> Axis | None:
    """Return the axis of the rows: its name, its unit if it has one, and a value for each row."""
    x = object_of("metadata.x", given, "name, unit and values", faults)
    if x is None:
        return None
    name = text("metadata.x.name", x.get("name"), faults)
    unit = None if x.get("unit") is None else text("metadata.x.unit", x["unit"], faults)
    values = numbers("metadata.x.values", x.get("values"), rows, faults)
    return None if name is None or values is None else Axis(name=name, unit=unit, values=values)


def curve(given: object, faults: Faults) -> Curve | None:
    """Return the columns of a curve, which may be longer or shorter than those of the rows."""
    columns = object_of("metadata.curve", given, "x, predicted and group", faults)
    if columns is None:
        return None
    x = numbers("metadata.curve.x", columns.get("x"), None, faults)
    points = None if x is None else len(x)
    predicted = numbers("metadata.curve.predicted", columns.get("predicted"), points, faults)
    named = columns.get("group")
    group = () if named is None else labels("metadata.curve.group", named, points, faults)
    if x is None or predicted is None or group is None:
        return None
    return Curve(x=x, predicted=predicted, group=group)
