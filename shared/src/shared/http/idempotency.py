"""Remembers which command a key stood for and what was answered, in the transaction of the command itself.

A key is claimed by its row and an advisory lock that ends with the transaction. So a second command with the key finds
the lock taken (still running), or the row (answered), or neither (the first was refused, or its process died).
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, CursorResult, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.db.driver import Statement
from shared.db.rows import Rows
from shared.db.session import run
from shared.http.answers import Rendered
from shared.http.errors import IdempotencyKeyInUse, IdempotencyKeyReused
from shared.http.idempotency_table import idempotency

KEPT_FOR = timedelta(days=7)

# One statement: the row is written only under the lock, and a unique index sees rows that a snapshot does not.
_CLAIM = Statement("""
    WITH attempt AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(CAST(:lock AS bigint)) AS is_ours),
    claimed AS (
        INSERT INTO idempotency (key, principal, route, body_hash, status, headers, body)
        SELECT CAST(:key AS text), CAST(:principal AS text), CAST(:route AS text), CAST(:body_hash AS bytea),
            0, '{}', ''
        FROM attempt WHERE is_ours
        ON CONFLICT DO NOTHING RETURNING 1
    )
    SELECT is_ours, EXISTS (SELECT 1 FROM claimed) AS is_new FROM attempt
""")

_CLAIMED = 0  # its row is there; it has no version
_answers = Rows(idempotency)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandKey:
    """A caller's key for one command: who, by which route, and the fingerprint of everything they asked."""

    key: str
    principal: str
    route: str
    fingerprint: bytes

    @property
    def lock(self) -> int:
        """The number of the advisory lock: 64 bits of a hash."""
        named = f"{self.principal}\n{self.route}\n{self.key}".encode()
        return int.from_bytes(sha256(named).digest()[:8], "big", signed=True)


async def claim(session: AsyncSession, command: CommandKey) -> Rendered | None:
    """Takes the key for this transaction: None when it is new, otherwise the answer given to the same command before.

    Raises IdempotencyKeyInUse while the first is running, IdempotencyKeyReused when it stands for another command.
    """
    (outcome,) = await run(
        session,
        _CLAIM,
        lock=command.lock,
        key=command.key,
        principal=command.principal,
        route=command.route,
        body_hash=command.fingerprint,
    )
    if not outcome["is_ours"]:
        raise IdempotencyKeyInUse
    if outcome["is_new"]:
        return None
    known = (await session.execute(select(idempotency).where(*_row(command)))).one()
    if known.body_hash != command.fingerprint:
        raise IdempotencyKeyReused
    return Rendered(status=known.status, headers=json.loads(known.headers), body=known.body)


def keep(session: AsyncSession, command: CommandKey, *, given: Rendered) -> None:
    """Writes the answer beside the claimed key; both become visible with the command's effect, or not at all."""
    row = {"key": command.key, "principal": command.principal, "route": command.route}
    answer = {"status": given.status, "headers": json.dumps(given.headers), "body": given.body}
    _answers.put(session, {**row, **answer}, was=_CLAIMED)


async def forget_old_keys(session: AsyncSession, older_than: timedelta = KEPT_FOR) -> int:
    """Deletes keys of commands answered longer ago than this, by the database's time. Returns how many."""
    done = await session.execute(delete(idempotency).where(idempotency.c.created_at < func.now() - older_than))
    return done.rowcount if isinstance(done, CursorResult) else 0


def _row(command: CommandKey) -> tuple[ColumnElement[bool], ...]:
    columns = idempotency.c
    return columns.key == command.key, columns.principal == command.principal, columns.route == command.route
