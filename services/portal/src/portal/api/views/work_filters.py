"""Every filter of the queue as a form."""

from dataclasses import dataclass

from portal.api.views import written
from portal.app.queries.queue import Choices
from portal.domain.queue_filter import DEPARTMENTS, ENDANGERED, QueueFilter
from portal.domain.words import DEPARTMENTS as DEPARTMENT_WORDS
from portal.domain.words import RISKS, STATES, kind_words

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterField:
    """One filter: its name in the address, its label, what is chosen, and what can be."""

    name: str
    label: str
    value: str
    options: Options


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltersView:
    """The form. `hidden` are the filters that it does not show, kept as they are."""

    fields: tuple[FilterField, ...]
    hidden: tuple[tuple[str, str], ...]
    query: str
    snoozed: bool
    done: bool


def filters_view(choices: Choices, wanted: QueueFilter) -> FiltersView:
    """The form with what is asked now."""
    options: dict[str, tuple[str, Options]] = {
        "owner": ("Owner", _owners(choices)),
        "department": ("Department", _departments()),
        "kind": ("Kind of work", tuple((kind, kind_words(kind)) for kind in choices.kinds)),
        "facility": ("Facility", tuple((one, written.place(choices.names, one)) for one in choices.facility_ids)),
        "due": ("Due", (("overdue", "Overdue"), ("today", "Today"), ("week", "Within a week"))),
        "risk": ("Risk of the start", ((ENDANGERED, "At risk, late or blocked"), *RISKS.items())),
        "state": ("State of the assignment", tuple(STATES.items())),
        "skill": ("Whose skill", tuple((one, kind_words(one)) for one in choices.skills)),
    }
    shown = {*options, "snoozed", "done"}
    return FiltersView(
        fields=tuple(
            FilterField(name=name, label=label, value=getattr(wanted, name), options=(("", "Any"), *found))
            for name, (label, found) in options.items()
        ),
        hidden=tuple(pair for pair in wanted.pairs() if pair[0] not in shown),
        query=wanted.q,
        snoozed=bool(wanted.snoozed),
        done=bool(wanted.done),
    )


def _owners(choices: Choices) -> Options:
    people = tuple((one.person_id, one.name) for one in choices.people)
    return (("me", "You"), ("nobody", "Nobody"), ("anyone", "Anyone"), *people)


def _departments() -> Options:
    named = tuple((name, "Tasks" if name == "portal" else DEPARTMENT_WORDS[name]) for name in DEPARTMENTS)
    return (*named, ("any", "Every department"))
