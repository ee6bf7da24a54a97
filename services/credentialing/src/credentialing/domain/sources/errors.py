"""Every refusal about sources.

NoSourceAnswers          nobody but a person can check it
CheckedElsewhere         its confirmation comes from somewhere else than a look at a source
SourceNotSetUp           a source could, and has no address here
AuthorisationMissing     nothing is ordered about somebody who has not agreed
OrderTooEarly            what would be made now is too old at the start
SignatureWrong           who sent it has not shown to be the source
EventUnreadable          it is signed, and is no event
"""

from shared.errors import Kind, Refused


class NoSourceAnswers(Refused):
    """No source of ours answers for {item}.

    Check it by hand: the item's guide says where to look and what to read.
    """

    code = "no_source_answers"


class CheckedElsewhere(Refused):
    """{item} is not confirmed by a look at its source, but by {confirmer}."""

    code = "checked_elsewhere"


class SourceNotSetUp(Refused):
    """The source for {item} is not set up here.

    Check it by hand, or have an administrator set the source's address.
    """

    code = "source_not_set_up"


class AuthorisationMissing(Refused):
    """{item} is ordered only once the clinician has signed disclosure and authorisation.

    Source: FCRA, 15 USC 1681b(b)(2).
    """

    code = "authorisation_missing"


class OrderTooEarly(Refused):
    """{item} is not ordered before {first_day}: made earlier, it would be too old at the start."""

    code = "order_too_early"


class SignatureWrong(Refused):
    """The message does not carry the signature of the source, made within the last minutes.

    Sign the raw body with the secret agreed, and send it at once. A repetition is signed anew.
    """

    code = "signature_wrong"
    kind = Kind.UNAUTHENTICATED


class EventUnreadable(Refused):
    """The message is signed, but it is no event with an id and a type."""

    code = "event_unreadable"
    kind = Kind.INVALID
