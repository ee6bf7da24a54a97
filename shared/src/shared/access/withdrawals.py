"""Refuses tokens before they end: somebody signed out everywhere or disabled, a grant revoked.

Identity says so by events, of which each service keeps copies. Whoever asks is held against the copies at first, and
again every four seconds that they go on asking: so the bound of ten seconds is kept, and most requests cost nothing.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from shared.access.errors import TokenInvalid
from shared.contracts.catalogue import state_topic_of
from shared.contracts.event import decode, encode
from shared.contracts.identity import AccessWithdrawn, GrantRevoked
from shared.db import replicas
from shared.db.driver import Statement
from shared.db.session import run
from shared.db.work import Work, Works
from shared.principal import Principal, system

LOOK_AGAIN_SECONDS = 4.0
MOST_REMEMBERED = 2000
ACCESS, GRANTS = state_topic_of(AccessWithdrawn).name, state_topic_of(GrantRevoked).name

_COPIES = Statement(
    "SELECT topic, key, body FROM replica"
    " WHERE (topic = CAST(:access AS text) AND key = ANY(CAST(:subjects AS text[])))"
    " OR (topic = CAST(:grants AS text) AND key = ANY(CAST(:held AS text[])))"
)
_Asked = tuple[tuple[str, ...], tuple[str, ...]]
"""Subjects and grants."""


async def take_back(work: Work, said: AccessWithdrawn | GrantRevoked, *, version: int) -> None:
    """Publishes it, and keeps the publisher's own copy: identity refuses what it took back as everybody does.

    Call it where `Work.publish` would be called.
    """
    work.publish(said, version=version)
    topic = state_topic_of(type(said))
    key = str(getattr(said, topic.key))
    await replicas.keep(work.session, topic.name, key=key, version=version, body=encode(said).decode())


@dataclass(frozen=True, slots=True)
class _TakenBack:
    """What was taken back from somebody, and when that was looked up (monotonic seconds)."""

    looked_at: float
    before: datetime | None
    revoked: frozenset[str]


class Withdrawals:
    """What was taken back, as far as this service has heard."""

    def __init__(self, works: Works, *, seconds: Callable[[], float] = time.monotonic) -> None:
        self._works = works
        self._seconds = seconds
        self._known: dict[_Asked, _TakenBack] = {}

    async def present(self, principal: Principal) -> Principal:
        """The principal without grants that were revoked. Raises TokenInvalid for a token that is no longer good."""
        subjects = tuple(one for one in (principal.subject, principal.on_behalf_of) if one)
        taken_back = await self._of((subjects, tuple(grant.id for grant in principal.grants)))
        issued_at = principal.issued_at
        if taken_back.before and (issued_at is None or issued_at < taken_back.before):
            raise TokenInvalid
        if not taken_back.revoked:
            return principal
        left = tuple(grant for grant in principal.grants if grant.id not in taken_back.revoked)
        return replace(principal, grants=left)

    async def _of(self, asked: _Asked) -> _TakenBack:
        known = self._known.get(asked)
        if known is None or self._seconds() - known.looked_at > LOOK_AGAIN_SECONDS:
            self._known.pop(asked, None)
            known = await self._look(asked)
            if len(self._known) >= MOST_REMEMBERED:
                del self._known[next(iter(self._known))]
            self._known[asked] = known
        return known

    async def _look(self, asked: _Asked) -> _TakenBack:
        subjects, grants = asked
        looked_at = self._seconds()
        async with self._works.begin(system(self._works.service)) as work:
            rows = await run(work.session, _COPIES, access=ACCESS, subjects=subjects, grants=GRANTS, held=grants)
        withdrawn = [decode(AccessWithdrawn, row["body"].encode()) for row in rows if row["topic"] == ACCESS]
        return _TakenBack(
            looked_at=looked_at,
            before=max((one.withdrawn_at for one in withdrawn), default=None),
            revoked=frozenset(row["key"] for row in rows if row["topic"] == GRANTS),
        )
