"""Cases, releases and monitoring."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from credentialing.domain.screening.case import (
    CaseFinding,
    CaseState,
    ExclusionCase,
    Found,
    approve,
    decide,
    outcome_of,
    reconcile,
)
from credentialing.domain.screening.entry import RowFinding
from credentialing.domain.screening.errors import (
    ApprovalNeedsAnother,
    CaseDecided,
    CaseNotDecided,
    EvidenceMissing,
    ListFileFaulty,
    ListFileOutdated,
    ListFileTooSmall,
)
from credentialing.domain.screening.matching import Verdict
from credentialing.domain.screening.monitoring import Monitored, monitored
from credentialing.domain.screening.record import Hit
from credentialing.domain.screening.release import Release, require_newer, require_readable, require_whole
from credentialing.domain.screening.tasks import told
from credentialing.domain.source_result import Outcome
from shared.contracts.workstreams import WorkItemCompleted, WorkItemOpened, WorkItemWithdrawn

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
BLOCK = Hit(line=2, fingerprint="row_1", verdict=Verdict.BLOCK, reasons=("name_exact", "dob_exact"), score=100)
REVIEW = replace(BLOCK, line=3, fingerprint="row_2", verdict=Verdict.REVIEW)
CASE = ExclusionCase(
    case_id="exc_1",
    clinician_id="cln_1",
    list_name="leie",
    release_id="rel_1",
    person_fingerprint="ana",
    hit=BLOCK,
    assignment_id="asg_1",
    facility_id="fac_1",
    opened_at=NOW,
    work_item_id="wki_1",
)
RELEASE = Release(
    release_id="rel_1",
    list_name="leie",
    posted_on=date(2026, 11, 10),
    sha256="0",
    columns=(),
    rows=1000,
    faulty=0,
    findings=(),
    loaded_by="per_lead",
    loaded_at=NOW,
)


def finding(found=Found.NOT_THE_PERSON, by="per_one", document_id="doc_1"):
    return CaseFinding(found=found, reason="Compared at the source.", document_id=document_id, by=by, at=NOW)


def test_a_finding_that_it_is_not_the_person_takes_two():
    waiting = decide(CASE, finding())
    with pytest.raises(ApprovalNeedsAnother):
        approve(waiting, by="per_one", at=NOW)
    released = approve(waiting, by="per_two", at=NOW)
    assert [one.state for one in (waiting, released)] == [CaseState.AWAITS_APPROVAL, CaseState.RELEASED]
    assert [outcome_of([one]) for one in (CASE, waiting, released)] == [
        *(Outcome.REFUTED, Outcome.REFUTED, Outcome.CONFIRMED),
    ]


def test_a_finding_that_it_is_the_person_takes_one_and_stops_what_was_only_to_be_reviewed():
    confirmed = decide(replace(CASE, hit=REVIEW), finding(Found.IS_THE_PERSON))
    assert outcome_of([replace(CASE, hit=REVIEW)]) is Outcome.UNCLEAR
    assert (confirmed.state, outcome_of([confirmed])) == (CaseState.CONFIRMED, Outcome.REFUTED)
    with pytest.raises(CaseNotDecided):
        approve(confirmed, by="per_two", at=NOW)


def test_a_finding_needs_its_evidence():
    with pytest.raises(EvidenceMissing):
        decide(CASE, finding(document_id=" "))


def test_a_wrong_finding_is_replaced_and_approved_anew():
    turned = decide(decide(CASE, finding(Found.IS_THE_PERSON)), finding(by="per_two"))
    assert turned.state is CaseState.AWAITS_APPROVAL
    assert approve(turned, by="per_one", at=NOW).state is CaseState.RELEASED


def test_what_was_released_is_not_decided_again():
    released = approve(decide(CASE, finding()), by="per_two", at=NOW)
    with pytest.raises(CaseDecided):
        decide(released, finding())
    with pytest.raises(CaseDecided):
        approve(released, by="per_three", at=NOW)
    with pytest.raises(CaseNotDecided):
        approve(CASE, by="per_two", at=NOW)


def test_a_released_pair_is_remembered_until_either_side_changes():
    released = replace(CASE, state=CaseState.RELEASED)
    same = reconcile([BLOCK], [released], person_fingerprint="ana")
    other_row = reconcile([replace(BLOCK, fingerprint="row_9")], [released], person_fingerprint="ana")
    other_person = reconcile([BLOCK], [released], person_fingerprint="ana_married")
    assert [len(one.opened) for one in (same, other_row, other_person)] == [0, 1, 1]
    assert [len(one.withdrawn) for one in (same, other_row, other_person)] == [0, 0, 0]


def test_a_case_goes_when_its_row_does():
    settled = reconcile([REVIEW], [CASE], person_fingerprint="ana")
    assert (settled.opened, settled.withdrawn, settled.kept) == ((REVIEW,), (CASE,), ())


def test_the_gravest_case_speaks_for_the_list():
    review, gone = replace(CASE, hit=REVIEW), replace(CASE, state=CaseState.WITHDRAWN)
    assert [outcome_of(cases) for cases in ([], [gone], [review], [review, CASE])] == [
        *(Outcome.CONFIRMED, Outcome.CONFIRMED, Outcome.UNCLEAR, Outcome.REFUTED),
    ]


def test_the_work_item_follows_the_case():
    opened = told(CASE, None, files=(), new_item="wki_2")
    waiting = told(decide(opened.case, finding()), opened.case, files=(), new_item="wki_2")
    released = told(approve(waiting.case, by="per_two", at=NOW), waiting.case, files=(), new_item="wki_2")
    assert [type(one.event) for one in (opened, waiting, released)] == [
        *(WorkItemOpened, WorkItemOpened, WorkItemCompleted),
    ]
    assert [one.case.work_item_version for one in (opened, waiting, released)] == [1, 2, 3]
    items = [one.event for one in (opened, waiting) if isinstance(one.event, WorkItemOpened)]
    assert [item.actions[-1].name for item in items] == ["decide", "approve"]
    assert items[0].due_at == NOW + timedelta(hours=4)


def test_a_case_that_needs_people_again_gets_another_work_item():
    confirmed = told(
        decide(replace(CASE, work_item_version=1), finding(Found.IS_THE_PERSON)), CASE, files=(), new_item=""
    )
    turned = told(decide(confirmed.case, finding()), confirmed.case, files=(), new_item="wki_2")
    assert (turned.case.work_item_id, turned.case.work_item_version) == ("wki_2", 1)
    gone = told(replace(turned.case, state=CaseState.WITHDRAWN), turned.case, files=(), new_item="")
    assert isinstance(gone.event, WorkItemWithdrawn)


def test_a_case_that_asks_the_same_says_nothing():
    assert told(replace(CASE, release_id="rel_2"), CASE, files=(), new_item="").event is None


def test_a_file_that_was_cut_off_is_refused():
    require_whole(800, RELEASE)
    require_whole(1, None)
    for rows, last in ((799, RELEASE), (0, None)):
        with pytest.raises(ListFileTooSmall):
            require_whole(rows, last)


def test_a_file_that_was_posted_earlier_is_refused():
    require_newer(date(2026, 11, 10), RELEASE)
    require_newer(date(2026, 11, 1), None)
    with pytest.raises(ListFileOutdated):
        require_newer(date(2026, 11, 9), RELEASE)


def test_a_file_with_many_damaged_rows_is_refused():
    where = (RowFinding(line=7, column="", code="row_too_short"),)
    require_readable(5000, faulty=50, findings=where)
    require_readable(10, faulty=20, findings=where)
    with pytest.raises(ListFileFaulty) as refused:
        require_readable(5000, faulty=51, findings=where)
    assert refused.value.facts["line"] == 7


@pytest.mark.parametrize(
    ("days", "is_screened", "is_active", "status", "overdue"),
    [
        (5, False, True, Monitored.DUE, 0),
        (6, False, True, Monitored.OVERDUE, 1),
        (11, False, True, Monitored.OVERDUE, 6),
        (11, True, True, Monitored.CURRENT, 0),
        (11, False, False, Monitored.NOT_REQUIRED, 0),
    ],
)
def test_whoever_works_is_screened_within_the_days_of_grace(days, is_screened, is_active, status, overdue):
    posted_on = date(2026, 11, 10)
    found = monitored(
        posted_on=posted_on,
        is_screened=is_screened,
        is_active=is_active,
        today=posted_on + timedelta(days=days),
        grace_days=5,
    )
    assert (found.status, found.days_overdue) == (status, overdue)
