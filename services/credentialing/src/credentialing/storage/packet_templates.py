"""What facilities want, every version."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from pydantic import TypeAdapter
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.packets.shipped import USUAL
from credentialing.domain.packets.template import PacketTemplate, in_force
from credentialing.storage.tables import packet_template
from shared.db.locks import hold

LOCK_CLASS = 0x7E3A  # any number, the same in every process
_TEMPLATE = TypeAdapter(PacketTemplate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Who wrote a version, and when."""

    by: str
    at: datetime


async def versions(session: AsyncSession, facility_id: str) -> tuple[PacketTemplate, ...]:
    """Every version of a facility's own, the first first; empty when it has none."""
    columns = packet_template.c
    asked = select(columns.body).where(columns.facility_id == facility_id).order_by(columns.number)
    return tuple(map(_TEMPLATE.validate_json, await session.scalars(asked)))


async def to_change(session: AsyncSession, facility_id: str) -> tuple[PacketTemplate, ...]:
    """The same, while nobody else writes one of this facility."""
    await hold(session, LOCK_CLASS, names=[facility_id])
    return await versions(session, facility_id)


async def of_day(session: AsyncSession, facility_id: str, *, on: date) -> PacketTemplate:
    """What the facility wants on a day: its own, or the usual one."""
    return in_force(await versions(session, facility_id), on) or replace(USUAL, facility_id=facility_id)


async def save(session: AsyncSession, template: PacketTemplate, *, edit: Edit) -> None:
    """Keeps a new version; call `to_change` before."""
    row = {
        "facility_id": template.facility_id,
        "number": template.number,
        "effective_from": template.effective_from,
        "edited_at": edit.at,
        "edited_by": edit.by,
        "body": _TEMPLATE.dump_json(template).decode(),
    }
    await session.execute(insert(packet_template).values(row))


async def facilities(session: AsyncSession) -> Collection[str]:
    """The facilities that have one of their own, in order; at most 1,000."""
    columns = packet_template.c
    asked = select(columns.facility_id).distinct().order_by(columns.facility_id).limit(1000)
    return list(await session.scalars(asked))
