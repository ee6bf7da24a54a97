"""The environment of the portal."""

from shared.runtime.settings import ServiceSettings


class Settings(ServiceSettings):
    """Where people reach the portal, where it reaches the services, and what seals its sessions."""

    portal_address: str = ""
    """The address that people reach the portal at, without a slash at its end; empty: host and port."""

    identity_url: str = "http://127.0.0.1:8404"
    """Where browsers and the portal reach identity."""

    service_urls: dict[str, str] = {}
    """Where the portal reaches each service, by its name."""

    session_key: str = ""
    """The file of the key that seals sessions: 32 random bytes or more, as hexadecimal text; empty: nobody signs in."""

    @property
    def address(self) -> str:
        """The address that people reach the portal at."""
        return (self.portal_address or f"http://{self.host}:{self.port}").rstrip("/")
