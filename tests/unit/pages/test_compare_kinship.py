"""Models that share only names of parameters are never shown as versions of each other."""

from scidex.atlas._model_registry.comparison import compare
from scidex.atlas._model_registry.contract.answers import Comparison
from scidex.atlas._model_registry.pages.compare.page import ComparePageContext, compare_page
from scidex.atlas._model_registry.records.models import Json
from scidex.atlas._model_registry.records.provenance import TracedModel
from tests.unit.builders import traced
from tests.unit.pages.example_models import lineage


def a_model(
    name: str, equation: str, trained_on: dict[str, int | None] | None = None, **k: float
) -> TracedModel:
    parameters: Json = {key: {"value": value, "units": "1/min"} for key, value in k.items()}
    metadata: Json = {"model_family": "biophysical", "equations": [equation], "parameters": parameters}
    return traced(name, metadata=metadata, trained_on=trained_on)


def compared(*models: TracedModel) -> Comparison:
    return compare(models, baseline=models[0].document.model.id, datasets={})


def words(page: ComparePageContext) -> dict[str, list[tuple[str, str | None]]]:
    lines = [line for group in page["settings"].differing for line in group.lines]
    return {line.path: [(cell.word, cell.ratio) for cell in line.cells[1:]] for line in lines}


# Cell cycles of Tyson 1991 (BIOMD0000000005) and Goldbeter 1991 (BIOMD0000000003).
TYSON = a_model("model-tyson", "dYP/dt = k6 * M - k7 * YP", k1=0.015, k6=1.0)
GOLDBETER = a_model("model-goldbeter", "dC/dt = vi - kd * C", k1=0.005, kd=0.01)


def test_of_unrelated_models_nothing_is_said_to_be_changed() -> None:
    page = compare_page(compared(TYSON, GOLDBETER), only_differences=False, histories=None)
    assert words(page)["k1"] == [("differs", None)]
    assert words(page)["k6"] == [("set in the baseline", None)]
    assert words(page)["kd"] == [("not in the baseline", None)]
    assert page["settings"].unrelated == (
        "B is not known to share lineage, training data, an equation, a feature, an architecture or code with A: "
        "settings of the same name may be different quantities."
    )


def test_numbered_names_of_reactions_make_no_versions_of_models() -> None:
    """Schwen 2014 and Zheng 2012 of the PEtab benchmark were written by one program, which numbers reactions."""
    models = [
        traced(
            name,
            metadata={
                "model_family": "biophysical",
                "equations": [f"v3 = {law}"],
                "reactions": {"v3": {"name": "v_2", "equation": equation}},
                "species": {"EmptySet": {"value": 0, "boundary": True}},
                "compartments": {"cell": {"value": 1, "dimensions": 3}},
                "parameters": {"k": {"value": 1, "units": "1/min"}},
            },
        )
        for name, law, equation in (
            ("model-schwen", "Ins*kon", "Ins -> BoundUnspec"),
            ("model-zheng", "K27me0K36me1*k01", "K27me0K36me1 -> K27me0K36me0"),
        )
    ]
    page = compare_page(compared(*models), only_differences=False, histories=None)
    assert page["settings"].unrelated is not None


def test_a_shared_equation_lineage_or_dataset_makes_versions_of_models() -> None:
    refit = a_model("model-refit", "dYP/dt = k6 * M - YP * k7", k1=0.03)
    page = compare_page(compared(TYSON, refit), only_differences=False, histories=None)
    assert (words(page)["k1"], page["settings"].unrelated) == ([("changed", "×2")], None)  # noqa: RUF001

    one = {name: lineage(["model-tyson", "model-goldbeter"]) for name in ("model-tyson", "model-goldbeter")}
    page = compare_page(compared(TYSON, GOLDBETER), only_differences=False, histories=one)
    assert page["settings"].unrelated is None

    same_data: dict[str, int | None] = {"dataset-a": 1}
    models = (
        a_model("model-a", "y = a * x", same_data, a=1.0),
        a_model("model-b", "z = a / x", same_data, a=2.0),
    )
    assert (
        compare_page(compared(*models), only_differences=False, histories=None)["settings"].unrelated is None
    )
