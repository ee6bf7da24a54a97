"""Questions in tests: a clinician with a claim, sources that answer as told, and time that passes for the queue."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import text

from credentialing.api.routes.files import PRIVATE_KINDS
from credentialing.app.begin_inquiry import begin_inquiry
from credentialing.app.hear_vendor_event import hear_vendor_event
from credentialing.clients.background import Background
from credentialing.clients.licences import Licences
from credentialing.clients.nppes import Nppes
from credentialing.clients.sources import Sources
from credentialing.domain.held import Held, HeldStatus
from credentialing.domain.sources.answer import Answer, Confirmed, Facts
from credentialing.domain.sources.catalogue import BACKGROUND, LICENCES, NPPES
from credentialing.domain.sources.inquiry import About, Inquiry, about_claim
from credentialing.domain.sources.question import Question
from credentialing.jobs import asking
from credentialing.storage import credentials, files, inquiries
from credentialing.storage.numbers import Numbers
from credentialing.storage.screening_people import People
from services.credentialing.tests.builders import (
    ASSIGNMENT,
    CLINICIAN,
    held_for,
    some_facility,
    some_held,
    some_offer,
    some_requirements,
)
from services.credentialing.tests.clients.simulation import Simulated
from shared.contracts.assignments import Address, ClinicianChanged
from shared.contracts.terms import Discipline
from shared.principal import Principal
from shared.runtime.jobs import Jobs
from shared.vault.keys import FileKeys
from shared.vault.private_values import PrivateValues
from shared.vault.vault import Vault

LICENCE = next(one for one in some_requirements() if one.code == "LIC-RN")
NO_VAULT = Vault("credentialing", FileKeys(""))
IN_CLEAR = Numbers(NO_VAULT)
NOBODY_PRIVATE = People(NO_VAULT, PrivateValues(NO_VAULT, PRIVATE_KINDS))
READER = Principal(subject="reader")
ABOUT = About(
    clinician_id=CLINICIAN, code="LIC-RN", subject="CO", credential_id="crd_rn", number="123477", jurisdiction="CO"
)


def ana(**overrides: Any) -> ClinicianChanged:
    known: dict[str, Any] = {
        "clinician_id": CLINICIAN,
        "source": "demo",
        "source_reference": "C-1",
        "name": "Ana Example",
        "email": "ana@example.org",
        "phone": "555-0100",
        "home": Address(street="1 Elm St", city="Denver", state="CO", zip="80202"),
        "discipline": Discipline.RN,
        "specialties": ("ICU",),
    }
    return ClinicianChanged(**{**known, **overrides})


def a_claim(number: str, credential_id: str = "crd_rn") -> Held:
    pending = {"status": HeldStatus.PENDING, "verified_on": None, "verified_by": None, "source": None}
    return some_held(LICENCE, credential_id=credential_id, number=number, subject="CO", **pending)


async def begun(works, about: About = ABOUT, **options: Any) -> Inquiry | None:
    async with works.begin(READER) as work:
        if about.credential_id and about.clinician_id == CLINICIAN:
            held = await credentials.of_clinician(work.session, CLINICIAN)
            if about.credential_id not in {one.credential_id for one in held}:
                await credentials.save(work.session, a_claim(about.number or "", about.credential_id))
        return await begin_inquiry(work, about, **options)


async def known(works) -> Sequence[Inquiry]:
    async with works.begin(READER) as work:
        return await inquiries.of_clinician(work.session, CLINICIAN)


async def make_due(works, **columns: str) -> None:
    """Lets the time pass that questions wait for, and the leases that are held."""
    async with works.engine.begin() as connection:
        await connection.execute(text("UPDATE inquiry SET next_at = now(), lease_until = now(), asked_at = NULL"))


async def turn(works, sources: Sources, people: People = NOBODY_PRIVATE) -> int:
    """One turn of everything that asks; numbers lie in clear here, as before they were sealed."""
    return await Jobs(asking(sources, IN_CLEAR, people=people)).run_due(works)


async def set_aside(works, sources: Sources) -> int:
    """One turn of what is done about questions that cannot be asked."""
    return await Jobs(asking(sources, IN_CLEAR, people=NOBODY_PRIVATE)[:1]).run_due(works)


@asynccontextmanager
async def at(simulation: Simulated) -> AsyncIterator[Sources]:
    sources = Sources(
        {
            NPPES: Nppes(f"{simulation.url}/nppes"),
            LICENCES: Licences(f"{simulation.url}/licences", key=""),
            BACKGROUND: Background(f"{simulation.url}/background", key=""),
        },
        secrets={},
    )
    try:
        yield sources
    finally:
        await sources.aclose()


class Scripted:
    """A source that answers what it is told to, one after another, the last for ever."""

    def __init__(self, *answers: Answer, before: Any = None) -> None:
        self.answers = list(answers)
        self.questions: list[Question] = []
        self._before = before

    async def ask(self, question: Question) -> Answer:
        self.questions.append(question)
        if self._before:
            await self._before()
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    async def aclose(self) -> None:
        pass


def only(source: Scripted, name: str = LICENCES) -> Sources:
    return Sources({name: source}, secrets={})


CONFIRMED = Confirmed(facts=Facts(number="123477", status_text="Active"))


async def with_all_but_the_licence(house, works, number: str) -> None:
    """Ana's file is open; everything is verified but her licence, which came in and is to be asked about."""
    async with works.begin(READER) as work:
        for one in held_for(but=["LIC-RN"]):
            await credentials.save(work.session, one)
        claim = a_claim(number)
        await credentials.save(work.session, claim)
        await begin_inquiry(work, about_claim(claim))
    await house.say(ana(), some_facility(), some_offer())


async def licence_item(works) -> Any:
    async with works.begin(READER) as work:
        file = await files.find_for_assignment(work.session, ASSIGNMENT)
        assert file is not None
        return file.item("LIC-RN")


async def heard(works, event, numbers: Numbers = IN_CLEAR) -> str:
    async with works.begin(Principal(subject="source:test")) as work:
        return await hear_vendor_event(work, event, numbers=numbers)


def fields_of(about: About) -> dict[str, Any]:
    return {name: getattr(about, name) for name in About.__dataclass_fields__}
