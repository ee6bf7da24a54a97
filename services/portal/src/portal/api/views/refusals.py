"""What a service refused, or that it did not answer, in plain words."""

from collections.abc import Mapping
from typing import Final

from portal.clients.services import Refusal, Unreachable
from portal.domain.words import DEPARTMENTS

_WORDS: Final[Mapping[int, str]] = {
    401: "Your session has ended. Sign in again; what you typed stays here.",
    403: "Your role may not do this. Ask somebody who may, or hand the work over.",
    404: "This is not there any more, or it is not yours to see.",
    412: "Somebody changed it meanwhile. Look at what is different, then send it again.",
    428: "The portal could not read the present state before sending. Open the form again.",
    429: "Too many requests at once. Wait a moment, then send it again.",
}


def said(outcome: Refusal | Unreachable) -> str:
    """One or two sentences: what happened, and what to do."""
    service = service_words(outcome.service)
    if isinstance(outcome, Unreachable):
        return _silence(service, outcome)
    if outcome.status >= 500:
        return f"{service} has a problem of its own: {outcome.detail or outcome.title}"
    words = _WORDS.get(outcome.status)
    if outcome.status == 403 and outcome.code != "forbidden":
        return outcome.detail or words or outcome.title
    if outcome.status == 429 and outcome.retry_after_seconds:
        return f"Too many requests at once. Send it again in {outcome.retry_after_seconds} seconds."
    return words or outcome.detail or outcome.title


def service_words(service: str) -> str:
    """The service as people call it."""
    return DEPARTMENTS.get(service, service.capitalize())


def _silence(service: str, outcome: Unreachable) -> str:
    if outcome.is_unknown:
        return f"{service} did not answer in time: it may have been done. Send it again; it is not done twice."
    return f"{service} does not answer. Nothing was changed; everything else works. Try again in a moment."
