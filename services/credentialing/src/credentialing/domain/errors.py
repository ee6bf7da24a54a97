"""Every refusal of credentialing.

NoRequirementsInForce    the rulebook holds nothing for the day asked
ItemNotInFile            the file asks for no such item
FileClosed               the assignment is over
ExpiryMissing            what came in must show an expiry date and shows none
IssuedInFuture           dated after the day it came in
ExpiresBeforeIssued      its dates contradict each other
NotAnAlternative         what came in is neither what is asked nor what does instead
NothingToVerify          no credential waits for verification
NothingToReject          no credential stands behind the item
DoesNotCover             verified or not, it would not do for this assignment
├─ ExpiresBeforeNeeded   it runs out before the start, or before the last day
├─ TooOldForStart        its window before the start has passed
├─ NotValidAtStart       it begins only after the day it is needed
└─ NotOfTheKind          its issuer, panel, reach or proof is not what is asked
SamePerson               its source is a person, and whoever recorded it cannot confirm it
ClientDecides            only the client's answer confirms it
NotWaivable              law, licence, exclusion, identity: nobody may waive it
WrongApprover            the side that owns the rule has not approved
WaiverEndsTooSoon        it would not even cover the start
WaiverWithoutEnd         one for all assignments at a facility has a last day
"""

from shared.errors import Kind, NotFound, Refused


class NoRequirementsInForce(Refused):
    """No requirement list is in force on {on}."""

    code = "no_requirements_in_force"
    kind = Kind.INVALID


class ItemNotInFile(NotFound):
    """File {file_id} has no item {item}."""

    code = "item_not_in_file"


class FileClosed(Refused):
    """File {file_id} is closed: the assignment has ended."""

    code = "file_closed"


class ExpiryMissing(Refused):
    """{item} needs the expiry date that its issuer gave it."""

    code = "expiry_missing"
    kind = Kind.INVALID


class IssuedInFuture(Refused):
    """{item} is dated after {today}."""

    code = "issued_in_future"
    kind = Kind.INVALID


class ExpiresBeforeIssued(Refused):
    """{item} expires before it was issued."""

    code = "expires_before_issued"
    kind = Kind.INVALID


class NotAnAlternative(Refused):
    """{given} does not do instead of {item}."""

    code = "not_an_alternative"
    kind = Kind.INVALID


class NothingToVerify(Refused):
    """No credential for {item} waits for verification."""

    code = "nothing_to_verify"


class NothingToReject(Refused):
    """No credential stands behind {item}."""

    code = "nothing_to_reject"


class DoesNotCover(Refused):
    """{item} does not cover what this assignment needs."""

    code = "does_not_cover"


class ExpiresBeforeNeeded(DoesNotCover):
    """{item} is valid through {valid_through}, but is needed through {needed_through}."""

    code = "expires_before_needed"


class TooOldForStart(DoesNotCover):
    """{item} is of {issued_on}, outside its window before the start on {start}."""

    code = "too_old_for_start"


class NotValidAtStart(DoesNotCover):
    """{item} is of {issued_on}, after the day it is needed."""

    code = "not_valid_at_start"


class NotOfTheKind(DoesNotCover):
    """{item} is not of the kind that is asked: {lack}."""

    code = "not_of_the_kind"


class SamePerson(Refused):
    """{item} is confirmed by a second person, not by who recorded it."""

    code = "same_person"
    kind = Kind.FORBIDDEN


class ClientDecides(Refused):
    """{item} counts once the client has accepted it."""

    code = "client_decides"


class NotWaivable(Refused):
    """Nobody may waive {item}."""

    code = "not_waivable"
    kind = Kind.FORBIDDEN


class WrongApprover(Refused):
    """{item} is waived by {allowed}, not by {party}."""

    code = "wrong_approver"
    kind = Kind.FORBIDDEN


class WaiverEndsTooSoon(Refused):
    """The waiver of {item} ends on {through}, before it is needed on {needed_on}."""

    code = "waiver_ends_too_soon"
    kind = Kind.INVALID


class WaiverWithoutEnd(Refused):
    """A waiver of {item} for every assignment at the facility needs a last day."""

    code = "waiver_without_end"
    kind = Kind.INVALID
