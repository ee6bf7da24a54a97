"""A piece that the first pay run needs comes in."""

from dataclasses import dataclass
from datetime import date

from payroll.app.record import record
from payroll.domain import commands
from payroll.domain.onboarding import reusable
from payroll.domain.profile import Profile, reuse
from payroll.storage import held_pieces, profiles
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPiece:
    """Piece `key` of a profile came in on a day."""

    profile_id: str
    key: str
    received_on: date


async def record_piece(work: Work, command: RecordPiece) -> Profile:
    """Notes that it came, here, for the clinician's later profiles, and on the others that it serves now.

    Raises what `commands.record_piece` raises, NotFound, VersionMismatch.
    """
    clinician_id = (await profiles.to_read(work.session, command.profile_id)).clinician_id
    await held_pieces.lock(work.session, clinician_id)
    profile = await profiles.to_change(work.session, command.profile_id, expected_version=work.seen_version)
    today = profile.calendar.day_of(work.now)
    recorded = commands.record_piece(profile, command.key, received_on=command.received_on, today=today)
    saved = await record(work, recorded)
    held = reusable(saved.receipts)
    await held_pieces.keep(work.session, clinician_id, receipts=held)
    for other in await profiles.of_clinician_that_take_pieces(work.session, clinician_id):
        served = reuse(other, held)
        if served != other:
            await record(work, served)
    return saved
