"""The agency's pay codes, and what kind of pay each is (field facts A3)."""

from enum import StrEnum


class PayKind(StrEnum):
    """What a pay code pays for: `worked` and `standby` are hours, an `add_on` adds money to hours."""

    WORKED = "worked"
    STANDBY = "standby"
    ADD_ON = "add_on"
    NOT_WORKED = "not_worked"


PAY_CODES = {
    "REG": PayKind.WORKED,
    "OT": PayKind.WORKED,
    "DT": PayKind.WORKED,
    "HOLIDAY": PayKind.WORKED,
    "CALLBACK": PayKind.WORKED,
    "ORIENT": PayKind.WORKED,
    "CALL": PayKind.STANDBY,
    "CHARGE": PayKind.ADD_ON,
    "NIGHT": PayKind.ADD_ON,
    "WEEKEND": PayKind.ADD_ON,
    "FLOAT": PayKind.ADD_ON,
    "PRECEPT": PayKind.ADD_ON,
    "LOW_CENSUS": PayKind.NOT_WORKED,
    "SELF_CANCEL": PayKind.NOT_WORKED,
    "GUAR": PayKind.NOT_WORKED,
    "MEAL_PREM": PayKind.NOT_WORKED,
}

_OFTEN_UNBILLED = frozenset({"ORIENT"})  # clients commonly bear no orientation


def is_worked(code: str) -> bool:
    """Whether its hours are worked and the minimum wage protects them; standby is not (29 CFR 785.17)."""
    return PAY_CODES.get(code) is PayKind.WORKED


def is_billed(code: str) -> bool:
    """Whether the client usually pays for the code, so that a missing bill rate is worth asking about."""
    kind = PAY_CODES.get(code, PayKind.NOT_WORKED)
    return kind is not PayKind.NOT_WORKED and code not in _OFTEN_UNBILLED
