"""The structure of the product keeps its measures: rooms, arrows between them, sizes, names."""

import ast
from collections import defaultdict
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
REGISTRIES = ("scidex/atlas/_model_registry", "scidex/atlas/_artifact_registry")
MOST_ROOMS, MOST_ARROWS = 24, 60
# Each of the two public modules has an error of its own for an id that is not registered.
SHARED_NAMES = {"ArtifactNotFound", "Value", "T"}


@cache
def modules() -> dict[str, tuple[Path, ast.Module]]:
    """Return path and syntax tree of each module of the product, by its name."""
    files = [*CHECKOUT.glob("scidex/**/*.py"), CHECKOUT / "api.py"]
    return {_name(file): (file, ast.parse(file.read_text(encoding="utf-8"))) for file in files}


def _name(file: Path) -> str:
    return ".".join(file.relative_to(CHECKOUT).with_suffix("").parts).removesuffix(".__init__")


def room(name: str) -> str:
    """Name the room of a module: a folder of the registry, another folder of the package, or a file by itself."""
    path = name.replace(".", "/")
    for registry in REGISTRIES:
        if path.startswith(f"{registry}/"):
            return path.split("/")[3] if registry == REGISTRIES[0] else registry
    parts = path.split("/")
    return path if parts[:2] == ["scidex", "atlas"] or len(parts) == 1 else "/".join(parts[:2])


@cache
def imports(name: str) -> frozenset[str]:
    """Return the modules of the product that one imports anywhere, so also within functions."""
    found: set[str] = set()
    for node in ast.walk(modules()[name][1]):
        if isinstance(node, ast.ImportFrom) and node.module in modules():
            inner = {f"{node.module}.{each.name}" for each in node.names}
            found |= (inner & modules().keys()) or {node.module}
        elif isinstance(node, ast.Import):
            found |= {each.name for each in node.names} & modules().keys()
    return frozenset(found - {name})


def test_no_module_imports_itself_through_others() -> None:
    TopologicalSorter({name: imports(name) for name in modules()}).prepare()


def test_the_rooms_and_the_arrows_between_them_are_few() -> None:
    arrows = {(room(name), room(other)) for name in modules() for other in imports(name)}
    between = {(one, other) for one, other in arrows if one != other}
    assert len({one for arrow in between for one in arrow}) <= MOST_ROOMS
    assert len(between) <= MOST_ARROWS


def test_no_module_is_long_and_few_functions_are() -> None:
    lengths = {
        name: len(file.read_text(encoding="utf-8").splitlines()) for name, (file, _) in modules().items()
    }
    assert {name for name, length in lengths.items() if length > 300} == set()
    functions = sorted(
        (node.end_lineno or node.lineno) - node.lineno + 1
        for _, tree in modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert functions[len(functions) * 9 // 10] <= 20


def test_a_name_of_a_class_stands_for_one_thing() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for name, (_, tree) in modules().items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(name)
    assert {
        name: found for name, found in places.items() if len(found) > 1 and name not in SHARED_NAMES
    } == {}


def test_the_map_names_every_room_of_the_registry() -> None:
    text = (CHECKOUT / "docs/README.md").read_text(encoding="utf-8")
    rooms = {room(name) for name in modules() if name.startswith("scidex.atlas._model_registry.")}
    folders = {
        f.name
        for f in (CHECKOUT / "scidex").iterdir()
        if f.is_dir() and f.name not in {"atlas", "__pycache__"}
    }
    assert {name for name in rooms | folders if f"{name}/" not in text} == set()
