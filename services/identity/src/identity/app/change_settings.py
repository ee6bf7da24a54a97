"""An administrator says how the agency works."""

from dataclasses import dataclass, replace

from identity.domain.agency_settings import AgencySettings, changed_event, settings_findings
from identity.storage import agency
from shared.db.work import Work
from shared.errors import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSettings:
    """The settings as they are to be, and the version that was looked at before."""

    wanted: AgencySettings
    expected_version: int


async def change_settings(work: Work, command: ChangeSettings) -> AgencySettings:
    """The settings as they are now; the same again changes nothing. Raises Invalid, VersionMismatch."""
    if findings := settings_findings(command.wanted):
        raise Invalid(findings=findings)
    present = await agency.to_change(work.session, expected_version=command.expected_version)
    wanted = replace(command.wanted, version=present.version)
    if wanted == present and present.version:
        return present
    saved = await agency.save(work.session, wanted)
    work.publish(changed_event(saved), version=saved.version)
    work.audit("settings.change", object_id=saved.settings_id)
    return saved
