"""What the demo shows of credentialing beyond items that are met: papers, a list, a template, and what needs a person.

Everything is invented: names, numbers, cards. It is loaded through the public API, and again without effect.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from firstshift.demo_api import DemoApi, Found, until
from firstshift.demo_exclusions import load_list
from firstshift.demo_offers import plans
from firstshift.demo_papers import Paper, page, photograph
from firstshift.demo_people import clinicians
from firstshift.demo_rows import SOURCE, rows
from firstshift.together import together

LEAD, SPECIALIST, SERVICE = "lead", "credentialing_specialist", "credentialing"

PAPERS = """
O-5006 | LIC-LPN   | page       | Practical Nurse License, issued by an invented board
O-5009 | CERT-BLS  | page       | Basic Life Support, course completion card
O-5009 | LIC-RN    | page       | Registered Nurse License, issued by an invented board
O-5013 | IMM-MMR   | photograph | Vaccination record
O-5015 | CERT-ACLS | page       | Advanced Cardiovascular Life Support, course completion card
O-5017 | CERT-BLS  | page       | Basic Life Support, course completion card
O-5017 | HLTH-FIT  | photograph | Respirator fit test
"""
"""The claims of these assignments that come in with the paper they were read from."""

UNREAD = ("O-5001", "CERT-BLS")
"""A paper that came in before anybody read it."""

SHORT = ("O-5010", "LIC-RN")
"""The licence that runs out inside its assignment, as its board says: the renewal is still to come."""
LASTS_DAYS = 35
"""So long after the start."""

ADOPTER, TEMPLATE = "F-209", "st-lukes"
"""The facility that took over the packet which a hospital published: its rules, and the four files that it wants."""


def left_alone(reference: str) -> frozenset[str]:
    """The items of an assignment that the demo treats otherwise than all others."""
    return frozenset(code for offer, code in (SHORT,) if offer == reference)


def paper_of(reference: str, code: str, shown: Mapping[str, Any]) -> Paper | None:
    """The paper of a claim that says these things; None for most."""
    found = next((cells for cells in rows(PAPERS) if cells[:2] == [reference, code]), None)
    if found is None:
        return None
    if found[2] == "photograph":
        return photograph(code.lower())
    return page(code.lower(), *_text(reference, found[3], shown))


async def leave_for_people(api: DemoApi, *, monday: date) -> None:
    """What people find to do: a paper to read, a licence to renew, a namesake on the newest list.

    The facility's new rules come last, too, so that its files show what these changed.
    """
    await together(
        [
            _send_unread(api, monday=monday),
            _check_short_licence(api, monday=monday),
            load_list(api, posted_on=monday),
            _adopt_packet(api, monday=monday),
        ]
    )


async def _send_unread(api: DemoApi, *, monday: date) -> None:
    reference, code = UNREAD
    file = await _file_of(api, reference)
    shown = {"issued_on": (monday - timedelta(days=20)).isoformat(), "expires_on": _last_of(monday).isoformat()}
    paper = page("bls-card", *_text(reference, "Basic Life Support, course completion card", shown))
    await send_paper(api, file["clinician_id"], code, paper=paper, reference=reference)


async def _check_short_licence(api: DemoApi, *, monday: date) -> None:
    reference, code = SHORT
    file = await _file_of(api, reference)
    path = f"/v1/files/{file['file_id']}/items/{code}"
    expires = (date.fromisoformat(file["start_date"]) + timedelta(days=LASTS_DAYS)).isoformat()
    claim = {"issued_on": (monday - timedelta(days=660)).isoformat(), "expires_on": expires, "number": "66018877"}
    await api.post(SPECIALIST, SERVICE, f"{path}:receive", claim, key=f"{reference}:short:receive")
    check = {
        "source": "Look-up page of the board",
        "url": "https://board.example.org/lookup",
        "number": claim["number"],
        "status": "Active",
        "expires_on": expires,
        "checked_on": (await api.today()).isoformat(),
    }
    await api.post(SPECIALIST, SERVICE, f"{path}:check", check, key=f"{reference}:short:check")


async def _adopt_packet(api: DemoApi, *, monday: date) -> None:
    found = await api.get("recruiter", "assignments", "/v1/facilities", source=SOURCE, source_reference=ADOPTER)
    facility_id = found["items"][0]["facility_id"]
    body = {"facility_id": facility_id, "effective_from": monday.isoformat(), "may_reach_back": True}
    await api.post(LEAD, SERVICE, f"/v1/rule-templates/{TEMPLATE}:adopt", body, key=f"adopt:{ADOPTER}")


async def send_paper(api: DemoApi, clinician_id: str, code: str, *, paper: Paper, reference: str) -> str:
    """A clinician's paper for an item; its document. The same again is the same document."""
    path, key = f"/v1/clinicians/{clinician_id}/documents", f"{reference}:{code}:paper"
    sent = await api.send(
        SPECIALIST, SERVICE, path, paper.content, media_type=paper.media_type, key=key, name=paper.name, code=code
    )
    return str(sent["document_id"])


async def _file_of(api: DemoApi, reference: str) -> Found:
    known = await api.get("recruiter", "assignments", "/v1/assignments", source=SOURCE, source_reference=reference)
    assignment_id = known["items"][0]["assignment_id"]

    async def look() -> Found | None:
        found = await api.get(SPECIALIST, SERVICE, "/v1/files", assignment_id=assignment_id)
        return next(iter(found["items"]), None)

    return await until(look, f"file of {reference}")


def _text(reference: str, title: str, shown: Mapping[str, Any]) -> tuple[str, ...]:
    clinician = next(plan.clinician for plan in plans() if plan.reference == reference)
    lines = [title, f"Name: {clinicians()[clinician]['name']}", f"Issue date: {_us(shown['issued_on'])}"]
    if "expires_on" in shown:
        lines.append(f"Expiration date: {_us(shown['expires_on'])}")
    if "number" in shown:
        lines.append(f"License number: {shown['number']}")
    return (*lines, "Invented for a demonstration; not valid anywhere.")


def _us(day: str) -> str:
    return f"{date.fromisoformat(day):%m/%d/%Y}"


def _last_of(monday: date) -> date:
    """Two years on, less the twenty days since it was issued."""
    return monday + timedelta(days=710)
