"""What a person does to an item: receive, verify, reject, waive.

A command changes what the clinician holds (or a waiver) and measures the file again; it raises a named
refusal and then nothing has changed, since all values are frozen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from credentialing.domain.errors import (
    DoesNotCover,
    ExpiresBeforeNeeded,
    NothingToReject,
    NothingToVerify,
    NotValidAtStart,
    NotWaivable,
    TooOldForStart,
    WaiverEndsTooSoon,
    WrongApprover,
)
from credentialing.domain.file import File, must_be_open, needed, recheck, with_waiver
from credentialing.domain.held import (
    Check,
    Held,
    HeldStatus,
    Presented,
    newest_first,
    present,
    rejected,
    verified,
)
from credentialing.domain.item import Item, Waiver
from credentialing.domain.requirement import APPROVERS
from credentialing.domain.validity import Lack, Need, lack, valid_through


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled:
    """The file after a command, and the credential that the command made or changed."""

    file: File
    credential: Held


def receive(
    file: File,
    code: str,
    *,
    presented: Presented,
    held: Sequence[Held],
    new_id: Callable[[str], str],
) -> Handled:
    """A credential came in for an item; it waits for verification.

    Raises FileClosed, ItemNotInFile, ExpiryMissing, IssuedInFuture and ExpiresBeforeIssued.
    """
    must_be_open(file)
    credential = present(
        file.item(code).requirement,
        presented,
        credential_id=new_id("crd"),
        clinician_id=file.clinician_id,
    )
    return _handled(file, credential, held, presented.received_on)


def verify(file: File, code: str, *, held: Sequence[Held], check: Check) -> Handled:
    """A specialist confirmed the newest waiting credential of an item with its source.

    Raises FileClosed, ItemNotInFile, NothingToVerify, and ExpiresBeforeNeeded, TooOldForStart or
    NotValidAtStart when a confirmed credential would still not do for this assignment.
    """
    must_be_open(file)
    item = file.item(code)
    waiting = [one for one in newest_first(held, item.requirement) if one.status is HeldStatus.PENDING]
    if not waiting:
        raise NothingToVerify(item=code)
    _must_cover(item, waiting[0], needed(file, check.on))
    return _handled(file, verified(waiting[0], check), held, check.on)


def reject(file: File, code: str, *, because: str, held: Sequence[Held], today: date) -> Handled:
    """A specialist refused the credential behind an item: the newest waiting one, else the one relied on.

    Raises FileClosed, ItemNotInFile and NothingToReject.
    """
    must_be_open(file)
    item = file.item(code)
    answering = newest_first(held, item.requirement)
    waiting = [one for one in answering if one.status is HeldStatus.PENDING]
    relied_on = [one for one in answering if one.credential_id == item.credential_id]
    standing = [one for one in (*waiting, *relied_on) if one.status is not HeldStatus.REJECTED]
    if not standing:
        raise NothingToReject(item=code)
    return _handled(file, rejected(standing[0], because), held, today)


def waive(file: File, code: str, *, waiver: Waiver, held: Sequence[Held]) -> File:
    """The side that owns the rule lifted it for this assignment.

    Raises FileClosed, ItemNotInFile, NotWaivable (law, licence, exclusion, identity), WrongApprover and
    WaiverEndsTooSoon.
    """
    must_be_open(file)
    allowed = APPROVERS[file.item(code).requirement.waivable]
    need = needed(file, waiver.on)
    if not allowed:
        raise NotWaivable(item=code)
    if waiver.party not in allowed:
        raise WrongApprover(item=code, party=waiver.party, allowed=" or ".join(sorted(allowed)))
    if waiver.through is not None and waiver.through < need.first:
        raise WaiverEndsTooSoon(item=code, through=waiver.through, needed_on=need.first)
    return recheck(with_waiver(file, code, waiver=waiver), held, today=waiver.on)


def _must_cover(item: Item, credential: Held, need: Need) -> None:
    asked = item.requirement
    why = lack(credential.life, need, validity=asked.validity, must_cover=asked.must_cover)
    if why is not None:
        raise _refusal(item, credential, need, why)


def _refusal(item: Item, credential: Held, need: Need, why: Lack) -> DoesNotCover:
    asked = item.requirement
    if why is Lack.TOO_OLD_FOR_START:
        return TooOldForStart(item=item.code, issued_on=credential.issued_on, start=need.days.start)
    if why is Lack.NOT_VALID_AT_START:
        return NotValidAtStart(item=item.code, issued_on=credential.issued_on)
    return ExpiresBeforeNeeded(
        item=item.code,
        valid_through=valid_through(asked.validity, credential.life),
        needed_through=need.through(asked.must_cover),
    )


def _handled(file: File, credential: Held, held: Sequence[Held], today: date) -> Handled:
    others = tuple(one for one in held if one.credential_id != credential.credential_id)
    return Handled(file=recheck(file, (*others, credential), today=today), credential=credential)
