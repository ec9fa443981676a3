"""A Hugging Face card is read for exactly what it says of its model."""

from pathlib import Path

import pytest

from scidex.forge.importers import FORMATS, Plan, Refused, Told
from scidex.forge.importers.recognising import recognise
from tests.importers import sources
from tests.importers.test_training_logs import plan_of


def test_results_keep_dataset_configuration_split_and_revision(tmp_path: Path) -> None:
    (model,) = plan_of(sources.card(tmp_path)).models
    assert model.title == "small-classifier"
    assert model.metadata["evaluation_metrics"] == {
        "accuracy (Some data, plain, validation)": 0.91,
        "f1": 0.9,
        "mean_reward": 249.5,
        "accuracy (Lander)": 0.8,
    }
    assert model.metadata["metric_metadata"] == {
        "accuracy (Some data, plain, validation)": {"split": "validation", "dataset": "some/data/plain/abc"},
        "f1": {"split": "validation", "dataset": "some/data/plain/abc"},
        "mean_reward": {"dataset": "Lander", "std": 20.5},
        "accuracy (Lander)": {"dataset": "Lander"},
    }


def test_the_card_is_described_by_licence_languages_and_its_own_words(tmp_path: Path) -> None:
    plan = plan_of(sources.card(tmp_path))
    (model,) = plan.models
    assert model.metadata["card"] == {
        "summary": "It tells texts apart by a base.",
        "intended_use": "Teaching.",
        "limitations": "English and Norwegian only.",
        "licence": "apache-2.0",
        "languages": ["en", "no"],
    }
    assert model.metadata["architecture"] == "not declared"
    assert {each.what for each in plan.left_out} >= {"thumbnail"}
    assert (
        "some/data, a name and no registered dataset" in plan.missing[0].what
        or "some/data" in plan.missing[0].what
    )
    assert (model.trained_on, model.produced_by) == ((), ())


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("license: [mit", "not plain YAML"),
        ("- a\n- b", "its metadata is"),
        ("license: mit\nmodel-index: [1]", "not a list of models"),
        ("license: mit\nmodel-index:\n- results: [3]", "is not an object"),
        ("license: mit", "no metadata"),
    ],
)
def test_anything_but_a_card_is_refused_with_its_place(tmp_path: Path, front: str, said: str) -> None:
    path = tmp_path / "README.md"
    path.write_text(f"---\n{front}\n" + ("" if said == "no metadata" else "---\n"))
    reader = next(each for each in FORMATS if each.name == "huggingface")
    with pytest.raises(Refused) as refused:
        list(reader.read(path, Told()))
    assert said in refused.value.reason
    assert refused.value.place.startswith("README.md")


@pytest.mark.parametrize("front", ["layout: post\ntags: [a]", "license: mit\ndataset_info: {}", "title: x"])
def test_other_front_matter_stays_unrecognised(tmp_path: Path, front: str) -> None:
    path = tmp_path / "README.md"
    path.write_text(f"---\n{front}\n---\n# x\n")
    assert recognise(path, FORMATS) is None


def test_text_that_looks_like_markup_takes_no_time(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text(
        "---\nlicense: mit\n---\n" + "[" * 300_000 + "\n" + "<a" * 200_000 + "\n# " + "# " * 200_000
    )
    assert isinstance(plan_of(path), Plan)


def a_card(folder: Path, *lines: str) -> Path:
    folder.mkdir()
    (folder / "README.md").write_text("\n".join(("---", *lines, "---", "# x", "")))
    return folder / "README.md"


@pytest.mark.parametrize(
    ("written", "dataset"),
    [
        (["args: ell eng devtest"], "flores_101/ell eng devtest"),
        (["config: PAN-X.de", "args: PAN-X.de"], "flores_101/PAN-X.de"),
        (["args:", "  split: test", "  language: es"], "flores_101/language=es, split=test"),
        (["args: [1, 2]"], "flores_101"),
    ],
)
def test_args_of_older_cards_are_the_configuration(tmp_path: Path, written: list[str], dataset: str) -> None:
    """Helsinki-NLP/opus-mt-tc-big-el-en and -en-el are measured on the two directions of one dataset."""
    path = a_card(
        tmp_path / "el-en",
        "license: cc-by-4.0",
        "model-index:",
        "- name: el-en",
        "  results:",
        "  - dataset:",
        "      name: flores101-devtest",
        "      type: flores_101",
        *(f"      {line}" for line in written),
        "    metrics: [{type: bleu, value: 33.9}]",
    )
    (model,) = plan_of(path).models
    assert model.metadata["metric_metadata"] == {"bleu": {"dataset": dataset}}


def test_metrics_of_one_dataset_are_told_apart_by_args(tmp_path: Path) -> None:
    path = a_card(
        tmp_path / "panx",
        "license: mit",
        "model-index:",
        "- name: panx",
        "  results:",
        "  - {dataset: {name: xtreme, type: xtreme, args: PAN-X.de}, metrics: [{type: f1, value: 0.86}]}",
        "  - {dataset: {name: xtreme, type: xtreme, args: PAN-X.fr}, metrics: [{type: f1, value: 0.83}]}",
    )
    (model,) = plan_of(path).models
    assert model.metadata["evaluation_metrics"] == {
        "f1 (xtreme, PAN-X.de)": 0.86,
        "f1 (xtreme, PAN-X.fr)": 0.83,
    }


def test_a_table_of_q_learning_is_kept_apart_from_networks(tmp_path: Path) -> None:
    path = a_card(tmp_path / "q", "tags: [FrozenLake-v1-4x4, q-learning, custom-implementation]")
    (model,) = plan_of(path).models
    assert (model.model_family, model.metadata["model_type"]) == ("statistical", "q-learning")
    assert "architecture" not in model.metadata
