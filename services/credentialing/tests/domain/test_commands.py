"""What people do to items, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from credentialing.domain import errors
from credentialing.domain.commands import Handled, receive, reject, verify, waive
from credentialing.domain.file import Basis, File, adapt, close
from credentialing.domain.held import Check, Held, HeldStatus, Shown
from credentialing.domain.item import ItemStatus, Waiver, assess
from credentialing.domain.requirement import Party, Waivable
from credentialing.domain.validity import Need
from services.credentialing.tests.builders import (
    END,
    START,
    TODAY,
    came_in,
    held_for,
    some_facility,
    some_file,
    some_terms,
)
from shared.contracts.assignments import AssignmentEnded, State
from shared.errors import Refused

CHECK = Check(by="per_specialist", source="Nursys", on=TODAY)


def licence(expires: date | None = date(2028, 2, 29), issued: date = date(2025, 1, 15)) -> Shown:
    return Shown(number="RN.123", issued_on=issued, expires_on=expires)


def received(code: str = "LIC-RN", shown: Shown | None = None, held: tuple[Held, ...] = ()) -> Handled:
    return receive(some_file(held), code, shown=shown or licence(), received=came_in(), held=held)


def waiver(party: Party = Party.FACILITY, through: date | None = None) -> Waiver:
    return Waiver(by="Dana Reyes", party=party, reason="card lost, renewal booked", on=TODAY, through=through)


def test_a_credential_is_received_then_verified_with_its_source() -> None:
    first = received()
    assert first.file.item("LIC-RN").status is ItemStatus.RECEIVED
    assert (first.credential.credential_id, first.credential.subject) == ("crd_0001", "CO")
    second = verify(first.file, "LIC-RN", held=(first.credential,), check=CHECK)
    assert second.file.item("LIC-RN").status is ItemStatus.VERIFIED
    assert second.file.item("LIC-RN").valid_through == date(2028, 2, 29)
    assert (second.credential.verified_by, second.credential.source) == ("per_specialist", "Nursys")
    assert sum(item.is_met for item in second.file.items) == 1


def test_a_rejected_credential_can_be_replaced() -> None:
    first = received()
    second = reject(first.file, "LIC-RN", because="name differs", held=(first.credential,), today=TODAY)
    assert second.file.item("LIC-RN").status is ItemStatus.REJECTED
    held = (second.credential,)
    again = receive(second.file, "LIC-RN", shown=licence(), received=came_in("crd_9"), held=held)
    assert again.file.item("LIC-RN").status is ItemStatus.RECEIVED


def test_a_verified_credential_can_be_rejected_when_the_board_acts() -> None:
    held = held_for()
    after = reject(some_file(held), "LIC-RN", because="suspended", held=held, today=TODAY)
    assert after.credential.status is HeldStatus.REJECTED
    assert after.file.item("LIC-RN").status is ItemStatus.REJECTED


def test_a_waiver_counts_until_it_ends_and_ends_with_the_facility() -> None:
    file = waive(some_file(), "CERT-BLS", waiver=waiver(through=START + timedelta(days=30)), held=())
    assert file.item("CERT-BLS").status is ItemStatus.WAIVED
    longer = some_terms(version=2, end_date=END + timedelta(days=7))
    kept = adapt(file, longer, facility=some_facility(), basis=Basis(held=(), today=TODAY))
    assert kept.item("CERT-BLS").status is ItemStatus.WAIVED
    ended = adapt(file, longer, facility=some_facility(), basis=Basis(held=(), today=START + timedelta(days=31)))
    assert ended.item("CERT-BLS").status is ItemStatus.MISSING
    moved = replace(longer, facility_id="fac_other")
    elsewhere = adapt(file, moved, facility=some_facility(facility_id="fac_other"), basis=Basis(held=(), today=TODAY))
    assert elsewhere.item("CERT-BLS").waiver is None


def test_a_waiver_ends_when_its_rule_becomes_stricter() -> None:
    item = waive(some_file(), "CERT-BLS", waiver=waiver(), held=()).item("CERT-BLS")
    need = Need(days=some_terms().period, on=TODAY)
    strict = replace(item.requirement, waivable=Waivable.NEVER)
    assert assess(item.requirement, (), need=need, waiver=item.waiver).status is ItemStatus.WAIVED
    assert assess(strict, (), need=need, waiver=item.waiver).status is ItemStatus.MISSING


def drug_screen_before_a_push() -> None:
    handled = received("DRUG-10", Shown(issued_on=TODAY))
    later = some_terms(version=2, start_date=TODAY + timedelta(days=31), end_date=END)
    held = (handled.credential,)
    file = adapt(handled.file, later, facility=some_facility(), basis=Basis(held=held, today=TODAY))
    verify(file, "DRUG-10", held=held, check=CHECK)


def verified_too_short(expires: date) -> Callable[[], object]:
    def attempt() -> object:
        handled = received(shown=licence(expires))
        return verify(handled.file, "LIC-RN", held=(handled.credential,), check=CHECK)

    return attempt


def closed_file() -> File:
    ended = AssignmentEnded(assignment_id="asg_1", terms_version=1, ended_on=TODAY, state=State.FELL_OFF, reason="x")
    return close(some_file(), ended)


@pytest.mark.parametrize(
    ("refusal", "attempt"),
    [
        (errors.ExpiryMissing, lambda: received(shown=licence(None))),
        (errors.IssuedInFuture, lambda: received(shown=licence(issued=TODAY + timedelta(days=1)))),
        (errors.ExpiresBeforeIssued, lambda: received(shown=licence(date(2024, 1, 1)))),
        (errors.ItemNotInFile, lambda: received("LIC-PT")),
        (errors.NothingToVerify, lambda: verify(some_file(), "LIC-RN", held=(), check=CHECK)),
        (errors.NothingToReject, lambda: reject(some_file(), "LIC-RN", because="x", held=(), today=TODAY)),
        (errors.ExpiresBeforeNeeded, verified_too_short(END)),
        (errors.TooOldForStart, drug_screen_before_a_push),
        (errors.NotWaivable, lambda: waive(some_file(), "LIC-RN", waiver=waiver(), held=())),
        (errors.NotWaivable, lambda: waive(some_file(), "EXC-LEIE", waiver=waiver(), held=())),
        (errors.WrongApprover, lambda: waive(some_file(), "CERT-BLS", waiver=waiver(Party.AGENCY), held=())),
        (errors.WrongApprover, lambda: waive(some_file(), "IMM-MMR", waiver=waiver(Party.FACILITY), held=())),
        (
            errors.WaiverEndsTooSoon,
            lambda: waive(some_file(), "CERT-BLS", waiver=waiver(through=START - timedelta(days=1)), held=()),
        ),
        (
            errors.FileClosed,
            lambda: receive(closed_file(), "LIC-RN", shown=licence(), received=came_in(), held=()),
        ),
        (errors.FileClosed, lambda: verify(closed_file(), "LIC-RN", held=(), check=CHECK)),
        (errors.FileClosed, lambda: waive(closed_file(), "CERT-BLS", waiver=waiver(), held=())),
    ],
)
def test_what_the_rules_forbid_is_refused_by_name(refusal: type[Refused], attempt: Callable[[], object]) -> None:
    with pytest.raises(refusal) as caught:
        attempt()
    assert type(caught.value) is refusal


def test_a_refused_verification_names_both_days() -> None:
    with pytest.raises(errors.ExpiresBeforeNeeded, match="valid through 2027-02-27, but is needed through 2027-02-28"):
        verified_too_short(END)()
