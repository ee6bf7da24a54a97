"""A signed agreement, or addendum, is filed."""

from dataclasses import dataclass

from assignments.app.change_assignment import Command, change_assignment
from assignments.domain import agreement as rules
from assignments.domain.assignment import Agreement, Assignment
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class SignAgreement(Command):
    """What was signed, by whom, about which terms."""

    agreement: Agreement


async def sign_agreement(work: Work, command: SignAgreement) -> Assignment:
    """Files it. Raises InvalidTransition, UnknownTermsVersion, Invalid with every fault, NotFound, VersionMismatch."""
    return await change_assignment(
        work, command, decide=lambda at, around: rules.sign_agreement(at, command.agreement, now=around.now)
    )
