"""What the policy says of inputs, pins and their integrity, sentence by sentence, as the smallest registries."""

from typing import Any

from tests.provenance.cases import LOOSE, PIN, PINS, TRACED, UNPINNED, Case, linked, pinned, status
from tests.provenance.registry import artifact

_NO_VERSIONS: tuple[Any, ...] = (0, -1, 1.5, "1", True, None, [1], {}, 0.5)
_TWO = linked("produced_by", "analysis-SDA-2", TRACED)
INPUTS: list[Case] = [
    *(
        (
            f"what the analysis {link}",
            UNPINNED.with_link("SDA-1", link, "dataset-e"),
            {"inputs": {"dataset-d": ("unpinned", None), "dataset-e": ("unpinned", None)}},
        )
        for link in ("cites", "uses", "derives_from")
    ),
    *(
        (f"not what it {link}", UNPINNED.with_link("SDA-1", link, "dataset-e"), status("unpinned", None))
        for link in ("trained_on", "mentions", "extends", "shares_entities")
    ),
    (
        "of any type",
        UNPINNED.with_link("SDA-1", "cites", "figure-f"),
        {"inputs": {"dataset-d": ("unpinned", None), "figure-f": ("unpinned", None)}},
    ),
    (
        "registered or not",
        UNPINNED.with_link("SDA-1", "cites", "gone"),
        {"inputs": {"dataset-d": ("unpinned", None), "gone": ("unpinned", None)}},
    ),
    (
        "but its own previous version",
        UNPINNED.with_row("SDA-1", parent_version_id="SDA-0").with_link("SDA-1", "derives_from", "SDA-0"),
        status("unpinned", None),
    ),
    (
        "the previous version of another analysis",
        _TWO.with_row("SDA-1", parent_version_id="SDA-0").with_link("analysis-SDA-2", "cites", "SDA-0"),
        {"inputs": {"dataset-d": ("intact", 1), "SDA-0": ("unpinned", None)}},
    ),
    (
        "not of an analysis that made another model",
        TRACED.with_link("analysis-SDA-2", "cites", "dataset-e"),
        status("intact", 1),
    ),
    ("pooled over analyses", _TWO.with_link("analysis-SDA-2", "cites", "dataset-e"), {"missing": [PINS]}),
    (
        "pins pooled over analyses",
        _TWO.with_link("SDA-1", "cites", "dataset-e").with_row(
            "analysis-SDA-2", provenance_chain=[["dataset-e", 1]]
        ),
        {"missing": []},
    ),
]
_CITES_X = UNPINNED.with_link("SDA-1", "cites", "analysis-x")
PIN_CASES: list[Case] = [
    ("an object", pinned(PIN), status("intact", 1)),
    ("a pair", pinned(["dataset-d", 1]), status("unverified", 1)),
    ("in the provenance chain", pinned(chain=[PIN]), status("intact", 1)),
    ("a pair in the provenance chain", pinned(chain=[["d", 1]]), status("unverified", 1)),
    ("prefix added", pinned(["d", 1]), status("unverified", 1)),
    (
        "prefix removed",
        pinned(
            ["dataset-bare", 1],
            registry=linked(
                "trained_on",
                "bare",
                linked("produced_by", "SDA-1", LOOSE.with_row("bare", **artifact("dataset"))),
            ).with_row("SDA-1", metadata={}),
        ),
        status("unverified", 1, "bare"),
    ),
    (
        "an input of unknown type may have any prefix",
        pinned(["x", 1], PIN, registry=_CITES_X),
        {"missing": []},
    ),
    (
        "an input without a prefix of its own",
        pinned(["f", 1], PIN, registry=UNPINNED.with_link("SDA-1", "cites", "figure-f")),
        {"missing": [PINS]},
    ),
    (
        "as written before any other input",
        pinned(["d", 1], registry=linked("trained_on", "d", UNPINNED.with_row("d", **artifact("dataset")))),
        {"inputs": {"d": ("unverified", 1), "dataset-d": ("unpinned", None)}},
    ),
    ("another artifact", pinned(["dataset-e", 1]), status("unpinned", None)),
    *(
        (f"version {value!r}", pinned(["d", value]), status("modified", int(value)))
        for value in (2, 2.0, 10**30)
    ),
    *((f"no version is {value!r}", pinned(["d", value]), status("unpinned", None)) for value in _NO_VERSIONS),
    *(
        (f"no pin is {value!r}", pinned(value, chain=[value]), status("unpinned", None))
        for value in (
            ["d"],
            ["d", 1, "sha256:d"],
            [1, "d"],
            "d",
            1,
            None,
            {},
            {"artifact_id": "d"},
            {"artifact_id": ["d"], "version_number": 1},
            [],
            [["d", 1]],
        )
    ),
    *(
        (
            f"no list is {value!r}",
            UNPINNED.with_row("SDA-1", metadata={"pinned_artifacts": value}, provenance_chain=value),
            status("unpinned", None),
        )
        for value in ({"artifact_id": "d", "version_number": 1}, ["d", 1], "d", None, 1)
    ),
    ("bad entries beside a good one", pinned(None, [], {}, PIN, "d"), status("intact", 1)),
    ("of several the matching one", pinned(["d", 7], PIN, ["d", 1]), status("intact", 1)),
    ("the matching one without a hash", pinned(["d", 7], ["d", 1]), status("unverified", 1)),
    ("else the highest", pinned(["d", 2], ["d", 7], ["d", 3]), status("modified", 7)),
    ("metadata that is no object", UNPINNED.with_row("SDA-1", metadata=[PIN]), status("unpinned", None)),
]
INTEGRITY: list[Case] = [
    ("another hash", pinned({**PIN, "content_hash": "sha256:x"}), status("modified", 1)),
    ("another version", TRACED.with_row("dataset-d", version_number=2), status("modified", 1)),
    (
        "a hash where none is registered",
        TRACED.with_row("dataset-d", content_hash=None),
        status("modified", 1),
    ),
    *(
        (f"no hash is {value!r}", pinned({**PIN, "content_hash": value}), status("unverified", 1))
        for value in (None, "", 5, ["sha256:d"])
    ),
    (
        "not registered",
        pinned(PIN, ["gone", 1], registry=UNPINNED.with_link("SDA-1", "cites", "gone")),
        {"inputs": {"dataset-d": ("intact", 1), "gone": ("missing", 1)}, "missing": []},
    ),
    (
        "superseded",
        TRACED.with_row("dataset-d2", **artifact("dataset", version_number=2, parent_version_id="dataset-d")),
        {**status("superseded", 1), "missing": []},
    ),
    (
        "modified though newer exists",
        TRACED.with_row("dataset-d", content_hash="sha256:z").with_row(
            "dataset-d2", **artifact("dataset", version_number=2, parent_version_id="dataset-d")
        ),
        status("modified", 1),
    ),
    (
        "its own parent is no newer version",
        TRACED.with_row("dataset-d", parent_version_id="dataset-d"),
        status("intact", 1),
    ),
    (
        "a modified input does not cap",
        TRACED.with_row("dataset-d", version_number=2),
        {"missing": [], "quality": 0.9},
    ),
]
