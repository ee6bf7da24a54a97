"""The keys that sign tokens take turns."""

from identity.clients.signing import Signer
from identity.domain.signing_key import Rotation, keys_wanted, rotated
from identity.storage import signing_keys
from identity.storage.real_time import real_now
from shared.db.work import Work


async def rotate_keys(work: Work, *, signer: Signer, is_forced: bool = False) -> Rotation:
    """Makes what is missing and moves each key on when its time has come, or now. Raises VaultUnavailable."""
    keys = await signing_keys.to_change(work.session)
    now = await real_now(work.session)
    fresh = [await signer.new_key(made_at=now) for _ in range(keys_wanted(keys, now=now, is_forced=is_forced))]
    rotation = rotated(keys, fresh, now=now, is_forced=is_forced)
    await signing_keys.save(work.session, rotation)
    return rotation
