"""A source answered."""

from credentialing.domain.source_result import SourceResult
from shared.db.work import Work


async def take_result(work: Work, result: SourceResult) -> None:
    """Keeps the result, confirms or refuses the claim it is about, and measures the clinician's open files anew."""
    raise NotImplementedError
