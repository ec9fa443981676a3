"""What a document of SBML computes, by libsbml's reading of it and scipy's integrator."""

import math
from collections.abc import Mapping, Sequence
from types import CodeType
from typing import Any

import libsbml
from scipy.integrate import solve_ivp

_NAMES: Mapping[str, Any] = {"exp": math.exp, "ln": math.log, "sqrt": math.sqrt, "pow": math.pow}


class Simulation:
    """A model whose quantities are parameters, with rate rules, assignment rules and initial assignments.

    ``inputs`` are values for parameters that the file leaves without one.
    """

    def __init__(self, content: bytes, **inputs: float) -> None:
        self._document = libsbml.readSBMLFromString(content.decode())
        model = self._document.getModel()
        rules = list(model.getListOfRules())
        self._rates = {rule.getVariable(): _code(rule) for rule in rules if rule.isRate()}
        self._values = {rule.getVariable(): _code(rule) for rule in rules if rule.isAssignment()}
        self._start = {one.getId(): one.getValue() for one in model.getListOfParameters() if one.isSetValue()}
        self._start |= inputs
        for one in model.getListOfInitialAssignments():
            self._start[one.getSymbol()] = eval(_code(one), {}, {**_NAMES, **self._start})  # noqa: S307

    def at(self, **inputs: float) -> Mapping[str, float]:
        """Return what the assignment rules give for some inputs."""
        known = {**_NAMES, **self._start, **inputs}
        for name, code in self._values.items():
            known[name] = eval(code, {}, known)  # noqa: S307
        return known

    def over(self, name: str, times: Sequence[float]) -> list[float]:
        """Return a quantity at ascending times from 0."""
        start = [self._start[one] for one in self._rates]
        solved = solve_ivp(self._slope, (0, times[-1]), start, t_eval=times, rtol=1e-9, atol=1e-12)
        states = (dict(zip(self._rates, state, strict=True)) for state in solved.y.T)
        return [float(self.at(**state)[name]) for state in states]

    def _slope(self, _time: float, state: Sequence[float]) -> list[float]:
        known = self.at(**dict(zip(self._rates, state, strict=True)))
        return [eval(code, {}, dict(known)) for code in self._rates.values()]  # noqa: S307


def _code(holder: Any) -> CodeType:
    formula = str(libsbml.formulaToL3String(holder.getMath())).replace("^", "**")
    return compile(formula, "<SBML>", "eval")
