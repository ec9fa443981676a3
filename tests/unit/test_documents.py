"""Documents are true of the checkout: links lead to files and headings, commands and the map name what is there."""

import re
from pathlib import Path

import pytest

from scidex.atlas._model_registry.store.statements import statement

CHECKOUT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"\]\((?!https?://|mailto:)([^)\s]+)\)")
SPECIFICATION = next(CHECKOUT.glob("docs/planning/specs/*.md"))
MAP = CHECKOUT / "docs" / "README.md"
# Where the map's shorter paths begin.
ROOMS = ("scidex/atlas/_model_registry", "scidex/atlas", "scidex/commands", "scidex/forge/importers")
DOCUMENTS = sorted([*CHECKOUT.glob("*.md"), *CHECKOUT.glob("docs/**/*.md")])


def anchors(document: Path) -> set[str]:
    """Return the anchors of the headings of a document, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(CHECKOUT)))
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    for target in LINK.findall(document.read_text(encoding="utf-8")):
        name, _, anchor = target.partition("#")
        linked = (document.parent / name).resolve() if name else document
        assert linked.exists(), target
        assert not anchor or anchor in anchors(linked), target


def criteria() -> list[str]:
    return re.findall(r"^- (\[[ x]\] .+)$", SPECIFICATION.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_status_of_the_specification_is_what_its_criteria_say() -> None:
    (status,) = re.findall(r"^status: (\w+)$", SPECIFICATION.read_text(encoding="utf-8"), re.MULTILINE)
    ticked = [criterion.startswith("[x]") for criterion in criteria()]
    assert len(ticked) > 40
    assert status == ("complete" if all(ticked) else "in_progress")


@pytest.mark.parametrize("criterion", criteria(), ids=range(len(criteria())))
def test_a_criterion_has_a_command_whose_tests_are_there(criterion: str) -> None:
    commands = re.findall(r"`([^`]+)`", criterion.rpartition(" — ")[2])
    assert commands
    named = [word for command in commands for word in command.split() if word.startswith("tests/")]
    assert [path for path in named if not (CHECKOUT / path).exists()] == []


def test_the_map_names_what_is_there() -> None:
    rows = re.findall(r"^\| .+ \| (.+) \|$", MAP.read_text(encoding="utf-8"), re.MULTILINE)
    named = re.findall(r"`([\w/]+(?:/|\.py|\.sql)[\w/]*)`", " ".join(rows))
    assert len(named) > 20
    roots = [CHECKOUT / root for root in ("", *ROOMS)]
    assert [path for path in named if not any((root / path).exists() for root in roots)] == []


def test_the_statements_that_would_cross_shards_exist() -> None:
    section = (
        (CHECKOUT / "docs" / "operations.md").read_text(encoding="utf-8").split("### After one PostgreSQL")[1]
    )
    rows = re.findall(r"^\| (`.*?) \|", section.split("\n## ")[0], re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert len(named) > 20
    for name in named:
        assert statement(name).as_string(), name
