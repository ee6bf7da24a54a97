"""Exclusion lists in the layouts of their publishers, with invented people, and how a lead takes them in."""

from datetime import date
from typing import Any

import httpx

from shared.ids import new_uuid
from tests.system import CALL_SECONDS, System

HEADER = (
    "LASTNAME,FIRSTNAME,MIDNAME,BUSNAME,GENERAL,SPECIALTY,UPIN,NPI,DOB,ADDRESS,CITY,STATE,ZIP,"
    "EXCLTYPE,EXCLDATE,REINDATE,WAIVERDATE,WVRSTATE"
).split(",")
USUAL = {
    "GENERAL": "IND- LIC HC SERV PRO",
    "SPECIALTY": "NURSE/NURSES AIDE",
    "NPI": "0000000000",
    "ADDRESS": "77 NOWHERE ROAD",
    "CITY": "TOLEDO",
    "STATE": "OH",
    "ZIP": "43604",
    "EXCLTYPE": "1128b4",
    "EXCLDATE": "20210620",
    "REINDATE": "00000000",
    "WAIVERDATE": "00000000",
}
OTHERS = ("ALDERBROOK", "BRACKENRIDGE", "CORMORANT", "DUNWORTHY", "EVERDEEN", "FENWICKSON", "GALLOWMERE", "HOLLOWAYS")


def row(last: str, first: str, *, born: date | None) -> str:
    """A person on the OIG's list; without a birth date its field is empty."""
    values = {**USUAL, "LASTNAME": last, "FIRSTNAME": first, "DOB": f"{born:%Y%m%d}" if born else ""}
    return ",".join(f'"{values.get(name, "")}"' for name in HEADER)


def leie(*rows: str) -> bytes:
    """The OIG's file: people whom nobody here is called like, and these."""
    nobody = (row(last, "OSWIN", born=date(1961, 2, 3)) for last in OTHERS)
    return "\r\n".join((",".join(HEADER), *nobody, *rows, "")).encode()


def sam() -> bytes:
    """SAM.gov's extract, with nobody of ours."""
    header = "Classification,Name,First,Middle,Last,Excluding Agency,Active Date,Termination Date,NPI"
    return f"{header}\r\nIndividual,,Ottokar,,Quennell,GSA,01/02/2020,Indefinite,\r\n".encode()


def of_state() -> bytes:
    """A state's Medicaid list, with nobody of ours."""
    return b"Last Name,First Name,NPI,DOB,Effective Date\r\nQuennell,Ottokar,,01/02/1950,01/02/2020\r\n"


async def load(system: System, name: str, content: bytes, *, posted_on: date) -> dict[str, Any]:
    """A lead takes in a new posting of a list; the release that it is."""
    address = f"{system.urls['credentialing']}/v1/exclusion-lists/{name}/releases"
    headers = {
        "Authorization": f"Bearer {await system.token(('lead',))}",
        "Idempotency-Key": str(new_uuid()),
        "Content-Type": "text/csv",
    }
    async with httpx.AsyncClient(timeout=CALL_SECONDS) as http:
        answer = await http.post(address, params={"posted_on": posted_on.isoformat()}, content=content, headers=headers)
    assert answer.status_code == 201, answer.text
    release: dict[str, Any] = answer.json()
    return release
