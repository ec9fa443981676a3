"""Reads YAML as plain data: the core schema of YAML 1.2, no objects of any language, bounded size and depth."""

import re
from pathlib import Path
from typing import Any

import yaml

from scidex.forge.importers.documents import read_text, refuse_depth
from scidex.forge.importers.refusals import Refused

_MOST_BYTES = 2 * 2**20
_MOST_LEVELS = 60
_MOST_ALIASES = 100
_CORE = "tag:yaml.org,2002:"


class _Loader(yaml.CSafeLoader):  # type: ignore[misc]  # published without types
    """YAML 1.1 reads ``no`` as false, ``1e-3`` as text, ``12:30`` as 750 and days as dates; 1.2 does not."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]{1,300}", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
    ("float", r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", list("-+.")),
):
    _Loader.add_implicit_resolver(f"{_CORE}{_tag}", re.compile(f"^(?:{_pattern})$"), _first)


def _int(_loader: _Loader, node: yaml.ScalarNode) -> int:
    return int(node.value)


def _float(_loader: _Loader, node: yaml.ScalarNode) -> float:
    return float(node.value.lower().replace(".inf", "inf").replace(".nan", "nan"))


def _plain(loader: _Loader, _kind: str, node: yaml.Node) -> Any:
    """Return the plain data in a tag of Python or another language; no object is made."""
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return str(node.value)


_Loader.add_constructor(f"{_CORE}int", _int)
_Loader.add_constructor(f"{_CORE}float", _float)
_Loader.add_multi_constructor(f"{_CORE}python/", _plain)
_Loader.add_multi_constructor("!", _plain)


def read_yaml(path: Path, *, most: int = _MOST_BYTES) -> Any:
    """Return the only document of a YAML file. Raises :class:`Refused` where it is not YAML or too large."""
    return parsed_yaml(path.name, read_text(path, most=most))


def parsed_yaml(place: str, text: str) -> Any:
    """Return the document of a YAML text of at most 60 levels and 100 aliases."""
    try:
        _refuse_bombs(place, text)
        document = yaml.load(text, Loader=_Loader)  # noqa: S506  a safe loader with fewer types
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = "" if mark is None else f" line {mark.line + 1}"
        problem = getattr(error, "problem", None) or " ".join(str(error).split())
        raise Refused(
            f"{place}{line}", f"this is not plain YAML: {problem}", "give a file of YAML"
        ) from error
    except (RecursionError, ValueError, TypeError) as error:
        raise Refused(place, f"this YAML cannot be read: {error}", "give a file of plain YAML") from error
    refuse_depth(place, document)
    return document


def _refuse_bombs(place: str, text: str) -> None:
    """Refuse texts that would be endless as documents, by their events, which are read one by one."""
    level = aliases = 0
    for event in yaml.parse(text, Loader=_Loader):
        level += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        aliases += isinstance(event, yaml.AliasEvent)
        if level > _MOST_LEVELS:
            raise Refused(place, f"it nests more than {_MOST_LEVELS} levels deep", "give a flatter document")
        if aliases > _MOST_ALIASES:
            raise Refused(place, f"it has more than {_MOST_ALIASES} aliases", "write what they stand for")
