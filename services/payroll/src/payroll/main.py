"""Payroll, put together."""

from payroll.api.auth import POLICY
from payroll.api.routes import PRIVATE_KINDS, previews, router
from payroll.app.queries import keep_private_until, reaches_clinician
from payroll.consumers import handlers
from payroll.jobs import jobs
from payroll.settings import Settings
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
    vault = Vault("payroll", FileKeys(settings.vault_keys))
    private = PrivateValues(vault, PRIVATE_KINDS)
    return Service(
        name="payroll",
        version="0.1.0",
        settings=settings,
        handlers=handlers,
        jobs=Jobs([*jobs.jobs, *vault_jobs(private, Erasures(vault, keep_private_until))]),
        routers=(router, previews, private_values_router(private, reaches_clinician), holds),
        policy=POLICY,
    )
