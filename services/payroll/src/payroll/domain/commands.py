"""What people tell payroll about a profile."""

from dataclasses import replace
from datetime import date

from payroll.domain.errors import (
    AcceptanceNoteMissing,
    NothingToAccept,
    PackageBlocked,
    PieceAlreadyReceived,
    PieceNotNeeded,
    PieceReceivedInFuture,
    ProfileClosed,
)
from payroll.domain.onboarding import Receipt
from payroll.domain.profile import Acceptance, Profile


def record_piece(profile: Profile, key: str, *, received_on: date, today: date) -> Profile:
    """The profile with one more piece received. Allowed after the end too while final pay is owed.

    Raises ProfileClosed, PieceNotNeeded, PieceAlreadyReceived, PieceReceivedInFuture.
    """
    if not profile.pays:
        raise ProfileClosed
    if key not in {needed.key for needed in profile.needed}:
        raise PieceNotNeeded(assignment_id=profile.assignment_id)
    for receipt in profile.receipts:
        if receipt.key == key:
            raise PieceAlreadyReceived(key=key, received_on=receipt.received_on)
    if received_on > today:
        raise PieceReceivedInFuture(key=key, today=today)
    return replace(profile, receipts=(*profile.receipts, Receipt(key=key, received_on=received_on)))


def accept_package(profile: Profile, note: str, *, accepted_by: str, accepted_on: date) -> Profile:
    """The profile with every finding that can be accepted let stand, for the reason in the note.

    Raises ProfileClosed, PackageBlocked (with the findings that nobody in payroll can accept),
    NothingToAccept, AcceptanceNoteMissing.
    """
    if not profile.pays:
        raise ProfileClosed
    if profile.blocking:
        raise PackageBlocked(findings=profile.blocking)
    if not profile.to_accept:
        raise NothingToAccept
    if not note.strip():
        raise AcceptanceNoteMissing
    accepted = tuple(
        Acceptance(
            code=finding.code,
            pointer=finding.pointer,
            note=note.strip(),
            accepted_by=accepted_by,
            accepted_on=accepted_on,
        )
        for finding in profile.to_accept
    )
    return replace(profile, acceptances=(*profile.acceptances, *accepted))
