"""A told story with everything that it left: what the servers keep, and what was gathered from outside."""

from dataclasses import dataclass
from pathlib import Path

from tests.privacy.callers import Callers, callers_of
from tests.privacy.servers import dump
from tests.privacy.story import Story, tell
from tests.system import System


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The story; `folder` holds the data folder with all its servers' files and logs, and what was gathered."""

    system: System
    story: Story
    folder: Path
    rows: int
    answers: int


async def told_in(system: System) -> Told:
    """Tells the story; then asks for metrics and audit, and dumps every database."""
    async with callers_of(system) as callers:
        story = await tell(callers)
        services = await _told_by_services(callers)
    folder = system.home.root.parent
    gathered = folder / "gathered"
    gathered.mkdir()
    rows = await dump(system, gathered)
    (gathered / "answers").write_bytes(b"\n".join([*callers.answers, *services]))
    return Told(system=system, story=story, folder=folder, rows=rows, answers=len(callers.answers))


async def _told_by_services(callers: Callers) -> list[bytes]:
    """Metrics, and the newest of the audit, of every service."""
    asked = [("operator", "/metrics"), ("auditor", "/v1/audit-entries?limit=100")]
    answers = [
        await callers.send("GET", service, path, token=callers.token(role))
        for service in callers.system.urls
        for role, path in asked
    ]
    assert {answer.status_code for answer in answers} == {200}, [answer.text for answer in answers]
    return [answer.content for answer in answers]
