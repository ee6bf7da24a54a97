"""Bodies of the steps before an adverse action."""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field

from credentialing.domain.measures.adverse_action import (
    FINAL_STATES,
    PRE_ADVERSE_ENCLOSES,
    WAIT_BUSINESS_DAYS,
    AdverseAction,
    Resolution,
    Step,
)
from credentialing.domain.measures.steps import (
    ClearReport,
    DisputeReport,
    ResolveDispute,
    SendFinalNotice,
    SendPreAdverse,
)
from shared.http.bodies import RequestBody, ResponseBody, Text

_ACTION: dict[str, Any] = {
    "action_id": "adv_01m8095ps8e00rc1kcn27y03zm",
    "file_id": "fil_01m8095ps8e00axqcgn5qrg12p",
    "assignment_id": "asg_01m8095ps8e00rc1kcn27y03zf",
    "clinician_id": "cln_01m8095ps8e00rc1kcn27y03zg",
    "code": "BG-COUNTY",
    "report": "rep_4711",
    "step": "pre_adverse",
    "opened_on": "2026-02-27",
    "pre_adverse_sent_on": "2026-03-02",
    "waits_through": "2026-03-09",
    "disputes": [],
    "earliest_final_on": "2026-03-10",
    "final_sent_on": None,
    "free_copy_until": None,
    "pre_adverse_encloses": list(PRE_ADVERSE_ENCLOSES),
    "final_states": list(FINAL_STATES),
    "cleared_on": None,
    "reason": None,
    "is_open": True,
}
_LINE = ("action_id", "file_id", "assignment_id", "clinician_id", "code", "step", "opened_on", "is_open")


def _example(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [example]})


Named = Annotated[tuple[Annotated[str, Field(max_length=40)], ...], Field(max_length=10)]
"""What a notice holds, by short names."""


class ReviewIn(RequestBody):
    """The item of the background part that the report is about, and the vendor's id of the report."""

    model_config = _example({"code": "BG-COUNTY", "report": "rep_4711"})

    code: Annotated[str, Field(min_length=1, max_length=40)]
    report: Annotated[str, Field(min_length=1, max_length=80)]


class PreAdverseIn(RequestBody):
    """The day on which the first notice went, what was in it, and the business days to wait."""

    model_config = _example({"sent_on": "2026-03-02", "encloses": list(PRE_ADVERSE_ENCLOSES), "wait_business_days": 5})

    sent_on: date
    encloses: Named
    wait_business_days: Annotated[int, Field(ge=1, le=60)] = WAIT_BUSINESS_DAYS

    def step(self) -> SendPreAdverse:
        """The step that it asks for."""
        return SendPreAdverse(sent_on=self.sent_on, encloses=self.encloses, wait_business_days=self.wait_business_days)


class DisputeIn(RequestBody):
    """Since when the person disputes the report."""

    model_config = _example({"on": "2026-03-04"})

    on: date

    def step(self) -> DisputeReport:
        """The step that it asks for."""
        return DisputeReport(on=self.on)


class ResolveIn(RequestBody):
    """When the reporting agency answered, and whether the report stays."""

    model_config = _example({"on": "2026-03-20", "resolution": "upheld"})

    on: date
    resolution: Resolution

    def step(self) -> ResolveDispute:
        """The step that it asks for."""
        return ResolveDispute(on=self.on, resolution=self.resolution)


class FinalIn(RequestBody):
    """The day of the last notice, the reporting agency with its contact, and what the notice states."""

    model_config = _example(
        {
            "sent_on": "2026-03-10",
            "cra_name": "Lantern Screening",
            "cra_contact": "12 Mill Road, Boulder CO 80301, 303-555-0142",
            "states": list(FINAL_STATES),
        }
    )

    sent_on: date
    cra_name: Text
    cra_contact: Text
    states: Named

    def step(self) -> SendFinalNotice:
        """The step that it asks for."""
        return SendFinalNotice(
            sent_on=self.sent_on, cra_name=self.cra_name, cra_contact=self.cra_contact, states=self.states
        )


class ClearIn(RequestBody):
    """Why the report does not stand in the way."""

    model_config = _example({"reason": "The record is of another person."})

    reason: Text

    def step(self) -> ClearReport:
        """The step that it asks for."""
        return ClearReport(reason=self.reason)


class DisputeOut(ResponseBody):
    """Since when the person disputes the report, and how the reporting agency answered; null while it has not."""

    model_config = _example({"opened_on": "2026-03-04", "resolved_on": "2026-03-20", "resolution": "upheld"})

    opened_on: date
    resolved_on: date | None
    resolution: Resolution | None


class AdverseActionLine(ResponseBody):
    """An adverse action in a list."""

    model_config = _example({name: _ACTION[name] for name in _LINE})

    action_id: str
    file_id: str
    assignment_id: str
    clinician_id: str
    code: str
    step: Step
    opened_on: date
    is_open: bool


class AdverseActionOut(AdverseActionLine):
    """How far it is, what its notices must hold, and the first day on which the last one may go."""

    model_config = _example(_ACTION)

    report: str
    pre_adverse_sent_on: date | None
    waits_through: date | None
    disputes: tuple[DisputeOut, ...]
    earliest_final_on: date | None
    final_sent_on: date | None
    free_copy_until: date | None
    pre_adverse_encloses: tuple[str, ...]
    final_states: tuple[str, ...]
    cleared_on: date | None
    reason: str | None

    @classmethod
    def of(cls, action: AdverseAction) -> Self:
        """The action as it stands."""
        return cls(
            action_id=action.action_id,
            file_id=action.file_id,
            assignment_id=action.assignment_id,
            clinician_id=action.clinician_id,
            code=action.code,
            report=action.report,
            step=action.step,
            opened_on=action.opened_on,
            pre_adverse_sent_on=action.pre_adverse.sent_on if action.pre_adverse else None,
            waits_through=action.waits_through,
            disputes=tuple(DisputeOut.model_validate(one) for one in action.disputes),
            earliest_final_on=action.earliest_final_on,
            final_sent_on=action.final.sent_on if action.final else None,
            free_copy_until=action.final.free_copy_until if action.final else None,
            pre_adverse_encloses=PRE_ADVERSE_ENCLOSES,
            final_states=FINAL_STATES,
            cleared_on=action.cleared_on,
            reason=action.reason,
            is_open=action.is_open,
        )
