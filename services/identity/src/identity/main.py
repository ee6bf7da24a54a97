"""Identity, put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from identity.api.auth import POLICY
from identity.api.routes import (
    agency,
    api_clients,
    authorize,
    bootstrap,
    erasures,
    grants,
    invitation,
    links,
    me,
    people,
    provider,
    sign_out,
    signing_keys,
    token,
)
from identity.api.routes.parts import RESOURCE, Parts
from identity.app.make_bootstrap_code import make_bootstrap_code
from identity.app.renew_machine_operator import RenewMachineOperator, renew_machine_operator
from identity.clients.mint import Mint
from identity.clients.outside_provider import OutsideProvider
from identity.clients.passwords import Passwords
from identity.clients.sealing import Sealer
from identity.clients.signing import Signer
from identity.consumers import handlers
from identity.domain.api_client import ApiClient
from identity.domain.authorization import RegisteredClient
from identity.jobs import jobs_with
from identity.settings import Settings
from shared.access.secret_texts import new_secret_text, secret_hash
from shared.clock import SystemClock
from shared.db.engine import make_engine
from shared.db.work import Work, Works
from shared.outbound.public import public_client
from shared.principal import system
from shared.runtime.definition import Service
from shared.vault.keys import FileKeys

OPEN_ID = (provider.router, authorize.router, token.router, sign_out.router, invitation.router)
MANAGEMENT = (people.router, me.router, signing_keys.router)


def service(settings: Settings | None = None) -> Service:
    """The whole service, as these settings or its environment say."""
    settings = settings or Settings()
    parts = _parts(settings)
    return Service(
        name="identity",
        version="0.1.0",
        settings=settings,
        handlers=handlers,
        routers=(
            *OPEN_ID,
            *MANAGEMENT,
            api_clients.router,
            links.router,
            grants.router,
            agency.router,
            erasures.router,
            bootstrap.router,
        ),
        policy=POLICY,
        jobs=jobs_with(parts.signer),
        resources={RESOURCE: parts, "mint": Mint(is_test=settings.firstshift_test_mode)},
    )


async def bootstrap_code(settings: Settings | None = None) -> str:
    """A fresh code by which the first administrator comes in, within an hour. Raises AdministratorExists."""
    code = new_secret_text()
    async with _at_the_machine(settings or Settings()) as work:
        await make_bootstrap_code(work, secret_hash(code))
    return code


async def operator_secret(settings: Settings | None = None) -> tuple[ApiClient, str]:
    """The machine's operator client and its one secret, made now and kept nowhere here."""
    settings = settings or Settings()
    minted = Mint(is_test=settings.firstshift_test_mode).client_secret()
    async with _at_the_machine(settings) as work:
        client = await renew_machine_operator(work, RenewMachineOperator(digest=minted.digest))
    return client, minted.text


@asynccontextmanager
async def _at_the_machine(settings: Settings) -> AsyncIterator[Work]:
    """A unit of work of whoever may read the service's database address, beside the running service."""
    engine = make_engine(settings.database_url, application_name="identity-at-the-machine")
    try:
        async with Works("identity", engine, SystemClock()).begin(system("identity")) as work:
            yield work
    finally:
        await engine.dispose()


def _parts(settings: Settings) -> Parts:
    sealer = Sealer(FileKeys(settings.vault_keys))
    portal = RegisteredClient(
        client_id="portal",
        redirect_uris=settings.portal_redirect_uris,
        signed_out_uris=settings.portal_signed_out_uris,
    )
    return Parts(
        passwords=Passwords(),
        sealer=sealer,
        signer=Signer(sealer, issuer=settings.issuer),
        clients={portal.client_id: portal},
        trusted_proxies=settings.trusted_proxies,
        outside=_outside(settings),
    )


def _outside(settings: Settings) -> OutsideProvider | None:
    if not settings.outside_issuer:
        return None
    return OutsideProvider(
        public_client(),
        issuer=settings.outside_issuer,
        client_id=settings.outside_client_id,
        client_secret=settings.outside_client_secret,
        proves_second_factor=settings.outside_proves_second_factor,
    )
