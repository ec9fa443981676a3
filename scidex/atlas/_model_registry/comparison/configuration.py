"""The configuration of the compared models, setting by setting, and how each differs from the baseline."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from scidex.atlas._model_registry.comparison.changes import FormulaJudge, change, same, setting_ratio, untold
from scidex.atlas._model_registry.comparison.leaves import Leaf, Path, least_settings, leaves
from scidex.atlas._model_registry.comparison.sections import EXPRESSIONS, SECTIONS, TRANSPARENT, settings_tree
from scidex.atlas._model_registry.comparison.values import summary
from scidex.atlas._model_registry.contract.answers import (
    ChangeKind,
    ConfigurationRow,
    ConfigurationValue,
    Section,
)
from scidex.atlas._model_registry.records.models import Json
from scidex.atlas._model_registry.records.provenance import TracedModel

LeafTable = dict[Path, dict[str, Leaf]]

# Settings times models: ten of genome scale, each with 5,000 parameters and their bounds. A value takes 15 µs of a
# processor in JSON and on a page.
_MOST_VALUES = 160_000

_METADATA_TRAINING = "training_config"
_ROW_TRAINING = "training_params_json"


def configuration_rows(traced: Sequence[TracedModel], *, baseline: str) -> list[ConfigurationRow]:
    """Return a row for every setting that any of the models has, by section, then by path.

    Beyond ``_MOST_VALUES`` values, each of the largest keys is one setting, compared by a digest.
    """
    budget = _RowBudget(_MOST_VALUES // len(traced))
    models = [model.document.model.id for model in traced]
    trees = {model.document.model.id: settings_tree(model.document) for model in traced}
    unreadable = {model.document.model.id: model.document.unreadable for model in traced}
    return [
        row
        for section in SECTIONS
        for row in _rows(
            section,
            _table({model: tree.get(section, {}) for model, tree in trees.items()}, unreadable, budget),
            models,
            baseline,
        )
    ]


class _RowBudget:
    """How many more rows a comparison may have. What is read of a key that does not fit uses some up too."""

    def __init__(self, rows: int) -> None:
        self._left = rows

    def walked(self, key: str, stated: Mapping[str, Json]) -> list[tuple[Path, dict[str, Leaf]]]:
        """Return the settings below a key; where they do not fit, the key as one setting."""
        most = max(self._left, 1)
        if max(map(least_settings, stated.values())) <= most:
            found = list(islice(leaves((key,), stated), self._left + 1))
            self._left = max(0, self._left - len(found))
            if len(found) <= most:
                return found
        return [((key,), {model: Leaf(summary(value)) for model, value in stated.items()})]


def _table(
    settings: Mapping[str, Mapping[str, Json]], unreadable: Mapping[str, Sequence[str]], budget: _RowBudget
) -> LeafTable:
    by_key: dict[str, dict[str, Json]] = {}
    for model, tree in settings.items():
        for key, value in tree.items():
            by_key.setdefault(key, {})[model] = value
    return {
        path: {model: _marked(leaf, path, unreadable[model]) for model, leaf in own.items()}
        for key, stated in sorted(by_key.items(), key=_size)
        for path, own in budget.walked(key, stated)
    }


def _size(stated: tuple[str, Mapping[str, Json]]) -> tuple[int, str]:
    """Return the sort key of a key of metadata: small ones first, so that a large one does not displace the others."""
    key, values = stated
    return sum(len(value) for value in values.values() if isinstance(value, list | dict)), key


def _marked(leaf: Leaf, path: Path, unreadable: Sequence[str]) -> Leaf:
    """Mark a leaf whose null stands for a number that could not be read."""
    holds_null = leaf.value is None or (isinstance(leaf.value, list) and None in leaf.value)
    if not holds_null or not unreadable:
        return leaf
    places = [f"{root}.{'.'.join(path)}" for root in ("metadata", "model_versions")]
    within = tuple(f"{place}{below}" for place in places for below in (".", "["))
    is_unread = any(named in places or named.startswith(within) for named in unreadable)
    return leaf._replace(unreadable=is_unread)


def _rows(
    section: Section, table: LeafTable, models: Sequence[str], baseline: str
) -> Iterator[ConfigurationRow]:
    names, judge = _names(_with_one_training(table)), FormulaJudge(baseline)
    for path in sorted(table, key=names.__getitem__):
        is_formula = path[0] in EXPRESSIONS or any(leaf.is_computed for leaf in table[path].values())
        row = _row(section, names[path], table[path], models, baseline, expression=is_formula)
        if is_formula:
            judge.judge_row(row, path, table[path])
        yield row


def _row(
    section: Section,
    name: str,
    settings: Mapping[str, Leaf],
    models: Sequence[str],
    baseline: str,
    *,
    expression: bool,
) -> ConfigurationRow:
    reference = settings.get(baseline)
    stated = {model: settings.get(model) for model in models}
    changes = {model: change(own, reference, expression=expression) for model, own in stated.items()}
    row: ConfigurationRow = {
        "section": section,
        "path": name,
        "values": {model: _answer(own) for model, own in stated.items()},
        "equal": set(changes.values()) == {"same"},
        "change": changes,
        "ratio": {model: setting_ratio(own, reference, changes[model]) for model, own in stated.items()},
    }
    if reason := _reason(settings, changes, baseline):
        row["reason"] = reason
    return row


def _reason(settings: Mapping[str, Leaf], changes: Mapping[str, ChangeKind], baseline: str) -> str | None:
    """Return why changes cannot be told, each reason once; None if they can."""
    if "unknown" not in changes.values():
        return None
    untellable = (settings[model] for model, change in changes.items() if change == "unknown")
    reasons = dict.fromkeys(why for own in untellable if (why := untold(own, settings[baseline])))
    return "; ".join(reasons) or None


def _answer(leaf: Leaf | None) -> ConfigurationValue | None:
    if leaf is None:
        return None
    answer: ConfigurationValue = {"value": leaf.value}
    if leaf.unit is not None:
        answer["unit"] = leaf.unit
    if leaf.source is not None:
        answer["source"] = leaf.source
    if leaf.is_computed:
        answer["computed"] = True
    return answer


def _with_one_training(table: LeafTable) -> LeafTable:
    """Return one setting for the two places that record training; where they disagree the second stays beside it."""
    for path in [path for path in table if path[0] == _ROW_TRAINING and len(path) > 1]:
        twin = (_METADATA_TRAINING, *path[1:])
        ours, theirs = table.get(twin, {}), table[path]
        table[twin] = {**theirs, **ours}
        if all(same(ours[model], theirs[model]) for model in ours.keys() & theirs.keys()):
            del table[path]
    return table


def _names(table: LeafTable) -> dict[Path, str]:
    """Return the shortest unambiguous name of each path."""
    brief = {path: ".".join(path[1:] if path[0] in TRANSPARENT and path[1:] else path) for path in table}
    uses = Counter(brief.values())
    return {path: name if uses[name] == 1 else _full_name(path) for path, name in brief.items()}


def _full_name(path: Path) -> str:
    return ".".join(f"[{key}]" if "." in key or not key else key for key in path)
