"""What is to be done next about a report under adjudication, as its file knows it."""

from dataclasses import dataclass
from datetime import date, timedelta

from credentialing.domain.business_days import business_days_after
from credentialing.domain.measures.adverse_action import AdverseAction, Step

REVIEW_BUSINESS_DAYS = 2
"""How soon a person is to look at a report (the agency's rule; the law names no day)."""
DISPUTE_DAYS = 30
"""Within which the reporting agency answers a dispute (15 USC 1681i(a)(1)); then somebody asks it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """One report under adjudication: how far it is, and until when the step that follows is due.

    `code` is the item. `result_id` is the source's answer on which the review was opened, None where there was none.
    `due_on` is None when no step follows.
    """

    action_id: str
    code: str
    step: Step
    due_on: date | None
    result_id: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether a step is still to come."""
        return self.due_on is not None

    @property
    def is_told(self) -> bool:
        """Whether the person was told and is owed an end, also when the assignment is over."""
        return self.step in (Step.PRE_ADVERSE, Step.DISPUTED)

    @property
    def key(self) -> str:
        """The name of its task within the file."""
        return f"adverse:{self.action_id}:{self.step}"

    @property
    def earlier_keys(self) -> frozenset[str]:
        """The names of the tasks of all other steps of this action."""
        return frozenset(f"adverse:{self.action_id}:{step}" for step in Step if step is not self.step)


def next_step(action: AdverseAction, *, result_id: str | None) -> NextStep:
    """What follows for this action."""
    return NextStep(
        action_id=action.action_id, code=action.code, step=action.step, due_on=_due_on(action), result_id=result_id
    )


def _due_on(action: AdverseAction) -> date | None:
    """Of a review two business days after it began; of the wait the first day of the last notice."""
    if action.step is Step.REVIEW:
        began = max([action.opened_on, *(one.resolved_on for one in action.disputes if one.resolved_on)])
        return business_days_after(began, REVIEW_BUSINESS_DAYS)
    if action.step is Step.PRE_ADVERSE:
        return action.earliest_final_on
    return action.disputes[-1].opened_on + timedelta(days=DISPUTE_DAYS) if action.step is Step.DISPUTED else None
