"""The steps before somebody is refused for a background report."""

from dataclasses import replace
from datetime import date

import pytest

from credentialing.domain.errors import ItemNotInFile
from credentialing.domain.held import HeldStatus
from credentialing.domain.measures import errors
from credentialing.domain.measures.adverse_action import FINAL_STATES, PRE_ADVERSE_ENCLOSES, Resolution, Step
from credentialing.domain.measures.review import Report, open_review
from credentialing.domain.measures.steps import (
    ClearReport,
    DisputeReport,
    ResolveDispute,
    SendFinalNotice,
    SendPreAdverse,
)
from credentialing.domain.requirement import Partition
from services.credentialing.tests.builders import ids
from services.credentialing.tests.domain.asked import asked, file_asking, held

LATER = date(2026, 12, 31)
SENT = date(2026, 3, 2)
AUTHORISED = [held("BG-AUTH")]
FILE = file_asking(asked("BG-COUNTY", partition=Partition.BACKGROUND), asked("CERT-BLS"))
REPORT = Report(code="BG-COUNTY", reference="rep_1", by="per_1", on=date(2026, 2, 27))
OPENED = open_review(FILE, REPORT, held=AUTHORISED, known=(), new_id=ids())
FIRST = SendPreAdverse(sent_on=SENT, encloses=PRE_ADVERSE_ENCLOSES)
FINAL = SendFinalNotice(
    sent_on=date(2026, 3, 10), cra_name="Lantern Screening", cra_contact="303-555-0142", states=FINAL_STATES
)


def after(*steps, action=OPENED, today=LATER):
    for step in steps:
        action = step.applied(action, by="per_lead", today=today)
    return action


@pytest.mark.parametrize(
    ("name", "sent", "waits_through", "earliest"),
    [
        ("within weeks", date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 10)),
        ("over Memorial Day", date(2026, 5, 21), date(2026, 5, 29), date(2026, 6, 1)),
        ("over Independence Day kept on Friday", date(2026, 6, 30), date(2026, 7, 8), date(2026, 7, 9)),
        ("sent on a Saturday", date(2026, 3, 7), date(2026, 3, 13), date(2026, 3, 16)),
    ],
)
def test_the_wait_counts_business_days_without_holidays(name, sent, waits_through, earliest):
    action = after(SendPreAdverse(sent_on=sent, encloses=PRE_ADVERSE_ENCLOSES))
    assert (action.waits_through, action.earliest_final_on) == (waits_through, earliest), name


def test_the_whole_way_ends_with_a_notice_that_names_the_agency():
    ended = after(FIRST, FINAL)
    assert (ended.step, ended.is_open, ended.final.free_copy_until) == (Step.FINAL, False, date(2026, 5, 9))


def test_the_last_notice_waits_for_its_day():
    with pytest.raises(errors.FinalNoticeTooSoon):
        after(FIRST, replace(FINAL, sent_on=date(2026, 3, 9)))


def test_a_dispute_stops_the_clock_until_it_is_resolved():
    disputed = after(FIRST, DisputeReport(on=date(2026, 3, 4)))
    assert (disputed.step, disputed.earliest_final_on) == (Step.DISPUTED, None)
    with pytest.raises(errors.DisputeOpen):
        after(FINAL, action=disputed)
    upheld = after(ResolveDispute(on=date(2026, 3, 18), resolution=Resolution.UPHELD), action=disputed)
    assert (upheld.waits_through, upheld.earliest_final_on) == (date(2026, 3, 24), date(2026, 3, 25))


def test_a_dispute_after_the_wait_moves_the_last_notice_behind_its_end():
    late = after(
        FIRST,
        DisputeReport(on=date(2026, 3, 12)),
        ResolveDispute(on=date(2026, 3, 20), resolution=Resolution.UPHELD),
    )
    assert late.earliest_final_on == date(2026, 3, 23)


def test_a_corrected_report_is_adjudicated_anew():
    back = after(
        FIRST,
        DisputeReport(on=date(2026, 3, 4)),
        ResolveDispute(on=date(2026, 3, 18), resolution=Resolution.CORRECTED),
    )
    assert (back.step, back.earliest_final_on) == (Step.REVIEW, None)
    again = after(replace(FIRST, sent_on=date(2026, 4, 1)), action=back)
    assert (again.step, again.waits_through) == (Step.PRE_ADVERSE, date(2026, 4, 8))


@pytest.mark.parametrize(
    ("name", "steps", "refusal"),
    [
        ("no copy of the report", [replace(FIRST, encloses=("summary_of_rights",))], errors.NoticeIncomplete),
        ("no summary of rights", [replace(FIRST, encloses=("report_copy",))], errors.NoticeIncomplete),
        ("four days", [replace(FIRST, wait_business_days=4)], errors.WaitTooShort),
        ("before the review", [replace(FIRST, sent_on=date(2026, 2, 26))], errors.DatedOutsideStep),
        ("in the future", [replace(FIRST, sent_on=date(2027, 1, 4))], errors.DatedOutsideStep),
        ("last notice first", [FINAL], errors.StepOutOfOrder),
        ("first notice twice", [FIRST, FIRST], errors.StepOutOfOrder),
        ("right to dispute left out", [FIRST, replace(FINAL, states=FINAL_STATES[:2])], errors.NoticeIncomplete),
        ("dispute before a notice", [DisputeReport(on=SENT)], errors.StepOutOfOrder),
        ("dispute before it was sent", [FIRST, DisputeReport(on=date(2026, 3, 1))], errors.DatedOutsideStep),
        ("cleared after the end", [FIRST, FINAL, ClearReport(reason="Late.")], errors.StepOutOfOrder),
    ],
)
def test_a_step_that_does_not_follow_is_refused(name, steps, refusal):
    *before, last = steps
    action = after(*before)
    with pytest.raises(refusal):
        after(last, action=action)


def test_a_report_may_be_cleared_at_any_step_before_the_last():
    assert after(ClearReport(reason="Another person.")).step is Step.CLEARED
    assert after(FIRST, ClearReport(reason="Old.")).reason == "Old."


def test_no_report_is_used_without_disclosure_and_authorisation():
    refused = [held("BG-AUTH", status=HeldStatus.REJECTED)]
    for holding in ([], refused):
        with pytest.raises(errors.ReportNotAuthorised):
            open_review(FILE, REPORT, held=holding, known=(), new_id=ids())


def test_only_background_items_are_reviewed_and_each_once_at_a_time():
    with pytest.raises(errors.NotABackgroundItem):
        open_review(FILE, replace(REPORT, code="CERT-BLS"), held=AUTHORISED, known=(), new_id=ids())
    with pytest.raises(ItemNotInFile):
        open_review(FILE, replace(REPORT, code="BG-FBI"), held=AUTHORISED, known=(), new_id=ids())
    with pytest.raises(errors.AlreadyUnderReview):
        open_review(FILE, REPORT, held=AUTHORISED, known=(OPENED,), new_id=ids())
    cleared = after(ClearReport(reason="Old."))
    assert open_review(FILE, REPORT, held=AUTHORISED, known=(cleared,), new_id=ids()).is_open
