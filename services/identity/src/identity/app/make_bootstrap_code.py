"""Whoever runs the machine makes the code that lets the first administrator in."""

from identity.domain.access_errors import AdministratorExists
from identity.domain.bootstrap import LIFE, BootstrapCode
from identity.storage import bootstrap_codes, people
from identity.storage.real_time import real_now
from shared.db.work import Work


async def make_bootstrap_code(work: Work, digest: str) -> BootstrapCode:
    """The code of this digest, in the place of any before. Raises AdministratorExists."""
    await bootstrap_codes.hold(work.session)
    if await people.administrators(work.session):
        raise AdministratorExists
    await bootstrap_codes.forget(work.session)
    code = BootstrapCode(digest=digest, expires_at=await real_now(work.session) + LIFE)
    work.audit("bootstrap.make", object_id=code.code_id)
    return await bootstrap_codes.save(work.session, code)
