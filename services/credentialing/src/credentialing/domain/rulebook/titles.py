"""Licences and certification cards: titles that last until they expire.

Licences: one rule per discipline, bound to the work state. `obtain_days` of a licence is the short end of
an endorsement (4-6 weeks, busy states 10-12); the other times are practice estimates.
"""

from dataclasses import replace

from credentialing.domain.requirement import BoundTo, Owner, Partition, Requirement, Scope, Waivable
from credentialing.domain.rulebook.rows import Row
from credentialing.domain.validity import MustCover, Validity
from shared.contracts.terms import Discipline

NURSING_BOARD = "state nurse practice act; board of nursing or Nursys (designated primary-source equivalent)"
STATE_BOARD = "state practice act; licensing board of the work state"
AHA = "American Heart Association course card, two years"
ARREST_RISK = frozenset({"ICU", "CCU", "CVICU", "ED", "TELE", "PCU", "PACU", "CATHLAB"})
CHILDREN = frozenset({"PEDS", "PICU", "ED", "PACU"})

LICENCE = Requirement(
    code="",
    name="",
    scopes=(),
    validity=Validity(printed_expiry=True),
    must_cover=MustCover.ASSIGNMENT_END,
    waivable=Waivable.NEVER,
    owner=Owner.CLINICIAN,
    partition=Partition.PERSONNEL,
    bound_to=BoundTo.STATE,
    verify_days=1,
)
CARD = replace(LICENCE, validity=Validity(max_age_months=24), waivable=Waivable.FACILITY, bound_to=BoundTo.CLINICIAN)


def _licence(discipline: Discipline, source: str, asks: Requirement) -> Row:
    return Row(
        rule=f"state:{asks.code}",
        scope=Scope.STATE,
        disciplines=frozenset({discipline}),
        source=source,
        asks=asks,
    )


def _board(discipline: Discipline, asks: Requirement) -> Row:
    return _licence(discipline, STATE_BOARD, asks)


LICENCES = (
    _licence(
        Discipline.RN,
        NURSING_BOARD,
        replace(
            LICENCE,
            code="LIC-RN",
            name="Registered nurse licence with authority in work state",
            obtain_days=28,
        ),
    ),
    _licence(
        Discipline.LPN,
        NURSING_BOARD,
        replace(
            LICENCE,
            code="LIC-LPN",
            name="Practical nurse licence with authority in work state",
            obtain_days=28,
        ),
    ),
    _licence(
        Discipline.NP,
        NURSING_BOARD,
        replace(LICENCE, code="LIC-APRN", name="APRN licence or authorization in work state", obtain_days=42),
    ),
    _licence(
        Discipline.CNA,
        "42 CFR 483.156, nurse aide registry of the work state",
        replace(LICENCE, code="LIC-CNA", name="Nurse aide registry listing, active", obtain_days=14),
    ),
    _board(
        Discipline.PT,
        replace(LICENCE, code="LIC-PT", name="Physical therapist licence or privilege", obtain_days=28),
    ),
    _board(Discipline.OT, replace(LICENCE, code="LIC-OT", name="Occupational therapist licence", obtain_days=28)),
    _board(
        Discipline.SLP,
        replace(LICENCE, code="LIC-SLP", name="Speech-language pathologist licence", obtain_days=28),
    ),
    _board(Discipline.RT, replace(LICENCE, code="LIC-RCP", name="Respiratory care licence", obtain_days=28)),
    _board(
        Discipline.RAD_TECH,
        replace(LICENCE, code="LIC-RAD", name="Radiologic technology licence", obtain_days=21),
    ),
    _board(
        Discipline.PA,
        replace(LICENCE, code="LIC-PA", name="Physician assistant licence", obtain_days=42, verify_days=2),
    ),
    _board(
        Discipline.MD,
        replace(LICENCE, code="LIC-MD", name="Full unrestricted licence", obtain_days=60, verify_days=2),
    ),
)

CERTIFICATIONS = (
    Row(
        rule="facility:CERT-CST",
        scope=Scope.FACILITY,
        disciplines=frozenset({Discipline.SURG_TECH}),
        source="facility practice; certification verified with its board",
        asks=replace(
            CARD,
            code="CERT-CST",
            name="Certified surgical technologist",
            validity=Validity(printed_expiry=True),
            waivable=Waivable.FACILITY_OR_AGENCY,
        ),
    ),
    Row(
        rule="agency:CERT-BLS",
        scope=Scope.AGENCY,
        source=AHA,
        asks=replace(CARD, code="CERT-BLS", name="Basic Life Support", obtain_days=1),
    ),
    Row(
        rule="agency:CERT-ACLS",
        scope=Scope.AGENCY,
        disciplines=frozenset({Discipline.RN, Discipline.RT, Discipline.NP, Discipline.PA, Discipline.MD}),
        specialties=ARREST_RISK,
        source=AHA,
        asks=replace(CARD, code="CERT-ACLS", name="Advanced Cardiovascular Life Support", obtain_days=2),
    ),
    Row(
        rule="agency:CERT-PALS",
        scope=Scope.AGENCY,
        disciplines=frozenset({Discipline.RN, Discipline.RT, Discipline.NP, Discipline.MD}),
        specialties=CHILDREN,
        source=AHA,
        asks=replace(CARD, code="CERT-PALS", name="Pediatric Advanced Life Support", obtain_days=2),
    ),
)
