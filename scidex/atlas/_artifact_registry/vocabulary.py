"""The vocabulary of the host's tables."""

LIFECYCLE_STATES = (
    "active",
    "draft",
    "listed",
    "validated",
    "flagged",
    "challenged",
    "deprecated",
    "rejected",
    "frozen",
    "superseded",
    "archived",
    "cold",
    "candidate",
)
ORIGIN_TYPES = ("internal", "external")
PROMOTION_STATES = ("candidate", "promoted", "rejected", "superseded")

DATASET_TYPES = ("dataset", "tabular_dataset")

# Types of links from an analysis to its inputs.
INPUT_LINKS = ("cites", "uses", "derives_from")


def id_prefix(artifact_type: str) -> str:
    """Return the prefix of the ids of a type; both dataset types share ``dataset-``."""
    return "dataset-" if artifact_type in DATASET_TYPES else f"{artifact_type}-"


def spellings(name: str, prefix: str) -> tuple[str, ...]:
    """Return the ids that a name may mean: as written, else with the prefix, else without it."""
    return (name, prefix + name, name.removeprefix(prefix))
