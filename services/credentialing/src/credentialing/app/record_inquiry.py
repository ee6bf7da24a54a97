"""The last step of every change of a question to a source."""

from credentialing.domain.sources.inquiry import Inquiry
from credentialing.domain.sources.tasks import told
from credentialing.storage import files, inquiries
from shared.db.work import Work


async def record_inquiry(work: Work, changed: Inquiry) -> Inquiry:
    """Saves the question, and opens or ends the work item by which people hear that its source does not help."""
    if not changed.needs_people and changed.work_item_id is None:
        return await inquiries.save(work.session, changed)
    opened = await files.open_of_clinician(work.session, changed.about.clinician_id)
    said = told(changed, opened, new_item=work.new_id("wki"))
    saved = await inquiries.save(work.session, said.inquiry)
    if said.event is not None:
        work.publish(said.event, version=saved.work_item_version)
    return saved
