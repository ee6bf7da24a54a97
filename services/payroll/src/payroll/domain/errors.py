"""What payroll refuses.

Refused
├── NoRuleInForce            a table of the rulebook says nothing for the day asked
│   ├── NoMinimumWageInForce
│   ├── NoPerDiemInForce
│   └── NoIncomeTaxListInForce
├── ProfileClosed            the assignment is over and no pay is owed
├── PieceNotNeeded           this assignment does not ask for that onboarding piece
├── PieceAlreadyReceived
├── PieceReceivedInFuture    dated after the day on which it is recorded
├── PackageBlocked           a finding that no acceptance can lift
├── NothingToAccept
└── AcceptanceNoteMissing
"""

from shared.errors import Kind, Refused


class NoRuleInForce(Refused):
    """No rule is in force on that day."""

    code = "no_payroll_rule_in_force"


class NoMinimumWageInForce(NoRuleInForce):
    """The rulebook holds no minimum wage for {state} on {on}."""

    code = "no_minimum_wage_in_force"


class NoPerDiemInForce(NoRuleInForce):
    """The rulebook holds no federal per diem rate for {on}."""

    code = "no_per_diem_in_force"


class NoIncomeTaxListInForce(NoRuleInForce):
    """The rulebook holds no list of states without income tax for {on}."""

    code = "no_income_tax_list_in_force"


class ProfileClosed(Refused):
    """The assignment is over and no pay is owed for it."""

    code = "profile_closed"


class PieceNotNeeded(Refused):
    """The pay profile of {assignment_id} does not ask for that onboarding piece."""

    code = "piece_not_needed"
    kind = Kind.NOT_FOUND


class PieceAlreadyReceived(Refused):
    """The onboarding piece {key} was already received on {received_on}."""

    code = "piece_already_received"


class PieceReceivedInFuture(Refused):
    """The onboarding piece {key} is dated after {today}."""

    code = "piece_received_in_future"
    kind = Kind.INVALID


class PackageBlocked(Refused):
    """The pay package has findings that only new terms can lift."""

    code = "package_blocked"


class NothingToAccept(Refused):
    """The pay package has no finding that waits to be accepted."""

    code = "nothing_to_accept"


class AcceptanceNoteMissing(Refused):
    """Accepting a pay package needs a note that says why."""

    code = "acceptance_note_missing"
    kind = Kind.INVALID
