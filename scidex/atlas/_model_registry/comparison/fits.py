"""What a model declares of its fit, on which a likelihood depends: response, rows, method, software."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from scidex.atlas._model_registry.records.models import DocumentedModel, Json, ModelVersionRecord
from scidex.atlas._model_registry.records.values import as_number, as_text, as_texts

_RESPONSES = ("response", "response_variable", "target_variable", "target", "outcome", "dependent_variable")
# In small letters without what joins their words: nobs, n_obs, No. Observations, num_observations, sample_size.
_ROWS = re.compile(
    "n(um(ber)?(of)?|o(of)?)?(obs|observations?|samples|rows|data|datapoints)|observations|samplesize|datapoints"
)
_SOFTWARE = ("software", "implementation", "package", "library", "software_versions", "framework")
_METHODS = ("method", "fit_method", "fitting", "estimation", "estimation_method", "estimator")
_WEIGHTS = ("weights", "sigma", "measurement_errors")
# Settings of a fit may also stand in these objects.
_NESTED = ("training_config", "fit_config", "fit")

_DIGITS = re.compile("[0-9]{1,12}")
_NO_WEIGHTS = frozenset({"none", "no", "false", "null", "unweighted", "uniform", "unit", "equal", "1"})
# Languages and libraries of arrays compute no likelihood by themselves.
_LANGUAGES = frozenset(
    {"python", "numpy", "pandas", "julia", "matlab", "fortran", "jupyter"}
    | {"pytorch", "torch", "tensorflow", "keras", "jax"}
)
_VERSION = re.compile(r"\s*\([^)]*\)|([\s_-]+(version\s*|v)?|[=<>~^]+\s*)\d.*$", re.IGNORECASE)
_REML = re.compile(r"\breml\b|\brestricted\b|\bresidual maximum likelihood\b", re.IGNORECASE)
_ML = re.compile(r"\bml\b|\bmle\b|\bmaximum[ _]likelihood\b", re.IGNORECASE)
_RANDOM_EFFECT = re.compile(r"\+?\s*\([^()]*\|[^()]*\)")
_MODULE = re.compile(r"\b(np|numpy|math|sm|base)(\.|::)")
_QUOTED = re.compile(r"\bq\((['\"])(.*?)\1\)")
_UNCHANGED = re.compile(r"i\(([^()]*)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How a model was fitted, as far as it declares; texts as written.

    ``method`` is "REML" or "ML"; ``definition`` says how the metric is defined, or by what software it was computed.
    """

    response: str | None
    rows: int | None
    method: str | None
    fixed_effects: str | None
    definition: str | None
    has_weights: bool


def model_fit(document: DocumentedModel) -> Fit:
    """Return what a model declares of its fit."""
    places = _places(document)
    left, right = _formula(places)
    return Fit(
        response=left or _text(_first(_RESPONSES, places)),
        rows=_rows([document.model.metrics, *places]),
        method=_method(places),
        fixed_effects=_RANDOM_EFFECT.sub("", right).strip() if right else None,
        definition=_software(_first(_SOFTWARE, places)) or _code(document.model_version),
        has_weights=_says_weights(_first(_WEIGHTS, places)),
    )


def of_metric(fit: Fit, declared: Mapping[str, Json]) -> Fit:
    """Return the fit completed by the declaration of a metric, which takes precedence."""
    if not declared:
        return fit
    definition = as_text(declared.get("definition")) or _software(_first(_SOFTWARE, [declared]))
    return replace(
        fit,
        response=_text(declared.get("response")) or fit.response,
        rows=_rows([declared]) or fit.rows,
        method=_method([declared]) or fit.method,
        definition=definition or as_text(declared.get("method")) or fit.definition,
        has_weights=_says_weights(declared["weights"]) if "weights" in declared else fit.has_weights,
    )


def same_response(a: str, b: str) -> bool:
    """Return whether two responses are the same, as written in R or Python: ``np.log(y)`` is ``log( Y )``."""
    return a == b or _plain(a) == _plain(b)


def _plain(response: str) -> str:
    text = _MODULE.sub("", response.casefold().replace("`", ""))
    text = _UNCHANGED.sub(r"\1", _QUOTED.sub(r"\2", text))
    return "".join(text.split()).replace("ln(", "log(")


def _places(document: DocumentedModel) -> list[Mapping[str, Json]]:
    """Return the objects that may hold settings of the fit, metadata first."""
    metadata = document.metadata if isinstance(document.metadata, dict) else {}
    row = document.model_version
    nested = [metadata, *(metadata.get(key) for key in _NESTED), row.training_params if row else None]
    return [place for place in nested if isinstance(place, dict)]


def _first(keys: Sequence[str], places: Sequence[Mapping[str, Json]]) -> Json:
    for place in places:
        for key in keys:
            if place.get(key) is not None:
                return place[key]
    return None


def _text(value: Json) -> str | None:
    return ", ".join(as_texts(value)) or None


def _formula(settings: Sequence[Mapping[str, Json]]) -> tuple[str | None, str | None]:
    """Return both sides of a statistical formula such as ``log(y) ~ x``."""
    for written in _formulas(settings):
        left, sign, right = written.partition("~")
        if sign and left.strip():
            return left.strip(), right.strip()
    return None, None


def _formulas(settings: Sequence[Mapping[str, Json]]) -> Iterator[str]:
    for place in settings:
        for value in (place.get("formula"), place.get("equations")):
            yield from as_texts(value)


def _rows(places: Sequence[Mapping[str, Json]]) -> int | None:
    """Return the number of rows as the first place gives it, ``n`` only where no longer name does."""
    for place in places:
        named = [key for key in place if _names_rows(key)]
        for key in (*named, "n", "N"):
            if (number := _whole(place.get(key))) is not None:
                return number
    return None


@lru_cache(maxsize=4096)
def _names_rows(key: str) -> bool:
    return _ROWS.fullmatch(re.sub(r"[\W_]", "", key.casefold())) is not None


def _whole(value: Json) -> int | None:
    """Return a number of rows, also one written as text, as tables of programs have it."""
    number = int(value) if isinstance(value, str) and _DIGITS.fullmatch(value.strip()) else as_number(value)
    return None if number is None or number <= 0 else int(number)


def _method(places: Sequence[Mapping[str, Json]]) -> str | None:
    if isinstance(flag := _first(("reml", "REML"), places), bool):
        return "REML" if flag else "ML"
    text = as_text(_first(_METHODS, places)) or ""
    if _REML.search(text):
        return "REML"
    return "ML" if _ML.search(text) else None


def _code(row: ModelVersionRecord | None) -> str | None:
    if row and row.code_repo_url and row.code_commit_sha:
        return f"{row.code_repo_url} at {row.code_commit_sha}"
    return None


def _software(value: Json) -> str | None:
    match value:
        case dict() if (name := as_text(value.get("name"))) is not None:
            named = [name]
        case dict():
            named = list(value)
        case list():
            named = [text for item in value if (text := as_text(item))]
        case _:
            named = (as_text(value) or "").replace(";", ",").split(",")
    plain = {_VERSION.sub("", name).strip().casefold() for name in named}
    return ", ".join(sorted(plain - _LANGUAGES - {""})) or None


def _says_weights(value: Json) -> bool:
    match value:
        case None | False | [] | {}:
            return False
        case str():
            return bool(value.strip()) and value.strip().casefold() not in _NO_WEIGHTS
        case _:
            return value != 1
