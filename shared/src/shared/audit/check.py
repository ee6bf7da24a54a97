"""The check of one service's audit, as its settings say where everything is."""

from typing import Protocol

from shared.audit.anchors import Anchors
from shared.audit.chain import chain_from
from shared.audit.verify import Verified, verify
from shared.db.engine import make_engine


class AuditSettings(Protocol):
    """What the check is told of a service."""

    database_url: str
    audit_key: str
    audit_anchors: str


async def check(service: str, settings: AuditSettings) -> Verified:
    """What the whole audit of the service looks like now. Raises KeyUnusable, OSError."""
    engine = make_engine(settings.database_url, application_name=f"{service}-audit")
    try:
        anchors = Anchors(settings.audit_anchors, service=service).all()
        return await verify(engine, chain_from(settings.audit_key), anchors=anchors)
    finally:
        await engine.dispose()
