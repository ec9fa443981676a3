"""The shapes the routes send, as the contract names them. JSON and page are two views of one of these."""

from scidex.atlas._model_registry.contract.answers.artifacts import ArtifactDetail
from scidex.atlas._model_registry.contract.answers.comparison import (
    EQUAL,
    REASONS,
    Change,
    ChangedTerms,
    ComparedProvenance,
    Comparison,
    ConfigurationRow,
    ConfigurationValue,
    Judgement,
    MetricRow,
    MetricSplit,
    Section,
)
from scidex.atlas._model_registry.contract.answers.details import (
    Link,
    LinkedArtifact,
    Links,
    ModelDetail,
    ModelVersion,
    ModelWarning,
    RelatedArtifact,
    VersionEntry,
)
from scidex.atlas._model_registry.contract.answers.entries import FacetValue, ModelEntry, ModelList
from scidex.atlas._model_registry.contract.answers.evidence import MetricDifference, MetricEvidence
from scidex.atlas._model_registry.contract.answers.findings import Finding, FindingCode
from scidex.atlas._model_registry.contract.answers.impact import Impact, TouchedModelEntry
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
from scidex.atlas._model_registry.contract.answers.standing import Standing, StandingCause
from scidex.atlas._model_registry.contract.answers.training_data import (
    Leakage,
    Overlap,
    OverlapByRows,
    RelatedDatasets,
    TrainingData,
    TrainingDataset,
)

__all__ = [
    "EQUAL",
    "REASONS",
    "ArtifactDetail",
    "Change",
    "ChangedTerms",
    "ComparedProvenance",
    "Comparison",
    "ConfigurationRow",
    "ConfigurationValue",
    "Edge",
    "FacetValue",
    "Finding",
    "FindingCode",
    "Graph",
    "Impact",
    "Input",
    "Judgement",
    "Leakage",
    "Link",
    "LinkedArtifact",
    "Links",
    "MetricDifference",
    "MetricEvidence",
    "MetricRow",
    "MetricSplit",
    "ModelDetail",
    "ModelEntry",
    "ModelList",
    "ModelVersion",
    "ModelWarning",
    "Node",
    "Overlap",
    "OverlapByRows",
    "PinStatus",
    "Provenance",
    "ProvenanceVerdict",
    "RelatedArtifact",
    "RelatedDatasets",
    "RuleVerdict",
    "Section",
    "Standing",
    "StandingCause",
    "TouchedModelEntry",
    "TrainingData",
    "TrainingDataset",
    "VersionEntry",
]
