"""Health items: immunity, tuberculosis, drug screen, respirator fit. Kept apart under ADA 29 CFR 1630.14."""

from dataclasses import replace

from credentialing.domain.requirement import Owner, Partition, Requirement, Scope, Waivable
from credentialing.domain.rulebook.rows import Row
from credentialing.domain.validity import MustCover, Validity

ACIP = "ACIP, Immunization of Health-Care Personnel, MMWR RR60-07"

IMMUNITY = Requirement(
    code="",
    name="",
    scopes=(),
    validity=Validity(),
    must_cover=MustCover.START,
    waivable=Waivable.MEDICAL,
    owner=Owner.CLINICIAN,
    partition=Partition.HEALTH,
    obtain_days=2,
)
YEARLY = replace(
    IMMUNITY,
    validity=Validity(max_age_months=12),
    must_cover=MustCover.ASSIGNMENT_END,
    waivable=Waivable.FACILITY,
)

HEALTH = (
    Row(
        rule="agency:TB-12",
        scope=Scope.AGENCY,
        source="facility and agency rule of 12 months; not federal (CDC, MMWR 68(19), 2019)",
        asks=replace(YEARLY, code="TB-12", name="Tuberculosis test within 12 months"),
    ),
    Row(
        rule="agency:IMM-MMR",
        scope=Scope.AGENCY,
        source=ACIP,
        asks=replace(IMMUNITY, code="IMM-MMR", name="Measles, mumps and rubella immunity"),
    ),
    Row(
        rule="agency:IMM-VAR",
        scope=Scope.AGENCY,
        source=ACIP,
        asks=replace(IMMUNITY, code="IMM-VAR", name="Varicella immunity"),
    ),
    Row(
        rule="agency:IMM-HBV",
        scope=Scope.AGENCY,
        source=f"{ACIP}; 29 CFR 1910.1030(f)",
        asks=replace(IMMUNITY, code="IMM-HBV", name="Hepatitis B immunity", waivable=Waivable.FACILITY_OR_AGENCY),
    ),
    Row(
        rule="federal:HLTH-FIT",
        scope=Scope.FEDERAL,
        source="29 CFR 1910.134(f), respirator fit testing, yearly",
        asks=replace(YEARLY, code="HLTH-FIT", name="Respirator fit test", obtain_days=1),
    ),
    Row(
        rule="agency:DRUG-10",
        scope=Scope.AGENCY,
        source="agency and facility lists; ten-panel laboratory screen with medical review",
        asks=replace(
            IMMUNITY,
            code="DRUG-10",
            name="Ten-panel drug screen",
            validity=Validity(window_days=30),
            waivable=Waivable.FACILITY_OR_AGENCY,
            obtain_days=1,
        ),
    ),
)
