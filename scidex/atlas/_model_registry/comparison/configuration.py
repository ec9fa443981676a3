"""What sets the compared models up, setting by setting, and how each differs from the baseline."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from scidex.atlas._model_registry.comparison.changes import change, ratio, same
from scidex.atlas._model_registry.comparison.formulas import FormulaJudge
from scidex.atlas._model_registry.comparison.leaves import Leaf, Path, leaves
from scidex.atlas._model_registry.comparison.sections import EXPRESSIONS, SECTIONS, TRANSPARENT
from scidex.atlas._model_registry.comparison.settings_tree import settings_tree
from scidex.atlas._model_registry.contract.answers import ConfigurationRow, ConfigurationValue, Section
from scidex.atlas._model_registry.records.models import Json
from scidex.atlas._model_registry.records.provenance import ModelEvidence

Table = dict[Path, dict[str, Leaf]]

_METADATA_TRAINING = "training_config"
_ROW_TRAINING = "training_params_json"


def configuration_rows(evidence: Sequence[ModelEvidence], *, baseline: str) -> list[ConfigurationRow]:
    """Answer a row for every setting that any of the models has, by section, then by path."""
    models = [model.document.model.id for model in evidence]
    trees = {model.document.model.id: settings_tree(model.document) for model in evidence}
    return [
        row
        for section in SECTIONS
        for row in _rows(
            section, {model: tree.get(section, {}) for model, tree in trees.items()}, models, baseline
        )
    ]


def _rows(
    section: Section, settings: Mapping[str, Mapping[str, Json]], models: Sequence[str], baseline: str
) -> Iterator[ConfigurationRow]:
    table: Table = {}
    for key in sorted({key for tree in settings.values() for key in tree}):
        table.update(leaves((key,), {model: tree[key] for model, tree in settings.items() if key in tree}))
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
    changes = {model: change(settings.get(model), reference, expression=expression) for model in models}
    return {
        "section": section,
        "path": name,
        "values": {model: _answer(settings.get(model)) for model in models},
        "equal": set(changes.values()) == {"same"},
        "change": changes,
        "ratio": {model: ratio(settings.get(model), reference) for model in models},
    }


def _answer(leaf: Leaf | None) -> ConfigurationValue | None:
    if leaf is None:
        return None
    answer: ConfigurationValue = {"value": leaf.value}
    if leaf.unit is not None:
        answer["unit"] = leaf.unit
    if leaf.source is not None:
        answer["source"] = leaf.source
    return answer


def _with_one_training(table: Table) -> Table:
    """Make one setting of the two places where training is written down, and keep the second where they disagree."""
    for path in [path for path in table if path[0] == _ROW_TRAINING and len(path) > 1]:
        twin = (_METADATA_TRAINING, *path[1:])
        ours, theirs = table.get(twin, {}), table[path]
        table[twin] = {**theirs, **ours}
        if all(same(ours[model], theirs[model]) for model in ours.keys() & theirs.keys()):
            del table[path]
    return table


def _names(table: Table) -> dict[Path, str]:
    """Name each path as briefly as leaves no doubt which it is."""
    brief = {path: ".".join(path[1:] if path[0] in TRANSPARENT and path[1:] else path) for path in table}
    uses = Counter(brief.values())
    return {path: name if uses[name] == 1 else _full_name(path) for path, name in brief.items()}


def _full_name(path: Path) -> str:
    return ".".join(f"[{key}]" if "." in key or not key else key for key in path)
