"""The words, names and families that generated models are described with."""

FAMILIES = ("statistical", "deep_learning", "biophysical")
# Few groups fit equations; most fit regressions.
FAMILY_WEIGHTS = (5, 3, 2)

TOPICS = (
    "microglial activation", "tau propagation", "amyloid clearance", "synaptic loss", "neuroinflammation",
    "astrocyte signalling", "calcium dynamics", "mitochondrial stress", "cortical thickness", "hippocampal volume",
    "cognitive decline", "dopaminergic neurons", "alpha-synuclein spreading", "axonal transport", "lysosomal function",
    "blood-brain barrier", "complement cascade", "lipid metabolism", "glucose uptake", "sleep fragmentation",
    "TDP-43 aggregation", "motor neuron loss", "myelin repair", "proteasome load", "iron accumulation",
)  # fmt: skip
METHODS = {
    "statistical": ("logistic regression", "mixed-effects model", "Cox regression", "elastic net", "Gaussian process"),
    "deep_learning": ("multilayer perceptron", "graph network", "convolutional network", "transformer", "autoencoder"),
    "biophysical": ("ODE system", "compartment model", "reaction-diffusion model", "Michaelis-Menten kinetics"),
}  # fmt: skip
COHORTS = ("ADNI", "SEA-AD", "ROSMAP", "PPMI", "BioFINDER", "UK Biobank", "OASIS", "AIBL")
FEATURES = (
    "age", "sex", "education", "APOE4", "tau", "p-tau181", "amyloid-beta 42", "NfL", "GFAP", "MMSE", "CDR", "BMI",
    "YKL-40", "TREM2", "VILIP-1", "neurogranin", "clusterin", "cystatin C", "ferritin", "interleukin-6",
)  # fmt: skip
SPECIES = ("Abeta", "Tau", "Microglia", "Astrocytes", "Cytokines", "Neurons", "Plaques", "Calcium")
LAYERS = ("dense", "convolution", "attention", "dropout", "normalisation", "recurrent")

# Each family's metrics with the range of their values.
METRICS = {
    "statistical": {
        "roc_auc": (0.5, 0.99),
        "brier_score": (0.02, 0.3),
        "aic": (-500.0, 4000.0),
        "r2": (0.0, 0.95),
    },
    "deep_learning": {
        "roc_auc": (0.5, 0.99),
        "accuracy": (0.4, 0.99),
        "f1": (0.3, 0.98),
        "log_loss": (0.05, 0.9),
    },
    "biophysical": {"rmse": (0.01, 2.0), "r2": (0.0, 0.99), "aic": (-800.0, 1500.0), "nrmse": (0.01, 0.6)},
}
