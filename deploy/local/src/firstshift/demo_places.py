"""Whom the demo's agency, Meadowlark Staffing, works for: three invented clients and their twelve facilities."""

from typing import Any

from firstshift.demo_rows import address, names, rows

Body = dict[str, Any]

CLIENTS = """
K-1 | Juniper Lake Health
K-2 | Quailbrook Care Partners
K-3 | Threefold Workforce Services
"""

# The ZIP codes lie in their cities; the facilities are invented.
FACILITIES = """
F-201 | K-1 | Juniper Lake Hospital   | 100 Larkspur Way, Austin, TX 78701   | sun | 1 | ICU, ED, Tele 2, MedSurg 3, OR
F-202 | K-1 | Juniper Lake Northshore | 41 Plover Street, Chicago, IL 60611  | sun | 1 | ICU, Tele 5, MedSurg 7, Rehab
F-203 | K-1 | Tall Cedar Hospital     | 9 Tall Cedar Road, Seattle, WA 98104 | sun | 2 | ICU, ED, MedSurg 1, Respiratory
F-204 | K-2 | Quailbrook University   | 7 Quail Drive, Sacramento, CA 95817  | sun | 2 | ICU, ED, L&D, OR, Rehab
F-205 | K-2 | Stonewater Regional     | 58 Stonewater Court, Denver, CO 80205 | sun | 1 | ICU, Tele 4, OR, Respiratory
F-206 | K-2 | Saltbush Valley         | 314 Saltbush Way, Phoenix, AZ 85006  | mon | 1 | ED, MedSurg 2, OR, Respiratory
F-207 | K-2 | Heron Landing Hospital  | 22 Heron Landing, Albany, NY 12208   | sun | 1 | ICU, L&D, MedSurg 4, Rehab
F-208 | K-3 | Spoonbill Bay Hospital  | 12 Spoonbill Lane, Tampa, FL 33606   | sat | 1 | ED, Tele 1, MedSurg 2, Rehab
F-209 | K-3 | Fernhill Rehabilitation | 16 Fernhill Terrace, Boston, MA 02114 | sun | 0 | Rehab, Long-term care
F-210 | K-3 | Dogwood Crossing        | 85 Dogwood Road, Raleigh, NC 27610   | sun | 1 | ICU, ED, MedSurg 5, Respiratory
F-211 | K-3 | Plumeria Point Hospital | 3 Plumeria Point, Honolulu, HI 96813 | sun | 2 | ICU, MedSurg 1, Rehab
F-212 | K-1 | Bluestem Care Center    | 64 Bluestem Road, Omaha, NE 68105    | mon | 0 | Long-term care, Rehab, Clinic
"""

ZONES = {
    "AZ": "America/Phoenix",
    "CA": "America/Los_Angeles",
    "CO": "America/Denver",
    "FL": "America/New_York",
    "HI": "Pacific/Honolulu",
    "IL": "America/Chicago",
    "MA": "America/New_York",
    "NC": "America/New_York",
    "NE": "America/Chicago",
    "NY": "America/New_York",
    "TX": "America/Chicago",
    "WA": "America/Los_Angeles",
}
"""The zone of the facilities in each state."""


def clients() -> dict[str, Body]:
    """The body of each client's entry, by reference."""
    return {reference: {"name": name} for reference, name in rows(CLIENTS)}


def facilities() -> dict[str, Body]:
    """The body of each facility's entry, by reference."""
    return {reference: _facility(cells) for reference, *cells in rows(FACILITIES)}


def _facility(cells: list[str]) -> Body:
    client, name, place, workweek, orientation, units = cells
    where = address(place)
    return {
        "client_reference": client,
        "name": name,
        "address": where,
        "time_zone": ZONES[where["state"]],
        "units": names(units),
        "workweek_starts": workweek,
        "holiday_calendar": "us_federal",
        "orientation_days": int(orientation),
    }
