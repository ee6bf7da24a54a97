from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from assignments.domain.agreement import lowers_pay, missing_agreements, sign_agreement
from assignments.domain.assignment import Agreement, Signature, SignerRole
from assignments.domain.course import decline
from assignments.domain.errors import InvalidTransition, UnknownTermsVersion
from assignments.domain.revision import Revision
from assignments.domain.terms_change import amend
from services.assignments.tests.builders import (
    NOW,
    START,
    a_facility,
    an_agreement,
    an_assignment,
    an_offer,
    signed,
    some_pay,
    some_terms,
)
from shared.contracts.assignments import AgreementSigned
from shared.contracts.terms import Bonus, BonusKind, Reimbursement, Terms
from shared.errors import Invalid

LESS = Revision(guaranteed_hours_per_week=Decimal("24"))
COMPLETION = Bonus(kind=BonusKind.COMPLETION, amount=Decimal(500))
TRAVEL = Reimbursement(kind="travel", limit=Decimal(400))
WITH_EXTRAS = some_terms(pay_package=some_pay(bonuses=(COMPLETION,), reimbursements=(TRAVEL,)))


@pytest.mark.parametrize(
    ("name", "old", "new", "lowers"),
    [
        ("the same", some_terms(), some_terms(), False),
        ("everything more", some_terms(), WITH_EXTRAS, False),
        ("a cent less", some_terms(), some_terms(pay_package=some_pay(meals_per_week=Decimal("349.99"))), True),
        (
            "one rate up, another down",
            some_terms(),
            some_terms(pay_package=some_pay(hourly_rates={"REG": Decimal(40), "OT": Decimal("48.74")})),
            True,
        ),
        (
            "a rate left out",
            some_terms(),
            some_terms(pay_package=some_pay(hourly_rates={"REG": Decimal("32.50")})),
            True,
        ),
        ("guarantee down", some_terms(), some_terms(guaranteed_hours_per_week=Decimal(35)), True),
        (
            "bonus gone",
            WITH_EXTRAS,
            some_terms(pay_package=some_pay(reimbursements=(TRAVEL,))),
            True,
        ),
        ("reimbursement gone", WITH_EXTRAS, some_terms(pay_package=some_pay(bonuses=(COMPLETION,))), True),
        ("bill rate down", some_terms(), some_terms(bill_rates={}), False),
        ("unit", some_terms(), some_terms(unit="Step-down 2"), False),
    ],
)
def test_terms_that_promise_less_in_anything_lower_pay(name: str, old: Terms, new: Terms, *, lowers: bool) -> None:
    assert lowers_pay(old, new) is lowers, name


def test_what_is_unsigned_is_named_until_it_or_a_later_version_is_signed() -> None:
    at = amend(an_assignment(), LESS, facility=a_facility(), now=NOW).assignment
    assert [entry.addendum_required for entry in at.terms_history] == [False, True]
    codes = [finding.code for finding in missing_agreements(at)]
    assert codes == ["agreement_required", "addendum_required"]
    first = signed(at)
    assert [(one.code, one.pointer) for one in missing_agreements(first)] == [("addendum_required", "/terms_history/1")]
    assert missing_agreements(signed(at, terms_version=2)) == ()


def test_the_same_document_again_changes_nothing_and_another_is_added() -> None:
    at = signed(an_assignment())
    assert signed(at) == at
    assert len(signed(at, document_sha256="cd" * 32).agreements) == 2


def test_a_signature_is_one_visible_change_and_tells_which_terms_it_covers() -> None:
    before = an_assignment()
    changed = sign_agreement(before, an_agreement(), now=NOW)
    assert changed.assignment.version == before.version + 1
    assert isinstance(changed.event, AgreementSigned)
    assert changed.event.terms_version == 1


def test_an_open_offer_cannot_be_signed() -> None:
    with pytest.raises(InvalidTransition):
        sign_agreement(an_offer(), an_agreement(), now=NOW)


def test_every_fault_of_an_agreement_is_found() -> None:
    agency = Signature(signer_id="per_1", role=SignerRole.AGENCY, signed_at=NOW)
    tomorrow = replace(agency, signed_at=NOW + timedelta(days=1))
    faulty = an_agreement(document_sha256="AB" * 32, signatures=(agency, tomorrow, replace(agency, signer_id=" ")))
    with pytest.raises(Invalid) as caught:
        sign_agreement(an_assignment(), faulty, now=NOW)
    assert [(one.pointer, one.code) for one in caught.value.findings] == [
        ("/document_sha256", "not_a_sha256"),
        ("/signers", "clinician_missing"),
        ("/signers/1", "signed_twice"),
        ("/signers/1/signed_at", "in_the_future"),
        ("/signers/2/signer_id", "required"),
    ]


@pytest.mark.parametrize(("name", "version"), [("none", 0), ("a later one", 2)])
def test_terms_that_never_were_cannot_be_signed(name: str, version: int) -> None:
    with pytest.raises(UnknownTermsVersion):
        sign_agreement(an_assignment(), an_agreement(terms_version=version), now=NOW)


def test_nothing_is_signed_after_the_end() -> None:
    over = decline(an_offer(), on=START).assignment
    agreement: Agreement = an_agreement()
    with pytest.raises(InvalidTransition):
        sign_agreement(over, agreement, now=NOW)
