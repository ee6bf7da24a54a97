"""What credentialing's codes say to the clinician, in plain words."""

from collections.abc import Mapping
from typing import Any, Final

SILENT: Final = "Credentialing does not answer, so nothing can be sent to it now. Try again in a few minutes."
TOO_LARGE: Final = (
    "The file is too large, or the line too slow: 25 MB are taken. Take the picture with a smaller size, or send the"
    " pages one by one."
)
TAKE: Final = {"source": "with its issuer", "client": "with the client"}
"""By who confirms it; people of ours check the others."""

_LACKS: Final = {
    "expires_before_start": "What we have runs out before your first day.",
    "expires_before_end": "What we have runs out before your last day.",
    "too_old_for_start": "What we have is too old for your first day.",
    "too_old_for_decision": "What we have has become too old.",
    "not_valid_at_start": "What we have begins after the day it is needed.",
    "of_another_season": "What we have is of another season.",
    "break_too_long": "What we have ended while you did not work in between.",
    "issuer_not_accepted": "What we have comes from an issuer that the facility does not take.",
    "panel_incomplete": "The test that we have leaves out something that is asked.",
    "lookback_too_short": "What we have does not reach far enough back.",
    "not_immune": "What we have does not show that you are immune.",
    "not_authorized": "What we have does not let you work in this state.",
}
_REFUSED: Final = {
    "illegible": "It cannot be read.",
    "wrong_person": "It names somebody else.",
    "wrong_document": "It is not the document that is asked for.",
    "incomplete": "A part of it is missing.",
    "out_of_date": "It is out of date.",
    "file_damaged": "The file is damaged.",
}
_INFECTED: Final = "A virus was found in the file. Have the device looked at, and send it from another one."


def lack_words(code: object) -> str:
    """Why what is held does not do; nothing where nothing came in yet."""
    if not code or code == "not_presented":
        return ""
    return _LACKS.get(str(code), "What we have does not do for this assignment.")


def refused_words(document: Mapping[str, Any]) -> str:
    """Why a document was not taken; nothing where it was."""
    if document["status"] == "infected":
        return _INFECTED
    if document["status"] != "refused":
        return ""
    return _REFUSED.get(str(document.get("refused_because")), "It does not do.")


def received_words(confirmed_by: object) -> str:
    """What happens to what came in."""
    taken = TAKE.get(str(confirmed_by))
    return f"Received; we check it {taken}." if taken else "Received; we check it."


def sent_before(document: Mapping[str, Any], code: str) -> str:
    """What to say of a file that came in before: credentialing keeps the same content once, as it was sent first."""
    if why := refused_words(document):
        return f"You sent this very file before, and it was not accepted. {why} Choose another one."
    if document.get("code") not in (code, None):
        return (
            "You sent this very file before, for something else, and we have it. If it is for both, tell your"
            " coordinator; otherwise choose the other file."
        )
    return ""


def checked_words(count: int) -> str | None:
    """That others are at work on so many things; None where on none."""
    if not count:
        return None
    return "1 thing is being checked by us." if count == 1 else f"{count} things are being checked by us."
