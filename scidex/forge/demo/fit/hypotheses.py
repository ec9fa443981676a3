"""The hypotheses that the models test."""

from scidex.forge.demo.fit import published
from scidex.forge.demo.fit.entries import ArtifactEntry, hypothesis

CORE_BIOMARKERS = "hypothesis-csf-core-biomarkers"
PANEL = "hypothesis-csf-biomarker-panel"
# One model names it, but it is not registered, so entries() leaves it out.
PANEL_WITHOUT_CORE = "hypothesis-csf-panel-without-core-biomarkers"
CORTICAL_AMYLOID = "hypothesis-cortical-amyloid-beta-by-diagnosis"
THEOPHYLLINE_ABSORPTION = "hypothesis-theophylline-first-order-absorption"
INDOMETHACIN_TWO_COMPARTMENTS = "hypothesis-indomethacin-two-compartments"
PUROMYCIN_VMAX = "hypothesis-puromycin-raises-vmax"
SUBSTRATE_INHIBITION = "hypothesis-galactosyltransferase-substrate-inhibition"

_STATEMENTS = (
    (
        CORE_BIOMARKERS,
        "Tau, phosphorylated tau and Aβ42 in cerebrospinal fluid separate cognitively impaired people from controls",
        (published.CRAIG_SCHAPIRO,),
    ),
    (
        PANEL,
        "A panel of many cerebrospinal fluid proteins separates impaired people from controls better than tau, "
        "phosphorylated tau and Aβ42 alone",
        (published.CRAIG_SCHAPIRO,),
    ),
    (
        CORTICAL_AMYLOID,
        "Amyloid-beta in the posterior cingulate cortex is higher in Alzheimer's disease than without impairment",
        (published.PIVTORAIKO,),
    ),
    (
        THEOPHYLLINE_ABSORPTION,
        "One compartment with first-order absorption describes theophylline after an oral dose",
        (published.BOECKMANN,),
    ),
    (
        INDOMETHACIN_TWO_COMPARTMENTS,
        "The disposition of intravenous indomethacin needs two compartments",
        (published.KWAN,),
    ),
    (
        PUROMYCIN_VMAX,
        "Puromycin raises the maximal velocity of galactosyltransferase and leaves its Michaelis constant unchanged",
        (published.TRELOAR,),
    ),
    (
        SUBSTRATE_INHIBITION,
        "Galactosyltransferase is inhibited by its substrate at concentrations up to 1.1 ppm",
        (),
    ),
)


def entries() -> list[ArtifactEntry]:
    """Return the entries of the registered hypotheses."""
    return [hypothesis(key, statement, papers=papers) for key, statement, papers in _STATEMENTS]
