"""Answers the groups `nppes` and `vendor_status` of the test vectors with the rules of the service."""

from collections.abc import Mapping
from typing import Any

from credentialing.domain.sources.answer import NotFound, RequestError, Trouble
from credentialing.domain.sources.json_values import record_of, records_of, text_of
from credentialing.domain.sources.nppes import Provider, provider_of, read_nppes
from credentialing.domain.sources.vendor_status import CLEARED, VendorWords, internal_status


def answer_nppes(case: Mapping[str, Any]) -> dict[str, Any]:
    """What the registry's answer is, and whether to ask again; of an entry, what it says in one shape."""
    asked = case["input"]
    if "http" not in asked and "body" not in asked:
        return _shown(provider_of(asked.get("result", asked)))
    body = asked.get("body")
    entries = records_of(record_of(body).get("results"))
    number = str(asked.get("number") or asked.get("npi") or (text_of(entries[0], "number") if entries else "") or "")
    answer = read_nppes(int(asked.get("http", 200)), body, number=number, name=str(asked.get("name", "")))
    if isinstance(answer, RequestError):
        return {"result": "request_error", "retry": False}
    if isinstance(answer, NotFound):
        return {"result": "not_found", "retry": False}
    if isinstance(answer, Trouble):
        return {"result": "unavailable", "retry": True}
    return {"result": "found", "retry": False, **_shown(provider_of(entries[0]))}


def answer_vendor_status(case: Mapping[str, Any]) -> dict[str, Any]:
    """The internal status, and what it does: nothing that a vendor found rejects anybody by itself."""
    asked = case["input"]
    status = internal_status(
        VendorWords(
            status=asked.get("status") or asked.get("invitation_status"),
            result=asked.get("disposition") or asked.get("result"),
            assessment=asked.get("assessment"),
            adjudication=asked.get("adjudication"),
            is_invitation="invitation_status" in asked or asked.get("object") == "invitation",
        )
    )
    return {"internal": status.value, "cleared": status in CLEARED, "auto_reject": False}


def _shown(provider: Provider) -> dict[str, Any]:
    days = {
        "enumerated": provider.enumerated_on,
        "created": provider.created_at.date() if provider.created_at else None,
        "updated": provider.updated_at.date() if provider.updated_at else None,
    }
    return {
        "npi": provider.npi,
        "active": provider.is_active,
        **({"sex": provider.sex} if provider.sex else {}),
        **{name: day.isoformat() for name, day in days.items() if day},
    }
