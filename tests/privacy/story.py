"""What is done with the canaries: recorded, repeated, revealed, asked for in vain, put in wrong places, erased."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass, field
from itertools import cycle
from typing import TypeVar

import httpx

from shared.roles import ROLES
from tests.journeys.directory import SOURCE, clinician
from tests.privacy.callers import Callers, values_of
from tests.privacy.canaries import KINDS, Aviary, Canary
from tests.privacy.mistakes import mistakes
from tests.privacy.papers import Papers, tell_papers
from tests.privacy.servers import database
from tests.system import System, eventually

T = TypeVar("T")
CLINICIANS = 167
ERASED = 10
REVEALS_AN_HOUR = 20
REPEATED = 4
"""Every fourth is enough to see that nothing is kept of a repetition."""
STALE_MINUTES = 16
WITH_PAPERS = range(20, 24)
"""Clinicians who are not erased and get a file."""
ENTITLED = {"payroll": ("payroll_specialist", "lead"), "credentialing": ("credentialing_specialist", "lead")}
_SETTLED = "SELECT count(*) FROM erasure WHERE done_at IS NOT NULL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A value that was recorded, of whom and where."""

    service: str
    clinician: str
    canary: Canary


@dataclass
class Story:
    """What happened. Statuses are counted; `revealed` is what the entitled saw of each value."""

    clinicians: list[str] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)
    misplaced: list[Canary] = field(default_factory=list)
    recorded: Counter[tuple[int, int]] = field(default_factory=Counter)
    repeated: Counter[tuple[int, int]] = field(default_factory=Counter)
    revealed: dict[Planted, str] = field(default_factory=dict)
    refused: dict[str, Counter[int]] = field(default_factory=dict)
    mistaken: Counter[int] = field(default_factory=Counter)
    erased: dict[str, Counter[int]] = field(default_factory=dict)
    still_revealed: dict[Planted, str] = field(default_factory=dict)
    papers: Papers = field(default_factory=Papers)


async def tell(callers: Callers) -> Story:
    """The whole story."""
    story = Story()
    for part in (_hire, _record, _repeat, _reveal, _refuse, _mistake):
        await part(story, callers)
    story.papers = await tell_papers(callers, [f"P-{number}" for number in WITH_PAPERS])
    await _erase(story, callers)
    return story


async def _hire(story: Story, callers: Callers) -> None:
    """Clinicians, known to payroll and credentialing; and the values they are going to have."""
    token = callers.token("coordinator")
    answers = await _all(
        callers.send("PUT", "assignments", f"/v1/clinicians/{SOURCE}/P-{number}", token=token, json=clinician(number))
        for number in range(CLINICIANS)
    )
    story.clinicians = [answer.json()["clinician_id"] for answer in answers]
    aviary = Aviary()
    story.planted = [
        Planted(service=service, clinician=one, canary=aviary.one(kind))
        for one in story.clinicians
        for service, kinds in KINDS.items()
        for kind in kinds
    ]
    many = aviary.many(("ssn", "bank_routing", "bank_account", "birth_date", "medical_note"))
    story.misplaced = [next(many) for _ in range(5 * len(mistakes("")))]
    for service in KINDS:
        await eventually(lambda: _known(callers.system, service), lambda known: known >= CLINICIANS)  # noqa: B023


async def _record(story: Story, callers: Callers) -> None:
    story.recorded = Counter(_versions(await _put_all(story.planted, callers)))


async def _repeat(story: Story, callers: Callers) -> None:
    """Some of the values again, otherwise written; and the lists, which show them masked."""
    story.repeated = Counter(_versions(await _put_all(story.planted[::REPEATED], callers, is_kept=True)))
    for service, (role, _) in ENTITLED.items():
        await _all(
            callers.send("GET", service, values_of(one), token=callers.token(role, f"-{place // 100}"))
            for place, one in enumerate(story.clinicians[::REPEATED])
        )


async def _reveal(story: Story, callers: Callers) -> None:
    story.revealed = await _reveal_all(story.planted, callers, shift="day")


async def _refuse(story: Story, callers: Callers) -> None:
    """Each value is asked for by somebody of another role, the roles in turn; some by people who signed in long ago."""
    for service, entitled in ENTITLED.items():
        here = [one for one in story.planted if one.service == service]
        others = cycle(role for role in ROLES if role not in entitled)
        tokens = [
            callers.token(role, f"-{place // 500}") for place, role in zip(range(len(here)), others, strict=False)
        ]
        story.refused[service] = await _reveal_in_vain(here, callers, tokens=tokens)
        stale = [callers.token(entitled[place % 2], minutes_ago=STALE_MINUTES) for place in range(60)]
        story.refused[f"{service}, signed in long ago"] = await _reveal_in_vain(here[:60], callers, tokens=stale)


async def _mistake(story: Story, callers: Callers) -> None:
    """Every mistake five times, with a value of each kind, in both services."""
    canaries, about = iter(story.misplaced), mistakes(story.clinicians[-1])
    requests = [(mistake(next(canaries).written.strip()), place) for place in range(5) for mistake in about]
    for service, (role, _) in ENTITLED.items():
        answers = await _all(
            callers.send(method, service, path, token=callers.token(role, f"-mistaken-{place}"), **options)
            for (method, path, options), place in requests
        )
        answers += await _all(
            callers.send(method, service, path, token=callers.token("lead", f"-mistaken-{place}"), **options)
            for (method, path, options), place in requests
            if "legal-holds" in path
        )
        story.mistaken += Counter(answer.status_code for answer in answers)


async def _erase(story: Story, callers: Callers) -> None:
    """Ten clinicians are forgotten. Then their rows come back, as from a backup, and are asked for."""
    gone = story.clinicians[:ERASED]
    for service in KINDS:
        await _keep_a_copy(callers.system, service, gone)
    await _all(_forget(callers, one) for one in gone)
    for service in KINDS:
        noted = "SELECT count(*) FROM erasure"
        await eventually(lambda: _count(callers.system, service, noted), lambda count: count == ERASED)  # noqa: B023
        callers.system.kill(service)  # started again it looks at once for what is due, which it else does every minute
    for service in KINDS:
        await eventually(lambda: _count(callers.system, service, _SETTLED), lambda count: count == ERASED)  # noqa: B023
        await eventually(lambda: _is_back(callers, service), bool)  # noqa: B023
    theirs = [one for one in story.planted if one.clinician in gone]
    tokens = [callers.token("lead", f"-after-{place // 20}") for place in range(len(theirs))]
    story.erased["their values"] = await _reveal_in_vain(theirs, callers, tokens=tokens)
    for service in KINDS:
        async with database(callers.system, service) as connection:
            await connection.execute("INSERT INTO private_value SELECT * FROM copy; DROP TABLE copy")
    story.erased["their values out of a copy"] = await _reveal_in_vain(theirs, callers, tokens=tokens)
    story.erased["a new value of theirs"] = Counter(status for status, _ in _versions(await _put_all(theirs, callers)))
    others = [one for one in story.planted if one.clinician not in gone]
    story.still_revealed = await _reveal_all(others[::10], callers, shift="night")


async def _put_all(planted: list[Planted], callers: Callers, *, is_kept: bool = False) -> list[httpx.Response]:
    def put(one: Planted, place: int) -> Awaitable[httpx.Response]:
        token = callers.token(ENTITLED[one.service][place % 2], f"-records-{place // 400}")
        value = one.canary.kept if is_kept else one.canary.written
        path = f"{values_of(one.clinician)}/{one.canary.kind}"
        return callers.send("PUT", one.service, path, token=token, json={"value": value})

    return await _all(put(one, place) for place, one in enumerate(planted))


async def _reveal_all(planted: list[Planted], callers: Callers, *, shift: str) -> dict[Planted, str]:
    """By as many people as it takes, each of whom may see twenty an hour in each service."""

    def reveal(one: Planted, place: int) -> Awaitable[httpx.Response]:
        person = place // REVEALS_AN_HOUR
        token = callers.token(ENTITLED[one.service][person % 2], f"-{shift}-{person}")
        return callers.reveal(one.service, one.clinician, one.canary.kind, token=token)

    answers = await _all(reveal(one, place) for place, one in enumerate(planted))
    shown = [answer.json().get("value", f"HTTP {answer.status_code}") for answer in answers]
    return dict(zip(planted, shown, strict=True))


async def _reveal_in_vain(planted: list[Planted], callers: Callers, *, tokens: list[str]) -> Counter[int]:
    answers = await _all(
        callers.reveal(one.service, one.clinician, one.canary.kind, token=token)
        for one, token in zip(planted, tokens, strict=True)
    )
    return Counter(answer.status_code for answer in answers)


async def _forget(callers: Callers, clinician: str) -> None:
    asked = {"subject": clinician, "reason": "Asked by the clinician in writing"}
    made = await callers.send("POST", "identity", "/v1/erasures", token=callers.token("lead"), json=asked)
    path = f"/v1/erasures/{made.json()['erasure_id']}:confirm"
    done = await callers.send("POST", "identity", path, token=callers.token("administrator"), json={})
    assert done.status_code == httpx.codes.OK, done.text


async def _keep_a_copy(system: System, service: str, clinicians: list[str]) -> None:
    async with database(system, service) as connection:
        await connection.execute("CREATE TABLE copy AS SELECT * FROM private_value WITH NO DATA")
        copied = "INSERT INTO copy SELECT * FROM private_value WHERE subject = ANY($1)"
        await connection.execute(copied, clinicians)


async def _is_back(callers: Callers, service: str) -> bool:
    try:
        answer = await callers.send("GET", service, "/readyz", token=callers.token("operator"))
    except (httpx.TransportError, KeyError):  # no answer yet
        return False
    return answer.status_code == httpx.codes.OK


async def _known(system: System, service: str) -> int:
    return await _count(system, service, "SELECT count(*) FROM replica WHERE topic LIKE '%clinician%'")


async def _count(system: System, service: str, statement: str) -> int:
    return int((await system.rows(service, statement))[0][0])


def _versions(answers: Iterable[httpx.Response]) -> list[tuple[int, int]]:
    """Status and version of each."""
    return [(answer.status_code, answer.json().get("version", 0)) for answer in answers]


async def _all(doing: Iterable[Awaitable[T]]) -> list[T]:
    return list(await asyncio.gather(*doing))
