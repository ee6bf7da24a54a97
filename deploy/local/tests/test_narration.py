"""The one log: what a person at the terminal sees, and what only the files keep."""

import json
from io import StringIO

from firstshift.narration import Narration


def entry(event: str, level: str = "info", **more: object) -> str:
    return json.dumps({"timestamp": "2026-01-05T12:00:01Z", "event": event, "level": level, **more})


def shown(narration: Narration) -> str:
    assert isinstance(narration.console.file, StringIO)
    return narration.console.file.getvalue()


def test_a_structured_line_is_made_readable_and_its_plumbing_left_out(narration: Narration) -> None:
    narration.show("payroll", entry("http.request", route="/v1/profiles", status=200, request_id="r", traceparent="t"))

    assert shown(narration) == "payroll       12:00:01 http.request route=/v1/profiles status=200\n"


def test_what_went_wrong_is_told_with_its_request(narration: Narration) -> None:
    with narration.hushed():
        narration.show("payroll", entry("http.request", "error", route="/readyz", request_id="r-1"))

    assert shown(narration) == "payroll       12:00:01 http.request route=/readyz request_id=r-1\n"


def test_probes_and_whatever_goes_well_while_hushed_are_not_shown(narration: Narration) -> None:
    narration.show("payroll", entry("http.request", route="/readyz", status=200))
    with narration.hushed():
        narration.show("payroll", entry("event.handled"))
        narration.show("payroll", "a line that is no JSON")
    narration.show("payroll", entry("event.handled"))

    assert shown(narration) == "payroll       a line that is no JSON\npayroll       12:00:01 event.handled\n"
