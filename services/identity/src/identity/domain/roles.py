"""The roles that a person can hold: a closed list, so that a misspelt role is refused instead of meaning nothing."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a person does here; what each may do stands in the policy of every service."""

    RECRUITER = "recruiter"
    COORDINATOR = "coordinator"
    CREDENTIALING_SPECIALIST = "credentialing_specialist"
    PAYROLL_SPECIALIST = "payroll_specialist"
    HOUSING_SPECIALIST = "housing_specialist"
    TIMEKEEPING_SPECIALIST = "timekeeping_specialist"
    LEAD = "lead"
    PAYROLL_PREPARER = "payroll_preparer"
    PAYROLL_APPROVER = "payroll_approver"
    FACILITY_APPROVER = "facility_approver"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    OPERATOR = "operator"
    VIRTUAL_SPECIALIST = "virtual_specialist"


DEPARTMENT_SPECIALISTS: Final = frozenset(
    (
        Role.CREDENTIALING_SPECIALIST,
        Role.PAYROLL_SPECIALIST,
        Role.HOUSING_SPECIALIST,
        Role.TIMEKEEPING_SPECIALIST,
    )
)
"""The roles that a virtual specialist can be granted."""

NEED_SECOND_FACTOR: Final = frozenset((Role.ADMINISTRATOR, Role.PAYROLL_APPROVER, Role.LEAD))
"""Who signs in by password and code: these release money or decide what others may do."""


def needs_second_factor(roles: Iterable[str]) -> bool:
    """Whether a person of these roles must prove a second factor at every sign-in."""
    return not NEED_SECOND_FACTOR.isdisjoint(roles)
