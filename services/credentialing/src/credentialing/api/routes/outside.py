"""What people outside tell, what clinicians say of themselves, and what other systems say: the routes together."""

from collections.abc import Mapping

from credentialing.api.routes import checklists, imports, profiles, references
from credentialing.storage.requests import Confidences
from shared.vault.vault import Vault

ROUTERS = (references.router, checklists.router, profiles.router, imports.router)


def resources(vault: Vault) -> Mapping[str, object]:
    """What these routes find on the application."""
    return {references.RESOURCE: Confidences(vault)}
