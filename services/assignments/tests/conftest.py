"""What only the tests of assignments need."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from assignments import consumers, main
from assignments.app.register_client import RegisterClient, register_client
from assignments.app.register_clinician import RegisterClinician, register_clinician
from assignments.app.register_facility import RegisterFacility, register_facility
from assignments.app.take_offer import TakeOffer, take_offer
from assignments.domain.assignment import Assignment
from assignments.settings import Settings
from services.assignments.tests.builders import a_client_draft, a_clinician_draft, a_draft, a_facility_draft
from shared.contracts.catalogue import DEPARTMENTS
from shared.contracts.previews import Preview, PreviewRequest
from shared.db.work import Works
from shared.messaging.handlers import Handlers
from shared.principal import Principal
from shared.runtime.definition import Service

RECRUITER = Principal(subject="per_recruiter")


@dataclass
class CannedPreviews:
    """Departments that answer what a test wants them to; who is not named does not answer."""

    answers: dict[str, Preview] = field(default_factory=dict)
    asked: list[PreviewRequest] = field(default_factory=list)

    async def ask(self, asked: PreviewRequest) -> Mapping[str, Preview | None]:
        self.asked.append(asked)
        return {department: self.answers.get(department) for department in DEPARTMENTS}


@pytest.fixture
def service() -> str:
    return "assignments"


@pytest.fixture
def handlers() -> Handlers:
    return consumers.handlers


@pytest.fixture
def previews() -> CannedPreviews:
    return CannedPreviews()


@pytest.fixture
def definition(environment: dict[str, Any], previews: CannedPreviews) -> Service:
    return main.service(Settings(**environment), previews=previews)


@pytest.fixture
async def directory(works: Works) -> None:
    """One client with one facility, and one clinician, all known to the source `ats`."""
    async with works.begin(RECRUITER) as work:
        await register_client(work, RegisterClient(source="ats", source_reference="K-1", draft=a_client_draft()))
        facility = a_facility_draft(client_id=None, client_reference="K-1")
        await register_facility(work, RegisterFacility(source="ats", source_reference="F-1", draft=facility))
        clinician = RegisterClinician(source="ats", source_reference="C-1", draft=a_clinician_draft())
        await register_clinician(work, clinician)


@pytest.fixture
async def accepted(works: Works, directory: None) -> Assignment:
    """An assignment whose offer was just accepted; it starts in four weeks."""
    draft = a_draft(clinician_id=None, clinician_reference="C-1", facility_id=None, facility_reference="F-1")
    async with works.begin(RECRUITER) as work:
        return (await take_offer(work, TakeOffer(draft=draft, is_accepted=True))).assignment
