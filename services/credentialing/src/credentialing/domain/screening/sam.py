"""Exclusions of SAM.gov: the records of the API, and the rows of the daily extract.

Neither carries a birth date, so nobody is cleared or stopped by this list alone. Rows of HHS and OPM stand in the LEIE
as well. Source: the published description of the API and of extract V3 (field facts, section 4.3).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from credentialing.domain.screening.dates import ImpossibleDate, day_of
from credentialing.domain.screening.entry import Entry, EntryKind
from credentialing.domain.screening.layout import Layout
from credentialing.domain.screening.leie import fingerprint_of
from credentialing.domain.screening.npi import npi_of

OVERLAPPING = {"HHS": "leie", "HEALTH AND HUMAN SERVICES": "leie", "OPM": "leie"}
INDIVIDUAL = "INDIVIDUAL"

EXTRACT = Layout(
    columns={
        "kind": ("CLASSIFICATION",),
        "business": ("NAME",),
        "first": ("FIRST", "FIRST NAME"),
        "middle": ("MIDDLE", "MIDDLE NAME"),
        "last": ("LAST", "LAST NAME"),
        "state": ("STATE / PROVINCE", "STATE/PROVINCE", "STATE"),
        "npi": ("NPI",),
        "exclusion_type": ("EXCLUSION TYPE",),
        "agency": ("EXCLUDING AGENCY", "EXCLUDING AGENCY CODE"),
        "excluded_on": ("ACTIVE DATE", "ACTIVATION DATE", "ACTIVATE DATE"),
        "ends_on": ("TERMINATION DATE",),
    },
    required=tuple(
        frozenset({name}) for name in ("kind", "business", "first", "last", "agency", "excluded_on", "ends_on")
    ),
    overlapping=OVERLAPPING,
)
"""The daily public extract; columns beside these may come and go."""


def action_days(action: Mapping[str, Any]) -> tuple[date | None, date | None]:
    """From when to when, both inclusive, an action of the API excludes; no end for one that is indefinite.

    A day that cannot be read is taken for none, so that the exclusion counts rather than not.
    """
    return _day(action.get("activateDate")), _day(action.get("terminationDate"))


def api_entry(record: Mapping[str, Any], *, line: int) -> Entry | None:
    """The entry of one record of the API, by the action that lasts longest; None for a record without a name."""
    details = _part(record, "exclusionDetails")
    named = _part(record, "exclusionIdentification")
    starts, ends = _longest(record)
    last, business = _text(named, "lastName"), _text(named, "entityName")
    if not (last or business):
        return None
    is_person = bool(last) and _text(details, "classificationType").upper() in ("", INDIVIDUAL)
    values = [_text(named, name) for name in ("lastName", "firstName", "middleName", "entityName", "npi")]
    return Entry(
        line=line,
        kind=EntryKind.INDIVIDUAL if is_person else EntryKind.ENTITY,
        last=last,
        first=_text(named, "firstName"),
        middle=_text(named, "middleName"),
        business=business,
        npi=npi_of(_text(named, "npi")),
        exclusion_type=_text(details, "exclusionType"),
        excluded_on=starts,
        ends_on=ends,
        state=_text(_part(record, "exclusionPrimaryAddress"), "stateOrProvinceCode"),
        overlaps=OVERLAPPING.get(_text(details, "excludingAgencyCode").upper()),
        fingerprint=fingerprint_of([*values, str(starts), str(ends)]),
    )


def _longest(record: Mapping[str, Any]) -> tuple[date | None, date | None]:
    """From when to when the action excludes that ends last, and of these the one that began first.

    The order in which the API lists actions is not described, so an ended one must not hide one in force. A record
    without a list has no days, one that has a lone action in its place has those of it.
    """
    actions = _part(record, "exclusionActions").get("listOfActions")
    listed = actions if isinstance(actions, Sequence) else (actions,)
    days = [action_days(one) for one in listed if isinstance(one, Mapping)]
    return max(days, key=_lasting, default=(None, None))


def _lasting(days: tuple[date | None, date | None]) -> tuple[date, int]:
    starts, ends = days
    return ends or date.max, -(starts or date.min).toordinal()


def _part(record: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = record.get(name)
    return part if isinstance(part, Mapping) else {}


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    return str(value).strip() if value is not None else ""


def _day(text: object) -> date | None:
    try:
        return day_of(None if text is None else str(text))
    except ImpossibleDate:
        return None
