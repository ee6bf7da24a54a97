"""What a source sends by itself: an event about an order of ours, or about a licence that it watches for us."""

from dataclasses import dataclass, field
from datetime import datetime

from credentialing.domain.sources.json_values import NOTHING, Json, instant_of, record_of, text_of


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorEvent:
    """One event of a source, as it said it. `event_id` is its own name for it, by which a repetition is known.

    `reference` is what the source calls our question; `made_at` when it happened there; `thing` what it is about.
    """

    source: str
    event_id: str
    kind: str
    reference: str | None = None
    made_at: datetime | None = None
    thing: Json = field(default_factory=lambda: NOTHING)


def read_event(source: str, body: object, *, event_id: str | None = None) -> VendorEvent | None:
    """The event in a body; None when it has neither a name of its own nor a kind.

    `event_id` is the name that the headers give it, which prevails. The thing stands in `data`, or in `data.object`.
    """
    record = record_of(body)
    named = event_id or text_of(record, "id", "event_id")
    kind = text_of(record, "type", "event", "event_type")
    if not named or not kind:
        return None
    data = record_of(record.get("data"))
    thing = record_of(data.get("object")) or data
    reference = text_of(thing, "candidate_id", "transaction", "reference")
    made_at = instant_of(record, "created_at", "timestamp")
    return VendorEvent(source=source, event_id=named, kind=kind, reference=reference, made_at=made_at, thing=thing)
