"""Everything that is kept about clinicians and measured with each of their files."""

from collections.abc import Collection

from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.storage import credentials, homes, inquiries, waivers


async def load_of_clinicians(session: AsyncSession, clinician_ids: Collection[str]) -> None:
    """Reads at once what they hold, what was waived for them, where they live, and what was asked about them."""
    for area in (credentials, waivers, homes, inquiries):
        await area.load_of_clinicians(session, clinician_ids)
