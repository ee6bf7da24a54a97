"""Every metric of a service, on one page."""

from prometheus_client import Counter, Gauge

EVENTS = Counter(
    "firstshift_events_total", "Events taken from the broker, by what became of them", ["outcome"]
)
OLD_GAPS = Gauge("firstshift_old_gaps", "Parked events that have waited over 60 s for their predecessor")
RELAYED = Counter("firstshift_relayed_total", "Outbox rows acknowledged by the broker")
UNPUBLISHED = Gauge("firstshift_outbox_unpublished", "Outbox rows that the broker has not acknowledged yet")
