"""What of health, background and I-9 is closed to some callers: a claim and a document of each kind, and what they see.

Worked out here from a lead's answer, field by field, and not by what the service does.
"""

from collections.abc import Callable, Mapping, Set
from io import BytesIO
from typing import Any

from PIL import Image

from shared.ids import new_uuid
from shared.testing.api import Api

Shorter = Callable[[Any, Set[str]], Any]
"""What is left of a lead's answer for who may not take these actions."""

HEALTH, BACKGROUND = "IMM-MMR", "BG-SOR"
READ = {
    "personnel": "documents.read",
    "health": "documents.read_health",
    "background": "documents.read_background",
    "i9": "documents.read_i9",
}
FAMILIES = {
    **dict.fromkeys(("IMM", "TB", "HLTH", "DRUG"), "health"),
    "BG": "background",
    "EMP": "i9",
}
PERSONNEL_ALL_THE_SAME = ("TB-EDU", "BG-EDU", "BG-EMP")
CODES_OF_CHANGES = ("added", "dropped", "reopened", "newly_met")


async def say(api: Api, names: Mapping[str, str]) -> None:
    """For this file something came in of two of the closed parts, with a document each."""
    for part, code in (("health", HEALTH), ("background", BACKGROUND)):
        claim = {"issued_on": "2026-01-02", "document_id": await _document(api, names["clinician_id"], part)}
        answer = await api.post(f"/v1/files/{names['file_id']}/items/{code}:receive", claim)
        assert answer.status_code == 200, answer.text


async def _document(api: Api, clinician_id: str, part: str) -> str:
    picture = BytesIO()
    Image.new("RGB", (8, 8), "red" if part == "health" else "blue").save(picture, "PNG")
    answer = await api.client.post(
        f"/v1/clinicians/{clinician_id}/documents?partition={part}",
        content=picture.getvalue(),
        headers={"Authorization": f"Bearer {api.issuer.token('lead')}", "Idempotency-Key": str(new_uuid())},
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["document_id"])


def _is_told(one: Mapping[str, Any]) -> bool:
    return bool(one["partition"] == "personnel")


def _emptied(one: Mapping[str, Any], *kept: str) -> dict[str, Any]:
    """The same fields, of which only these say something."""
    return {name: value if name in kept else [] if isinstance(value, list) else None for name, value in one.items()}


def _item(item: Mapping[str, Any]) -> Mapping[str, Any]:
    return item if _is_told(item) else _emptied(item, "partition", "is_met")


def _file(shown: Any, closed: Set[str]) -> Any:
    standing = shown["standing"]
    told = {
        "tasks": [one for one in standing["tasks"] if _is_told(one) or one["key"].endswith(f":{one['partition']}")],
        "obstacles": [_obstacle(one) for one in standing["obstacles"]],
    }
    return {**shown, "items": [_item(one) for one in shown["items"]], "standing": {**standing, **told}}


def _obstacle(one: Mapping[str, Any]) -> Mapping[str, Any]:
    """One of a closed part names the part, and the task that asks for all of it or none."""
    part = str(one["code"]).removesuffix("_incomplete")
    is_open = part == one["code"] or one["task_key"] == f"collect:{part}"
    return one if is_open else {**one, "task_key": None}


def _why_not(shown: Any, closed: Set[str]) -> Any:
    now, later = shown["blockers"], shown["later"]
    told = {"blockers": [one for one in now if _is_told(one)], "later": [one for one in later if _is_told(one)]}
    counts = [_count(part, now, later) for part in ("health", "background", "i9", "payroll")]
    hidden = [one for one in counts if one["blockers"] or one["later"]]
    return {**shown, **told, "hidden": hidden or shown["hidden"]}


def _count(part: str, now: list[Any], later: list[Any]) -> dict[str, Any]:
    days = [one["earliest_on"] for one in now if one["partition"] == part]
    after = sum(one["partition"] == part for one in later)
    return {"partition": part, "blockers": len(days), "later": after, "earliest_on": max(days, default=None)}


def _decision(one: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**one, "inputs": [each for each in one["inputs"] if _is_told(each)]}


def _decisions(shown: Any, closed: Set[str]) -> Any:
    return {**shown, "items": [_decision(one) for one in shown["items"]]}


def _whole(shown: Any, closed: Set[str]) -> Any:
    """This world asks for what is of the personnel part, which is told whole."""
    return shown


def _audit(shown: Any, closed: Set[str]) -> Any:
    told = {one["code"] for one in shown["items"] if _is_told(one)}
    return {
        **shown,
        "shows_all": False,
        "items": [one if _is_told(one) else _audited(one) for one in shown["items"]],
        "decisions": [_decision(one) for one in shown["decisions"]],
        "changes": [_change(one, told) for one in shown["changes"]],
        "packets": [_packet(one, told) for one in shown["packets"]],
    }


def _audited(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Results by day and outcome, documents by hash."""
    results = [_emptied(one, "outcome", "checked_at") for one in item["results"]]
    documents = [_emptied(one, "sha256") for one in item["documents"]]
    return {**_emptied(item, "partition", "is_met"), "results": results, "documents": documents}


def _change(one: Mapping[str, Any], told: Set[str]) -> Mapping[str, Any]:
    return {**one, **{name: [code for code in one[name] if code in told] for name in CODES_OF_CHANGES if name in one}}


def _packet(one: Mapping[str, Any], told: Set[str]) -> Mapping[str, Any]:
    return {**one, "items": [each for each in one["items"] if each["code"] in told]}


def _documents(shown: Any, closed: Set[str]) -> Any:
    """Those of the personnel part are listed for everybody here, without what they hold."""
    return {**shown, "items": [one for one in shown["items"] if _is_told(one) or READ[one["partition"]] not in closed]}


def _deletions(shown: Any, closed: Set[str]) -> Any:
    return {**shown, "items": [one for one in shown["items"] if READ[one["partition"]] not in closed]}


def _document_out(shown: Any, closed: Set[str]) -> Any:
    is_open = READ[shown["partition"]] not in closed
    return shown if is_open else {**shown, "file_name": None, "proposal": None}


def _assertions(shown: Any, closed: Set[str]) -> Any:
    """All that this world holds are about an authorisation for a background report."""
    return {**shown, "items": [] if READ["background"] in closed else shown["items"]}


def _expirables(shown: Any, closed: Set[str]) -> Any:
    kept = ("clinician_id", "partition", "expires_on", "touches")
    return {**shown, "lines": [one if _is_told(one) else _emptied(one, *kept) for one in shown["lines"]]}


def _forecast(shown: Any, closed: Set[str]) -> Any:
    path = list(dict.fromkeys(_told_as(one) for one in shown["critical_path"]))
    return {**shown, "critical_path": path, "drivers": _AsParts(shown["drivers"])}


def _told_as(name: str) -> str:
    """An item of a closed part by that part, by the family of its code; a part by itself."""
    return name if name in PERSONNEL_ALL_THE_SAME else FAMILIES.get(name.partition("-")[0], name)


class _AsParts:
    """The drivers as they are told without the closed parts' items.

    What a whole part would gain is not worked out from its items: it is one line that gains and takes no less than any.
    """

    def __init__(self, drivers: list[Any]) -> None:
        self._drivers = drivers

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, told: object) -> bool:
        if not isinstance(told, list):
            return NotImplemented
        lines = {one["name"]: one for one in told}
        is_told = len(lines) == len(told) and all(_told_as(name) == name for name in lines)
        return is_told and all(self._fits(one, lines.get(_told_as(one["name"]))) for one in self._drivers)

    def _fits(self, one: Any, line: Any) -> bool:
        if line is None or line["name"] == one["name"]:
            return bool(line == one)
        return all(line[name] >= one[name] for name in ("odds_if_met", "expected_days", "likely_days"))


_FILE = "/v1/files/{file_id}"
_ITEM = f"{_FILE}/items/{{code}}"

SHORTER: Mapping[str, Shorter] = {
    f"GET {_FILE}": _file,
    **{f"POST {_ITEM}:{verb}": _file for verb in ("receive", "verify", "reject", "waive")},
    f"GET {_FILE}/why-not": _why_not,
    f"GET {_FILE}/forecast": _forecast,
    f"GET {_FILE}/decisions": _decisions,
    f"GET {_ITEM}": _whole,
    f"GET {_FILE}/audit-packet": _audit,
    "GET /v1/files": _whole,
    "GET /v1/clinicians/{clinician_id}/documents": _documents,
    "GET /v1/clinicians/{clinician_id}/document-deletions": _deletions,
    "GET /v1/documents/{document_id}": _document_out,
    "POST /v1/documents/{document_id}:refuse": _document_out,
    "GET /v1/outside-requests/{request_id}": _whole,
    "GET /v1/clinicians/{clinician_id}/assertions": _assertions,
    "GET /v1/expirables": _expirables,
}
"""What each route shows to who may not take one of its `besides`; a route that is not here must not show less."""

SHOWN_LESS = {f"GET {_FILE}{end}" for end in ("", "/why-not", "/forecast", "/audit-packet")} | {
    "GET /v1/clinicians/{clinician_id}/assertions",
    "GET /v1/clinicians/{clinician_id}/documents",
    "GET /v1/documents/{document_id}",
}
"""Where this world has something to hide."""
