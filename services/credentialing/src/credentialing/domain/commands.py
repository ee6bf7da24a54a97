"""What a person does to an item: receive, verify, reject, waive.

A command changes what the clinician holds (or a waiver) and measures the file again; it raises a named
refusal and then nothing has changed, since all values are frozen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from credentialing.domain.errors import (
    ClientDecides,
    DoesNotCover,
    ExpiresBeforeNeeded,
    NothingToReject,
    NothingToVerify,
    NotOfTheKind,
    NotValidAtStart,
    NotWaivable,
    SamePerson,
    TooOldForStart,
    WaiverEndsTooSoon,
    WaiverWithoutEnd,
    WrongApprover,
)
from credentialing.domain.file import File, must_be_open, needed, recheck, with_waiver
from credentialing.domain.held import (
    Check,
    Held,
    HeldStatus,
    Received,
    Shown,
    newest_first,
    present,
    rejected,
    verified,
)
from credentialing.domain.item import Item, Waiver, waiting
from credentialing.domain.reliance import worth
from credentialing.domain.requirement import APPROVERS, Confirmer
from credentialing.domain.validity import Lack, Need, valid_through

OF_TIME = frozenset({Lack.EXPIRES_BEFORE_START, Lack.EXPIRES_BEFORE_END})
"""Lacks that a longer life would cure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled:
    """The file after a command, and the credential that the command made or changed."""

    file: File
    credential: Held


def receive(file: File, code: str, *, shown: Shown, received: Received, held: Sequence[Held]) -> Handled:
    """A credential came in for an item; it waits for verification.

    Raises FileClosed, ItemNotInFile, NotAnAlternative, ExpiryMissing, IssuedInFuture and ExpiresBeforeIssued.
    """
    must_be_open(file)
    credential = present(file.item(code).requirement, shown, received=received, clinician_id=file.clinician_id)
    return _handled(file, credential, held, received.on)


def verify(file: File, code: str, *, held: Sequence[Held], check: Check) -> Handled:
    """A specialist confirmed the newest waiting credential of an item with its source.

    Raises FileClosed, ItemNotInFile, NothingToVerify, SamePerson, ClientDecides, and ExpiresBeforeNeeded,
    TooOldForStart, NotValidAtStart or NotOfTheKind when a confirmed credential would still not do for this assignment.
    """
    must_be_open(file)
    item = file.item(code)
    claim = waiting(held, item.requirement)
    if claim is None:
        raise NothingToVerify(item=code)
    _may_confirm(item, claim, check)
    _must_cover(item, claim, needed(file, check.on))
    return _handled(file, verified(claim, check), held, check.on)


def reject(file: File, code: str, *, because: str, held: Sequence[Held], today: date) -> Handled:
    """A specialist refused the credential behind an item: the newest waiting one, else the one relied on.

    Raises FileClosed, ItemNotInFile and NothingToReject.
    """
    must_be_open(file)
    item = file.item(code)
    answering = newest_first(held, item.requirement)
    pending = [one for one in answering if one.status is HeldStatus.PENDING]
    relied_on = [one for one in answering if one.credential_id == item.credential_id]
    standing = [one for one in (*pending, *relied_on) if one.status is not HeldStatus.REJECTED]
    if not standing:
        raise NothingToReject(item=code)
    return _handled(file, rejected(standing[0], because), held, today)


def waive(file: File, code: str, *, waiver: Waiver, held: Sequence[Held]) -> File:
    """The side that owns the rule lifted it for this assignment.

    Raises FileClosed, ItemNotInFile, NotWaivable (law, licence, exclusion, identity), WrongApprover,
    WaiverWithoutEnd and WaiverEndsTooSoon.
    """
    must_be_open(file)
    allowed = APPROVERS[file.item(code).requirement.waivable]
    need = needed(file, waiver.on)
    if not allowed:
        raise NotWaivable(item=code)
    if waiver.party not in allowed:
        raise WrongApprover(item=code, party=waiver.party, allowed=" or ".join(sorted(allowed)))
    if waiver.facility_id is not None and waiver.through is None:
        raise WaiverWithoutEnd(item=code)
    if waiver.through is not None and waiver.through < need.first:
        raise WaiverEndsTooSoon(item=code, through=waiver.through, needed_on=need.first)
    return recheck(with_waiver(file, code, waiver=waiver), held, today=waiver.on)


def _may_confirm(item: Item, claim: Held, check: Check) -> None:
    confirmer = item.requirement.confirmed_by
    if confirmer is Confirmer.SECOND_PERSON and check.by == claim.received_by:
        raise SamePerson(item=item.code)
    if confirmer is Confirmer.CLIENT:
        raise ClientDecides(item=item.code)


def _must_cover(item: Item, credential: Held, need: Need) -> None:
    why = worth(credential, item.requirement, need=need).lack
    if why is not None:
        raise _refusal(item, credential, need, why)


def _refusal(item: Item, credential: Held, need: Need, why: Lack) -> DoesNotCover:
    asked = item.requirement
    if why in (Lack.TOO_OLD_FOR_START, Lack.TOO_OLD_FOR_DECISION, Lack.BREAK_TOO_LONG, Lack.OF_ANOTHER_SEASON):
        return TooOldForStart(item=item.code, issued_on=credential.issued_on, start=need.days.start)
    if why is Lack.NOT_VALID_AT_START:
        return NotValidAtStart(item=item.code, issued_on=credential.issued_on)
    if why not in OF_TIME:
        return NotOfTheKind(item=item.code, lack=str(why))
    return ExpiresBeforeNeeded(
        item=item.code,
        valid_through=valid_through(asked.validity, credential.life),
        needed_through=need.through(asked.must_cover),
    )


def _handled(file: File, credential: Held, held: Sequence[Held], today: date) -> Handled:
    others = tuple(one for one in held if one.credential_id != credential.credential_id)
    return Handled(file=recheck(file, (*others, credential), today=today), credential=credential)
