"""Every refusal about rules, besides Invalid with its findings.

RuleEndsInPast    a rule ends today or later: what it asked until yesterday was asked
"""

from shared.errors import Kind, Refused


class RuleEndsInPast(Refused):
    """A rule ends on {today} or later: what it asked before stays asked."""

    code = "rule_ends_in_past"
    kind = Kind.INVALID
