"""The shapes of the answers, by the names of the contract. JSON and page are two views of one answer."""

from scidex.atlas._model_registry.contract.answers.artifacts import ArtifactDetail
from scidex.atlas._model_registry.contract.answers.comparison import (
    EQUAL,
    REASONS,
    ChangedTerms,
    ChangeKind,
    ComparedProvenance,
    Comparison,
    ConfigurationRow,
    ConfigurationValue,
    EquationJudgement,
    MetricRow,
    Section,
)
from scidex.atlas._model_registry.contract.answers.details import (
    LinkedArtifact,
    LinkEntries,
    LinkEntry,
    ModelDetail,
    ModelVersionEntry,
    ModelWarning,
    RelatedArtifact,
    VersionEntry,
)
from scidex.atlas._model_registry.contract.answers.entries import (
    FacetValue,
    ListedEntry,
    ModelEntry,
    ModelList,
)
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
    "ChangeKind",
    "ChangedTerms",
    "ComparedProvenance",
    "Comparison",
    "ConfigurationRow",
    "ConfigurationValue",
    "Edge",
    "EquationJudgement",
    "FacetValue",
    "Finding",
    "FindingCode",
    "Graph",
    "Impact",
    "Input",
    "Leakage",
    "LinkEntries",
    "LinkEntry",
    "LinkedArtifact",
    "ListedEntry",
    "MetricDifference",
    "MetricEvidence",
    "MetricRow",
    "ModelDetail",
    "ModelEntry",
    "ModelList",
    "ModelVersionEntry",
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
