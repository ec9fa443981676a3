"""The configuration section of the compare page: what differs first, in common units, changes in words."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from scidex.atlas._model_registry.contract.answers import (
    REASONS,
    ChangeKind,
    ConfigurationRow,
    ConfigurationValue,
)
from scidex.atlas._model_registry.entries.sentences import listed
from scidex.atlas._model_registry.pages.compare.shown import MOST_SHOWN, most_different_first, settings_named
from scidex.atlas._model_registry.pages.compare.terms import TermLines, term_lines
from scidex.atlas._model_registry.pages.parts.named import Named, letters
from scidex.atlas._model_registry.pages.words.numbers import (
    TIMES,
    digits_that_distinguish,
    number,
    setting_text,
)
from scidex.atlas._model_registry.pages.words.wording import CHANGES, SECTION_NAMES, shortened

_LONG = 140
# Characters of a name, a unit, a source, and of all texts that unfold on a page; the JSON has all of them.
_MOST_NAME, _MOST_UNFOLDED = 300, 1_000_000
# Sections of quantities: null means a value that is not fixed, or an open bound.
_OF_QUANTITIES = frozenset({"parameters", "equations"})
_UNRELATED: Mapping[ChangeKind, str] = {
    "changed": "differs",
    "type_changed": "differs",
    "added": "not in the baseline",
    "removed": "set in the baseline",
}
_BOUND = re.compile(r"\.(lower|upper)(_bound)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingCell:
    """One model's value of a setting; ``common`` is the value in the baseline's unit where that differs.

    ``judgement`` tells how an equation that is written differently from the baseline's was judged.
    """

    text: str
    full_text: str | None
    unit: str | None
    source: str | None
    common: str | None
    ratio: str | None
    change: ChangeKind
    word: str
    judgement: str | None
    terms: TermLines | None
    is_absent: bool
    is_baseline: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingLine:
    """One setting over the compared models; ``untold`` is why a change cannot be told."""

    path: str
    cells: list[SettingCell]
    untold: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingGroup:
    """Settings of one section, all different or all equal, and how many more there are."""

    title: str
    lines: list[SettingLine]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsSection:
    """The settings that differ, and unless only differences are shown, those that are equal.

    Counts cover all settings; ``named_equal_count`` covers those whose names hold the words of the filter.
    """

    differing: list[SettingGroup]
    equal: list[SettingGroup]
    differing_count: int
    untold_count: int
    equal_count: int
    named_equal_count: int
    is_cut: bool
    most_shown: int
    unrelated: str | None


def settings(
    rows: Sequence[ConfigurationRow],
    models: Mapping[str, Named],
    unrelated: Set[str] = frozenset(),
    *,
    only_differences: bool,
    words: str = "",
) -> SettingsSection:
    """Return the configuration by section: settings whose names hold the ``words``, or all without words.

    Words on ``unrelated`` models tell of differences from the baseline, not of changes.
    """
    differing = [row for row in rows if not row["equal"]]
    equal = [row for row in rows if row["equal"]]
    shown, named_equal = most_different_first(settings_named(differing, words)), settings_named(equal, words)
    groups = _within_page(_groups(shown, models, unrelated))
    equal_groups = [] if only_differences else _within_page(_groups(named_equal, models, unrelated))
    return SettingsSection(
        differing=groups,
        equal=equal_groups,
        differing_count=len(differing) - sum(map(is_untold, differing)),
        untold_count=sum(map(is_untold, differing)),
        equal_count=len(equal),
        named_equal_count=len(named_equal),
        is_cut=any(group.left_out for group in [*groups, *equal_groups]),
        most_shown=MOST_SHOWN,
        unrelated=_unrelated(models, unrelated),
    )


def _unrelated(models: Mapping[str, Named], unrelated: Set[str]) -> str | None:
    """Return a warning of names that unrelated models share by chance; None without such models."""
    if not unrelated:
        return None
    others = listed(letters(models, list(unrelated)))
    baseline = next(named.letter for named in models.values() if named.is_baseline)
    are = "is" if len(unrelated) == 1 else "are"
    return (
        f"{others} {are} not known to share lineage, training data, an equation, a feature, an architecture or code "
        f"with {baseline}: settings of the same name may be different quantities."
    )


def is_untold(row: ConfigurationRow) -> bool:
    """Return whether no model is known to differ, and at least one is not known to be the same."""
    return set(row["change"].values()) - {"same"} == {"unknown"}


def _groups(
    rows: Sequence[ConfigurationRow], models: Mapping[str, Named], unrelated: Set[str]
) -> list[SettingGroup]:
    groups = []
    for section, title in SECTION_NAMES.items():
        own = [row for row in rows if row["section"] == section]
        lines = [_line(row, models, unrelated) for row in own[:MOST_SHOWN]]
        if lines:
            groups.append(SettingGroup(title=title, lines=lines, left_out=len(own) - len(lines)))
    return groups


def _within_page(groups: list[SettingGroup]) -> list[SettingGroup]:
    """Return groups with their unfolding texts cut where they exceed what a page can hold."""
    texts = [
        cell.full_text for group in groups for line in group.lines for cell in line.cells if cell.full_text
    ]
    if sum(map(len, texts)) <= _MOST_UNFOLDED:
        return groups
    most = max(_LONG, _MOST_UNFOLDED // len(texts))
    return [replace(group, lines=[_cut(line, most) for line in group.lines]) for group in groups]


def _cut(line: SettingLine, most: int) -> SettingLine:
    cells = [
        replace(cell, full_text=f"{cell.full_text[:most]}…")
        if cell.full_text and len(cell.full_text) > most
        else cell
        for cell in line.cells
    ]
    return replace(line, cells=cells)


def _line(row: ConfigurationRow, models: Mapping[str, Named], unrelated: Set[str]) -> SettingLine:
    baseline = next((row["values"].get(named.id) for named in models.values() if named.is_baseline), None)
    values = [stated["value"] for stated in row["values"].values() if stated is not None]
    # Whole numbers stay exact.
    digits = digits_that_distinguish(value for value in values if isinstance(value, float))
    cells = [
        _without_history(cell, row) if named.id in unrelated else cell
        for named in models.values()
        for cell in [_cell(row, named, baseline, digits)]
    ]
    untold = row.get("reason") if "unknown" in row["change"].values() else None
    return SettingLine(path=_beginning(row["path"]) or "", cells=cells, untold=_beginning(untold))


def _without_history(cell: SettingCell, row: ConfigurationRow) -> SettingCell:
    """Return the cell of an unrelated model, worded only as differing: it may be another quantity."""
    word = _UNRELATED.get(cell.change, cell.word)
    ratio = None if row["section"] in _OF_QUANTITIES else cell.ratio
    return replace(cell, word=word, ratio=ratio, terms=None)


def _cell(
    row: ConfigurationRow, named: Named, baseline: ConfigurationValue | None, digits: int
) -> SettingCell:
    stated = row["values"].get(named.id)
    change = row["change"].get(named.id, "same")
    text = _stated(stated, row, digits)
    ratio = row["ratio"].get(named.id)
    return SettingCell(
        text=shortened(text, _LONG) if len(text) > _LONG else text,
        full_text=text if len(text) > _LONG else None,
        unit=_beginning(stated.get("unit")) if stated and stated["value"] is not None else None,
        source=_beginning(stated.get("source")) if stated else None,
        common=_in_common_unit(stated, baseline, ratio),
        ratio=_ratio(ratio) if ratio is not None and change == "changed" else None,
        change=change,
        word=_word(change, stated, baseline),
        judgement=REASONS[judged] if (judged := row.get("judged", {}).get(named.id)) else None,
        terms=term_lines(row.get("terms", {}).get(named.id)),
        is_absent=stated is None,
        is_baseline=named.is_baseline,
    )


def _beginning(text: str | None) -> str | None:
    return text if text is None or len(text) <= _MOST_NAME else f"{text[:_MOST_NAME]}…"


def _stated(stated: ConfigurationValue | None, row: ConfigurationRow, digits: int) -> str:
    if stated is None:
        return "not set"
    if stated["value"] is None and row["section"] in _OF_QUANTITIES:
        return "open" if _BOUND.search(row["path"]) else "no value"
    text = setting_text(stated["value"], row["path"], digits=digits)
    return f"= {text}" if stated.get("computed") else text


def _word(change: ChangeKind, stated: ConfigurationValue | None, baseline: ConfigurationValue | None) -> str:
    if change == "type_changed" and stated and stated.get("computed"):
        return "computed"
    if change == "type_changed" and baseline and baseline.get("computed"):
        return "not computed"
    return CHANGES[change]


def _ratio(ratio: float) -> str:
    return f"{TIMES}{number(ratio, digits_that_distinguish((ratio, 1.0)))}"


def _in_common_unit(
    stated: ConfigurationValue | None, baseline: ConfigurationValue | None, ratio: float | None
) -> str | None:
    """Return a value in the baseline's unit, which the ratio of the two, taken after conversion, gives."""
    if stated is None or baseline is None or ratio is None:
        return None
    unit, value = baseline.get("unit"), baseline["value"]
    if not unit or stated.get("unit") == unit or not isinstance(value, int | float):
        return None
    return f"{number(value * ratio)} {unit}"
