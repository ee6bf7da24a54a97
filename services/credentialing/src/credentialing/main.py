"""Credentialing, put together."""

from credentialing.api.auth import POLICY
from credentialing.api.routes.files import PRIVATE_KINDS, previews, router
from credentialing.app.queries.files import keep_private_until, reaches_clinician
from credentialing.consumers import handlers
from credentialing.jobs import jobs
from credentialing.settings import Settings
from shared.runtime.definition import Service
from shared.runtime.jobs import Jobs
from shared.runtime.vault_jobs import vault_jobs
from shared.vault.erasures import Erasures
from shared.vault.hold_routes import router as holds
from shared.vault.keys import FileKeys
from shared.vault.private_values import PrivateValues
from shared.vault.routes import private_values_router
from shared.vault.vault import Vault


def service(settings: Settings | None = None) -> Service:
    """The whole service, as these settings or its environment say."""
    settings = settings or Settings()
    vault = Vault("credentialing", FileKeys(settings.vault_keys))
    private = PrivateValues(vault, PRIVATE_KINDS)
    return Service(
        name="credentialing",
        version="0.1.0",
        settings=settings,
        handlers=handlers,
        jobs=Jobs([*jobs.jobs, *vault_jobs(private, Erasures(vault, keep_private_until))]),
        routers=(router, previews, private_values_router(private, reaches_clinician), holds),
        policy=POLICY,
    )
