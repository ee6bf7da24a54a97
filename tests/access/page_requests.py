"""Every page of the portal as requests that can be sent: the queries and forms of each route.

Pages are in no OpenAPI document, so what they take is written here. `{name}` stands for an id of somebody's thing.
"""

from collections.abc import Mapping
from typing import Final

Fields = Mapping[str, str]

ABOUT: Final = {"about": "assignment", "id": "{assignment_id}"}
COMMAND: Final = {"service": "assignments", "path": "/v1/assignments/{assignment_id}:push-start"}
CHOSEN: Final = {"selected": "{work_item_id}"}
TO: Final = {"to": "per_2", "note": "Please go on with it."}
LATER: Final = {"until": "2026-01-08"}
NO_QUERY: Final[tuple[Fields, ...]] = ({},)
SEARCHES: Final[tuple[Fields, ...]] = ({"q": "nurse"}, {"q": "hospital"}, {"q": "{assignment_id}"})
ELEMENTS: Final = ("credentials", "competency", "background")
LISTED: Final[tuple[Fields, ...]] = ({}, {"format": "csv"})

QUERIES: Final[Mapping[str, tuple[Fields, ...]]] = {
    "GET /assignments": (*LISTED, {"over": "yes"}, {"q": "nurse"}),
    "GET /assignments/rows": ({"ids": "{assignment_id}"},),
    "GET /assignments/{assignment_id}/do": (COMMAND,),
    "POST /assignments/{assignment_id}/do": (COMMAND,),
    "GET /board": LISTED,
    "GET /clinicians": (*NO_QUERY, {"q": "nurse"}),
    "GET /facilities": (*NO_QUERY, {"q": "hospital"}),
    "GET /funnel": LISTED,
    "GET /funnel/rows": tuple({"stage": "accepted", **one} for one in LISTED),
    "GET /live/presence": ({"place": "{assignment_id}"}, {"place": "{work_item_id}"}),
    "GET /notes": (
        ABOUT,
        {"about": "work_item", "id": "{work_item_id}"},
        {"about": "facility", "id": "{facility_id}"},
    ),
    "POST /notes": (ABOUT,),
    "GET /notes/people": ({"q": ""}, {"q": "a"}),
    "GET /pages": ({"q": ""},),
    "GET /palette": (*SEARCHES, {"here": "/assignments/{assignment_id}"}),
    "GET /search": SEARCHES,
    "GET /tasks/new": ({"assignment_id": "{assignment_id}"}, {"work_item_id": "{work_item_id}"}),
    "GET /work": (*LISTED, {"show": "everyone"}),
    "GET /work/rows": ({"ids": "{work_item_id}"},),
}
"""The queries of each route that takes any; every other one is asked without."""

FORMS: Final[Mapping[str, Fields]] = {
    "POST /assignments/{assignment_id}/do": {"new_start": "2026-03-09", "version": "7"},
    "POST /assignments/{assignment_id}/documents": {"partition": "personnel"},
    "POST /assignments/{assignment_id}/documents/{document_id}": {"code": "CERT-BLS", "issued_on": "2026-01-05"},
    "POST /credentialing/rules/{rule_id}": {"level": "agency", "require": "DRUG-10 window_before_start=30"},
    "POST /assignments/{assignment_id}/references": {"about": "peer:MD-PEER", "name": "Rosa", "email": "r@example.org"},
    "POST /assignments/{assignment_id}/references/{request_id}": {"do": "withdraw"},
    "POST /assignments/{assignment_id}/skills/{checklist_id}": {"accepts": "yes", "note": "Seen."},
    "POST /assignments/{assignment_id}/adverse": {"code": "BG-COUNTY", "report": "rep_1"},
    "POST /clinicians/{clinician_id}/profile": {"sender": "Northwind"},
    "POST /clinicians/{clinician_id}/profile/assertions/{assertion_id}": {},
    "POST /credentialing/adverse/{action_id}": {"do": "clear", "reason": "It is of another person."},
    "POST /credentialing/measures": {"month": "2026-01", "measure": "HCSS-7"},
    "POST /credentialing/measures/{sample_id}/files/{file_id}": dict.fromkeys(ELEMENTS, "yes"),
    "POST /l/own/{assignment_id}": {"code": "CERT-BLS"},
    "POST /l/own/{assignment_id}/skills": {"do": "begin"},
    "POST /l/own/{assignment_id}/skills/{number}": {},
    "POST /me/mentions": {},
    "POST /notes": {"text": "Called the unit."},
    "POST /parked/{service}/{number}/replay": {},
    "POST /parked/{service}/{number}/skip": {"reason": "Sent by mistake."},
    "POST /tasks": {
        "title": "Call the unit",
        "due_on": "2026-01-08",
        "skill": "credentialing_specialist",
        "assignment_id": "{assignment_id}",
    },
    "POST /views": {"page": "work", "name": "Mine", "query": ""},
    "POST /views/{view_id}/drop": {"page": "work"},
    "POST /work/bulk": {"verb": "take", **CHOSEN},
    "POST /work/bulk/assign": {**CHOSEN, **TO},
    "POST /work/bulk/hand-over": {**CHOSEN, **TO},
    "POST /work/bulk/snooze": {**CHOSEN, **LATER},
    "POST /work/bulk/take": CHOSEN,
    "POST /work/{work_item_id}/assign": TO,
    "POST /work/{work_item_id}/done": {},
    "POST /work/{work_item_id}/hand-over": TO,
    "POST /work/{work_item_id}/release": {},
    "POST /work/{work_item_id}/reopen": {},
    "POST /work/{work_item_id}/snooze": LATER,
    "POST /work/{work_item_id}/take": {},
    "POST /work/{work_item_id}/wake": {},
}
"""The fields of each form; a route with a form that is not here is none of which anybody thought."""

ONE_BY_QUERY: Final = frozenset({"GET /notes", "POST /notes", "POST /tasks", "GET /tasks/new", "GET /live/presence"})
"""Routes that are about one thing which their path does not name."""

OF_NOBODY: Final = frozenset(
    {"/parked/{service}/{number}", "/views/{view_id}"}
    | {"/credentialing/exclusions/{case_id}", "/credentialing/rules/{rule_id}", "/documents/{document_id}"}
    | {"/credentialing/adverse/{action_id}", "/credentialing/measures/{sample_id}"}
)
"""Beginnings of paths that name what belongs to no assignment, or of which credentialing alone knows to which."""

LIES_ELSEWHERE: Final = frozenset(
    {"GET /assignments/{assignment_id}/packets/{packet_id}/{part}"}
    | {"GET /assignments/{assignment_id}/audit-packet/{form}"}
)
"""Files of an assignment that credentialing holds: without it, they are not there."""

AWAY: Final = "Credentialing does not answer"
ASK_CREDENTIALING: Final = frozenset(
    {f"GET /assignments/{{assignment_id}}/{part}" for part in ("file", "file/{code}", "documents", "packets")}
    | {f"{method} /assignments/{{assignment_id}}/references" for method in ("GET", "POST")}
    | {f"{method} /assignments/{{assignment_id}}/references/{{request_id}}" for method in ("GET", "POST")}
    | {"GET /assignments/{assignment_id}/skills", "GET /assignments/{assignment_id}/skills/{checklist_id}"}
    | {"POST /assignments/{assignment_id}/skills/{checklist_id}"}
    | {f"{method} /l/own/{{assignment_id}}/skills" for method in ("GET", "POST")}
    | {f"{method} /l/own/{{assignment_id}}/skills/{{number}}" for method in ("GET", "POST")}
    | {f"{method} /assignments/{{assignment_id}}/documents/{{document_id}}" for method in ("GET", "POST")}
    | {"GET /credentialing", "GET /credentialing/exclusions", "GET /credentialing/exclusions/{case_id}"}
    | {"GET /credentialing/rules", "GET /credentialing/sources", "GET /credentialing/adverse"}
    | {f"{method} /assignments/{{assignment_id}}/adverse" for method in ("GET", "POST")}
    | {f"{method} /credentialing/adverse/{{action_id}}" for method in ("GET", "POST")}
    | {f"{method} /credentialing/measures" for method in ("GET", "POST")}
    | {"GET /credentialing/measures/{sample_id}"}
    | {f"{method} /credentialing/measures/{{sample_id}}/files/{{file_id}}" for method in ("GET", "POST")}
    | {"GET /clinicians/{clinician_id}/profile"}
    | {"POST /clinicians/{clinician_id}/profile/assertions/{assertion_id}"}
    | {f"{method} /credentialing/rules/{{rule_id}}" for method in ("GET", "POST")}
)
"""Pages that show what credentialing answers; where it does not, they say so."""


def filled(fields: Fields, names: Fields) -> dict[str, str]:
    """The fields with the ids of these names."""
    return {name: value.format_map(names) for name, value in fields.items()}
