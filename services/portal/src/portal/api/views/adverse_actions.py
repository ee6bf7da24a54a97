"""Background reports under adjudication as their pages show them: how far they are, and what the law wants next."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from portal.api.views import written
from portal.api.views.credential_file import full_day
from portal.domain.words import kind_words

Body = Mapping[str, Any]

PATH: Final = "/credentialing/adverse"
STEPS: Final = {
    "review": ("info", "Under review"),
    "pre_adverse": ("warn", "First notice is out"),
    "disputed": ("warn", "Disputed"),
    "final": ("bad", "Last notice sent"),
    "cleared": ("good", "Cleared"),
}
ENCLOSED: Final = {
    "report_copy": ("A copy of the report", "15 USC 1681b(b)(3)(A)(i)"),
    "summary_of_rights": ("The summary of rights under the Fair Credit Reporting Act", "15 USC 1681b(b)(3)(A)(ii)"),
}
STATED: Final = {
    "cra_did_not_decide": ("The agency that reported did not decide, and cannot say why we did", "15 USC 1681m(a)(3)"),
    "free_copy_60_days": ("A free copy of the report for 60 days", "15 USC 1681m(a)(4)(A)"),
    "dispute_right": ("The right to dispute the report with that agency", "15 USC 1681m(a)(4)(B)"),
}
WAIT_BUSINESS_DAYS: Final = 5
FINAL: Final = "send-final"
RESOLUTIONS: Final = (
    ("upheld", "The report stays as it is", "The wait goes on; days under dispute do not count."),
    ("corrected", "The report was corrected", "It is adjudicated anew, from the beginning."),
)
RESOLVED: Final = {"upheld": "the report stays", "corrected": "the report was corrected"}
_NEXT: Final = {
    "review": (
        "A person reads the report",
        "Compare it with the person and the job: whose record it is, how old, how serious, and what it has to do with"
        " the work. Then clear it, or send the first notice. State and city laws may ask for more steps.",
    ),
    "pre_adverse": (
        "The person has time to answer",
        "Five business days at least after the first notice; Saturdays, Sundays and federal holidays do not count, nor"
        " do days under dispute. Only then may the last notice go.",
    ),
    "disputed": (
        "The reporting agency looks into it",
        "The wait stands still, and nothing final may go, until the agency has answered.",
    ),
    "final": (
        "The steps are done",
        "They refuse nothing by themselves: a specialist now rejects the item, and says why.",
    ),
    "cleared": ("The report does not stand in the way", "The item is confirmed or waits for its source as before."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """One adverse action of a list."""

    id: str
    href: str
    who: str
    code: str
    step: tuple[str, str]
    opened_on: date
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionsView:
    """The list."""

    lines: tuple[ActionLine, ...]
    next_href: str | None
    choices: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A step with its day; `is_done` is false for one that is still to come, whose day is the first that it may be."""

    text: str
    when: str
    is_done: bool
    is_now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepForm:
    """The form of one step that may be taken now; `must` are the boxes that the law wants ticked."""

    name: str
    title: str
    button: str
    kind: str
    must: tuple[tuple[str, str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionView:
    """One adverse action: the way so far, what comes next, and the forms of what may be done."""

    title: str
    subtitle: str
    step: tuple[str, str]
    now: tuple[str, str]
    course: tuple[Done, ...]
    facts: tuple[tuple[str, str], ...]
    forms: tuple[StepForm, ...]
    waits_for_lead: bool
    action: str
    item_href: str
    version: int
    today: str
    earliest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentActions:
    """The adverse actions of one assignment, and the background items of which another may be opened."""

    lines: tuple[ActionLine, ...]
    codes: tuple[tuple[str, str], ...]


def actions_view(body: Body, *, names: Mapping[str, str], is_open: bool) -> ActionsView:
    """The open ones, or all of them, the newest first."""
    query = "" if is_open else "?all=yes"
    cursor = body.get("next_cursor")
    following = f"{PATH}{query or '?'}{'&' if query else ''}cursor={cursor}" if cursor else None
    return ActionsView(
        lines=tuple(action_line(one, names) for one in body["items"]),
        next_href=following,
        choices=(("Open", PATH, is_open), ("All", f"{PATH}?all=yes", not is_open)),
    )


def action_line(one: Body, names: Mapping[str, str]) -> ActionLine:
    """An adverse action in a list; what comes next with its day where the whole of it is known."""
    return ActionLine(
        id=str(one["action_id"]),
        href=f"{PATH}/{one['action_id']}",
        who=written.clinician(names, one["clinician_id"]),
        code=str(one["code"]),
        step=STEPS.get(str(one["step"]), ("neutral", kind_words(str(one["step"])))),
        opened_on=date.fromisoformat(one["opened_on"]),
        next=_next(one),
    )


def action_view(
    one: Body, *, names: Mapping[str, str], version: int, today: date, may: Collection[str], sent: str = ""
) -> ActionView:
    """The page of one; which forms it has follows from its step and from what the person may do.

    `may` has "open" and "decide"; `sent` is the form that just came, which is shown again whatever its day.
    """
    step = str(one["step"])
    may_wait = sent != FINAL and one["earliest_final_on"] is not None
    is_too_early = may_wait and today < date.fromisoformat(one["earliest_final_on"])
    forms = tuple(form for form in _forms(one, may) if not (is_too_early and form.name == FINAL))
    return ActionView(
        title=f"{one['code']}: background report",
        subtitle=written.clinician(names, one["clinician_id"]),
        step=STEPS.get(step, ("neutral", kind_words(step))),
        now=_NEXT.get(step, (kind_words(step), "")),
        course=_course(one),
        facts=_facts(one),
        forms=forms,
        waits_for_lead=bool(one["is_open"]) and "decide" not in may,
        action=f"{PATH}/{one['action_id']}",
        item_href=f"/assignments/{one['assignment_id']}/file/{one['code']}",
        version=version,
        today=today.isoformat(),
        earliest=full_day(one["earliest_final_on"]),
    )


def assignment_actions(listed: Sequence[Body], file: Body | None, *, names: Mapping[str, str]) -> AssignmentActions:
    """The page of an assignment: what is under adjudication, and what else may be."""
    items = [one for one in (file or {}).get("items", ()) if one.get("code") and one["partition"] == "background"]
    under_way = {one["code"] for one in listed if one["is_open"]}
    choices = tuple((str(one["code"]), f"{one['name']} ({one['code']})") for one in items)
    return AssignmentActions(
        lines=tuple(action_line(one, names) for one in listed),
        codes=tuple(pair for pair in choices if pair[0] not in under_way),
    )


def _next(one: Body) -> str:
    step = str(one["step"])
    if step == "pre_adverse" and one.get("earliest_final_on"):
        return f"Last notice from {full_day(one['earliest_final_on'])}"
    return "" if not one["is_open"] else _NEXT.get(step, ("", ""))[0]


def _course(one: Body) -> tuple[Done, ...]:
    """Every step in its order: done with its day, or to come with the first day that it may."""
    step, is_disputed = str(one["step"]), one["step"] == "disputed"
    first, last = one["pre_adverse_sent_on"], one["final_sent_on"]
    known = [
        _done("Review by a person", full_day(one["opened_on"]), is_done=step != "review", is_now=step == "review"),
        _done("First notice with report and rights", full_day(first) if first else "", is_done=bool(first)),
    ]
    disputes = [_dispute(each) for each in one["disputes"]]
    if step == "cleared":
        return (*known[: 2 if first else 1], *disputes, _done("Cleared", full_day(one["cleared_on"]), is_done=True))
    through = one["waits_through"]
    wait = (
        "stands still while the report is disputed"
        if is_disputed
        else f"through {full_day(through)}"
        if through
        else ""
    )
    earliest = one["earliest_final_on"]
    ahead = f"{full_day(earliest)} at the earliest" if earliest else ""
    return (
        *known,
        *disputes,
        _done("Time to answer", wait, is_done=bool(last), is_now=step in ("pre_adverse", "disputed")),
        _done("Last notice", full_day(last) if last else ahead, is_done=bool(last)),
    )


def _dispute(one: Body) -> Done:
    """Since when the report is disputed, and what came of it."""
    since, resolved = full_day(one["opened_on"]), one["resolved_on"]
    ended = f" to {full_day(resolved)}: {RESOLVED.get(str(one['resolution']), '')}" if resolved else ""
    return _done("Disputed by the person", f"{since}{ended}", is_done=bool(resolved))


def _done(text: str, when: str, *, is_done: bool, is_now: bool = False) -> Done:
    return Done(text=text, when=when, is_done=is_done, is_now=is_now)


def _facts(one: Body) -> tuple[tuple[str, str], ...]:
    known = (
        ("Report", str(one["report"])),
        ("Opened", full_day(one["opened_on"])),
        ("First notice", full_day(one["pre_adverse_sent_on"])),
        ("Wait ends", full_day(one["waits_through"])),
        ("Last notice", full_day(one["final_sent_on"])),
        ("Free copy until", full_day(one["free_copy_until"])),
        ("Why it was cleared", str(one["reason"] or "")),
    )
    return tuple(pair for pair in known if pair[1])


def _forms(one: Body, may: Collection[str]) -> tuple[StepForm, ...]:
    may_open, may_decide = "open" in may, "decide" in may
    found: list[StepForm] = []
    step = str(one["step"])
    if step == "review" and may_decide:
        found.append(_notice("send-pre-adverse", "First notice", one["pre_adverse_encloses"], ENCLOSED))
    if step == "pre_adverse" and may_decide:
        found.append(_notice(FINAL, "Last notice", one["final_states"], STATED))
    if step == "pre_adverse" and may_open:
        note = "The wait stands still from that day on."
        found.append(
            StepForm(name="dispute", title="Dispute", button="Record the dispute", kind="secondary", note=note)
        )
    if step == "disputed" and may_open:
        found.append(
            StepForm(name="resolve-dispute", title="Answer to the dispute", button="Record it", kind="primary")
        )
    if one["is_open"] and may_decide:
        note = "The record is of another person, or it does not matter for this work: say which."
        found.append(StepForm(name="clear", title="Clear it", button="Clear the report", kind="secondary", note=note))
    return tuple(found)


def _notice(name: str, title: str, wanted: Sequence[str], words: Mapping[str, tuple[str, str]]) -> StepForm:
    must = tuple((one, *words.get(one, (kind_words(one), ""))) for one in wanted)
    return StepForm(name=name, title=title, button=f"{title} was sent", kind="primary", must=must)
