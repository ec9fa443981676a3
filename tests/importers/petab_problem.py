"""A small PEtab problem of our own: decay of one species, measured twice and simulated."""

from pathlib import Path

MODEL = """<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level2/version4" level="2" version="4"><model id="decay" name="Decay">
 <listOfCompartments><compartment id="c" size="1"/></listOfCompartments>
 <listOfSpecies><species id="B" compartment="c" initialConcentration="4"/></listOfSpecies>
 <listOfParameters><parameter id="k" value="1" units="second"/><parameter id="fixed" value="2"/></listOfParameters>
 <listOfReactions><reaction id="r"><listOfReactants><speciesReference species="B"/></listOfReactants>
  <kineticLaw><math xmlns="http://www.w3.org/1998/Math/MathML"><apply><times/><ci>k</ci><ci>B</ci></apply></math>
  </kineticLaw></reaction></listOfReactions></model></sbml>
"""
PROBLEM = """format_version: 1
parameter_file: parameters.tsv
problems:
- condition_files: [conditions.tsv]
  measurement_files: [measurements.tsv]
  observable_files: [observables.tsv]
  sbml_files: [model.xml]
  visualization_files: [plots.tsv]
"""
PROBLEM_2 = """format_version: 2.0.0
parameter_files: [parameters.tsv]
model_files: {decay: {location: model.xml, language: sbml}}
condition_files: [conditions.tsv]
measurement_files: [measurements.tsv]
observable_files: [observables.tsv]
"""
TABLES = {
    "parameters.tsv": "parameterId\tparameterScale\tlowerBound\tupperBound\tnominalValue\testimate\n"
    "k\tlog10\t1E-3\t10\t0.5\t1\nsd\tlin\t0\tinf\t\t1\n",
    "conditions.tsv": "conditionId\tfixed\ncontrol\t2\ntreated\t3\n",
    "measurements.tsv": "observableId\tsimulationConditionId\tmeasurement\ttime\n"
    "obs\tcontrol\t4.1\t0\nobs\tcontrol\t2.3\t1\nobs\tcontrol\t2.5\t1\nobs\ttreated\tNaN\t2\n",
    "observables.tsv": "observableId\tobservableFormula\tnoiseFormula\nobs\tB * fixed\tsd\n",
    "simulations.tsv": "observableId\tsimulationConditionId\tsimulation\ttime\n"
    "obs\tcontrol\t4\t0.0\nobs\tcontrol\t2.4\t1.0\nobs\tcontrol\t2.4\t1.0\nobs\ttreated\t1.5\t2.0\n",
}


def petab(folder: Path, problem: str = PROBLEM, tables: dict[str, str] = TABLES) -> Path:
    """Write a problem and return its folder."""
    target = folder / "problem"
    target.mkdir(parents=True)
    for name, content in {"problem.yaml": problem, "model.xml": MODEL, **tables}.items():
        (target / name).write_text(content)
    return target
