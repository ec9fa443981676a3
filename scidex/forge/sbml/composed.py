"""Models that are put together from submodels (the package comp), as the one model that they make."""

from typing import Any, Final

import libsbml

from scidex.forge.sbml.unusable import Unusable

_PLACE: Final = "listOfSubmodels"
_REMEDY: Final = "flatten it first, with libSBML or COPASI, and give the result"


def flattened(document: Any) -> int:
    """Let libsbml put the submodels of a document together; returns how many there were at the top.

    Raises:
        Unusable: a submodel stands in another file, which is never opened, or libsbml cannot put them together.

    """
    model = document.getModel()
    comp = None if model is None else model.getPlugin("comp")
    count = 0 if comp is None else int(comp.getNumSubmodels())
    if not count:
        return 0
    elsewhere = document.getPlugin("comp").getNumExternalModelDefinitions()
    if elsewhere:
        raise Unusable(_PLACE, f"{elsewhere} of its submodels stand in other files", _REMEDY)
    options = libsbml.ConversionProperties()
    # Its own validation refuses models for what is no fault of the parts, such as units that do not agree.
    for name, value in (("flatten comp", True), ("performValidation", False), ("leavePorts", False)):
        options.addOption(name, value)
    if document.convert(options) != libsbml.LIBSBML_OPERATION_SUCCESS:
        raise Unusable(_PLACE, f"libsbml cannot put its {count} submodels together", _REMEDY)
    return count
