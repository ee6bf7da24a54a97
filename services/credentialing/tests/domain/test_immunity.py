"""What proves immunity. Sources: ACIP (MMWR 60 RR-7), CDC 2019 (MMWR 68(19)); golden values CV-058 to CV-060."""

from datetime import date
from decimal import Decimal

import pytest

from credentialing.domain.immunity import MMR_DISEASES, Immunity, ImmunityEvidence, Reason, immunity

ON = date(2026, 11, 21)
FIRST = date(1996, 5, 1)


@pytest.mark.parametrize(
    ("case", "code", "evidence", "immune", "reason"),
    [
        ("two doses 28 days apart", "IMM-MMR", ImmunityEvidence(doses=(FIRST, date(1996, 5, 29))), True, None),
        ("two doses 27 days apart", "IMM-MMR", ImmunityEvidence(doses=(FIRST, date(1996, 5, 28))), False,
         Reason.INTERVAL),
        ("three doses, the first and last far apart", "IMM-MMR",
         ImmunityEvidence(doses=(date(1997, 1, 1), FIRST, date(1996, 5, 10))), True, None),
        ("one dose", "IMM-MMR", ImmunityEvidence(doses=(FIRST,)), False, None),
        ("three positive titres", "IMM-MMR", ImmunityEvidence(titres=MMR_DISEASES), True, None),
        ("two titres and one confirmed disease", "IMM-MMR",
         ImmunityEvidence(titres=frozenset({"measles", "mumps"}), confirmed=frozenset({"rubella"})), True, None),
        ("a titre short", "IMM-MMR", ImmunityEvidence(titres=frozenset({"measles", "mumps"})), False, None),
        ("diagnosed without a laboratory", "IMM-MMR", ImmunityEvidence(diagnosed=MMR_DISEASES), False, None),
        ("born before 1957 and nothing else", "IMM-MMR", ImmunityEvidence(is_presumed=True), False,
         Reason.ONLY_PRESUMED),
        ("chickenpox diagnosed by a provider", "IMM-VAR", ImmunityEvidence(diagnosed=frozenset({"varicella"})), True,
         None),
        ("antibody at the threshold", "IMM-HBV", ImmunityEvidence(dose_count=3, anti_hbs=Decimal(10)), True, None),
        ("antibody below it", "IMM-HBV", ImmunityEvidence(dose_count=3, anti_hbs=Decimal("9.9")), False, None),
        ("antibody without a whole series", "IMM-HBV", ImmunityEvidence(dose_count=2, anti_hbs=Decimal(50)), False,
         None),
        ("a series without a titre", "IMM-HBV", ImmunityEvidence(dose_count=3), False, None),
        ("Tdap ten years ago to the day", "IMM-TDAP", ImmunityEvidence(doses=(date(2016, 11, 21),), has_tdap=True),
         True, None),
        ("Tdap ten years and a day ago", "IMM-TDAP", ImmunityEvidence(doses=(date(2016, 11, 20),), has_tdap=True),
         False, Reason.BOOSTER_DUE),
        ("only Td, never Tdap", "IMM-TDAP", ImmunityEvidence(doses=(date(2025, 1, 1),)), False, None),
        ("a negative blood test", "TB-BASE", ImmunityEvidence(blood_negative=True), True, None),
        ("one skin test is no baseline", "TB-BASE", ImmunityEvidence(skin_negatives=(FIRST,)), False,
         Reason.SECOND_STEP),
        ("two skin tests a week apart", "TB-BASE", ImmunityEvidence(skin_negatives=(FIRST, date(1996, 5, 8))), True,
         None),
        ("two skin tests a month apart", "TB-BASE", ImmunityEvidence(skin_negatives=(FIRST, date(1996, 6, 1))), False,
         Reason.SECOND_STEP),
        ("one skin test a year later", "TB-12", ImmunityEvidence(skin_negatives=(FIRST,)), True, None),
        ("once positive, X-ray clear and no symptoms", "TB-12",
         ImmunityEvidence(is_prior_positive=True, xray_clear=True, symptom_free=True), True, None),
        ("once positive, symptoms not asked for", "TB-12",
         ImmunityEvidence(is_prior_positive=True, xray_clear=True), False, Reason.ACTIVE_DISEASE),
        ("a positive blood test beside old negative skin tests", "TB-12",
         ImmunityEvidence(blood_negative=False, skin_negatives=(FIRST,)), False, Reason.ACTIVE_DISEASE),
        ("an item without a rule of its own", "IMM-COVID", ImmunityEvidence(dose_count=1), True, None),
    ],
)  # fmt: skip
def test_evidence_proves_immunity_or_not(
    case: str, code: str, evidence: ImmunityEvidence, immune: bool, reason: Reason | None
) -> None:
    assert immunity(code, evidence, on=ON) == Immunity(immune=immune, reason=reason), case
