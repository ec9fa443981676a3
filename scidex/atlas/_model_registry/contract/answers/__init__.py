"""The shapes the routes send, as the contract names them. JSON and page are two views of one of these."""

from scidex.atlas._model_registry.contract.answers.comparison import (
    Change,
    ComparedProvenance,
    Comparison,
    ConfigurationRow,
    ConfigurationValue,
    Direction,
    MetricRow,
    Section,
)
from scidex.atlas._model_registry.contract.answers.details import (
    Link,
    LinkedArtifact,
    Links,
    ModelDetail,
    ModelVersion,
    ModelWarning,
    VersionEntry,
)
from scidex.atlas._model_registry.contract.answers.entries import FacetValue, ModelEntry, ModelList
from scidex.atlas._model_registry.contract.answers.provenance import (
    Edge,
    Graph,
    Input,
    Node,
    PinStatus,
    Provenance,
    ProvenanceVerdict,
    RuleVerdict,
)
from scidex.atlas._model_registry.contract.answers.training_data import (
    Leakage,
    Overlap,
    RelatedDatasets,
    TrainingData,
    TrainingDataset,
)

__all__ = [
    "Change",
    "ComparedProvenance",
    "Comparison",
    "ConfigurationRow",
    "ConfigurationValue",
    "Direction",
    "Edge",
    "FacetValue",
    "Graph",
    "Input",
    "Leakage",
    "Link",
    "LinkedArtifact",
    "Links",
    "MetricRow",
    "ModelDetail",
    "ModelEntry",
    "ModelList",
    "ModelVersion",
    "ModelWarning",
    "Node",
    "Overlap",
    "PinStatus",
    "Provenance",
    "ProvenanceVerdict",
    "RelatedDatasets",
    "RuleVerdict",
    "Section",
    "TrainingData",
    "TrainingDataset",
    "VersionEntry",
]
