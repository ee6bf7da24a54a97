"""What accreditors and this agency ask of everybody, or of a discipline or specialty; facilities add to it."""

from credentialing.domain.requirement import Scope
from credentialing.domain.rulebook.shipping import shipped

HCSS_COMPETENCE = "Joint Commission HCSS 2022B, data element 0179 (competency, yearly)"
HCSS_BACKGROUND = "Joint Commission HCSS, data element 0177 (background check)"
ACIP = "ACIP, Immunization of Health-Care Personnel, MMWR RR60-07"
AHA = "American Heart Association course card, two years"
LOCUM_LISTS = "published locum tenens checklists: month-level history, claims, data bank, registrations"

AGENCY_RULES = (
    shipped(
        "agency-identity",
        "ID-PHOTO",
        level=Scope.AGENCY,
        title="Identity",
        source="agency lists; Joint Commission HCSS 2025B, data element 0185 (credentials)",
    ),
    shipped(
        "agency-life-support",
        "CERT-BLS",
        level=Scope.AGENCY,
        title="Basic Life Support",
        source=AHA,
    ),
    shipped(
        "agency-cardiac-life-support",
        "CERT-ACLS",
        level=Scope.AGENCY,
        title="Where hearts stop",
        source=AHA,
        discipline="RN RRT APRN PA MD",
        specialty="ICU CCU CVICU ED TELE PCU PACU CATHLAB",
    ),
    shipped(
        "agency-pediatric-life-support",
        "CERT-PALS",
        level=Scope.AGENCY,
        title="Where children are treated",
        source=AHA,
        discipline="RN RRT APRN MD",
        specialty="PEDS PICU ED PACU",
    ),
    shipped(
        "agency-neonatal-resuscitation",
        "CERT-NRP",
        level=Scope.AGENCY,
        title="Where children are born",
        source="American Academy of Pediatrics provider card, two years; agency lists",
        discipline="RN RRT APRN MD",
        specialty="NICU LD PP NURSERY",
    ),
    shipped(
        "agency-background",
        "BG-COUNTY BG-SOR",
        level=Scope.AGENCY,
        title="Background searches",
        source=HCSS_BACKGROUND,
    ),
    shipped(
        "agency-drug-screen",
        "DRUG-10",
        level=Scope.AGENCY,
        title="Drug screen",
        source="agency and facility lists; ten-panel laboratory screen with medical review",
    ),
    shipped(
        "agency-tuberculosis",
        "TB-12",
        level=Scope.AGENCY,
        title="Tuberculosis",
        source="facility and agency rule of 12 months; not federal (CDC, MMWR 68(19), 2019)",
    ),
    shipped(
        "agency-immunity",
        "IMM-MMR IMM-VAR IMM-HBV IMM-TDAP IMM-FLU",
        level=Scope.AGENCY,
        title="Immunity",
        source=f"{ACIP}; 29 CFR 1910.1030(f)",
    ),
    shipped(
        "agency-fitness",
        "HLTH-PHYS HLTH-FIT",
        level=Scope.AGENCY,
        title="Fitness and respirator",
        source="agency lists; 29 CFR 1910.134(f), respirator fit testing, yearly",
    ),
    shipped(
        "agency-competence",
        "COMP-SKILLS",
        level=Scope.AGENCY,
        title="Competence for the ordered unit",
        source=HCSS_COMPETENCE,
    ),
    shipped(
        "agency-references",
        "REF-2",
        level=Scope.AGENCY,
        title="References",
        source=HCSS_BACKGROUND,
    ),
    shipped(
        "agency-privacy-training",
        "TRN-HIPAA",
        level=Scope.AGENCY,
        title="Privacy training",
        source="45 CFR 164.530(b); yearly by agency rule",
    ),
    shipped(
        "accreditation-orientation",
        "COMP-ORIENT",
        level=Scope.ACCREDITATION,
        title="Orientation before the first assignment",
        source="Joint Commission HSHR.3, orientation before the first assignment",
    ),
    shipped(
        "agency-npi",
        "ID-NPI",
        level=Scope.AGENCY,
        title="Provider identifier",
        source="NPPES registry, looked up monthly",
        discipline="MD APRN PA PT OT SLP",
    ),
    shipped(
        "agency-surgical-technologist",
        "CERT-CST",
        level=Scope.FACILITY,
        title="Certified surgical technologist",
        source="facility practice; certification verified with its board",
        discipline="CST",
    ),
    shipped(
        "facility-practitioners",
        "MD-NPDB MD-COI MD-CLAIMS MD-WORKHX MD-PEER MD-ATTEST",
        level=Scope.FACILITY,
        title="Credentialing by a medical staff",
        source=LOCUM_LISTS,
        discipline="MD APRN PA",
    ),
    shipped(
        "facility-physicians",
        "MD-BOARD MD-EDU MD-TRAIN",
        level=Scope.FACILITY,
        title="Education and board of a physician",
        source=LOCUM_LISTS,
        discipline="MD",
    ),
    shipped(
        "facility-packet",
        "FAC-PACKET",
        level=Scope.FACILITY,
        title="The facility's packet",
        source="published contingent-worker packets of hospitals",
    ),
)
