"""The words the host's tables use."""

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

# Links from an analysis that make their target one of its inputs.
INPUT_LINKS = ("cites", "uses", "derives_from")


def id_prefix(artifact_type: str) -> str:
    """Return what the ids of a type begin with; both dataset types share ``dataset-``."""
    return "dataset-" if artifact_type in DATASET_TYPES else f"{artifact_type}-"


def spellings(name: str, prefix: str) -> tuple[str, ...]:
    """List what a name may stand for: as written, else with the prefix, else without it."""
    return (name, prefix + name, name.removeprefix(prefix))
