"""Refusals of the measures and of the steps before an adverse action.

MonthNotOver             a sample is drawn when its month is over
NoPlacements             nobody of that kind worked in the month
SampleDrawn              a month has one sample for each measure
NotInSample              the file was not drawn
ReasonMissing            a "no" of an audit says why
AuditedByMachine         a person audits, no client and no service
ReportNotAuthorised      no disclosure and authorisation stand in the file
NotABackgroundItem       adverse action follows the background part alone
AlreadyUnderReview       that report is under review
StepOutOfOrder           the steps have an order
NoticeIncomplete         a notice lacks what the law wants in it
WaitTooShort             five business days are the least
DisputeOpen              the report is disputed
FinalNoticeTooSoon       the wait has not ended
DatedOutsideStep         before the step it follows, or in the future
ReturnRefusedBefore      the wish of the customer is recorded already
"""

from shared.errors import Kind, Refused


class MonthNotOver(Refused):
    """{month} is not over: its placements are not known."""

    code = "month_not_over"


class NoPlacements(Refused):
    """There were no {engagement} placements in {month}."""

    code = "no_placements"


class SampleDrawn(Refused):
    """{measure} has a sample of {month} already: {sample_id}."""

    code = "sample_drawn"


class NotInSample(Refused):
    """File {file_id} is not in the sample {sample_id}."""

    code = "not_in_sample"
    kind = Kind.NOT_FOUND


class ReasonMissing(Refused):
    """Say why {element} is not complete."""

    code = "reason_missing"
    kind = Kind.INVALID


class AuditedByMachine(Refused):
    """A person audits a file; {subject} is none."""

    code = "audited_by_machine"
    kind = Kind.FORBIDDEN


class ReportNotAuthorised(Refused):
    """File {file_id} holds no disclosure and authorisation, without which no report may be used."""

    code = "report_not_authorised"


class NotABackgroundItem(Refused):
    """{item} is not in the background part of the file."""

    code = "not_a_background_item"
    kind = Kind.INVALID


class AlreadyUnderReview(Refused):
    """The report on {item} is under review already: {action_id}."""

    code = "already_under_review"


class StepOutOfOrder(Refused):
    """Adverse action {action_id} is at {step}: that step does not follow."""

    code = "step_out_of_order"


class NoticeIncomplete(Refused):
    """The notice lacks: {lacking}."""

    code = "notice_incomplete"
    kind = Kind.INVALID


class WaitTooShort(Refused):
    """Wait at least {least} business days; {asked} are too few."""

    code = "wait_too_short"
    kind = Kind.INVALID


class DisputeOpen(Refused):
    """The report of adverse action {action_id} is disputed: nothing final until that is resolved."""

    code = "dispute_open"


class FinalNoticeTooSoon(Refused):
    """The final notice may go on {earliest} at the earliest."""

    code = "final_notice_too_soon"


class DatedOutsideStep(Refused):
    """The day must lie between {first} and {last}."""

    code = "dated_outside_step"
    kind = Kind.INVALID


class ReturnRefusedBefore(Refused):
    """That the person does not come back is recorded of assignment {assignment_id} already."""

    code = "return_refused_before"
