"""A worker takes the questions that are due."""

from collections.abc import Sequence
from dataclasses import dataclass

from credentialing.domain.sources.catalogue import NPPES, PACES, codes_of
from credentialing.domain.sources.question import Question
from credentialing.storage import inquiries, screening_releases
from credentialing.storage.inquiries import Claimed
from shared.contracts.assignments import ClinicianChanged
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A question that was taken, with everything that its source is told."""

    claimed: Claimed
    question: Question


async def claim_inquiries(work: Work, source: str, *, at_most: int) -> Sequence[Due]:
    """The questions to put to a source now: those that are due, at most so many, and no more than it takes.

    None while screening decides all that the source answers for.
    """
    if await _is_screened(work, source):
        return ()
    claimed = await inquiries.claim(work.session, source, pace=PACES[source], at_most=at_most)
    return [await _due(work, one) for one in claimed]


async def _is_screened(work: Work, source: str) -> bool:
    found = [await screening_releases.is_screened(work.session, code, subject="") for code in codes_of(source)]
    return bool(found) and all(found)


async def _due(work: Work, claimed: Claimed) -> Due:
    """Name, e-mail address and NPI are those of the directory at the moment of asking; nothing else of it goes out."""
    inquiry = claimed.inquiry
    known = await work.known(ClinicianChanged, inquiry.about.clinician_id)
    npi = known.npi if known and inquiry.asked_of == NPPES else None
    question = Question(
        inquiry_id=inquiry.inquiry_id,
        code=inquiry.about.code,
        today=work.now.date(),
        name=known.name if known else "",
        email=known.email if known else "",
        number=npi or inquiry.about.number,
        jurisdiction=inquiry.about.jurisdiction,
        reference=inquiry.reference,
    )
    return Due(claimed=claimed, question=question)
