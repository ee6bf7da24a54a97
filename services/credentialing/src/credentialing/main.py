"""Credentialing, put together."""

from collections.abc import Callable
from functools import partial

from credentialing.api.auth import POLICY
from credentialing.api.routes import (
    adverse_actions,
    audit_packets,
    clearance,
    document_pages,
    documents,
    expirables,
    forecasts,
    measures,
    outside,
    packet_templates,
    packets,
    screening,
)
from credentialing.api.routes import rules as rule_routes
from credentialing.api.routes import sources as source_routes
from credentialing.api.routes.files import PRIVATE_KINDS, previews, router
from credentialing.api.routes.numbers import RESOURCE as NUMBERS
from credentialing.app.let_documents_go import let_documents_go
from credentialing.app.queries.files import keep_private_until, reaches_clinician
from credentialing.clients.background import Background
from credentialing.clients.bindery import Bindery
from credentialing.clients.clamav import ClamAV
from credentialing.clients.desk import Desk
from credentialing.clients.inspector import Inspector
from credentialing.clients.licences import Licences
from credentialing.clients.nppes import Nppes
from credentialing.clients.sam import Sam
from credentialing.clients.source import Source
from credentialing.clients.sources import RESOURCE as SOURCES
from credentialing.clients.sources import Sources
from credentialing.consumers import handlers
from credentialing.domain.documents.inspection import MILLION, Bounds
from credentialing.domain.sources.catalogue import BACKGROUND, LICENCES, NPPES, SAM
from credentialing.jobs import asking, jobs, keeping_documents, reminding, sending_packets
from credentialing.jobs import screening as screening_jobs
from credentialing.settings import Settings
from credentialing.storage.numbers import Numbers
from credentialing.storage.screening_people import People
from shared.files.store import FileStore
from shared.runtime.definition import Service
from shared.runtime.jobs import Jobs
from shared.runtime.vault_jobs import vault_jobs
from shared.vault.erasures import Erasures
from shared.vault.hold_routes import router as holds
from shared.vault.keys import FileKeys
from shared.vault.private_values import PrivateValues
from shared.vault.routes import private_values_router
from shared.vault.vault import Vault

FILES = (router, clearance.router, rule_routes.router)
"""What is asked of whom, how far it is, and why not yet."""

DOCUMENTS = (documents.router, document_pages.router)
"""What was uploaded, and its pages as pictures."""

TIME = (expirables.router, forecasts.router, measures.router, adverse_actions.router)
"""What runs out, when files are clear, what is counted, and the steps before a refusal."""

PACKETS = (packets.router, packet_templates.router, audit_packets.router)
"""What clients get, and what auditors are shown."""


def service(settings: Settings | None = None) -> Service:
    """The whole service, as these settings or its environment say."""
    settings = settings or Settings()
    vault = Vault("credentialing", FileKeys(settings.vault_keys))
    private = PrivateValues(vault, PRIVATE_KINDS)
    sources = _sources(settings)
    desk = _desk(settings, vault)
    bindery, agency, most = Bindery(desk.store), settings.agency_name, settings.archive_most_bytes
    numbers, people = Numbers(vault), People(vault, private)
    erasures = Erasures(vault, keep_private_until, let_go=partial(let_documents_go, desk=desk))
    return Service(
        name="credentialing",
        version="0.1.0",
        settings=settings,
        handlers=handlers,
        jobs=Jobs(
            [
                *jobs.jobs,
                *reminding.jobs,
                *asking(sources, numbers, people=people),
                *keeping_documents(desk),
                *sending_packets(desk, bindery, agency=agency),
                *screening_jobs(people),
                *vault_jobs(private, erasures),
            ]
        ),
        routers=(
            *FILES,
            *DOCUMENTS,
            source_routes.router,
            screening.router,
            previews,
            *TIME,
            *PACKETS,
            *outside.ROUTERS,
            private_values_router(private, reaches_clinician),
            holds,
        ),
        policy=POLICY,
        resources={SOURCES: sources, documents.RESOURCE: desk, NUMBERS: numbers, screening.PEOPLE: people}
        | audit_packets.resources(bindery, agency)
        | outside.resources(vault, most),
        large_bodies=(*documents.large_bodies(settings.document_most_bytes), *outside.archives(most), screening.LISTS),
    )


def _desk(settings: Settings, vault: Vault) -> Desk:
    """Where documents come in and lie."""
    s3 = {
        "endpoint": settings.files_endpoint,
        "region": settings.files_region,
        "access_key_id": settings.files_access_key,
        "secret_access_key": settings.files_secret_key,
    }
    return Desk(
        store=FileStore(
            settings.files_url, service="credentialing", **{name: value for name, value in s3.items() if value}
        ),
        vault=vault,
        inspector=Inspector(Bounds(most_pixels=settings.document_most_megapixels * MILLION)),
        scanner=ClamAV(settings.clamav_address) if settings.clamav_address else None,
        most_bytes=settings.document_most_bytes,
    )


def _sources(settings: Settings) -> Sources:
    """Those that have an address here, and of SAM.gov, which knows nobody without one, a key."""
    made: dict[str, tuple[str, Callable[[str], Source]]] = {
        NPPES: (settings.source_nppes_url, Nppes),
        SAM: (settings.source_sam_key and settings.source_sam_url, partial(Sam, key=settings.source_sam_key)),
        LICENCES: (settings.source_licences_url, partial(Licences, key=settings.source_licences_key)),
        BACKGROUND: (settings.source_background_url, partial(Background, key=settings.source_background_key)),
    }
    secrets = {
        LICENCES: tuple(settings.source_licences_secret.split()),
        BACKGROUND: tuple(settings.source_background_secret.split()),
    }
    return Sources({name: make(url) for name, (url, make) in made.items() if url}, secrets=secrets)
