"""Claims and what their sources say: what counts, what waits, what is lost."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from credentialing.domain.answers import answered
from credentialing.domain.clearance import Cause, Granted, NotYet, decide_clearance, settle
from credentialing.domain.commands import receive, verify
from credentialing.domain.credential_number import end_of
from credentialing.domain.errors import ClientDecides, NotAnAlternative, NotOfTheKind, SamePerson
from credentialing.domain.file import File, recheck
from credentialing.domain.held import Check, Held, HeldStatus, Shown
from credentialing.domain.immunity import ImmunityEvidence
from credentialing.domain.item import Item, ItemStatus, WaitsFor, assess
from credentialing.domain.requirement import Confirmer, Requirement
from credentialing.domain.source_result import Outcome, SourceResult
from credentialing.domain.validity import Lack, Mode, MustCover, Need, Validity
from services.credentialing.tests.builders import (
    CLINICIAN,
    END,
    NOW,
    TODAY,
    came_in,
    held_for,
    some_file,
    some_held,
    some_requirements,
    some_terms,
)
from shared.contracts.credentialing import ClearanceRevoked
from shared.errors import NotFound

EVERYTHING = held_for()
ASKED = {one.code: one for one in some_requirements()}
NEED = Need(days=some_terms().period, on=TODAY)


def said(code: str, outcome: Outcome, **facts: Any) -> SourceResult:
    subject = ASKED[code].subject
    result = SourceResult(
        result_id="res_1",
        clinician_id=CLINICIAN,
        code=code,
        subject=subject,
        source="licence_source",
        outcome=outcome,
        checked_at=datetime(2026, 11, 9, 12, tzinfo=UTC),
        checked_by="system:credentialing",
    )
    return replace(result, **facts)


def after(held: tuple[Held, ...], result: SourceResult) -> tuple[Held, ...]:
    changed = {one.credential_id: one for one in answered(held, result, credential_id="crd_new")}
    return (*(one for one in held if one.credential_id not in changed), *changed.values())


def measured(requirement: Requirement, *held: Held) -> Item:
    return assess(requirement, held, need=NEED, waiver=None)


def pending(code: str, **facts: Any) -> Held:
    return some_held(ASKED[code], credential_id="crd_9", received_on=TODAY, status=HeldStatus.PENDING, **facts)


def test_the_dates_of_the_source_prevail_over_those_that_were_read() -> None:
    claim = pending("LIC-RN", expires_on=date(2029, 1, 31))
    result = said("LIC-RN", Outcome.CONFIRMED, credential_id="crd_9", expires_on=date(2028, 1, 31))
    (held,) = answered((claim,), result, credential_id="crd_new")
    assert (held.status, held.expires_on, held.life.expires_on) == (
        HeldStatus.VERIFIED, date(2029, 1, 31), date(2028, 1, 31),
    )  # fmt: skip
    assert (held.verified_by, held.source, held.result_id) == ("system:credentialing", "licence_source", "res_1")


def test_a_renewal_that_waits_extends_nothing_and_takes_nothing_away() -> None:
    asked = replace(ASKED["LIC-RN"], mode=Mode.RENEW_BY)
    old = some_held(asked, expires_on=date(2026, 12, 31))
    item = measured(asked, old, pending("LIC-RN", expires_on=date(2028, 12, 31)))
    assert (item.status, item.credential_id, item.renewal_id) == (ItemStatus.VERIFIED, old.credential_id, "crd_9")
    assert (item.blocks_shifts_from, item.waits_for) == (date(2027, 1, 1), WaitsFor.SOURCE)
    assert item.due_on == date(2026, 12, 31) - timedelta(days=asked.verify_days)
    alone = measured(asked, old)
    assert alone.due_on == item.due_on - timedelta(days=asked.obtain_days), "renewed before it blocks, not by the start"
    confirmed = measured(asked, old, replace(pending("LIC-RN"), status=HeldStatus.VERIFIED))
    assert (confirmed.credential_id, confirmed.blocks_shifts_from, confirmed.waits_for) == ("crd_9", None, None)


def test_an_older_claim_that_was_never_confirmed_is_no_renewal() -> None:
    stale = replace(pending("LIC-RN"), received_on=TODAY - timedelta(days=30))
    assert measured(ASKED["LIC-RN"], stale, some_held(ASKED["LIC-RN"])).renewal_id is None


def test_an_unclear_answer_about_a_claim_waits_and_loses_nothing() -> None:
    two = (some_held(ASKED["LIC-RN"]), pending("LIC-RN"))
    held = after(two, said("LIC-RN", Outcome.UNCLEAR, credential_id="crd_9"))
    item = measured(ASKED["LIC-RN"], *held)
    assert (item.status, item.is_unclear, item.waits_for) == (ItemStatus.VERIFIED, True, WaitsFor.SPECIALIST)


def test_an_unclear_look_up_holds_the_item_open_until_it_is_decided() -> None:
    good = (some_held(ASKED["EXC-LEIE"]),)
    unclear = after(good, said("EXC-LEIE", Outcome.UNCLEAR))
    waiting = measured(ASKED["EXC-LEIE"], *unclear)
    assert (waiting.status, waiting.is_unclear) == (ItemStatus.RECEIVED, True)
    assert not waiting.is_met
    (claim,) = (one for one in unclear if one.status is HeldStatus.PENDING)
    decided = after(unclear, said("EXC-LEIE", Outcome.CONFIRMED, credential_id=claim.credential_id))
    assert measured(ASKED["EXC-LEIE"], *decided).is_met


def test_a_look_up_that_confirms_makes_a_claim_of_its_own() -> None:
    (made,) = answered((), said("EXC-LEIE", Outcome.CONFIRMED, release="2026-11"), credential_id="crd_new")
    assert (made.credential_id, made.status, made.issued_on) == ("crd_new", HeldStatus.VERIFIED, date(2026, 11, 9))
    assert measured(ASKED["EXC-LEIE"], made).is_met


def test_a_refusal_without_a_claim_falls_on_all_that_stood() -> None:
    two = (some_held(ASKED["LIC-RN"]), pending("LIC-RN"))
    changed = answered(two, said("LIC-RN", Outcome.REFUTED, status_text="Suspended"), credential_id="crd_new")
    assert {(one.status, one.rejected_because) for one in changed} == {(HeldStatus.REJECTED, "Suspended")}
    assert len(changed) == 2


def test_a_refusal_of_another_number_leaves_the_claim_alone() -> None:
    mine = some_held(ASKED["LIC-RN"], number="v1.sealed", end="4321")
    other = answered((mine,), said("LIC-RN", Outcome.REFUTED, number="RN.1230000"), credential_id="crd_new")
    assert [(one.credential_id, one.end) for one in other] == [("crd_new", "0000")]
    same = answered((mine,), said("LIC-RN", Outcome.REFUTED, number="RN.7654321"), credential_id="crd_new")
    assert [one.credential_id for one in same] == [mine.credential_id]


@pytest.mark.parametrize(
    ("number", "end"),
    [("RN.7654321", "4321"), ("12345678", "5678"), ("12345", "5"), ("1234", None), ("", None), (None, None)],
)
def test_of_a_number_at_least_four_characters_stay_hidden(number: str | None, end: str | None) -> None:
    assert end_of(number) == end


def test_an_answer_about_a_claim_that_is_not_there_is_refused() -> None:
    with pytest.raises(NotFound):
        answered((), said("LIC-RN", Outcome.CONFIRMED, credential_id="crd_gone"), credential_id="crd_new")


@pytest.mark.parametrize(
    ("code", "discipline", "cause"),
    [
        ("EXC-LEIE", None, Cause.EXCLUSION),
        ("LIC-RN", True, Cause.DISCIPLINE),
        ("LIC-RN", None, Cause.CREDENTIAL_REJECTED),
    ],
)
def test_a_refusal_takes_the_clearance_back_and_says_why(code: str, discipline: bool | None, cause: Cause) -> None:
    cleared = settle(some_file(EVERYTHING), NOW).file
    held = after(EVERYTHING, said(code, Outcome.REFUTED, discipline=discipline))
    (event,) = settle(recheck(cleared, held, today=TODAY), NOW).events
    assert event == ClearanceRevoked(assignment_id="asg_1", terms_version=1, reason=cause.value)


@pytest.mark.parametrize(
    ("case", "asked", "facts", "lack"),
    [
        ("an issuer that is not accepted", {"issuers": ("AHA",)}, {"issuer": "ARC"}, Lack.ISSUER_NOT_ACCEPTED),
        ("an issuer that is", {"issuers": ("AHA", "ARC")}, {"issuer": "ARC"}, None),
        ("nobody said which of those once accepted", {"issuers": ("AHA",)}, {"issuer_among": ("AHA", "ARC")},
         Lack.ISSUER_NOT_ACCEPTED),
        ("all of those once accepted are still", {"issuers": ("AHA", "ARC")}, {"issuer_among": ("AHA",)}, None),
        ("rules that contradict each other", {"issuers": ()}, {"issuer": "AHA"}, Lack.ISSUERS_CONTRADICT),
        ("an analyte short", {"panel": ("thc", "pcp", "synthetics")}, {"panel": ("thc", "pcp", "opiate")},
         Lack.PANEL_INCOMPLETE),
        ("more analytes than asked", {"panel": ("thc", "pcp")}, {"panel": ("pcp", "thc", "opiate")}, None),
        ("a search that looked back too little", {"lookback_years": 7}, {"lookback_years": 3},
         Lack.LOOKBACK_TOO_SHORT),
        ("a search that looked back enough", {"lookback_years": 3}, {"lookback_years": 7}, None),
    ],
)  # fmt: skip
def test_a_credential_is_of_the_kind_asked_or_says_why_not(
    case: str, asked: dict[str, Any], facts: dict[str, Any], lack: Lack | None
) -> None:
    requirement = replace(ASKED["CERT-BLS"], **asked)
    item = measured(requirement, replace(some_held(ASKED["CERT-BLS"]), **facts))
    assert (item.lack, item.is_met) == (lack, lack is None), case


def test_contradicting_rules_are_said_with_their_words_and_wait_for_a_specialist() -> None:
    asked = replace(ASKED["CERT-BLS"], issuers=(), conflicts=("FA-1 takes AHA only, FA-2 ARC only",))
    file = replace(some_file(), items=(measured(asked),))
    decision = decide_clearance(file, NOW)
    assert isinstance(decision, NotYet)
    assert "FA-1 takes AHA only" in decision.reasons[0].message
    assert measured(asked).waits_for is WaitsFor.SPECIALIST


def test_another_credential_does_instead_alone_or_together() -> None:
    asked = replace(ASKED["TB-12"], satisfied_by=("TB-CXR+TB-SX",))
    xray = some_held(asked, credential_id="crd_x", code="TB-CXR", issued_on=date(2023, 1, 1))
    screen = some_held(asked, credential_id="crd_s", code="TB-SX")
    assert not measured(asked, xray).is_met
    assert not measured(asked, xray, replace(screen, status=HeldStatus.PENDING)).is_met
    assert not measured(asked, xray, replace(screen, issued_on=date(2025, 1, 1))).is_met
    assert measured(asked, xray, screen).credential_id == "crd_s"


def test_only_what_does_instead_comes_in_for_an_item() -> None:
    received = receive(
        some_file(), "IMM-HBV", shown=Shown(issued_on=TODAY, instead="IMM-HBV-DECL"), received=came_in(), held=()
    )
    assert received.credential.code == "IMM-HBV-DECL"
    assert received.file.item("IMM-HBV").status is ItemStatus.RECEIVED
    with pytest.raises(NotAnAlternative):
        receive(some_file(), "IMM-HBV", shown=Shown(issued_on=TODAY, instead="CERT-BLS"), received=came_in(), held=())


def test_what_a_person_is_the_source_of_is_confirmed_by_another() -> None:
    first = receive(some_file(), "COMP-SKILLS", shown=Shown(issued_on=TODAY), received=came_in(), held=())
    same = Check(by="per_coordinator", source="Checklist", on=TODAY)
    assert first.file.item("COMP-SKILLS").waits_for is WaitsFor.SECOND_PERSON
    with pytest.raises(SamePerson):
        verify(first.file, "COMP-SKILLS", held=(first.credential,), check=same)
    second = verify(first.file, "COMP-SKILLS", held=(first.credential,), check=replace(same, by="per_specialist"))
    assert second.file.item("COMP-SKILLS").is_met


def test_what_the_client_decides_nobody_else_confirms() -> None:
    claim = pending("FAC-PACKET")
    asked = replace(ASKED["FAC-PACKET"], confirmed_by=Confirmer.CLIENT)
    file = replace(some_file(), items=(measured(asked, claim),))
    assert file.items[0].waits_for is WaitsFor.CLIENT
    with pytest.raises(ClientDecides):
        verify(file, "FAC-PACKET", held=(claim,), check=Check(by="per_2", source="Client", on=TODAY))
    accepted = after((claim,), said("FAC-PACKET", Outcome.CONFIRMED, credential_id="crd_9", source="client"))
    assert measured(asked, *accepted).is_met


def test_doses_too_close_together_are_not_immunity_whoever_confirms_them() -> None:
    shown = Shown(issued_on=TODAY, immunity=ImmunityEvidence(doses=(date(1996, 5, 1), date(1996, 5, 21))))
    came = receive(some_file(), "IMM-MMR", shown=shown, received=came_in(), held=())
    with pytest.raises(NotOfTheKind):
        verify(came.file, "IMM-MMR", held=(came.credential,), check=Check(by="per_2", source="Registry", on=TODAY))
    assert measured(ASKED["IMM-MMR"], replace(came.credential, status=HeldStatus.VERIFIED)).lack is Lack.NOT_IMMUNE


def test_what_was_not_stated_is_taken_to_be_what_the_item_asked() -> None:
    asked = replace(ASKED["DRUG-10"], panel=("pcp", "thc"), lookback_years=7, issuers=("AHA", "ARC"))
    file = replace(some_file(), items=(measured(asked),))
    credential = receive(file, "DRUG-10", shown=Shown(issued_on=TODAY), received=came_in(), held=()).credential
    assert (credential.panel, credential.lookback_years) == (("pcp", "thc"), 7)
    assert (credential.issuer, credential.issuer_among) == (None, ("AHA", "ARC"))


def trailing(days: int, code: str = "CERT-BLS") -> File:
    """A file to which everything was brought but one item, which may come so many days after the start."""
    held = held_for(but=[code])
    file = some_file(held)
    late = replace(ASKED[code], trails_days=days)
    items = (assess(late, held, need=NEED, waiver=None) if one.code == code else one for one in file.items)
    return replace(file, items=tuple(items))


def test_an_item_that_may_trail_does_not_hold_up_the_start_and_ends_the_clearance_on_its_day() -> None:
    file = trailing(10)
    item = file.item("CERT-BLS")
    assert (item.status, item.is_trailing) == (ItemStatus.DUE_LATER, True)
    assert item.blocks_shifts_from == date(2026, 12, 11)
    assert decide_clearance(file, NOW) == Granted(valid_through=date(2026, 12, 10))
    held = (*held_for(but=["CERT-BLS"]), some_held(ASKED["CERT-BLS"]))
    assert decide_clearance(recheck(file, held, today=TODAY), NOW) == Granted(valid_through=END)


def test_a_deadline_that_passes_takes_the_clearance_back() -> None:
    file, held = settle(trailing(10), NOW).file, held_for(but=["CERT-BLS"])
    day = datetime(2026, 12, 11, 18, tzinfo=UTC)
    (event,) = settle(recheck(file, held, today=day.date()), day).events
    assert event == ClearanceRevoked(assignment_id="asg_1", terms_version=1, reason=Cause.DEADLINE_PASSED.value)


def test_form_i9_blocks_shifts_from_its_deadline_and_nothing_before() -> None:
    file = some_file(held_for(but=["EMP-I9", "EMP-EV"]))
    assert {item.code: item.blocks_shifts_from for item in file.items if not item.is_met} == {
        "EMP-I9": date(2026, 12, 4),  # the start is a Monday; section 2 is due on Thursday
        "EMP-EV": date(2026, 12, 4),
    }
    assert decide_clearance(file, NOW) == Granted(valid_through=date(2026, 12, 3))


def test_a_refused_item_is_no_trailing_one() -> None:
    held = (*held_for(but=["EMP-I9"]), some_held(ASKED["EMP-I9"], status=HeldStatus.REJECTED))
    file = some_file(held)
    assert file.item("EMP-I9").stands_in_the_way


def test_an_item_of_a_season_is_asked_for_in_its_season_alone() -> None:
    asked = ASKED["IMM-FLU"]
    summer = Need(days=some_terms(start_date=date(2027, 4, 5), end_date=date(2027, 7, 3)).period, on=TODAY)
    autumn = Need(days=some_terms(start_date=date(2027, 9, 13), end_date=date(2027, 12, 11)).period, on=TODAY)
    assert assess(asked, (), need=summer, waiver=None).status is ItemStatus.NOT_ASKED
    due = assess(asked, (), need=autumn, waiver=None)
    assert (due.status, due.blocks_shifts_from) == (ItemStatus.DUE_LATER, date(2027, 10, 1))
    assert assess(asked, (), need=NEED, waiver=None).status is ItemStatus.MISSING


def test_a_payroll_form_blocks_nobodys_shifts() -> None:
    asked = replace(ASKED["ID-PHOTO"], must_cover=MustCover.PAYROLL, validity=Validity())
    item = measured(asked)
    assert (item.is_trailing, item.blocks_shifts_from, item.due_on) == (True, None, date(2026, 12, 7))
