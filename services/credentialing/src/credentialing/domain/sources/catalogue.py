"""Which source answers for which requirement: one table.

What is not in it is checked by hand (`guides`), by a second person, or by screening. A source whose address is not
set is none: its requirements are checked by hand, too. While the extract of SAM.gov is loaded, screening decides its
requirement and nothing is asked there.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

NPPES: Final = "nppes"
LICENCES: Final = "licence_source"
BACKGROUND: Final = "background_vendor"
SAM: Final = "sam"
MANUAL: Final = "manual"

SOURCES: Final = (NPPES, SAM, LICENCES, BACKGROUND)
"""Those that inquiries are sent to."""


class Begins(StrEnum):
    """What makes us ask."""

    WITH_FILE = "with_file"
    """A look-up that needs no claim: when a file asks for it."""
    WITH_CLAIM = "with_claim"
    """When a claim came in."""
    BY_PERSON = "by_person"
    """It costs money and the candidate's consent: when a person orders it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where a requirement's question goes; `kind` is what the source calls it: kind of licence, or package."""

    source: str
    kind: str
    begins: Begins


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How many questions a source takes in so many seconds."""

    calls: int
    seconds: int


PACES = {
    NPPES: Pace(calls=40, seconds=60),  # a question every 1.5 s, as careful clients do; no limit is published
    LICENCES: Pace(calls=25, seconds=60),  # then a block of half an hour
    BACKGROUND: Pace(calls=120, seconds=60),
    SAM: Pace(calls=10, seconds=24 * 60 * 60),  # without a role in the system
}
"""Field facts, 4.1, 4.3 and 4.5."""


def _licence(kind: str) -> Route:
    return Route(source=LICENCES, kind=kind, begins=Begins.WITH_CLAIM)


def _ordered(package: str) -> Route:
    return Route(source=BACKGROUND, kind=package, begins=Begins.BY_PERSON)


ROUTES = {
    "ID-NPI": Route(source=NPPES, kind="NPI-1", begins=Begins.WITH_FILE),
    "EXC-SAM": Route(source=SAM, kind="active", begins=Begins.WITH_FILE),
    "LIC-RN": _licence("RN"),
    "LIC-LPN": _licence("PN"),
    "LIC-APRN": _licence("APRN"),
    "LIC-CNA": _licence("CNA"),
    "LIC-RCP": _licence("RCP"),
    "LIC-RAD": _licence("RAD"),
    "LIC-PT": _licence("PT"),
    "LIC-OT": _licence("OT"),
    "LIC-SLP": _licence("SLP"),
    "LIC-PHARM": _licence("PHARM"),
    "LIC-LAB": _licence("LAB"),
    "LIC-BH": _licence("BH"),
    "LIC-MD": _licence("MD"),
    "LIC-PA": _licence("PA"),
    "LIC-EMS": _licence("EMS"),
    "BG-SSN": _ordered("ssn_trace"),
    "BG-COUNTY": _ordered("county_criminal_7"),
    "BG-STATE": _ordered("state_criminal"),
    "BG-FED": _ordered("federal_criminal"),
    "BG-SOR": _ordered("sex_offender"),
    "BG-ABUSE": _ordered("abuse_registry"),
    "BG-FACIS": _ordered("facis_3"),
    "BG-MVR": _ordered("motor_vehicle"),
    "BG-EDU": _ordered("education"),
    "BG-EMP": _ordered("employment"),
    "DRUG-10": _ordered("drug_10_panel"),
    "DRUG-EXP": _ordered("drug_expanded"),
    "DRUG-ALC": _ordered("alcohol"),
}
"""Fingerprint and state clearances (`BG-FP`, `BG-FL-L2`, `BG-PA-…`) go through agencies that answer people."""

AUTHORISATION: Final = "BG-AUTH"
"""What the candidate signs before anything is ordered about them (FCRA, 15 USC 1681b(b)(2))."""


def codes_of(source: str) -> tuple[str, ...]:
    """The requirements that the source answers for."""
    return tuple(code for code, route in ROUTES.items() if route.source == source)


def route_of(code: str) -> Route | None:
    """Where questions about this requirement go; None when no source of ours answers them."""
    return ROUTES.get(code)
