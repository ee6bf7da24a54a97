"""Where a person looks when no source of ours answers: the issuer's page, and what to read there.

Addresses are general knowledge, not tried when they were written, and they change; `as_of` is when a row was written.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

AS_OF: Final = date(2026, 11, 22)
LICENCE_FIELDS: Final = ("number", "status", "expires_on", "discipline")
CARD_FIELDS: Final = ("number", "expires_on")
REPORT_FIELDS: Final = ("number", "status")

PRINT: Final = "Save the page as a PDF and attach it; its print date is what surveyors compare."


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """Whom to ask, where, which fields of the check to fill, and what to mind. `url` is None where none is known."""

    source: str
    url: str | None
    fields: tuple[str, ...]
    hints: tuple[str, ...] = ()
    as_of: date = AS_OF


NURSING: Final = Guide(
    source="Nursys QuickConfirm",
    url="https://www.nursys.com/LQC/LQCSearch.aspx",
    fields=LICENCE_FIELDS,
    hints=(
        "Nursys stands for the boards that take part; where a board's advanced practice licences are missing, ask it.",
        "Look at the list of states where the nurse may practise, too.",
        PRINT,
    ),
)

BOARDS = {
    "CA": Guide(
        source="California Department of Consumer Affairs", url="https://search.dca.ca.gov/", fields=LICENCE_FIELDS
    ),
    "FL": Guide(
        source="Florida Department of Health, MQA",
        url="https://mqa-internet.doh.state.fl.us/MQASearchServices/HealthCareProviders",
        fields=LICENCE_FIELDS,
    ),
    "NY": Guide(
        source="New York State Education Department, Office of the Professions",
        url="https://www.op.nysed.gov/verification-search",
        fields=LICENCE_FIELDS,
        hints=("The page shows the registration period: its last day is the expiry.",),
    ),
    "PA": Guide(
        source="Pennsylvania Licensing System", url="https://www.pals.pa.gov/#!/page/search", fields=LICENCE_FIELDS
    ),
    "CT": Guide(source="Connecticut eLicense", url="https://www.elicense.ct.gov/", fields=LICENCE_FIELDS),
    "IL": Guide(
        source="Illinois Department of Financial and Professional Regulation",
        url="https://idfpr.illinois.gov/licenselookup.html",
        fields=LICENCE_FIELDS,
    ),
}
"""Look-up pages of states by which all their licensed professions are found."""

BOARD: Final = Guide(
    source="State board",
    url=None,
    fields=LICENCE_FIELDS,
    hints=(
        "Searches often match a part of a number: compare every digit.",
        "Read the status on the licence's own page; lists leave dates out.",
        PRINT,
    ),
)

BY_CODE = {
    "ID-NPI": Guide(
        source="NPPES NPI Registry",
        url="https://npiregistry.cms.hhs.gov/search",
        fields=("number", "status"),
        hints=("Licences shown there are self-reported and verify nothing.",),
    ),
    "CERT-BLS": Guide(
        source="American Heart Association eCards",
        url="https://ecards.heart.org/student/myecards",
        fields=CARD_FIELDS,
        hints=("A Red Cross card is looked up at redcross.org by its own number.",),
    ),
    "CERT-NBRC": Guide(
        source="National Board for Respiratory Care", url="https://www.nbrc.org/", fields=LICENCE_FIELDS
    ),
    "CERT-ARRT": Guide(
        source="American Registry of Radiologic Technologists",
        url="https://www.arrt.org/pages/verify-credentials",
        fields=LICENCE_FIELDS,
    ),
    "CERT-CST": Guide(source="NBSTSA", url="https://www.nbstsa.org/", fields=CARD_FIELDS),
    "BG-FL-L2": Guide(
        source="Florida AHCA Background Screening Clearinghouse",
        url="https://apps.ahca.myflorida.com/",
        fields=REPORT_FIELDS,
        hints=("The result may be used here and not passed on.",),
    ),
    "BG-SOR": Guide(source="National Sex Offender Public Website", url="https://www.nsopw.gov/", fields=("status",)),
    "EXC-LEIE": Guide(
        source="OIG exclusions search",
        url="https://exclusions.oig.hhs.gov/",
        fields=("status",),
        hints=("Look by every name the clinician has gone by; a name that fits is compared by number there.", PRINT),
    ),
    "EXC-SAM": Guide(
        source="SAM.gov exclusions",
        url="https://sam.gov/search/",
        fields=("status",),
        hints=(
            "Look by the NPI and by every name the clinician has gone by, nicknames too.",
            "No birth dates are shown there: compare agency, address and what else is known.",
            PRINT,
        ),
    ),
    "EXC-STATE": Guide(
        source="State Medicaid exclusion list",
        url=None,
        fields=("status",),
        hints=("Each state publishes its own; look by every name the clinician has gone by.", PRINT),
    ),
    "EXC-OFAC": Guide(
        source="OFAC sanctions list search", url="https://sanctionssearch.ofac.treas.gov/", fields=("status",)
    ),
    "EMP-EV": Guide(source="E-Verify", url="https://e-verify.uscis.gov/", fields=("number", "status")),
}

NURSES = frozenset(("LIC-RN", "LIC-LPN", "LIC-APRN"))
CARDS = ("CERT-ACLS", "CERT-PALS")

ANYTHING: Final = Guide(
    source="Issuer", url=None, fields=("number", "expires_on"), hints=("Ask who issued it, not who holds it.", PRINT)
)


def guide_for(code: str, *, state: str = "") -> Guide:
    """Where to look for this requirement, in this state where it is a state's; never empty-handed."""
    if code in NURSES:
        return NURSING
    if code.startswith("LIC-"):
        return BOARDS.get(state.upper(), BOARD)
    return BY_CODE.get("CERT-BLS" if code in CARDS else code, ANYTHING)
