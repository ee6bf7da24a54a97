"""What state law asks: the licence of each discipline in its work state, and what single states add."""

from credentialing.domain.requirement import Scope
from credentialing.domain.rulebook.rule import Rule
from credentialing.domain.rulebook.shipping import shipped

NURSING_BOARD = "state nurse practice act; board of nursing or Nursys (designated primary-source equivalent)"
STATE_BOARD = "state practice act; licensing board of the work state"
TRAINING_LAW = "state law on harassment prevention; its interval was not read again"

WITH_A_LIST = (
    "AK AL AR AZ CA CO DE GA HI IA IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NV NY OH OR PA SC TN TX WA WV WY"
)
"""The states whose exclusion lists are gathered publicly; vendors count about 42."""

LICENCES = {
    "LIC-RN": ("RN", NURSING_BOARD),
    "LIC-LPN": ("LPN", NURSING_BOARD),
    "LIC-APRN": ("APRN", NURSING_BOARD),
    "LIC-CNA": ("CNA", "42 CFR 483.156, nurse aide registry of the work state"),
    "LIC-RCP": ("RRT CRT", STATE_BOARD),
    "LIC-RAD": ("RADTECH", STATE_BOARD),
    "LIC-PT": ("PT", STATE_BOARD),
    "LIC-OT": ("OT", STATE_BOARD),
    "LIC-SLP": ("SLP", STATE_BOARD),
    "LIC-MD": ("MD", STATE_BOARD),
    "LIC-PA": ("PA", STATE_BOARD),
}


def _licence(code: str, disciplines: str, *, source: str) -> Rule:
    return shipped(
        f"state-licence-{code.removeprefix('LIC-').lower()}",
        code,
        level=Scope.STATE,
        title="Licence of the work state",
        source=source,
        discipline=disciplines,
    )


STATE_RULES = (
    *(_licence(code, disciplines, source=source) for code, (disciplines, source) in LICENCES.items()),
    shipped(
        "state-exclusions",
        "EXC-STATE",
        level=Scope.STATE,
        title="State Medicaid exclusion lists",
        source="42 CFR 455.436; lists of the states' Medicaid agencies",
        state=WITH_A_LIST,
    ),
    shipped(
        "state-ny-infection-control",
        "ST-NY-IC",
        level=Scope.STATE,
        title="New York infection control",
        source="New York Education Law 6505-b; Public Health Law 239, every four years",
        state="NY",
        discipline="RN LPN MD PA",
    ),
    shipped(
        "state-ny-child-abuse",
        "ST-NY-CA",
        level=Scope.STATE,
        title="New York child abuse identification",
        source="New York course requirement, as listed by course providers (weak)",
        state="NY",
        discipline="RN MD PA",
    ),
    shipped(
        "state-pa-act-31",
        "ST-PA-31",
        level=Scope.STATE,
        title="Pennsylvania Act 31",
        source="52 Pa.B. 1916, child abuse recognition for board licensees",
        state="PA",
        discipline="RN LPN APRN MD PA",
    ),
    shipped(
        "state-fl-level-2",
        "BG-FL-L2",
        level=Scope.STATE,
        title="Florida Level 2 screening",
        source="Florida Statutes 408.809, 435.04, AHCA Level 2, five years",
        state="FL",
    ),
    shipped(
        "state-ca-title-22",
        "ST-CA-T22",
        level=Scope.STATE,
        title="California health exam",
        source="California Code of Regulations, Title 22, initial and yearly health examination",
        state="CA",
    ),
    shipped(
        "state-nj-debarment",
        "EXC-NJ-DEB",
        level=Scope.STATE,
        title="New Jersey debarment report",
        source="New Jersey Treasury, consolidated debarment report",
        state="NJ",
    ),
    shipped(
        "state-ca-harassment-training",
        "TRN-HARASS",
        level=Scope.STATE,
        title="Harassment prevention, every two years",
        source=TRAINING_LAW,
        state="CA",
        but={"TRN-HARASS": {"max_age_months": 24}},
    ),
    shipped(
        "state-harassment-training",
        "TRN-HARASS",
        level=Scope.STATE,
        title="Harassment prevention, yearly",
        source=TRAINING_LAW,
        state="CT DE IL ME NY",
    ),
)
