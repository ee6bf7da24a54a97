"""What callers do by mistake with a value: each puts it where it does not belong."""

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from tests.privacy.callers import REASON, values_of

Request = tuple[str, str, Mapping[str, Any]]
"""Method, path, and what else httpx takes."""

_JSON = {"Content-Type": "application/json"}


def mistakes(clinician: str) -> list[Callable[[str], Request]]:
    """The mistakes about this clinician, each to be made with a value."""
    values = values_of(clinician)
    holds, ssn, note = f"/v1/clinicians/{clinician}/legal-holds", f"{values}/ssn", f"{values}/medical_note"
    return [
        # in the address
        lambda value: ("GET", f"{values}?ssn={quote(value)}", {}),
        lambda value: ("GET", f"{values}?{quote(value)}=1", {}),
        lambda value: ("GET", f"{values}?assignment_id={quote(value)}", {}),
        lambda value: ("PUT", f"{ssn}?validate_only={quote(value)}", {"json": {"value": value}}),
        lambda value: ("GET", values_of(quote(value, safe="")), {}),
        lambda value: ("PUT", f"{values_of(quote(value, safe=''))}/ssn", {"json": {"value": value}}),
        lambda value: ("PUT", f"{values}/{quote(value, safe='')}", {"json": {"value": value}}),
        lambda value: ("POST", f"{values}/{quote(value, safe='')}:reveal", {"json": REASON}),
        lambda value: ("GET", f"/v1/clinicians/{quote(value, safe='')}/legal-holds", {}),
        lambda value: ("POST", f"/v1/clinicians/{quote(value, safe='')}/legal-holds", {"json": REASON}),
        lambda value: ("POST", f"{holds}/{quote(value, safe='')}:release", {"json": REASON}),
        lambda value: ("GET", f"/v1/{quote(value, safe='')}", {}),
        lambda value: ("DELETE", f"{values}/{quote(value, safe='')}", {}),
        # in a header
        lambda value: ("GET", values, {"headers": {"X-Request-Id": _quoted(value)}}),
        lambda value: ("POST", holds, {"json": REASON, "headers": {"X-Request-Id": _quoted(value)}}),
        lambda value: ("GET", values, {"headers": {"Traceparent": _one_word(value), "Baggage": _one_word(value)}}),
        lambda value: ("GET", values, {"headers": {"X-SSN": quote(value), "Cookie": f"ssn={quote(value)}"}}),
        lambda value: ("GET", values, {"headers": {"User-Agent": quote(value), "Referer": f"http://x/{quote(value)}"}}),
        lambda value: ("GET", values, {"headers": {"Authorization": f"Bearer {quote(value)}"}}),
        lambda value: ("POST", f"{ssn}:reveal", {"json": {}, "headers": {"Idempotency-Key": _one_word(value)}}),
        lambda value: ("PUT", ssn, {"json": {}, "headers": {"If-Match": f'"{_one_word(value)}"'}}),
        # in the body
        lambda value: ("PUT", note, {"json": {"value": f"{value} " * 250}}),
        lambda value: ("PUT", ssn, {"json": {"value": f"{value} {value}"}}),
        lambda value: ("PUT", ssn, {"json": {"value": [value]}}),
        lambda value: ("PUT", ssn, {"json": {"value": {value: value}}}),
        lambda value: ("PUT", ssn, {"json": {"ssn": value}}),
        lambda value: ("PUT", ssn, {"json": {value: value}}),
        lambda value: ("PUT", ssn, {"json": value}),
        lambda value: ("PUT", ssn, {"json": [{"value": value}]}),
        lambda value: ("PUT", ssn, {"json": {"value": f"{value}\0"}}),
        lambda value: ("PUT", ssn, {"content": f'{{"value": "{_one_word(value)}"', "headers": _JSON}),
        lambda value: ("PUT", ssn, {"content": f'{{"value": {_one_word(value)}}}', "headers": _JSON}),
        lambda value: ("PUT", ssn, {"content": json.dumps({"value": value}).encode("utf-16"), "headers": _JSON}),
        lambda value: ("PUT", ssn, {"content": json.dumps({"value": value}).encode() + b"\xff", "headers": _JSON}),
        lambda value: ("PUT", ssn, {"data": {"value": value}}),
        lambda value: ("PUT", ssn, {"files": {"value": value.encode()}}),
        lambda value: ("PUT", ssn, {"content": value.encode() * 2_000, "headers": _JSON}),
        lambda value: ("POST", f"{ssn}:reveal", {"json": {"value": value, **REASON}}),
        lambda value: ("POST", f"{ssn}:reveal", {"json": {"reason": {value: value}}}),
        lambda value: ("POST", holds, {"json": {**REASON, "until": value * 3}}),
    ]


def _quoted(value: str) -> str:
    """The value as somebody makes a header of it."""
    return quote(value.replace(" ", ""))


def _one_word(value: str) -> str:
    """The value as it stands in a header: of a note its one telling word."""
    return value.split('"')[1] if '"' in value else value.replace(" ", "")
