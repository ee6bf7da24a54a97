"""A nurse with everything that is asked of her, packets built of it, and exclusion lists to be screened against."""

from dataclasses import replace
from typing import Any

import pytest

from credentialing.domain.requirement import Partition
from services.credentialing.tests.builders import CLINICIAN, NOW, held_for, some_facility, some_offer, some_requirements
from services.credentialing.tests.clients.papers import a_pdf, an_image
from services.credentialing.tests.consumers.test_consumers import holds
from shared.contracts.assignments import Address, ClinicianChanged
from shared.contracts.terms import Discipline
from shared.ids import new_uuid
from shared.principal import Principal
from shared.runtime.jobs import run_once

SPECIALIST = "credentialing_specialist"
PACKET = "FAC-PACKET"


@pytest.fixture
async def november(house, clock):
    """The clinician, in November 2026."""
    clock.instant = NOW
    await house.say(
        ClinicianChanged(
            clinician_id="cln_ana",
            source="demo",
            source_reference="C-1",
            name="Ana Example",
            email="ana@example.org",
            phone="555-0100",
            home=Address(street="1 Elm St", city="Denver", state="CO", zip="80202"),
            discipline=Discipline.RN,
            specialties=("ICU",),
        )
    )
    await house.say(some_facility())


@pytest.fixture
def upload_paper(api):
    """Keeps a document and gives its id."""

    async def sent(content: bytes, *, partition: str, kind: str = "application/pdf") -> str:
        headers = {
            "Authorization": f"Bearer {api.issuer.token(SPECIALIST)}",
            "Idempotency-Key": str(new_uuid()),
            "Content-Type": kind,
        }
        path = f"/v1/clinicians/cln_ana/documents?partition={partition}"
        answer = await api.client.post(path, content=content, headers=headers)
        assert answer.status_code in (200, 201), answer.text
        return str(answer.json()["document_id"])

    return sent


@pytest.fixture
def complete_file(november, house, works, upload_paper, api):
    """Opens Ana's file with all that is asked, each with a document, and gives its path; `but`: changed claims."""

    async def opened(**but: Any) -> str:
        papers = {
            Partition.PERSONNEL: await upload_paper(a_pdf(), partition="personnel"),
            Partition.HEALTH: await upload_paper(an_image("JPEG"), partition="health", kind="image/jpeg"),
            Partition.BACKGROUND: await upload_paper(a_pdf(("No record found",)), partition="background"),
            Partition.I9: await upload_paper(a_pdf(("Form I-9",)), partition="i9"),
        }
        parts = {one.code: one.partition for one in some_requirements()}
        held = [
            replace(one, **{"document_id": papers[parts[one.code]], **but.get(one.code.replace("-", "_"), {})})
            for one in held_for(but=[PACKET])
        ]
        await holds(works, held)
        await house.say(some_offer())
        (file,) = (await api.get("/v1/files?clinician_id=cln_ana")).json()["items"]
        return f"/v1/files/{file['file_id']}"

    return opened


@pytest.fixture
def packet_jobs(definition, works):
    """Everything that the service does by itself, once: until nothing of packets is left to do."""

    async def run() -> None:
        named = {job.name: job for job in definition.jobs.jobs}
        async with works.begin(Principal(subject="system:credentialing")) as work:
            await named["adopt_rules"].sweep(work)
        while await named["build_packets"].run(works):
            pass
        for _ in range(2):
            async with works.begin(Principal(subject="system:credentialing")) as work:
                await named["watch_packets"].sweep(work)

    return run


@pytest.fixture
def build_packet(api, packet_jobs):
    """Has a packet built and shows it."""

    async def made(path: str, **asked: Any) -> dict[str, Any]:
        answer = await api.post(f"{path}/packets", asked, role=SPECIALIST)
        assert answer.status_code == 202, answer.text
        assert answer.json()["state"] == "building"
        await packet_jobs()
        shown: dict[str, Any] = (await api.get(answer.headers["location"], role=SPECIALIST)).json()
        return shown

    return made


@pytest.fixture
def load(api):
    """Posts a file of a list."""

    async def posted(content: bytes, day: str = "2026-11-09", *, name: str = "leie", role: str = "lead", key: str = ""):
        headers = {
            "Authorization": f"Bearer {api.issuer.token(role)}",
            "Idempotency-Key": key or str(new_uuid()),
            "Content-Type": "text/csv",
        }
        path = f"/v1/exclusion-lists/{name}/releases?posted_on={day}"
        return await api.client.post(path, content=content, headers=headers)

    return posted


@pytest.fixture
def screen(process, works):
    """Screens whoever is due, a turn at a time; how many in each turn."""
    jobs = {job.name: job for job in process.service.jobs.jobs}

    async def screened() -> list[int]:
        turns: list[int] = []
        while (turn := await run_once(jobs["screen_people"], works)) and len(turns) < 20:
            turns.append(turn)
        return turns

    return screened


@pytest.fixture
async def evidence(api, file):
    """A document that shows the check at the source."""
    headers = {
        "Authorization": f"Bearer {api.issuer.token(SPECIALIST)}",
        "Idempotency-Key": str(new_uuid()),
        "Content-Type": "application/pdf",
        "File-Name": "check.pdf",
    }
    path = f"/v1/clinicians/{CLINICIAN}/documents?partition=personnel"
    return (await api.client.post(path, content=a_pdf(), headers=headers)).json()["document_id"]
