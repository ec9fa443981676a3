"""Models composed of submodels (the package comp), flattened into one model."""

from typing import Any, Final

import libsbml

from scidex.forge.sbml.unusable import Unusable

_PLACE: Final = "listOfSubmodels"
_REMEDY: Final = "flatten it first, with libSBML or COPASI, and give the result"


def flattened(document: Any) -> int:
    """Flatten the submodels of a document with libsbml; return how many there were at the top level.

    Raises:
        Unusable: a submodel is in another file, which is never opened, or libsbml cannot flatten them.

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
    # Its own validation also refuses models for flaws of the whole, such as units that do not agree.
    for name, value in (("flatten comp", True), ("performValidation", False), ("leavePorts", False)):
        options.addOption(name, value)
    if document.convert(options) != libsbml.LIBSBML_OPERATION_SUCCESS:
        raise Unusable(_PLACE, f"libsbml cannot put its {count} submodels together", _REMEDY)
    return count
