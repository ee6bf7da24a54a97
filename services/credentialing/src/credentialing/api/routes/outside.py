"""What people outside tell, what clinicians say of themselves, and what other systems say: the routes together."""

from credentialing.api.routes import checklists, imports, profiles, references
from credentialing.storage.outside_requests import Confidences
from shared.guard.limits import LargeBody
from shared.vault.vault import Vault

ROUTERS = (references.router, checklists.router, profiles.router, imports.router)


def resources(vault: Vault, archive_most_bytes: int) -> dict[str, object]:
    """What these routes find on the application."""
    return {references.RESOURCE: Confidences(vault), imports.RESOURCE: archive_most_bytes}


def archives(archive_most_bytes: int) -> tuple[LargeBody, ...]:
    """The route that takes archives, and how large these may be."""
    return imports.large_bodies(archive_most_bytes)
