"""What a document of SBML computes, by libsbml's reading of it and a plain integrator of our own."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import libsbml

_NAMES: Mapping[str, Any] = {"exp": math.exp, "ln": math.log, "sqrt": math.sqrt, "pow": math.pow}
_STEP = 0.002


class Simulation:
    """A model whose quantities are parameters, with rate rules, assignment rules and initial assignments."""

    def __init__(self, content: bytes) -> None:
        self._document = libsbml.readSBMLFromString(content.decode())
        model = self._document.getModel()
        rules = list(model.getListOfRules())
        self._rates = {rule.getVariable(): _code(rule) for rule in rules if rule.isRate()}
        self._values = {rule.getVariable(): _code(rule) for rule in rules if rule.isAssignment()}
        self._start = {one.getId(): one.getValue() for one in model.getListOfParameters() if one.isSetValue()}
        for one in model.getListOfInitialAssignments():
            self._start[one.getSymbol()] = eval(_code(one), {}, {**_NAMES, **self._start})  # noqa: S307

    def at(self, **inputs: float) -> Mapping[str, float]:
        """Return what the assignment rules give for some inputs."""
        known = {**_NAMES, **self._start, **inputs}
        for name, code in self._values.items():
            known[name] = eval(code, {}, known)  # noqa: S307
        return known

    def over(self, name: str, times: Sequence[float]) -> list[float]:
        """Return a quantity at ascending times from 0, by the classical method of Runge and Kutta."""
        state, now, found = {one: self._start[one] for one in self._rates}, 0.0, []
        for time in times:
            steps = max(1, math.ceil((time - now) / _STEP))
            for _ in range(steps):
                state = self._stepped(state, (time - now) / steps)
            now = time
            found.append(state[name])
        return found

    def _slope(self, state: Mapping[str, float]) -> dict[str, float]:
        known = self.at(**state)
        return {one: eval(code, {}, dict(known)) for one, code in self._rates.items()}  # noqa: S307

    def _stepped(self, state: Mapping[str, float], step: float) -> dict[str, float]:
        first = self._slope(state)
        second = self._slope({one: value + step / 2 * first[one] for one, value in state.items()})
        third = self._slope({one: value + step / 2 * second[one] for one, value in state.items()})
        last = self._slope({one: value + step * third[one] for one, value in state.items()})
        return {
            one: value + step / 6 * (first[one] + 2 * second[one] + 2 * third[one] + last[one])
            for one, value in state.items()
        }


def _code(holder: Any) -> str:
    return str(libsbml.formulaToL3String(holder.getMath())).replace("^", "**")
