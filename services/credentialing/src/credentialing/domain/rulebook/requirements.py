"""The first requirement list: who asks what of whom, as dated rows.

Codes, validity, cover, usual days and waivers follow the field's requirement catalogue. Each row is one
rule; rows with the same code unite in `resolution`. A facility's own rules are more rows of the same kind.
"""

from dataclasses import replace

from credentialing.domain.requirement import BoundTo, Owner, Partition, Requirement, Scope, Waivable
from credentialing.domain.rulebook.health import HEALTH
from credentialing.domain.rulebook.rows import Row
from credentialing.domain.rulebook.titles import CERTIFICATIONS, LICENCES
from credentialing.domain.validity import MustCover, Validity
from shared.contracts.terms import Discipline

HCSS_COMPETENCY = "Joint Commission HCSS 2022B, data element 0179 (competency, yearly)"
HCSS_BACKGROUND = "Joint Commission HCSS, data element 0177 (background check)"
EXCLUSION = "OIG Special Advisory Bulletin 2013; 42 CFR 455.436"

PAPER = Requirement(
    code="",
    name="",
    scopes=(),
    validity=Validity(),
    must_cover=MustCover.START,
    waivable=Waivable.NEVER,
    owner=Owner.CLINICIAN,
    partition=Partition.PERSONNEL,
)
LOOK_UP = replace(PAPER, validity=Validity(monitor_days=31), owner=Owner.SPECIALIST)
"""Screened against each monthly release, and again before each start; the release of the month counts."""

EMPLOYMENT = (
    Row(
        rule="federal:EMP-I9",
        scope=Scope.FEDERAL,
        source="8 USC 1324a; 8 CFR 274a.2, Form I-9 sections 1 and 2",
        asks=replace(PAPER, code="EMP-I9", name="Form I-9, sections 1 and 2", partition=Partition.I9),
    ),
    Row(
        rule="federal:EXC-LEIE",
        scope=Scope.FEDERAL,
        source=EXCLUSION,
        asks=replace(LOOK_UP, code="EXC-LEIE", name="OIG exclusion list screening"),
    ),
    Row(
        rule="federal:EXC-SAM",
        scope=Scope.FEDERAL,
        source=EXCLUSION,
        asks=replace(LOOK_UP, code="EXC-SAM", name="SAM.gov exclusions screening"),
    ),
    Row(
        rule="agency:BG-COUNTY",
        scope=Scope.AGENCY,
        source=HCSS_BACKGROUND,
        asks=replace(
            PAPER,
            code="BG-COUNTY",
            name="County criminal search, seven years",
            validity=Validity(window_days=365),
            waivable=Waivable.FACILITY,
            owner=Owner.SPECIALIST,
            partition=Partition.BACKGROUND,
            obtain_days=1,
        ),
    ),
)

COMPETENCE = (
    Row(
        rule="agency:COMP-SKILLS",
        scope=Scope.AGENCY,
        source=HCSS_COMPETENCY,
        asks=replace(
            PAPER,
            code="COMP-SKILLS",
            name="Skills checklist of the ordered unit",
            validity=Validity(max_age_months=12),
            bound_to=BoundTo.UNIT,
        ),
    ),
    Row(
        rule="agency:REF-2",
        scope=Scope.AGENCY,
        source=HCSS_BACKGROUND,
        asks=replace(
            PAPER,
            code="REF-2",
            name="Two recent supervisory references",
            validity=Validity(window_days=365),
            waivable=Waivable.FACILITY_OR_AGENCY,
            obtain_days=1,
        ),
    ),
    Row(
        rule="accreditation:COMP-ORIENT",
        scope=Scope.ACCREDITATION,
        source="Joint Commission HSHR.3, orientation before the first assignment",
        asks=replace(PAPER, code="COMP-ORIENT", name="Agency orientation"),
    ),
    Row(
        rule="facility:FAC-PACKET",
        scope=Scope.FACILITY,
        source="published contingent-worker packets of hospitals",
        asks=replace(
            PAPER,
            code="FAC-PACKET",
            name="Facility orientation packet: forms, modules, attestations",
            waivable=Waivable.FACILITY_OR_AGENCY,
            owner=Owner.FACILITY,
            bound_to=BoundTo.ASSIGNMENT,
            obtain_days=1,
        ),
    ),
)

STATE_RULES = (
    Row(
        rule="state:ST-NY-IC",
        scope=Scope.STATE,
        disciplines=frozenset({Discipline.RN, Discipline.LPN, Discipline.MD, Discipline.PA}),
        states=frozenset({"NY"}),
        source="New York Education Law 6505-b; Public Health Law 239, every four years",
        asks=replace(
            PAPER,
            code="ST-NY-IC",
            name="New York infection control course",
            validity=Validity(max_age_months=48),
            must_cover=MustCover.ASSIGNMENT_END,
        ),
    ),
    Row(
        rule="state:BG-FL-L2",
        scope=Scope.STATE,
        states=frozenset({"FL"}),
        source="Florida Statutes 408.809, 435.04, AHCA Level 2, five years",
        asks=replace(
            PAPER,
            code="BG-FL-L2",
            name="Florida AHCA Level 2 eligibility",
            validity=Validity(max_age_months=60),
            must_cover=MustCover.ASSIGNMENT_END,
            partition=Partition.BACKGROUND,
            obtain_days=3,
        ),
    ),
)

ROWS: tuple[Row, ...] = (*LICENCES, *CERTIFICATIONS, *EMPLOYMENT, *HEALTH, *COMPETENCE, *STATE_RULES)
"""Every built-in rule, in the order in which a file shows its items."""
