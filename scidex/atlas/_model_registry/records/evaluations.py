"""What an evaluation says: the values that one model version predicted for the samples of one dataset version."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from scidex.atlas._model_registry.records.states import State

Split = Literal["test", "validation", "train", "cross_validation"]
Task = Literal["regression", "binary", "multiclass"]

Numbers = tuple[float, ...]
Labels = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """What predictions are drawn against, such as time or dose; one value for each row."""

    name: str
    unit: str | None
    values: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A dense prediction on the axis of the evaluation, for drawing only; ``group`` is empty for a single curve."""

    x: Numbers
    predicted: Numbers
    group: Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of an evaluation, one value for each row; a column that is None was not given.

    ``observed`` and ``predicted`` are numbers for regression, else labels. A label is a text: a whole number is
    written in digits, a boolean as ``true`` or ``false``. ``scores`` are those of the positive class of a binary
    task; ``class_scores`` has a column for each label of a multiclass task. ``weights`` are not negative.
    """

    task: Task
    observed: Numbers | Labels
    predicted: Numbers | Labels | None = None
    scores: Numbers | None = None
    class_scores: Mapping[str, Numbers] | None = None
    scores_are: Literal["probability", "score"] | None = None
    positive: str | None = None
    threshold: float = 0.5
    sample: Labels | None = None
    group: tuple[str | None, ...] | None = None
    x: Axis | None = None
    unit: str | None = None
    curve: Curve | None = None
    weights: Numbers | None = None
    weights_are: Literal["sampling", "precision"] | None = None
    fold: Labels | None = None
    sampling: Literal["by_class"] | None = None


@dataclass(frozen=True, slots=True)
class Called:
    """What samples and groups are, in the plural, and the predicted quantity; each None where it is not said."""

    samples: str | None = None
    groups: str | None = None
    quantity: str | None = None


NOT_CALLED: Final = Called()

# Why a value of too few independent units has no interval.
TOO_FEW: Final = "too few to say"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """A readable evaluation with its columns; ``digest`` is the SHA-256 of the columns, in hex.

    ``state`` is the worse of its own and its dataset's; an evaluation that is not sound is shown without a verdict.
    ``unit_as_given`` is the unit before its columns were converted, None where they were not.
    """

    id: str
    title: str
    version_number: int
    model_id: str
    dataset_id: str
    dataset_version: int | None
    split: Split
    columns: Columns
    digest: str
    state: State = "sound"
    called: Called = NOT_CALLED
    unit_as_given: str | None = None

    @property
    def units_are(self) -> str | None:
        """What its independent units are called, such as participants; None where it does not say."""
        groups = self.columns.group
        return self.called.groups if groups and None not in groups else self.called.samples

    @property
    def why_unsound(self) -> str | None:
        """Return why nothing is concluded from it; None where it is sound."""
        return None if self.state == "sound" else f"the evaluation or its data set is {self.state}"


@dataclass(frozen=True, slots=True)
class EvaluationFault:
    """A value that cannot be used: its path (``metadata.observed[3]``), the value, and what to write instead."""

    path: str
    value: object
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """The columns of an evaluation without faults; ``digest`` is the SHA-256 of the columns, in hex."""

    split: Split
    columns: Columns
    digest: str
    called: Called


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What an evaluation says it is of, each None where it does not say; ``sound`` is None where there are faults."""

    model_id: str | None
    dataset_id: str | None
    dataset_version: int | None
    sound: Sound | None
    faults: tuple[EvaluationFault, ...]

    def evaluation(
        self,
        *,
        evaluation_id: str,
        title: str,
        version_number: int,
        model_id: str | None,
        state: State = "sound",
    ) -> Evaluation | None:
        """Return the evaluation of a model; None where the model, the dataset or sound columns are missing."""
        if self.sound is None or self.dataset_id is None or model_id is None:
            return None
        return Evaluation(
            id=evaluation_id,
            title=title,
            version_number=version_number,
            model_id=model_id,
            dataset_id=self.dataset_id,
            dataset_version=self.dataset_version,
            split=self.sound.split,
            columns=self.sound.columns,
            digest=self.sound.digest,
            state=state,
            called=self.sound.called,
        )
