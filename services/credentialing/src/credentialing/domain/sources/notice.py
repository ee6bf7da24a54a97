"""News of a licence that its register sends by itself: discipline, or a change of status."""

from datetime import date

from credentialing.domain.sources.answer import Confirmed, Refuted
from credentialing.domain.sources.catalogue import route_of
from credentialing.domain.sources.inquiry import About
from credentialing.domain.sources.json_values import record_of, text_of
from credentialing.domain.sources.licences import digits_of, is_same_number, judge_licence
from credentialing.domain.sources.question import Question
from credentialing.domain.sources.vendor_event import VendorEvent

STOPPED = "The register sent news of discipline or a change of status; it counts until a person has looked."


def licence_named(event: VendorEvent) -> About | None:
    """Jurisdiction and number of the licence that the news is about, in clear; None when it names none."""
    licence = _licence(event)
    jurisdiction, number = text_of(licence, "jurisdiction"), text_of(licence, "number")
    if not jurisdiction or not digits_of(number):
        return None
    return About(clinician_id="", code="", number=number, jurisdiction=jurisdiction)


def meant_by(event: VendorEvent, about: About) -> bool:
    """Whether the news is about the licence that was asked about (its number in clear), and its kind where named."""
    licence = _licence(event)
    route, kind = route_of(about.code), text_of(licence, "kind")
    is_of_kind = route is not None and (kind is None or kind.upper() == route.kind.upper())
    return is_of_kind and is_same_number(text_of(licence, "number"), about.number)


def judge_notice(event: VendorEvent, *, on: date) -> Refuted | None:
    """Bad news refutes the claim at once, whatever the source would say if it were asked; None for news that is good.

    Unlike an answer to a question, which leaves discipline to a person first: here somebody may be on shift.
    """
    licence = _licence(event)
    question = Question(inquiry_id="", code="", today=on, reference=event.event_id)
    judged = judge_licence(licence, question)
    if isinstance(judged, Confirmed):
        return None
    return judged if isinstance(judged, Refuted) else Refuted(facts=judged.facts, why=f"{STOPPED} {judged.why}")


def _licence(event: VendorEvent) -> dict[str, object]:
    return dict(record_of(event.thing.get("licence")) or event.thing)
