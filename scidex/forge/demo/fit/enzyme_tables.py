"""Training and test measurements of the puromycin experiment, and the analyses that use them."""

from dataclasses import dataclass

from scidex.forge.demo.fit import published
from scidex.forge.demo.fit.entries import ArtifactEntry, analysis, derived_table
from scidex.forge.demo.fit.split import leaving_out
from scidex.forge.demo.fit.tables import DataTable, TableCell

STATES = ("treated", "untreated")
BOTH = "both"
_SPLIT = "analysis-puromycin-split"
_HERE = "scidex.forge.demo.fit.enzyme_tables:measurements"
_FIT = "scidex.forge.demo.fit.enzyme:models"


@dataclass(frozen=True)
class Measurements:
    """Training and test tables of one state, or of both."""

    state: str
    train: DataTable
    test: DataTable


def train_id(state: str) -> str:
    """Return the id of a training table."""
    return "dataset-puromycin-train" if state == BOTH else f"dataset-puromycin-{state}-train"


def test_id(state: str) -> str:
    """Return the id of a test table."""
    return "dataset-puromycin-test" if state == BOTH else f"dataset-puromycin-{state}-test"


def analysis_id(state: str) -> str:
    """Return the id of the analysis that fits a state."""
    return f"analysis-puromycin-{state}-states" if state == BOTH else f"analysis-puromycin-{state}"


def measurements() -> list[Measurements]:
    """Return the tables of both states together, then of each.

    Of the two replicates at each concentration, the second in published order is held out; a concentration measured
    once stays in training.
    """
    table = published.measurements(published.PUROMYCIN)
    train, test = leaving_out(table, "row", _second_replicates(table))
    whole = Measurements(BOTH, train, test)
    return [whole, *(_of_state(whole, state) for state in STATES)]


def entries(tables: list[Measurements]) -> list[ArtifactEntry]:
    """Return the entries of the tables and analyses."""
    split = analysis(
        _SPLIT,
        "Split of the puromycin data into training and test replicates",
        inputs=[("cites", published.PUROMYCIN)],
        method="The second replicate at each concentration is held out.",
        entrypoint=_HERE,
    )
    described = [
        entry for one in tables for entry in (_table(one, held_out=False), _table(one, held_out=True))
    ]
    return [split, *described, *(_analysis(one.state) for one in tables)]


def _second_replicates(table: DataTable) -> list[TableCell]:
    seen: set[tuple[TableCell, TableCell]] = set()
    second: list[TableCell] = []
    for number, concentration, state in zip(*map(table.column, ("row", "conc", "state")), strict=True):
        if (concentration, state) in seen:
            second.append(number)
        seen.add((concentration, state))
    return second


def _of_state(whole: Measurements, state: str) -> Measurements:
    train, test = (table.where(lambda row: row["state"] == state) for table in (whole.train, whole.test))
    return Measurements(state, train, test)


def _table(one: Measurements, *, held_out: bool) -> ArtifactEntry:
    table, name = (one.test, test_id) if held_out else (one.train, train_id)
    cells = "both states" if one.state == BOTH else f"{one.state} enzyme"
    which = (
        "the second replicate at each concentration"
        if held_out
        else "the first replicate at each concentration"
    )
    return derived_table(
        name(one.state),
        f"Puromycin, {cells}: {'held-out' if held_out else 'training'} replicates",
        table,
        raw=published.PUROMYCIN,
        source=published.PUROMYCIN if one.state == BOTH else name(BOTH),
        analysis=_SPLIT,
        rule=which if one.state == BOTH else f"{which}, state {one.state}",
    )


def _analysis(state: str) -> ArtifactEntry:
    cells = "treated and untreated enzyme together" if state == BOTH else f"{state} enzyme"
    return analysis(
        analysis_id(state),
        f"Kinetics of galactosyltransferase: {cells}",
        inputs=[("cites", train_id(state)), ("uses", test_id(state)), ("cites", published.BATES_WATTS)],
        method="Michaelis-Menten kinetics and its extensions, least squares on the training replicates.",
        entrypoint=_FIT,
    )
