"""The portal, put together."""

from starlette.middleware import Middleware

from portal.api.auth import POLICY
from portal.api.pages import assets
from portal.api.pages.live import RESOURCE as LIVE
from portal.api.pages.live import Live
from portal.api.pages.problem_pages import on_error
from portal.api.pages.session_cookie import SessionCookie
from portal.api.pages.sign_in_parts import RESOURCE, SignInParts
from portal.api.pages.zipped import Zipped
from portal.api.routes import (
    actions,
    assignments,
    board,
    credential_adverse,
    credential_audit_packets,
    credential_documents,
    credential_files,
    credential_measures,
    credential_packets,
    credential_profiles,
    credential_references,
    credential_rules,
    credential_skills,
    credential_sources,
    credentialing,
    design,
    directory,
    funnel,
    links,
    live,
    me,
    notes,
    outside,
    own_skills,
    palette,
    repairs,
    sign_in,
    tasks,
    views,
    work,
    work_commands,
)
from portal.app.forget_events import forget_events
from portal.clients.contracts import Contracts
from portal.clients.health import Health
from portal.clients.identity import Identity
from portal.clients.services import Services
from portal.clients.session_seal import SessionSeal
from portal.consumers import handlers
from portal.jobs import jobs
from portal.settings import Settings
from shared.access.keys import keys_at
from shared.clock import SystemClock
from shared.db.engine import make_engine
from shared.db.work import Works
from shared.outbound.internal import internal_client
from shared.principal import system
from shared.runtime.definition import Service

ROUTERS = (
    board.router,  # no other one's addresses; each request is held against all routes before its own
    work_commands.router,
    tasks.router,
    work.router,
    views.router,
    credential_documents.router,
    credential_files.router,
    credential_packets.router,
    credential_references.router,
    credential_skills.router,
    credential_rules.router,
    credential_adverse.router,
    credential_audit_packets.router,
    credential_measures.router,
    credential_profiles.router,
    credential_sources.router,
    credentialing.router,
    assignments.router,
    actions.router,
    notes.router,
    assets.router,
    design.router,
    sign_in.router,
    outside.router,
    own_skills.router,
    links.router,
    live.router,
    palette.router,
    me.router,
    directory.router,
    funnel.router,
    repairs.router,
)


def service(settings: Settings | None = None, *, services: Services | None = None) -> Service:
    """The whole service, as these settings or its environment say; `services` in place of those at their addresses."""
    settings = settings or Settings()
    services = services or Services(settings.service_urls)
    parts = _sign_in_parts(settings)
    return Service(
        name="portal",
        version="0.1.0",
        settings=settings,
        handlers=handlers,
        jobs=jobs,
        routers=ROUTERS,
        policy=POLICY,
        resources={
            RESOURCE: parts,
            LIVE: Live(Health(settings.service_urls)),
            "services": services,
            "contracts": Contracts(services),
            "identity_origin": parts.identity.origin,
        },
        middleware=(Middleware(Zipped, minimum_size=1024), Middleware(SessionCookie, on_error=on_error)),
        on_error=on_error,
        large_bodies=(credential_documents.UPLOADS, credential_profiles.UPLOADS, links.UPLOADS),
    )


def _sign_in_parts(settings: Settings) -> SignInParts:
    return SignInParts(
        address=settings.address,
        identity=Identity(
            settings.identity_url,
            issuer=settings.firstshift_issuer,
            keys=keys_at(settings.firstshift_issuer_keys, internal_client),
            client=internal_client(settings.identity_url),
        ),
        seal=SessionSeal(settings.session_key),
    )


async def forget_heard(settings: Settings | None = None) -> int:
    """Forgets every event that was heard, to hear it again; how many they were. With API and worker stopped."""
    engine = make_engine((settings or Settings()).database_url, application_name="portal-at-the-machine")
    try:
        async with Works("portal", engine, SystemClock()).begin(system("portal")) as work:
            return await forget_events(work)
    finally:
        await engine.dispose()
