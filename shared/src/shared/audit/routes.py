"""What an auditor asks of every service: who did what to whom, newest first."""

import json
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import ConfigDict
from sqlalchemy import Row, Select, select

from shared.db.tables import audit_entry, audit_seal
from shared.db.work import Work
from shared.http.access import allow
from shared.http.bodies import ResponseBody
from shared.http.commands import Reads
from shared.http.errors import CursorDamaged, CursorOfOtherList
from shared.http.openapi import problems
from shared.http.pages import Found, Page, Paging, fetch_page

POLICY = {"audit.read": frozenset({"auditor"})}
"""Who reads the audit: nobody whose acts it holds, so neither leads nor administrators."""

router = APIRouter(prefix="/v1", tags=["audit"])
Asked = Annotated[str | None, Query(max_length=200)]


class AuditEntryOut(ResponseBody):
    """One act; `position` is its place in the chain, null until it is sealed."""

    model_config = ConfigDict(
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "id": "01980f3c-6a50-7cc3-8c52-4d1f4c1f1a77",
                    "recorded_at": "2026-09-08T15:04:05.120000Z",
                    "at": "2026-09-08T15:04:05.118000Z",
                    "actor": "per_01m8b2c4d6e8f0g2h4j6k8m0np",
                    "on_behalf_of": None,
                    "action": "private.reveal",
                    "object": "cln_01m8k2r4w6y8b0d2f4h6k8n0qs/ssn",
                    "reason": "bank asks for the holder's number",
                    "request_id": "01980f3c-6a4f-7d10-9d2e-3b6a3f0c7f10",
                    "details": {},
                    "position": 4711,
                }
            ]
        },
    )

    id: str
    recorded_at: datetime
    at: datetime
    actor: str
    on_behalf_of: str | None
    action: str
    object: str | None
    reason: str | None
    request_id: str
    details: dict[str, Any]
    position: int | None


@router.get(
    "/audit-entries",
    summary="Who did what, newest first",
    dependencies=[allow("audit.read")],
    responses=problems(CursorDamaged, CursorOfOtherList),
)
async def list_entries(
    door: Reads, paging: Paging, *, object_id: Asked = None, actor: Asked = None, action: Asked = None
) -> Page[AuditEntryOut]:
    """Of one object, one actor or one action, where asked; that they were read is an entry itself."""
    query = _listed(object=object_id, actor=actor, action=action)

    async def look(work: Work) -> Found[Row[Any]]:
        work.audit("audit.read", object_id=object_id or actor or action)
        by = (audit_entry.c.recorded_at, audit_entry.c.id)
        return await fetch_page(work.session, query, by=by, paging=paging, is_descending=True)

    return (await door.read(look)).page(_shown)


def _listed(**equal: str | None) -> Select[Any]:
    query = select(audit_entry, audit_seal.c.position).outerjoin(audit_seal, audit_seal.c.entry_id == audit_entry.c.id)
    return query.where(*(audit_entry.c[name] == value for name, value in equal.items() if value is not None))


def _shown(row: Row[Any]) -> AuditEntryOut:
    return AuditEntryOut.model_validate(
        {**row._mapping, "id": str(row.id), "details": json.loads(row.details)}, strict=False
    )
