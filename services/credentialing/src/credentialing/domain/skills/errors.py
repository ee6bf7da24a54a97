"""Every refusal about skills checklists.

FormUnknown            no form fits the unit
ChecklistOver          it was signed, and what was signed is not changed
ChecklistIncomplete    it is not whole yet
NothingToReview        no signed checklist waits for a review
ReviewerFilledIt       whoever filled it does not review it
"""

from shared.errors import Kind, Refused


class FormUnknown(Refused):
    """There is no skills form for {unit}; name one of {known}."""

    code = "skills_form_unknown"
    kind = Kind.INVALID


class ChecklistOver(Refused):
    """Checklist {checklist_id} was signed; begin another."""

    code = "checklist_over"


class ChecklistIncomplete(Refused):
    """{missing} skills of checklist {checklist_id} are not rated yet."""

    code = "checklist_incomplete"


class NothingToReview(Refused):
    """Checklist {checklist_id} does not wait for a review."""

    code = "nothing_to_review"


class ReviewerFilledIt(Refused):
    """Checklist {checklist_id} is reviewed by a second person, not by who filled it."""

    code = "reviewer_filled_it"
    kind = Kind.FORBIDDEN
