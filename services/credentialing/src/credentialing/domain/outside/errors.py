"""Every refusal about people outside.

OutsideLinkInvalid   the secret opens nothing; it does not say why
AnswerChanged        the request was answered before, and otherwise
RequestOver          nothing more can be done with the request
NothingToJudge       no answer waits for a person's judgement
NotAskedOutside      nobody of this kind is asked about the item
"""

from shared.errors import Kind, Refused


class OutsideLinkInvalid(Refused):
    """This link opens nothing, or not any more."""

    code = "outside_link_invalid"
    kind = Kind.NOT_FOUND


class AnswerChanged(Refused):
    """This was answered before, in other words; the first answer stands."""

    code = "outside_answer_changed"


class RequestOver(Refused):
    """Request {request_id} is over."""

    code = "outside_request_over"


class NothingToJudge(Refused):
    """No answer to request {request_id} waits for a judgement."""

    code = "nothing_to_judge"


class NotAskedOutside(Refused):
    """{item} is not what a {kind} tells about."""

    code = "not_asked_outside"
    kind = Kind.INVALID
