"""The filters of the list, each declared once.

Parameters over HTTP and from Python, checks, SQL, cursor, facets and chips all read these declarations. A new filter is
an entry in ``FILTERS`` and one in ``Filters``, and a column of the projection if it needs a new one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, get_args

from typing_extensions import TypedDict

from scidex.atlas._model_registry.contract.checks import check_choice, check_number, check_text, moment
from scidex.atlas._model_registry.records.artifacts import DATASET_TYPES
from scidex.atlas._model_registry.records.states import STATES, State

Family = Literal["biophysical", "deep_learning", "statistical"]
ProvenanceStatus = Literal["complete", "incomplete"]

# The wanted value of one filter; a tuple where the filter is repeatable.
Wanted = str | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Evidence of a model that a filter names by its id: artifacts of ``types``, in a column that lists their ids."""

    kind: str
    column: str
    types: tuple[str, ...]
    prefix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One filter: how it is asked, what it matches, and what it is called on pages.

    It matches a ``column`` of the projection, a kind of ``evidence``, or a ``fragment`` of SQL on other
    tables. A fragment may cover all ``choices`` but one, ``rest``; ``fragment_of_rest`` is the condition
    where ``rest`` is wanted too. ``choices`` are all values of the filter, or the usual ones if it
    ``is_open``; without them it takes any text, or a truth value if ``is_truth``. ``stored`` maps a choice to
    the value of the column. ``read`` turns the parameter's name and text into the value that the ``operator``
    compares the column with. A ``flag`` has a copy in the narrow tables, and its models are counted in
    advance. On pages, ``label`` begins its chip ("origin: internal") unless ``chips`` words the value;
    ``heading`` and ``words`` name the facet and its values.
    """

    description: str
    examples: Sequence[Any]
    label: str
    column: str | None = None
    operator: Literal["=", ">=", "<"] = "="
    read: Callable[[str, str], Any] | None = None
    evidence: Evidence | None = None
    fragment: str | None = None
    rest: str | None = None
    fragment_of_rest: str | None = None
    choices: tuple[str, ...] = ()
    is_open: bool = False
    stored: Mapping[str, Any] = field(default_factory=dict)
    repeatable: bool = False
    is_truth: bool = False
    flag: bool = False
    heading: str | None = None
    words: Mapping[Any, str] = field(default_factory=dict)
    chips: Mapping[Any, str] = field(default_factory=dict)


class Filters(TypedDict, total=False):
    """The filters as callers from Python give them; one value of a repeatable filter needs no list."""

    family: str | Sequence[str]
    provenance: ProvenanceStatus | None
    standing: State | Sequence[State]
    latest: bool | None
    dataset: str | Sequence[str]
    hypothesis: str | None
    analysis: str | None
    evaluated_on: str | None
    origin_type: str | None
    promotion_state: str | None
    lifecycle: str | Sequence[str]
    tag: str | None
    created_after: str | date | None
    created_before: str | date | None
    created_by: str | None


FILTERS: Mapping[str, Filter] = {
    "family": Filter(
        description="Only models of any of these families. Repeat it for several.",
        examples=[["statistical"], ["biophysical", "deep_learning"]],
        label="family",
        column="family",
        choices=get_args(Family),
        repeatable=True,
        flag=True,
        heading="Family",
        words={None: "family not stated", "deep_learning": "deep learning"},
    ),
    "provenance": Filter(
        description="Only models whose provenance is complete, or only the others.",
        examples=["complete"],
        label="provenance",
        column="complete",
        choices=get_args(ProvenanceStatus),
        stored={"complete": True, "incomplete": False},
        flag=True,
        heading="Provenance",
    ),
    "standing": Filter(
        description="Only models whose standing, the worst state of themselves and of all they rest on, is any of "
        "these. Repeat it for several.",
        examples=[["sound"], ["outdated", "sound"]],
        label="standing",
        fragment="filter_standing",
        rest="sound",
        fragment_of_rest="filter_standing_or_sound",
        choices=STATES,
        repeatable=True,
        heading="Standing",
    ),
    "latest": Filter(
        description="true: only the latest version of each lineage; false: only the others.",
        examples=[True],
        label="latest",
        column="is_latest",
        is_truth=True,
        flag=True,
        heading="Version",
        words={True: "latest", False: "not the latest"},
        chips={True: "latest version only", False: "without the latest versions"},
    ),
    "dataset": Filter(
        description="Only models trained on any of these datasets, by id. Repeat it for several.",
        examples=[["dataset-ad-train"]],
        label="trained on",
        evidence=Evidence(kind="dataset", column="datasets", types=DATASET_TYPES, prefix="dataset-"),
        repeatable=True,
        heading="Training dataset",
    ),
    "hypothesis": Filter(
        description="Only models that test this hypothesis, by id.",
        examples=["hypothesis-csf-core-biomarkers"],
        label="tests",
        evidence=Evidence(
            kind="hypothesis", column="hypotheses", types=("hypothesis",), prefix="hypothesis-"
        ),
        heading="Tested hypothesis",
    ),
    "analysis": Filter(
        description="Only models that this analysis produced, by id.",
        examples=["analysis-ad-logistic"],
        label="produced by",
        evidence=Evidence(kind="analysis", column="analyses", types=("analysis",), prefix="analysis-"),
    ),
    "evaluated_on": Filter(
        description="Only models that were evaluated on this dataset, by id: their versions name it, or predictions "
        "for it are registered. Sorted by a metric it is the dataset's leaderboard.",
        examples=["dataset-ad-test"],
        label="evaluated on",
        fragment="evaluated_on",
    ),
    "origin_type": Filter(
        description="Only models of this origin: built here, or taken over from elsewhere.",
        examples=["internal"],
        label="origin",
        column="origin_type",
        choices=("internal", "external"),
        flag=True,
        heading="Origin",
    ),
    "promotion_state": Filter(
        description="Only models in this state of promotion.",
        examples=["promoted"],
        label="promotion",
        column="promotion_state",
        choices=("candidate", "promoted", "rejected", "superseded"),
        flag=True,
        heading="Promotion",
    ),
    "lifecycle": Filter(
        description="Only models in any of these states of their life in the host, as written. Repeat it for "
        "several.",
        examples=[["active"], ["active", "validated"]],
        label="lifecycle",
        column="lifecycle_state",
        choices=(
            *("active", "draft", "listed", "validated", "flagged", "challenged", "deprecated", "rejected"),
            *("frozen", "superseded", "archived", "cold", "candidate"),
        ),
        is_open=True,
        repeatable=True,
        flag=True,
        heading="Lifecycle",
    ),
    "tag": Filter(
        description="Only the versions with this tag, as written: best, stable, v1.0.",
        examples=["best"],
        label="tag",
        column="version_tag",
    ),
    "created_after": Filter(
        description="Only models registered then or later: a date or time, UTC unless it says otherwise.",
        examples=["2026-04-05"],
        label="registered from",
        column="created_at",
        operator=">=",
        read=moment,
    ),
    "created_before": Filter(
        description="Only models registered earlier: a date, which begins at 0:00, or a time; "
        "UTC unless it says otherwise.",
        examples=["2031-01-01T12:00:00Z"],
        label="registered before",
        column="created_at",
        operator="<",
        read=moment,
    ),
    "created_by": Filter(
        description="Only models that this agent or person registered, as written.",
        examples=["scidex.forge.demo"],
        label="registered by",
        column="created_by",
    ),
}


def read_filters(asked: Mapping[str, Any]) -> dict[str, Wanted]:
    """Return what is asked for by each filter that is set.

    Raises:
        InvalidQuery: a value cannot be used; it names the parameter and says what would be right.

    """
    wanted: dict[str, Wanted] = {}
    for name, declared in FILTERS.items():
        given = asked.get(name)
        if given is not None and given != ():
            single = given.isoformat() if isinstance(given, date) else given
            values = (single,) if isinstance(single, str | bool) else tuple(single)
            _check(name, declared, values)
            if values:
                wanted[name] = values if declared.repeatable else values[0]
    return wanted


def _check(name: str, declared: Filter, values: Sequence[Any]) -> None:
    check_number(name, values)
    for value in values:
        if declared.choices and not declared.is_open:
            check_choice(name, value, declared.choices)
        elif not declared.is_truth:
            check_text(name, value)
            if declared.read:
                declared.read(name, value)
