"""Everything that a packet is made from, read at once."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.file import File, recheck
from credentialing.domain.packets.plan import Gathered
from credentialing.storage import credentials, documents, packet_templates, source_results


async def gathered(session: AsyncSession, file: File, *, today: date, attest: tuple[str, ...] = ()) -> Gathered:
    """The file measured anew today, with what its items rest on and what its facility wants."""
    held = await credentials.of_clinician(session, file.clinician_id)
    results = await source_results.of_clinician(session, file.clinician_id)
    papers = await documents.of_clinician(session, file.clinician_id)
    return Gathered(
        file=recheck(file, held, today=today),
        held={one.credential_id: one for one in held},
        results={one.result_id: one for one in results},
        documents={one.document_id: one for one in papers},
        template=await packet_templates.of_day(session, file.facility_id, on=today),
        today=today,
        attest=attest,
    )
