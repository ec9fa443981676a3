"""PEtab: the model with its estimates, the measurements as a dataset, and the simulations as evidence."""

from pathlib import Path

import psycopg
import pytest

from scidex.atlas.artifact_registry import register_artifact
from scidex.atlas.model_registry import get_model_detail
from scidex.forge.importers import BY_NAME, FORMATS, Plan, Refused, Told, carry_out
from scidex.forge.importers.recognising import sources
from tests.importers.petab_problem import PROBLEM, PROBLEM_2, TABLES, petab

TABLE = dict(TABLES)


def read(folder: Path, told: Told | None = None) -> Plan:
    """Return the one plan of a problem."""
    (part,) = BY_NAME["petab"].read(folder, told or Told())
    if isinstance(part, Refused):
        raise part
    return part


@pytest.mark.parametrize("problem", [PROBLEM, PROBLEM_2])
def test_the_parameters_say_their_values_bounds_and_whether_they_are_estimated(
    tmp_path: Path, problem: str
) -> None:
    plan = read(petab(tmp_path, problem))
    metadata = plan.models[0].metadata
    assert metadata["parameters"] == {
        "k": {"value": 0.5, "units": "s", "lower": 0.001, "upper": 10.0, "estimated": True, "scale": "log10"},
        "fixed": {"value": 2, "units": None},
        "sd": {"value": None, "units": None, "lower": 0.0, "upper": None, "estimated": True, "scale": "lin"},
    }
    assert metadata["observables"] == {"obs": {"formula": "B * fixed", "noise": "sd"}}
    assert metadata["equations"] == ["r = k*B", "dB/dt = -r/c"]


def test_measurements_are_a_dataset_and_simulations_an_evaluation_of_the_fit(
    conn: psycopg.Connection, tmp_path: Path
) -> None:
    outcome = carry_out(read(petab(tmp_path)), conn)
    model = next(name for name in outcome.new if name.startswith("model-"))
    detail = get_model_detail(model, conn=conn)
    (evaluation,) = detail["evaluations"]
    assert (evaluation["split"], evaluation["rows"], evaluation["units"]) == ("train", 3, 1)
    assert detail["training_datasets"] == [next(name for name in outcome.new if name.startswith("dataset-"))]
    columns = conn.execute("SELECT metadata FROM artifacts WHERE artifact_type = 'evaluation'").fetchone()
    assert columns is not None
    assert columns[0]["observed"] == [4.1, 2.3, 2.5]
    assert columns[0]["predicted"] == [4.0, 2.4, 2.4]
    assert columns[0]["sample"] == ["obs control 0", "obs control 1", "obs control 1 #2"]
    assert columns[0]["x"]["values"] == [0.0, 1.0, 1.0]


def test_the_dataset_says_what_was_measured_under_which_conditions(tmp_path: Path) -> None:
    (dataset,) = read(petab(tmp_path)).artifacts
    assert dataset.metadata["rows"] == 4
    assert dataset.metadata["observables"] == {"obs": 4}
    assert dataset.metadata["conditions"][1] == {"conditionId": "treated", "fixed": "3"}  # type: ignore[index]


def test_with_its_analysis_only_the_pin_is_missing(conn: psycopg.Connection, tmp_path: Path) -> None:
    register_artifact(artifact_type="analysis", title="Fit", artifact_id="analysis-fit", conn=conn)
    plan = read(petab(tmp_path), Told(analysis="analysis-fit"))
    outcome = carry_out(plan, conn)
    (verdict,) = outcome.provenance.values()
    assert [each["rule"] for each in verdict["rules"] if each["required"] and not each["satisfied"]] == [
        "pinned_inputs"
    ]
    assert plan.missing == ()


def test_a_problem_that_estimates_nothing_was_trained_on_nothing(tmp_path: Path) -> None:
    table = TABLE["parameters.tsv"].replace("\t1\n", "\t0\n")
    plan = read(petab(tmp_path, tables={**TABLE, "parameters.tsv": table}))
    assert plan.models[0].trained_on == ()
    assert plan.evaluations == ()


@pytest.mark.parametrize(
    ("simulated", "evaluations"),
    [
        ("obs\tcontrol\t2.4\t1.0\nobs\tcontrol\t4\t0\nobs\ttreated\t1\t2\n", 1),
        ("obs\tcontrol\t4\t0.0000001\nobs\tcontrol\t2\t1\nobs\tcontrol\t3\t1\nobs\ttreated\t1\t2\n", 1),
        ("obs\tcontrol\t4\t0\n", 0),
        ("obs\tcontrol\t2.4\t1\nobs\tcontrol\t2.5\t1\nobs\tcontrol\t4\t0\nobs\ttreated\t1\t2\n", 0),
    ],
)
def test_simulations_that_do_not_belong_to_the_measurements_are_left_out(
    tmp_path: Path, simulated: str, evaluations: int
) -> None:
    header = TABLE["simulations.tsv"].partition("\n")[0]
    plan = read(petab(tmp_path, tables={**TABLE, "simulations.tsv": f"{header}\n{simulated}"}))
    assert len(plan.evaluations) == evaluations
    assert any(each.what == "simulations.tsv" for each in plan.left_out) is not bool(evaluations)


def test_the_folder_is_the_source_and_its_model_is_not_imported_twice(tmp_path: Path) -> None:
    folder = petab(tmp_path)
    assert [(each.path, each.format) for each in sources(tmp_path, FORMATS)] == [(folder, BY_NAME["petab"])]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("model.xml", "../model.xml", "not beside the problem"),
        ("model.xml", "https://example.org/model.xml", "nothing is fetched"),
        ("model.xml", "/etc/passwd", "not beside"),
        ("[model.xml]", "[model.xml, a.xml]", "2 models"),
        ("[model.xml]", "[]", "0 models"),
        ("format_version: 1", "format_version: 7", "format_version is"),
        ("measurements.tsv", "conditions.tsv", "no column observableId"),
    ],
)
def test_a_problem_that_cannot_be_read_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    with pytest.raises(Refused, match=reason) as refused:
        read(petab(tmp_path, PROBLEM.replace(old, new)))
    name, *within = refused.value.place.split()
    assert name not in within
    assert refused.value.remedy


def test_a_file_without_a_version_is_refused_and_named_once(tmp_path: Path) -> None:
    (tmp_path / "notes.yaml").write_text("problems: []\n")
    (refused,) = BY_NAME["petab"].read(tmp_path / "notes.yaml", Told())
    assert isinstance(refused, Refused)
    assert (refused.place, refused.reason) == ("notes.yaml", "there is no format_version")


def test_a_value_must_be_a_number(tmp_path: Path) -> None:
    tables = {**TABLE, "parameters.tsv": TABLE["parameters.tsv"].replace("0.5", "half")}
    with pytest.raises(Refused, match="'half' is not a number") as refused:
        read(petab(tmp_path, tables=tables))
    assert "nominalValue of k" in refused.value.place


def test_a_model_in_another_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="only models in SBML"):
        read(petab(tmp_path, PROBLEM_2.replace("language: sbml", "language: bngl")))
