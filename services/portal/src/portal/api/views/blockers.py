"""What stands in the way of a start, in plain words: codes of the departments, and whose move it is."""

from collections.abc import Mapping
from typing import Final

_WORDS: Final[Mapping[str, str]] = {
    "not_confirmed": "The client has not confirmed the assignment",
    "agreement_not_signed": "The agreement is not signed",
    "addendum_to_check": "Pay or hours changed after the signature: if they are lower, an addendum must be signed",
    "no_answer": "The department has not said what is missing under these terms",
    "arrival_not_confirmed": "The start has come and nobody confirmed the arrival",
    "works_uncleared": "Works without a valid clearance",
    "health_incomplete": "The health part of the file is not complete",
    "background_incomplete": "The background part of the file is not complete",
    "i9_incomplete": "Form I-9 is not complete",
    "w4_missing": "Form W-4 is missing",
    "pay_method_missing": "How to pay is not known",
    "state_withholding_missing": "The state's withholding form is missing",
    "tax_home_declaration_missing": "The tax home declaration is missing",
    "package_not_accepted": "Doubts about the pay package are to be reviewed",
    "stipend_agreed_missing": "The housing stipend is not agreed",
    "stipend_amount_missing": "The terms name no lodging stipend",
    "stipend_beside_unit": "The terms pay a lodging stipend beside an agency unit",
    "own_housing_missing": "Where the clinician lives is not confirmed",
    "unit_chosen_missing": "No unit is chosen",
    "unit_booked_missing": "The unit is not booked",
    "shifts_planned_missing": "The shifts fall on no day of the assignment",
    "clock_registered_missing": "The clinician is not registered at the clock",
    "approvers_named_missing": "Nobody is named who approves the hours",
}
_ITEM_STATUSES: Final[Mapping[str, str]] = {
    "missing": "is missing",
    "received": "is to be verified",
    "rejected": "was rejected",
}
_OWNERS: Final[Mapping[str, str]] = {
    "clinician": "Clinician",
    "facility": "Facility",
    "client": "Client",
    "recruiter": "Recruiter",
    "coordinator": "Coordinator",
}


def blocker_words(code: str) -> str:
    """The blocker as a phrase; a credential is named by its code: "CERT-BLS:missing" is "CERT-BLS is missing"."""
    if code in _WORDS:
        return _WORDS[code]
    thing, _, status = code.partition(":")
    if status:
        return f"{thing} {_ITEM_STATUSES.get(status, status.replace('_', ' '))}"
    return thing.replace("_", " ").capitalize()


def owner_words(owner: str) -> str:
    """Whose move it is: a party, or the department of a specialist."""
    return _OWNERS.get(owner) or owner.removesuffix("_specialist").replace("_", " ").capitalize()
