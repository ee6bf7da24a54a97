"""Every refusal of the portal's own work: who does an item, tasks, and saved views.

What is refused about signing in stands in `session_errors.py`.

Refused
├── ItemClosed              done or withdrawn meanwhile
├── TakenByAnother
├── NotYourDepartment       another department's work
├── HeldByAnother           only its owner or a coordinator may pass it on or let it wait
├── AssigneeUnknown
├── AssigneeDoesNotFit      their roles do not do this department's work
├── HandOverInvalid         all faults as findings
├── SnoozeInvalid           the same
├── NotATask                a department's item, which its own action completes
├── TaskInvalid             all faults as findings
├── TooManyAtOnce
├── NoteInvalid             all faults as findings
├── ViewInvalid             all faults as findings
├── NotYourView
└── TooManyViews
"""

from shared.errors import Kind, Refused


class ItemClosed(Refused):
    """This is not open any more: it was {status} meanwhile."""

    code = "item_closed"


class TakenByAnother(Refused):
    """Somebody else does this already.

    Ask them to hand it over, or a coordinator to assign it to you.
    """

    code = "taken_by_another"


class NotYourDepartment(Refused):
    """This is the work of {department}, which none of your roles does."""

    code = "not_your_department"
    kind = Kind.FORBIDDEN


class HeldByAnother(Refused):
    """Somebody else does this; only they or a coordinator may hand it over or let it wait."""

    code = "held_by_another"
    kind = Kind.FORBIDDEN


class AssigneeUnknown(Refused):
    """There is nobody with that id whose account is open."""

    code = "assignee_unknown"
    kind = Kind.INVALID


class AssigneeDoesNotFit(Refused):
    """The roles of whoever was chosen do not do the work of {department}."""

    code = "assignee_does_not_fit"
    kind = Kind.INVALID


class HandOverInvalid(Refused):
    """The hand-over has faults; each is listed in errors."""

    code = "hand_over_invalid"
    kind = Kind.INVALID


class SnoozeInvalid(Refused):
    """It cannot wait like that; each fault is listed in errors."""

    code = "snooze_invalid"
    kind = Kind.INVALID


class NotATask(Refused):
    """This is completed by what {department} asks for, not by ticking it off.

    Open it and do the action that it names.
    """

    code = "not_a_task"


class TaskInvalid(Refused):
    """The task has faults; each is listed in errors."""

    code = "task_invalid"
    kind = Kind.INVALID


class TooManyAtOnce(Refused):
    """At most {most} items can be changed at once; {count} were chosen."""

    code = "too_many_at_once"
    kind = Kind.INVALID


class NoteInvalid(Refused):
    """The note has faults; each is listed in errors."""

    code = "note_invalid"
    kind = Kind.INVALID


class ViewInvalid(Refused):
    """The view has faults; each is listed in errors."""

    code = "view_invalid"
    kind = Kind.INVALID


class NotYourView(Refused):
    """This view is somebody else's; only they or a lead may drop it."""

    code = "not_your_view"
    kind = Kind.FORBIDDEN


class TooManyViews(Refused):
    """At most {most} views can be kept; drop one that is not used any more."""

    code = "too_many_views"
