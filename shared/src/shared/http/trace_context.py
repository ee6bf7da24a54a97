"""W3C trace context: the `traceparent` header, read or begun."""

import os
import re

_FORM = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")


def continued(traceparent: str | None) -> str:
    """A fresh span of the trace that came in, or of a new trace when none came or it was malformed."""
    trace_id, flags = _incoming(traceparent) or (os.urandom(16).hex(), "01")
    return f"00-{trace_id}-{os.urandom(8).hex()}-{flags}"


def _incoming(traceparent: str | None) -> tuple[str, str] | None:
    """The trace id and the flags; version ff and ids of zeros are invalid (W3C Trace Context, 3.2)."""
    match = _FORM.fullmatch(traceparent or "")
    if match is None or match[0].startswith("ff") or not match[1].strip("0") or not match[2].strip("0"):
        return None
    return match[1], match[3]
