"""The last step of every change of what people outside said."""

from credentialing.app.take_result import take_result
from credentialing.domain.outside.request import OutsideRequest, that_count
from credentialing.domain.outside.result import result_of
from credentialing.storage import outside_requests
from shared.db.work import Work


async def count_answers(work: Work, changed: OutsideRequest) -> OutsideRequest:
    """Saves the request; once its answer completes what the item takes, the answers confirm it together."""
    saved = await outside_requests.save(work.session, changed)
    others = await outside_requests.of_clinician(work.session, saved.clinician_id)
    together = that_count([one for one in others if one.request_id != saved.request_id] + [saved], saved.code)
    if saved in together:
        await take_result(work, result_of(together, result_id=work.new_id("res"), at=work.now))
    return saved
