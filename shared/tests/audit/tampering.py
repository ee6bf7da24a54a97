"""Everything that somebody with all rights on the database may try against the audit, drawn by a seed."""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.audit.chain import GENESIS, Chain

_TEXTS = ("actor", "action", "object", "reason", "request_id", "on_behalf_of", "details")


@dataclass(frozen=True)
class Tampering:
    """One attempt: its name, and what it does."""

    name: str
    act: Callable[[AsyncConnection, random.Random], Any]


async def _positions(connection: AsyncConnection) -> Sequence[Any]:
    return (await connection.execute(text("SELECT position, entry_id FROM audit_seal ORDER BY position"))).all()


async def _edit(connection: AsyncConnection, dice: random.Random) -> None:
    seal, column = dice.choice(await _positions(connection)), dice.choice(_TEXTS)
    changed = text(f"UPDATE audit_entry SET {column} = coalesce({column}, '') || '~' WHERE id = :id")
    await connection.execute(changed, {"id": seal.entry_id})


async def _backdate(connection: AsyncConnection, dice: random.Random) -> None:
    seal, column = dice.choice(await _positions(connection)), dice.choice(("at", "recorded_at"))
    moved = text(f"UPDATE audit_entry SET {column} = {column} - interval '1 microsecond' WHERE id = :id")
    await connection.execute(moved, {"id": seal.entry_id})


async def _delete_entry(connection: AsyncConnection, dice: random.Random) -> None:
    seal = dice.choice(await _positions(connection))
    await connection.execute(text("DELETE FROM audit_entry WHERE id = :id"), {"id": seal.entry_id})


async def _delete_both(connection: AsyncConnection, dice: random.Random) -> None:
    seal = dice.choice(await _positions(connection))
    await connection.execute(text("DELETE FROM audit_entry WHERE id = :id"), {"id": seal.entry_id})
    await connection.execute(text("DELETE FROM audit_seal WHERE position = :at"), {"at": seal.position})


async def _close_the_gap(connection: AsyncConnection, dice: random.Random) -> None:
    seal = dice.choice(await _positions(connection))
    await connection.execute(text("DELETE FROM audit_entry WHERE id = :id"), {"id": seal.entry_id})
    await connection.execute(text("DELETE FROM audit_seal WHERE position = :at"), {"at": seal.position})
    for later in (await _positions(connection))[seal.position - 1 :]:
        moved = text("UPDATE audit_seal SET position = position - 1 WHERE position = :at")
        await connection.execute(moved, {"at": later.position})


async def _swap_entries(connection: AsyncConnection, dice: random.Random) -> None:
    one, other = dice.sample(list(await _positions(connection)), 2)
    point = text("UPDATE audit_seal SET entry_id = :id WHERE position = :at")
    nowhere = text("UPDATE audit_seal SET entry_id = gen_random_uuid() WHERE position = :at")
    await connection.execute(nowhere, {"at": one.position})
    await connection.execute(point, {"id": one.entry_id, "at": other.position})
    await connection.execute(point, {"id": other.entry_id, "at": one.position})


async def _copy_another(connection: AsyncConnection, dice: random.Random) -> None:
    one, other = dice.sample(list(await _positions(connection)), 2)
    taken = text(
        "UPDATE audit_entry AS e SET actor = o.actor || '~', request_id = o.request_id, object = o.object"
        " FROM audit_entry AS o WHERE e.id = :one AND o.id = :other"
    )
    await connection.execute(taken, {"one": one.entry_id, "other": other.entry_id})


async def _cut_the_end(connection: AsyncConnection, dice: random.Random) -> None:
    keep = dice.randrange(len(await _positions(connection)))
    gone = text("DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM audit_seal WHERE position > :keep)")
    await connection.execute(gone, {"keep": keep})
    await connection.execute(text("DELETE FROM audit_seal WHERE position > :keep"), {"keep": keep})


async def _truncate(connection: AsyncConnection, dice: random.Random) -> None:
    tables = dice.choice(("audit_entry", "audit_seal", "audit_entry, audit_seal, audit_unsealed"))
    await connection.execute(text(f"TRUNCATE {tables}"))


async def _insert_beside(connection: AsyncConnection, dice: random.Random) -> None:
    await connection.execute(
        text(
            "INSERT INTO audit_entry (id, at, actor, action, request_id, details)"
            " VALUES (gen_random_uuid(), now(), :actor, 'cases.book', 'r', '{}')"
        ),
        {"actor": f"per_{dice.random()}"},
    )


async def _touch_seal(connection: AsyncConnection, dice: random.Random) -> None:
    seal = dice.choice(await _positions(connection))
    forged = text("UPDATE audit_seal SET seal = :seal WHERE position = :at")
    await connection.execute(forged, {"at": seal.position, "seal": dice.randbytes(32)})


async def _rewrite(connection: AsyncConnection, dice: random.Random) -> None:
    """Changes an entry and makes every seal anew, with a key guessed."""
    await _edit(connection, dice)
    chain, before = Chain(dice.choice((b"", dice.randbytes(32)))), GENESIS
    rows = (
        await connection.execute(
            text("SELECT s.position, e.* FROM audit_seal s JOIN audit_entry e ON e.id = s.entry_id ORDER BY s.position")
        )
    ).mappings()
    for row in rows.all():
        before = chain.seal(before, position=row["position"], entry=row)
        remade = text("UPDATE audit_seal SET seal = :seal WHERE position = :at")
        await connection.execute(remade, {"seal": before, "at": row["position"]})


async def _drop_before_sealing(connection: AsyncConnection, dice: random.Random) -> None:
    """Takes the entry away between its commit and its seal."""
    fresh = text(
        "WITH made AS (INSERT INTO audit_entry (id, at, actor, action, request_id, details)"
        " VALUES (gen_random_uuid(), now(), 'per_x', 'cases.book', :r, '{}') RETURNING id)"
        " INSERT INTO audit_unsealed SELECT id FROM made RETURNING entry_id"
    )
    entry = await connection.scalar(fresh, {"r": json.dumps(dice.random())})
    await connection.execute(text("DELETE FROM audit_entry WHERE id = :id"), {"id": entry})


TAMPERINGS = tuple(
    Tampering(act.__name__.strip("_"), act)
    for act in (
        _edit,
        _backdate,
        _delete_entry,
        _delete_both,
        _close_the_gap,
        _swap_entries,
        _copy_another,
        _cut_the_end,
        _truncate,
        _insert_beside,
        _touch_seal,
        _rewrite,
        _drop_before_sealing,
    )
)
