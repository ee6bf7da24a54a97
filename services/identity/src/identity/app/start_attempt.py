"""Somebody offers an address and a password: counted before it is checked, so that tries side by side count too."""

from dataclasses import dataclass
from datetime import timedelta

from identity.clients.addresses import subscriber
from identity.domain.throttle import counted, counters_of_sign_in, remaining
from identity.storage import attempts, people
from identity.storage.real_time import real_now
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class StartAttempt:
    """The e-mail address offered, where from, and the hash of the device's cookie if it has one."""

    email: str
    address: str
    device_hash: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What to check the password against; nobody's and no hash for an address without an account.

    `wait` above zero: it is too soon, and nothing was counted. `counters` are what this attempt counts for.
    """

    person_id: str | None
    password_hash: str | None
    counters: tuple[str, ...]
    wait: timedelta


async def start_attempt(work: Work, command: StartAttempt) -> Attempt:
    """Counts the attempt as a failure until it turns out right, or says how long to wait."""
    now = await real_now(work.session)
    person = await people.find_by_email(work.session, command.email)
    device = None
    if person and command.device_hash:
        is_known = await attempts.is_known_device(work.session, command.device_hash, person_id=person.person_id)
        device = command.device_hash if is_known else None
    counters = counters_of_sign_in(people.key_of(command.email), address=subscriber(command.address), device=device)
    before = await attempts.failures(work.session, [counter.name for counter in counters])
    wait = max(remaining(before.get(counter.name), now=now) for counter in counters)
    if not wait:
        for counter in counters:
            after = counted(before.get(counter.name), counter.allowance, now=now)
            await attempts.count(work.session, counter.name, failures=after)
    factors = await people.factors_to_read(work.session, person.person_id) if person else None
    return Attempt(
        person_id=person.person_id if person else None,
        password_hash=factors.password_hash if factors else None,
        counters=tuple(counter.name for counter in counters),
        wait=wait,
    )
