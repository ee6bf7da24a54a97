"""What the clinician signed, and which terms still lack a signature."""

import re
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from assignments.domain.assignment import Agreement, Assignment, Changed, SignerRole, published
from assignments.domain.errors import InvalidTransition, UnknownTermsVersion
from assignments.domain.lifecycle import ENDED
from shared.contracts.assignments import AgreementSigned, State
from shared.contracts.terms import PayPackage, Terms
from shared.errors import Finding, Invalid

SHA256 = re.compile(r"[0-9a-f]{64}")


def lowers_pay(old: Terms, new: Terms) -> bool:
    """Whether the new terms promise less: any rate, stipend, bonus or reimbursement, or the guaranteed hours.

    What is no longer promised counts as lowered. Raising one thing does not make up for lowering another.
    """
    if new.guaranteed_hours_per_week < old.guaranteed_hours_per_week:
        return True
    before, after = _promised(old.pay_package), _promised(new.pay_package)
    return any(after.get(what, Decimal(0)) < amount for what, amount in before.items())


def sign_agreement(assignment: Assignment, agreement: Agreement, *, now: datetime) -> Changed:
    """Files a signed agreement about one version of the terms; the same document again changes nothing.

    Raises InvalidTransition for an open offer and once the assignment is over, UnknownTermsVersion, and Invalid with
    every fault.
    """
    if assignment.state is State.OFFERED or assignment.state in ENDED:
        raise InvalidTransition(state=assignment.state.value, event="sign_agreement")
    if not 1 <= agreement.terms_version <= assignment.terms.version:
        raise UnknownTermsVersion(terms_version=agreement.terms_version)
    if findings := agreement_findings(agreement, now=now):
        raise Invalid(findings=findings)
    filed = {(one.document_sha256, one.terms_version) for one in assignment.agreements}
    if (agreement.document_sha256, agreement.terms_version) in filed:
        return Changed(assignment=assignment)
    return published(
        replace(assignment, agreements=(*assignment.agreements, agreement)),
        AgreementSigned(
            assignment_id=assignment.assignment_id,
            terms_version=agreement.terms_version,
            document_sha256=agreement.document_sha256,
        ),
    )


def agreement_findings(agreement: Agreement, *, now: datetime) -> tuple[Finding, ...]:
    """Every fault: the hash, a missing clinician, a person who signs twice, a signature in the future."""
    findings = []
    if not SHA256.fullmatch(agreement.document_sha256):
        findings.append(_finding("/document_sha256", "not_a_sha256", "Give the SHA-256 as 64 lower-case hex digits."))
    if not any(one.role is SignerRole.CLINICIAN for one in agreement.signatures):
        findings.append(_finding("/signers", "clinician_missing", "The clinician must be among the signers."))
    seen: set[tuple[str, SignerRole]] = set()
    for place, one in enumerate(agreement.signatures):
        if not one.signer_id.strip():
            findings.append(_finding(f"/signers/{place}/signer_id", "required", "Name the signer by id."))
        if (one.signer_id, one.role) in seen:
            findings.append(_finding(f"/signers/{place}", "signed_twice", "Each signer signs once for each role."))
        if one.signed_at > now:
            findings.append(_finding(f"/signers/{place}/signed_at", "in_the_future", "A signature lies in the past."))
        seen.add((one.signer_id, one.role))
    return tuple(findings)


def missing_agreements(assignment: Assignment) -> tuple[Finding, ...]:
    """What is still unsigned, oldest version first; it warns and stops nothing.

    The offer itself needs an agreement; each later version that lowers pay or guarantee needs an addendum. A
    signature under a later version covers the earlier ones, for it states everything that holds.
    """
    signed = max((one.terms_version for one in assignment.agreements), default=0)
    findings = []
    for entry in assignment.terms_history:
        version = entry.terms.version
        if version > signed and version == 1:
            message = "The clinician has not signed the agreement about these terms."
            findings.append(_finding("/terms_history/0", "agreement_required", message))
        if version > signed and entry.addendum_required:
            message = "These terms lower pay or guarantee; the clinician must sign an addendum."
            findings.append(_finding(f"/terms_history/{version - 1}", "addendum_required", message))
    return tuple(findings)


def _promised(package: PayPackage) -> dict[tuple[str, str], Decimal]:
    promised = {("rate", code): rate for code, rate in package.hourly_rates.items()}
    promised["stipend", "lodging"] = package.lodging_per_week
    promised["stipend", "meals"] = package.meals_per_week
    for bonus in package.bonuses:
        key = ("bonus", bonus.kind.value)
        promised[key] = promised.get(key, Decimal(0)) + bonus.amount
    for repaid in package.reimbursements:
        key = ("reimbursement", repaid.kind)
        promised[key] = promised.get(key, Decimal(0)) + repaid.limit
    return promised


def _finding(pointer: str, code: str, message: str) -> Finding:
    return Finding(pointer=pointer, code=code, message=message)
