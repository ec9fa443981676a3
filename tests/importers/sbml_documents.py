"""Small SBML documents of our own, and archives that hold them."""

import zipfile
from pathlib import Path

from scidex.forge.importers import Plan, Told
from scidex.forge.importers.sbml import model_plan

_MATH = 'xmlns="http://www.w3.org/1998/Math/MathML"'

# A binds an enzyme that is held constant; B decays; the cell grows. Every kind of statement occurs once.
GROWING = f"""<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1">
 <model id="growing" name="A in a growing cell" metaid="m" substanceUnits="nmol" timeUnits="min" volumeUnits="ml">
  <notes><body xmlns="http://www.w3.org/1999/xhtml"><style>p {{}}</style><p>Uptake of <b>A</b>.</p>
   <p>Free: <a href="http://creativecommons.org/publicdomain/zero/1.0/">CC0</a></p></body></notes>
  <annotation><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
    xmlns:vCard="http://www.w3.org/2001/vcard-rdf/3.0#" xmlns:bqbiol="http://biomodels.net/biology-qualifiers/"
    xmlns:bqmodel="http://biomodels.net/model-qualifiers/"><rdf:Description rdf:about="#m">
   <dc:creator><rdf:Bag><rdf:li rdf:parseType="Resource"><vCard:N rdf:parseType="Resource">
    <vCard:Family>Curie</vCard:Family><vCard:Given>Marie</vCard:Given></vCard:N>
    <vCard:EMAIL>m@example.org</vCard:EMAIL>
    <vCard:ORG rdf:parseType="Resource"><vCard:Orgname>Sorbonne</vCard:Orgname></vCard:ORG></rdf:li></rdf:Bag>
   </dc:creator>
   <dcterms:created rdf:parseType="Resource"><dcterms:W3CDTF>2020-01-01T00:00:00Z</dcterms:W3CDTF></dcterms:created>
   <bqmodel:is><rdf:Bag><rdf:li rdf:resource="https://identifiers.org/biomodels.db:M1"/></rdf:Bag></bqmodel:is>
   <bqmodel:isDescribedBy><rdf:Bag><rdf:li rdf:resource="urn:miriam:doi:10.1000%2Fx.1"/>
    <rdf:li rdf:resource="http://identifiers.org/pubmed/123"/></rdf:Bag></bqmodel:isDescribedBy>
   <bqbiol:hasTaxon><rdf:Bag><rdf:li rdf:resource="http://identifiers.org/taxonomy/9606"/></rdf:Bag></bqbiol:hasTaxon>
   <bqbiol:isVersionOf><rdf:Bag><rdf:li rdf:resource="urn:miriam:obo.go:GO%3A0006810"/></rdf:Bag></bqbiol:isVersionOf>
  </rdf:Description></rdf:RDF></annotation>
  <listOfFunctionDefinitions><functionDefinition id="saturating"><math {_MATH}><lambda>
   <bvar><ci>x</ci></bvar><bvar><ci>y</ci></bvar>
   <apply><divide/><ci>x</ci><apply><plus/><ci>y</ci><ci>x</ci></apply></apply></lambda></math>
  </functionDefinition></listOfFunctionDefinitions>
  <listOfUnitDefinitions>
   <unitDefinition id="nmol"><listOfUnits><unit kind="mole" exponent="1" scale="-9" multiplier="1"/></listOfUnits>
   </unitDefinition>
   <unitDefinition id="ml"><listOfUnits><unit kind="litre" exponent="1" scale="-3" multiplier="1"/></listOfUnits>
   </unitDefinition>
   <unitDefinition id="min"><listOfUnits><unit kind="second" exponent="1" scale="0" multiplier="60"/></listOfUnits>
   </unitDefinition>
   <unitDefinition id="per_min"><listOfUnits><unit kind="second" exponent="-1" scale="0" multiplier="60"/>
   </listOfUnits></unitDefinition>
  </listOfUnitDefinitions>
  <listOfCompartments>
   <compartment id="cell" size="2" spatialDimensions="3" constant="false"/>
   <compartment id="dish" size="10" spatialDimensions="3" constant="true"/>
  </listOfCompartments>
  <listOfSpecies>
   <species id="A" name="substrate" compartment="dish" initialConcentration="5" hasOnlySubstanceUnits="false"
    boundaryCondition="false" constant="false"/>
   <species id="B" compartment="cell" initialAmount="0" hasOnlySubstanceUnits="false"
    boundaryCondition="false" constant="false"/>
   <species id="N" compartment="cell" initialAmount="3" hasOnlySubstanceUnits="true"
    boundaryCondition="false" constant="false"/>
   <species id="E" compartment="dish" initialConcentration="1" hasOnlySubstanceUnits="false"
    boundaryCondition="true" constant="false"/>
  </listOfSpecies>
  <listOfParameters>
   <parameter id="mu" value="0.01" units="per_min" constant="true"/>
   <parameter id="K" constant="true"/>
   <parameter id="total" constant="false"/>
   <parameter id="Vmax" value="3" constant="false"/>
  </listOfParameters>
  <listOfInitialAssignments><initialAssignment symbol="K"><math {_MATH}>
   <apply><times/><cn type="integer">2</cn><ci>Vmax</ci></apply></math></initialAssignment>
  </listOfInitialAssignments>
  <listOfRules>
   <assignmentRule variable="total"><math {_MATH}><apply><plus/><ci>A</ci><ci>B</ci></apply></math></assignmentRule>
   <rateRule variable="cell"><math {_MATH}><apply><times/><ci>mu</ci><ci>cell</ci></apply></math></rateRule>
  </listOfRules>
  <listOfReactions>
   <reaction id="uptake" name="Uptake" reversible="false" fast="false">
    <listOfReactants><speciesReference species="A" stoichiometry="2" constant="true"/>
     <speciesReference species="E" stoichiometry="1" constant="true"/></listOfReactants>
    <listOfProducts><speciesReference species="B" stoichiometry="1" constant="true"/>
     <speciesReference species="N" stoichiometry="1" constant="true"/></listOfProducts>
    <kineticLaw><math {_MATH}><apply><times/><ci>Vmax</ci><ci>dish</ci>
     <apply><ci>saturating</ci><ci>A</ci><ci>K</ci></apply></apply></math></kineticLaw>
   </reaction>
   <reaction id="decay" reversible="true" fast="false">
    <listOfReactants><speciesReference species="B" stoichiometry="1" constant="true"/></listOfReactants>
    <kineticLaw><math {_MATH}><apply><times/><ci>k</ci><ci>B</ci><apply><power/><ci>cell</ci><apply><minus/>
     <cn type="integer">1</cn></apply></apply></apply></math>
     <listOfLocalParameters><localParameter id="k" value="0.5" units="per_min"/></listOfLocalParameters></kineticLaw>
   </reaction>
  </listOfReactions>
  <listOfEvents><event id="feed" useValuesFromTriggerTime="true">
   <trigger initialValue="true" persistent="true"><math {_MATH}><apply><gt/>
    <csymbol encoding="text" definitionURL="http://www.sbml.org/sbml/symbols/time">t</csymbol>
    <cn>7.5</cn></apply></math></trigger>
   <listOfEventAssignments><eventAssignment variable="Vmax"><math {_MATH}><cn>0.1</cn></math></eventAssignment>
   </listOfEventAssignments></event></listOfEvents>
 </model>
</sbml>
"""

PLAIN = """<?xml version="1.0" encoding="ISO-8859-1"?>
<sbml xmlns="http://www.sbml.org/sbml/level2/version4" level="2" version="4"><model id="plain" name="Zelle f\xfcr B">
 <listOfCompartments><compartment id="c" size="1"/></listOfCompartments>
 <listOfSpecies><species id="B" compartment="c" initialConcentration="1"/></listOfSpecies>
 <listOfParameters><parameter id="free"/><parameter id="open" value="INF"/></listOfParameters>
 <listOfReactions><reaction id="r"><listOfReactants><speciesReference species="B"/></listOfReactants></reaction>
 </listOfReactions></model></sbml>
"""

FLUXES = """<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"
 xmlns:fbc="http://www.sbml.org/sbml/level3/version1/fbc/version2" fbc:required="false">
 <model id="fluxes" fbc:strict="true">
 <listOfCompartments><compartment id="c" constant="true"/></listOfCompartments>
 <listOfSpecies><species id="A" compartment="c" hasOnlySubstanceUnits="true" boundaryCondition="false"
  constant="false"/></listOfSpecies>
 <listOfParameters><parameter id="zero" value="0" constant="true"/><parameter id="ten" value="10" constant="true"/>
 </listOfParameters>
 <listOfReactions><reaction id="grow" reversible="false" fast="false" fbc:lowerFluxBound="zero"
  fbc:upperFluxBound="ten"><listOfReactants><speciesReference species="A" stoichiometry="1.5" constant="true"/>
  </listOfReactants></reaction></listOfReactions>
 <fbc:listOfObjectives fbc:activeObjective="o"><fbc:objective fbc:id="o" fbc:type="maximize">
  <fbc:listOfFluxObjectives><fbc:fluxObjective fbc:reaction="grow" fbc:coefficient="1"/></fbc:listOfFluxObjectives>
 </fbc:objective></fbc:listOfObjectives></model></sbml>
"""

# Two of a decay, whose rate the whole sets once for both.
COMPOSED = f"""<?xml version="1.0" encoding="UTF-8"?>
<sbml xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"
 xmlns:comp="http://www.sbml.org/sbml/level3/version1/comp/version1" comp:required="true">
 <model id="pair"><listOfParameters><parameter id="k" value="0.5" constant="true"><comp:listOfReplacedElements>
   <comp:replacedElement comp:submodelRef="one" comp:idRef="k"/>
   <comp:replacedElement comp:submodelRef="two" comp:idRef="k"/></comp:listOfReplacedElements></parameter>
  </listOfParameters>
  <comp:listOfSubmodels><comp:submodel comp:id="one" comp:modelRef="decay"/>
   <comp:submodel comp:id="two" comp:modelRef="decay"/></comp:listOfSubmodels></model>
 <comp:listOfModelDefinitions><comp:modelDefinition id="decay">
  <listOfParameters><parameter id="k" value="1" constant="true"/><parameter id="x" value="3" constant="false"/>
  </listOfParameters><listOfRules><rateRule variable="x"><math {_MATH}><apply><minus/><apply><times/><ci>k</ci>
   <ci>x</ci></apply></apply></math></rateRule></listOfRules>
 </comp:modelDefinition></comp:listOfModelDefinitions></sbml>
"""
ELSEWHERE = COMPOSED.replace(
    COMPOSED[COMPOSED.index("<comp:listOfModelDefinitions>") :],
    """<comp:listOfExternalModelDefinitions>
 <comp:externalModelDefinition comp:id="decay" comp:source="other.xml"/></comp:listOfExternalModelDefinitions></sbml>
""",
)

MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<omexManifest xmlns="http://identifiers.org/combine.specifications/omex-manifest">
 <content location="." format="http://identifiers.org/combine.specifications/omex"/>
 <content location="./manifest.xml" format="http://identifiers.org/combine.specifications/omex-manifest"/>
 <content location="./models/growing.xml" format="http://identifiers.org/combine.specifications/sbml.level-3.version-1"
  master="true"/>
 <content location="./lost.xml" format="http://identifiers.org/combine.specifications/sbml"/>
 <content location="./run.sedml" format="http://identifiers.org/combine.specifications/sed-ml"/>
</omexManifest>
"""

METADATA = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:vCard="http://www.w3.org/2006/vcard/ns#" xmlns:bqmodel="http://biomodels.net/model-qualifiers/"
 xmlns:bqbiol="http://biomodels.net/biology-qualifiers/">
 <rdf:Description rdf:about="."><dcterms:title>Growth of cells</dcterms:title>
  <dcterms:creator rdf:parseType="Resource"><vCard:hasName rdf:parseType="Resource">
   <vCard:family-name>Archivist</vCard:family-name><vCard:given-name>Ann</vCard:given-name></vCard:hasName>
   <vCard:hasEmail rdf:resource="ann@example.org"/></dcterms:creator>
  <dcterms:license rdf:resource="https://identifiers.org/spdx:Apache-2.0"/>
  <bqbiol:isDescribedBy rdf:resource="https://identifiers.org/doi:10.1000/archive.2"/></rdf:Description>
 <rdf:Description rdf:about="./models/plain.xml">
  <dcterms:creator rdf:parseType="Resource"><vCard:hasName rdf:parseType="Resource">
   <vCard:family-name>Modeller</vCard:family-name><vCard:given-name>Max</vCard:given-name></vCard:hasName>
   <vCard:organization-name>Institute</vCard:organization-name>
   <vCard:hasURL rdf:resource="https://orcid.org/0000-0002-1825-0097"/></dcterms:creator></rdf:Description>
</rdf:RDF>
"""
DESCRIBED = MANIFEST.replace("growing.xml", "plain.xml").replace(
    "</omexManifest>",
    '<content location="./metadata.rdf" format="http://identifiers.org/combine.specifications/omex-metadata"/>'
    "</omexManifest>",
)


def described(folder: Path, metadata: str = METADATA, model: str | None = None) -> Path:
    """Write an archive with a model that says nothing of itself, and metadata that does."""
    files = {"manifest.xml": DESCRIBED, "models/plain.xml": model or PLAIN.replace("ISO-8859-1", "UTF-8")}
    return archive(folder / "described.omex", files | {"metadata.rdf": metadata})


def sbml(folder: Path) -> Path:
    """Write a model."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "growing.xml"
    path.write_text(GROWING)
    return path


def omex(folder: Path) -> Path:
    """Write an archive with one model, one that the manifest names and that is missing, and a simulation."""
    return archive(
        folder / "growing.omex",
        {"manifest.xml": MANIFEST, "models/growing.xml": GROWING, "run.sedml": "<x/>"},
    )


def archive(path: Path, files: dict[str, str]) -> Path:
    """Write a zip file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in files.items():
            written.writestr(name, content)
    return path


def planned(document: str, encoding: str = "utf-8") -> Plan:
    """Return the plan of a document."""
    return model_plan(document.encode(encoding), "a.xml", "a.xml", Told())
