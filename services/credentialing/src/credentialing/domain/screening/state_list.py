"""State Medicaid exclusion lists: about forty states publish one, each in columns of its own.

Most are tables that somebody saves as CSV; the header says which column is which. A state whose words are not
understood gets an entry of its own here. None of these layouts was read from a published file: they are what the
columns are usually called, and the header of the first file decides (field facts, section 4.4).
"""

from collections.abc import Mapping
from dataclasses import replace

from credentialing.domain.screening.layout import Layout

USUAL = Layout(
    columns={
        "last": ("LAST NAME", "LASTNAME", "LAST", "PROVIDER LAST NAME", "SURNAME"),
        "first": ("FIRST NAME", "FIRSTNAME", "FIRST", "PROVIDER FIRST NAME"),
        "middle": ("MIDDLE NAME", "MIDDLENAME", "MIDDLE", "MIDDLE INITIAL", "MIDINITIAL", "MI"),
        "business": (
            *("BUSINESS NAME", "BUSINESSNAME", "COMPANYNAME", "COMPANY NAME", "FACILITY NAME", "ENTITY NAME"),
            *("ORGANIZATION NAME", "DOING BUSINESS AS"),
        ),
        "name": ("NAME", "PROVIDER NAME", "PROVIDER", "INDIVIDUAL OR ENTITY"),
        "npi": ("NPI", "NPI NUMBER", "NPI #", "PROVIDER NPI"),
        "birth_date": ("DOB", "DATE OF BIRTH", "BIRTH DATE", "BIRTHDATE"),
        "excluded_on": (
            *("EXCLUSION DATE", "EXCLUSION EFFECTIVE DATE", "EFFECTIVE DATE", "START DATE", "STARTDATE"),
            *("TERMINATION DATE", "DATE OF SUSPENSION", "SANCTION DATE", "BEGIN DATE", "EXCLUDED ON"),
        ),
        "reinstated_on": ("REINSTATEMENT DATE", "REINSTATED DATE", "REINSTATEDDATE", "DATE REINSTATED"),
        "ends_on": ("END DATE", "EXPIRATION DATE", "EXCLUSION END DATE"),
        "exclusion_type": ("EXCLUSION TYPE", "SANCTION TYPE", "REASON", "ACTION", "AUTHORITY"),
        "state": ("STATE", "ST"),
    },
    required=(frozenset({"last", "name"}), frozenset({"excluded_on"})),
    overlapping={},
)

OWN: Mapping[str, Layout] = {
    "CA": replace(USUAL, columns={**USUAL.columns, "ends_on": ()}),  # "active period" is words, not a day
    "TX": replace(USUAL, required=(frozenset({"last"}), frozenset({"business"}), frozenset({"excluded_on"}))),
}
"""States whose columns differ from the usual, by postal abbreviation."""


def layout_of(state: str) -> Layout:
    """How the list of this state is read."""
    return OWN.get(state, USUAL)
