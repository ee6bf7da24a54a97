"""Every refusal about profiles from elsewhere.

AssertionOver       it was accepted before
SourceNotIssuer     who is said to have verified it is not who issued it
"""

from shared.errors import Kind, Refused


class AssertionOver(Refused):
    """Assertion {assertion_id} was accepted before."""

    code = "assertion_over"


class SourceNotIssuer(Refused):
    """{source} did not issue it, so that its word is not taken: have the source asked."""

    code = "source_not_issuer"
    kind = Kind.FORBIDDEN
