"""What people outside tell, what clinicians say of themselves, and what other systems say: the routes together."""

from credentialing.api.routes import checklists, imports, profiles, references
from credentialing.storage.outside_requests import Confidences
from shared.vault.vault import Vault

ROUTERS = (references.router, checklists.router, profiles.router, imports.router)


def resources(vault: Vault) -> dict[str, object]:
    """What these routes find on the application."""
    return {references.RESOURCE: Confidences(vault)}
