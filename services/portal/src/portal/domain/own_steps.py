"""What is still to do before a start, in the clinician's own words: their own steps, and what others do meanwhile."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from shared.contracts.workstreams import Blocker

CLINICIAN: Final = "clinician"

_THINGS: Final[Mapping[str, str]] = {
    "LIC": "your professional licence",
    "CERT-BLS": "your Basic Life Support card",
    "CERT-ACLS": "your Advanced Cardiovascular Life Support card",
    "CERT-PALS": "your Pediatric Advanced Life Support card",
    "CERT": "your certification",
    "COMP-SKILLS": "your skills checklist",
    "COMP-ORIENT": "the agency orientation",
    "COMP": "a test or checklist",
    "REF": "your references",
    "FAC": "the facility's own forms",
    "EXC": "a look-up in exclusion lists",
    "ST": "a form of the state of work",
    "health_incomplete": "the health part of your file",
    "background_incomplete": "the background part of your file",
    "i9_incomplete": "Form I-9",
    "w4_missing": "Form W-4",
    "pay_method_missing": "your choice of how to be paid",
    "state_withholding_missing": "the tax form of your state",
    "tax_home_declaration_missing": "your tax home declaration",
    "stipend_agreed_missing": "your word on the housing stipend",
    "own_housing_missing": "your word on your own housing",
    "unit_chosen_missing": "the choice of your housing",
    "unit_booked_missing": "the booking of your housing",
    "shifts_planned_missing": "the plan of your shifts",
    "clock_registered_missing": "your registration at the time clock",
    "approvers_named_missing": "who approves your hours",
    "agreement_not_signed": "your signed agreement",
    "package_not_accepted": "a look at your pay package",
    "not_confirmed": "the client's confirmation",
}
"""By the code of a blocker, or by its first part. Parts of a file that are confidential are named as a whole only."""

_OWNERS: Final[Mapping[str, str]] = {
    CLINICIAN: "the clinician",
    "facility": "the facility",
    "client": "the client",
    "recruiter": "the recruiter",
}
_AGENCY: Final = "the agency"
REFUSED: Final = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnStep:
    """One thing to do, as a sentence, and the day by which; `is_refused` when something sent before was not taken."""

    text: str
    due: date | None
    is_refused: bool


def own_steps(blockers: Iterable[Blocker]) -> tuple[OwnStep, ...]:
    """What the clinician has to do, what was refused first, then by day; each said once."""
    steps = {_own_step(blocker) for blocker in blockers if blocker.owner == CLINICIAN}
    return tuple(sorted(steps, key=lambda step: (not step.is_refused, step.due or date.max, step.text)))


def others_steps(blockers: Iterable[Blocker]) -> tuple[str, ...]:
    """What others do meanwhile, a sentence each."""
    said = (
        f"{_mover(blocker)} takes care of {_thing(blocker.code)}." for blocker in blockers if blocker.owner != CLINICIAN
    )
    return tuple(dict.fromkeys(said))


def status_steps(blockers: Iterable[Blocker]) -> tuple[str, ...]:
    """The same for somebody else who follows the assignment, a sentence each: whose move it is, and until when."""
    return tuple(dict.fromkeys(_status_step(blocker) for blocker in blockers))


def _status_step(blocker: Blocker) -> str:
    whose = "their" if blocker.owner == CLINICIAN else "the clinician's"
    thing = _thing(blocker.code).replace("your", whose)
    until = f" by {blocker.due.isoformat()}" if blocker.due else ""
    return f"{_mover(blocker)} takes care of {thing}{until}."


def _own_step(blocker: Blocker) -> OwnStep:
    thing, is_refused = _thing(blocker.code), blocker.code.endswith(f":{REFUSED}")
    text = f"We could not accept {thing}. Please send it again." if is_refused else f"We still need {thing}."
    return OwnStep(text=text, due=blocker.due, is_refused=is_refused)


def _mover(blocker: Blocker) -> str:
    mover = _OWNERS.get(blocker.owner, _AGENCY)
    return mover[0].upper() + mover[1:]


def _thing(code: str) -> str:
    """The longest known beginning of the code decides; a code nobody knows yet is read as words."""
    name = code.partition(":")[0]
    parts = name.split("-")
    beginnings = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    known = next((_THINGS[beginning] for beginning in beginnings if beginning in _THINGS), None)
    return known or (f"“{name.replace('_', ' ').replace('-', ' ').lower()}”")
