"""The environment of identity."""

from shared.runtime.settings import ServiceSettings


class Settings(ServiceSettings):
    """Where people and services reach identity, what seals its secrets, and whom it trusts."""

    issuer_address: str = ""
    """The https address that people and services reach identity at, also its name in tokens; empty: host and port."""

    portal_redirect_uris: tuple[str, ...] = ("http://127.0.0.1:8400/signed-in",)
    """Where the portal takes codes; compared to the letter."""

    portal_signed_out_uris: tuple[str, ...] = ("http://127.0.0.1:8400/signed-out", "http://127.0.0.1:8400/")
    """Where the portal may have people sent once they signed out."""

    trusted_proxies: tuple[str, ...] = ()
    """Networks (CIDR) whose X-Forwarded-For is believed."""

    outside_issuer: str = ""
    """The outside OpenID provider by which people may sign in as well; empty: none."""

    outside_client_id: str = ""
    outside_client_secret: str = ""
    outside_proves_second_factor: bool = False
    """Whether it asks everybody for a second factor, so that this service need not."""

    @property
    def issuer(self) -> str:
        """The name in every token, without a slash at its end."""
        return (self.issuer_address or f"http://{self.host}:{self.port}").rstrip("/")
