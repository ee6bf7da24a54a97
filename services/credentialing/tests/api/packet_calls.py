"""What tests of packets ask of the API."""

from typing import Any

SPECIALIST = "credentialing_specialist"
FACILITY = "/v1/facilities/fac_mesa/packet-template"
PACKET = "FAC-PACKET"
SEND = {"recipient": "Staffing office", "channel": "portal_upload", "reference": "UP-1"}
ACCEPT = {"decided_by": "R. Alvarez", "verdict": "accepted"}
TEMPLATE: dict[str, Any] = {
    "title": "Mesa General",
    "source": "contract of Mesa General, exhibit B",
    "files": [
        {"name": "{name} - Credentials.pdf", "partitions": ["personnel"]},
        {"name": "{name} - Health.pdf", "partitions": ["health"], "has_cover": False},
    ],
    "order": ["CERT-*", "LIC-*"],
    "attested": ["background"],
    "decides": "client",
    "due_weekday": "mon",
    "effective_from": "2026-11-09",
}


async def content(api, path: str, packet: dict[str, Any], part: int = 0, *, role: str = SPECIALIST):
    return await api.get(f"{path}/packets/{packet['packet_id']}/files/{part}/content", role=role)


async def act(api, path: str, packet: dict[str, Any], verb: str, body: Any, *, role: str = SPECIALIST):
    return await api.post(f"{path}/packets/{packet['packet_id']}:{verb}", body, role=role)


async def item(api, path: str, code: str) -> dict[str, Any]:
    items = (await api.get(path)).json()["items"]
    return next(one for one in items if one["code"] == code)


async def put_template(api, template: dict[str, Any], *, version: int = 0, path: str = FACILITY):
    return await api.client.put(path, json=template, headers={**api._headers("lead"), "If-Match": f'"{version}"'})


async def personnel_document(api) -> str:
    """The newest document of the personnel part."""
    listed = (await api.get("/v1/clinicians/cln_ana/documents", role=SPECIALIST)).json()["items"]
    return next(str(one["document_id"]) for one in listed if one["partition"] == "personnel")
