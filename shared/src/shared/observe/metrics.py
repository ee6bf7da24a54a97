"""Every metric of a service, on one page."""

from prometheus_client import Counter, Gauge, Histogram

EVENTS = Counter("firstshift_events_total", "Events taken from the broker, by what became of them", ["outcome"])
OLD_GAPS = Gauge("firstshift_old_gaps", "Parked events that have waited over 60 s for their predecessor")
RELAYED = Counter("firstshift_relayed_total", "Outbox rows acknowledged by the broker")
UNPUBLISHED = Gauge("firstshift_outbox_unpublished", "Outbox rows that the broker has not acknowledged yet")
HTTP_REQUESTS = Counter(
    "firstshift_http_requests_total", "Requests answered, by route template", ["method", "route", "status"]
)
HTTP_SECONDS = Histogram(
    "firstshift_http_request_seconds",
    "From the first byte of a request to the last of its answer, in seconds",
    ["method", "route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
