"""Three hops through the whole running system: offer accepted → four workstreams open → readiness seen.

Recruiters post offers at a steady rate, whatever the answers take. Times count from the answer to the offer (accepted)
to the commit of the last of the four workstreams, and on to the commit of the readiness that knows all four. The
processor time of each part, shared out over the offers, says what bounds the rate: more than the cores have is queued.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import monotonic, time

import httpx

from firstshift.tokens import sign_token
from shared.ids import new_uuid
from tests.journeys.directory import an_offer, fill_directory
from tests.load.commit_times import DEPARTMENTS, note_commit_times, opened, seen_ready, unseen
from tests.load.figures import Aim, Findings, Rounds, percentile
from tests.load.open_loop import run_open_loop
from tests.load.options import Options
from tests.load.processes import use
from tests.system import System, eventually, running_system

RATES = (10, 25, 50)
WARM_SECONDS = 3
TAIL_SECONDS = 1
QUIET_SECONDS = 120
"""After the last offer, at most so long until the last effect."""
READY_P99 = "accepted → readiness, p99"


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted offer; instants in seconds since 1970."""

    assignment_id: str
    due: float
    answered: float


def measure(options: Options) -> Findings:
    """Each rate in turn, on one system."""
    with running_system("--test-mode") as system:
        rounds = asyncio.run(_measure(system, options))
    figures = rounds.figures()
    hardest = next(one for one in figures if (one.variant, one.metric) == (_name(RATES[-1]), READY_P99))
    text = f"accepted → readiness, p99 at {RATES[-1]} offers/s"
    return Findings(
        measurement="hops",
        title="offer accepted → four workstreams open → readiness, the whole system, open loop",
        floor=None,
        settings=f"{_seconds(options):.0f} s at each rate after {WARM_SECONDS} s to warm, {options.rounds} rounds.",
        figures=figures,
        aims=(Aim(text=text, value=hardest.middle, sense="at most", bound=60, unit="ms"),),
    )


async def _measure(system: System, options: Options) -> Rounds:
    await note_commit_times(system)
    await fill_directory(system)
    rounds = Rounds()
    await _offers(system, per_second=RATES[0], seconds=WARM_SECONDS)
    for number in range(options.rounds):
        for rate in RATES:
            options.say(f"hops: round {number + 1} of {options.rounds}, {rate} offers/s")
            before = _cpu_seconds(system)
            offers = await _offers(system, per_second=rate, seconds=_all_seconds(options))
            _add_cpu(rounds, _name(rate), before, after=_cpu_seconds(system), offers=rate * _all_seconds(options))
            await _add(rounds, system, _name(rate), offers)
    return rounds


async def _offers(system: System, *, per_second: float, seconds: float) -> Sequence[Accepted]:
    """Posts them at the rate, waits until all their effects are there, and returns those after the warm start."""
    token = sign_token(system.home, roles=["recruiter"])
    url = f"http://127.0.0.1:{system.parts['assignments']['port']}/v1/assignments"
    limits = httpx.Limits(max_connections=16, max_keepalive_connections=16)
    async with httpx.AsyncClient(timeout=30, limits=limits, headers={"Authorization": f"Bearer {token}"}) as client:

        async def post(_: int, due: float) -> Accepted:
            answer = await client.post(url, json=an_offer(), headers={"Idempotency-Key": str(new_uuid())})
            assert answer.status_code == 201, answer.text
            return Accepted(answer.json()["assignment_id"], time() - (monotonic() - due), time())

        offers = await run_open_loop(post, per_second=per_second, seconds=seconds)
    ids = [offer.assignment_id for offer in offers]
    await asyncio.sleep(TAIL_SECONDS)  # asking sooner would slow the last ones down
    await eventually(lambda: unseen(system, ids), lambda left: left == 0, seconds=QUIET_SECONDS)
    begun = min(offer.due for offer in offers) + WARM_SECONDS
    return [offer for offer in offers if offer.due >= begun]


def _cpu_seconds(system: System) -> Mapping[str, float]:
    return {name: use(part["pid"]).cpu_seconds for name, part in system.parts.items()}


def _add_cpu(
    rounds: Rounds, name: str, before: Mapping[str, float], *, after: Mapping[str, float], offers: float
) -> None:
    """Milliseconds of processor time of each part for one offer, the parts' time at rest included."""
    used = {part: (after[part] - before[part]) / offers * 1000 for part in sorted(after)}
    for part, milliseconds in {**used, "all parts": sum(used.values())}.items():
        rounds.add(name, f"CPU of {part} per offer", "ms", value=milliseconds)


async def _add(rounds: Rounds, system: System, name: str, offers: Sequence[Accepted]) -> None:
    ids = [offer.assignment_id for offer in offers]
    parts: list[Mapping[str, float]] = [await opened(system, department, ids) for department in DEPARTMENTS]
    ready = await seen_ready(system, ids)
    last = {key: max(part[key] for part in parts) for key in ids}
    times = {
        "due → accepted": [offer.answered - offer.due for offer in offers],
        "accepted → four open": [last[offer.assignment_id] - offer.answered for offer in offers],
        "accepted → readiness": [ready[offer.assignment_id] - offer.answered for offer in offers],
        "due → readiness": [ready[offer.assignment_id] - offer.due for offer in offers],
    }
    for metric, values in times.items():
        for percent in (50, 99):
            rounds.add(name, f"{metric}, p{percent}", "ms", value=percentile(values, percent) * 1000)


def _seconds(options: Options) -> float:
    return min(options.seconds, 15)


def _all_seconds(options: Options) -> float:
    return WARM_SECONDS + _seconds(options)


def _name(rate: int) -> str:
    return f"{rate} offers/s"
