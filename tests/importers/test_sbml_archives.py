"""COMBINE archives: which models they give, what their metadata say of them, and what is refused."""

import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest

from scidex.forge.importers import BY_NAME, FORMATS, Plan, Refused, Told
from scidex.forge.importers.recognising import recognise
from tests.importers import sbml_documents as documents


def test_an_archive_gives_its_models_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    path = documents.omex(tmp_path)
    stored = tmp_path / "stored.omex"
    with zipfile.ZipFile(stored, "w") as written:  # not compressed: the model stands in it as it is
        written.writestr("manifest.xml", documents.MANIFEST)
        written.writestr("models/growing.xml", documents.GROWING)
    assert recognise(stored, FORMATS) is BY_NAME["omex"]
    assert recognise(path, FORMATS) is BY_NAME["omex"]
    plan, lost = BY_NAME["omex"].read(path, Told(dataset="dataset-d"))
    assert isinstance(plan, Plan)
    assert plan.models[0].title == "A in a growing cell"
    assert plan.models[0].trained_on == ("dataset-d",)
    assert "run.sedml" in [each.what for each in plan.left_out]
    assert isinstance(lost, Refused)
    assert lost.place.startswith("lost.xml")


@pytest.mark.parametrize("name", ["../out.xml", "/etc/out.xml", "a\\..\\out.xml", "c:out.xml", "a/../../b"])
def test_an_archive_whose_names_lead_out_is_refused(tmp_path: Path, name: str) -> None:
    path = documents.archive(
        tmp_path / "a.omex", {"manifest.xml": documents.MANIFEST, name: documents.GROWING}
    )
    assert recognise(path, FORMATS) is BY_NAME["omex"]
    with pytest.raises(Refused, match="leads out"):
        list(BY_NAME["omex"].read(path, Told()))
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.omex"
    with zipfile.ZipFile(path, "w") as written:
        written.writestr("manifest.xml", documents.MANIFEST)
        link = zipfile.ZipInfo("models/growing.xml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        written.writestr(link, "/etc/passwd")
    with pytest.raises(Refused, match="link"):
        list(BY_NAME["omex"].read(path, Told()))


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = documents.archive(
        tmp_path / "a.omex", {"manifest.xml": documents.MANIFEST, "b.xml": "0" * 70_000_000}
    )
    with pytest.raises(Refused, match="70,0"):
        list(BY_NAME["omex"].read(path, Told()))


def test_metadata_may_name_the_archive_and_its_files_by_the_addresses_of_the_library(tmp_path: Path) -> None:
    library = "http://omex-library.org/described.omex"
    metadata = documents.METADATA.replace('about="."', f'about="{library}"')
    metadata = metadata.replace('about="./models', f'about="{library}/models')
    plain, addressed = (
        next(one for one in BY_NAME["omex"].read(documents.described(tmp_path, said), Told()))
        for said in (documents.METADATA, metadata)
    )
    assert isinstance(plain, Plan)
    assert isinstance(addressed, Plan)
    assert addressed.models[0].metadata["card"] == plain.models[0].metadata["card"]
    assert addressed.models[0].metadata["provenance"] == plain.models[0].metadata["provenance"]


def test_a_whole_name_may_stand_in_an_element_of_its_own(tmp_path: Path) -> None:
    start = documents.METADATA.rindex("<vCard:hasName")
    end = documents.METADATA.rindex("</vCard:hasName>") + len("</vCard:hasName>")
    name = "<vCard:fn><vCard:text>Max Modeller</vCard:text></vCard:fn>"
    metadata = documents.METADATA[:start] + name + documents.METADATA[end:]
    plan = next(iter(BY_NAME["omex"].read(documents.described(tmp_path, metadata), Told())))
    assert isinstance(plan, Plan)
    card: Any = plan.models[0].metadata["card"]
    assert card["authors"][0]["name"] == "Max Modeller"


def test_the_metadata_of_an_archive_describes_its_models(tmp_path: Path) -> None:
    (plan,) = (
        one for one in BY_NAME["omex"].read(documents.described(tmp_path), Told()) if isinstance(one, Plan)
    )
    metadata: Any = plan.models[0].metadata
    assert metadata["card"] == {
        "authors": [{"name": "Max Modeller", "affiliation": "Institute", "orcid": "0000-0002-1825-0097"}],
        "licence": "Apache-2.0",
        "publications": [{"doi": "10.1000/archive.2"}],
    }
    archive = {"title": "Growth of cells", "creators": [{"name": "Ann Archivist"}]}
    assert metadata["provenance"]["archive"] == archive
    assert "example.org" not in str(metadata)


def test_what_a_model_says_itself_stands_before_what_its_archive_says(tmp_path: Path) -> None:
    path = documents.described(tmp_path, model=documents.GROWING)
    (plan,) = (one for one in BY_NAME["omex"].read(path, Told()) if isinstance(one, Plan))
    card: Any = plan.models[0].metadata["card"]
    assert card["licence"] == "CC0-1.0"
    assert [one["name"] for one in card["authors"]] == ["Marie Curie"]


@pytest.mark.parametrize("damaged", ["", "<a>", "<!DOCTYPE a><a/>", "<a>" * 200 + "</a>" * 200])
def test_metadata_that_cannot_be_read_are_left_out(tmp_path: Path, damaged: str) -> None:
    path = documents.described(tmp_path, metadata=damaged)
    (plan,) = (one for one in BY_NAME["omex"].read(path, Told()) if isinstance(one, Plan))
    assert [one.what for one in plan.left_out][-1] == "metadata.rdf"
    assert "card" not in plan.models[0].metadata
