"""Reasons to doubt the numbers of a model, and what was checked."""

from collections.abc import Mapping, Sequence

from scidex.atlas._model_registry.contract.answers import ModelDetail
from scidex.atlas._model_registry.entries.leakage import HELD_OUT
from scidex.atlas._model_registry.entries.sentences import listed_briefly
from scidex.atlas._model_registry.metrics.names import parse
from scidex.atlas._model_registry.metrics.titles import display_name
from scidex.atlas._model_registry.pages.model_page.headline import Recomputed, recomputed_by_name
from scidex.atlas._model_registry.pages.parts.evidence import SPLIT_NAMES
from scidex.atlas._model_registry.pages.parts.gaps import flattery, gaps, trivial
from scidex.atlas._model_registry.pages.parts.misfit import misfits, training_fit
from scidex.atlas._model_registry.pages.parts.samples import majority
from scidex.atlas._model_registry.pages.parts.splits import split_group
from scidex.atlas._model_registry.pages.parts.statement import Statement
from scidex.atlas._model_registry.pages.words.numbers import counted, number
from scidex.atlas._model_registry.pages.words.wording import sentence
from scidex.atlas._model_registry.records.evaluations import Evaluation

_DIGITS = 3
_NEW_DATA = frozenset({"test", "validation", "cross-validation"})


def doubts(model: ModelDetail, evaluations: Sequence[Evaluation]) -> list[Statement]:
    """Return the doubts, gravest first; the line on leakage is always there, also where none was found."""
    found = recomputed_by_name(model["evaluations"])
    sound = [one for one in evaluations if one.why_unsound is None]
    return [
        *_contradicted(found),
        *_fallen(model),
        *_trivial(model, sound, found),
        *_gaps(model["evaluation_metrics"], found),
        *_too_few(model),
        *_misfits(sound),
        *_unevidenced(model),
        *_empty_inputs(model),
        _leakage(model),
    ]


def _contradicted(found: Mapping[str, Recomputed]) -> list[Statement]:
    said = [
        f"{display_name(name)} is reported as {number(one.metric['reported'])}, the predictions give "
        f"{number(one.metric['value'])}"
        for name, one in found.items()
        if one.metric["agrees"] is False
    ]
    return [_warning(f"{listed_briefly(said, 4)}.", "#metrics")] if said else []


def _fallen(model: ModelDetail) -> list[Statement]:
    """Return the evaluations without conclusions, because they or their data are not sound."""
    fallen = [one for one in model["evaluations"] if one["state"] != "sound"]
    said = [f"{SPLIT_NAMES[one['split']]}, {one['dataset']}: {one['state']}" for one in fallen]
    text = f"Nothing is concluded from evaluations that fell, or whose data did: {listed_briefly(said, 4)}."
    return [_warning(text, "#evidence")] if said else []


def _trivial(
    model: ModelDetail, evaluations: Sequence[Evaluation], found: Mapping[str, Recomputed]
) -> list[Statement]:
    """Return the held-out metrics on which a trivial prediction would do better."""
    own = {one.id: one for one in evaluations}
    said = []
    for name, value in sorted(model["evaluation_metrics"].items()):
        if split_group(name) not in _NEW_DATA:
            continue
        words = trivial(name, value) or _one_class(name, value, own, found.get(name))
        if words:
            said.append(f"The model {words}: {display_name(name)} {number(value, _DIGITS)}")
    return [_warning(f"{one}.", "#metrics") for one in said]


def _one_class(
    name: str, value: float, evaluations: Mapping[str, Evaluation], found: Recomputed | None
) -> str | None:
    base = parse(name).base
    evaluation = evaluations.get(found.evaluation["id"]) if found else None
    most = majority(evaluation) if evaluation and base and base.name == "accuracy" else None
    if most is None or value > most.share:
        return None
    return f"is no better than always naming {most.label} ({most.rows} of {most.of})"


def _gaps(values: Mapping[str, float], found: Mapping[str, Recomputed]) -> list[Statement]:
    intervals = {name: one.metric["interval"] for name, one in found.items()}
    fallen = {name for name, one in found.items() if one.evaluation["state"] != "sound"}
    wide = gaps({name: value for name, value in values.items() if name not in fallen}, intervals)
    if not wide:
        return []
    by_ground: dict[str, list[str]] = {}
    for gap in wide:
        pair = f"{gap.metric} {number(gap.validation, _DIGITS)} against {number(gap.test, _DIGITS)}"
        by_ground.setdefault(gap.compared, []).append(pair)
    said = [f"{compared}: {listed_briefly(pairs, 4)}." for compared, pairs in by_ground.items()]
    return [_doubt(" ".join(filter(None, [*said, flattery(wide)])))]


def _too_few(model: ModelDetail) -> list[Statement]:
    """Return the held-out evaluations with too few independent units for any interval."""
    return [
        _doubt(
            f"The {counted(one['rows'], 'row')} of {one['dataset']} come from "
            f"{counted(one['units'], 'independent unit', one['units_are'])}: too few to say how uncertain the "
            "numbers are."
        )
        for one in model["evaluations"]
        if one["split"] in HELD_OUT
        and one["state"] == "sound"
        and one["metrics"]
        and all(metric["interval"] is None for metric in one["metrics"])
    ]


def _misfits(evaluations: Sequence[Evaluation]) -> list[Statement]:
    """Return whether the first held-out predictions fit, and beside it whether those of the training data do."""
    held_out = next((one for one in evaluations if one.split in HELD_OUT), None)
    shown = held_out or next(iter(evaluations), None)
    if shown is None:
        return []
    fitted = next((one for one in evaluations if one.split == "train" and one is not shown), None)
    return [
        *misfits(shown.columns, shown.called),
        *(training_fit(fitted.columns, fitted.called) if fitted else []),
    ]


def _unevidenced(model: ModelDetail) -> list[Statement]:
    if model["evaluations"] or not model["evaluation_metrics"]:
        return []
    return [
        _doubt("No evaluation is registered: all numbers are as reported, with nothing to compute them from.")
    ]


def _empty_inputs(model: ModelDetail) -> list[Statement]:
    """Return the inputs of which nothing but the name is registered: a pin of them says nothing of what was used."""
    empty = [one["artifact_id"] for one in model["provenance"]["inputs"] if one["empty"]]
    if not empty:
        return []
    holds = "holds nothing" if len(empty) == 1 else "hold nothing"
    text = (
        f"{listed_briefly(empty, 4)} {holds}: registered without content hash, address and metadata, so that the pin "
        "does not say what was used. Register the data with content_hash and pin them."
    )
    return [Statement(tone="unconfirmed", word="Doubt", text=text, href="#provenance")]


def _leakage(model: ModelDetail) -> Statement:
    verdict = model["leakage"]
    reason = sentence(verdict["reason"])
    if verdict["found"]:
        return _warning(f"Held-out samples were used for training: {reason}", "#provenance")
    if verdict["found"] is None:
        text = f"It is not known whether held-out samples were used for training: {reason}"
        return Statement(tone="unconfirmed", word="Leakage", text=text, href="#provenance")
    return Statement(tone="best", word="No leakage", text=f"Checked by sample: {reason}", href="#provenance")


def _warning(text: str, href: str) -> Statement:
    return Statement(tone="warning", word="Warning", text=text, href=href)


def _doubt(text: str) -> Statement:
    return Statement(tone="unconfirmed", word="Doubt", text=text)
