"""What every service reads from its environment, or from files that the environment names."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict


class SettingFault(ValueError):
    """A setting that was to come from a file cannot be had."""


class _FromFiles(EnvSettingsSource):
    """For each setting `X` without a value in the environment, the content of the file that `X_FILE` names."""

    def __init__(self, settings_cls: type[BaseSettings]) -> None:
        super().__init__(settings_cls)
        named = {name: self.env_vars.get(f"{name}_file") for name in settings_cls.model_fields}
        for name, path in named.items():
            if path and self.env_vars.get(name):
                raise SettingFault(f"{name.upper()} and {name.upper()}_FILE are both given; keep one of them.")
        self.env_vars = {name: _content(name, path) for name, path in named.items() if path}


def _content(name: str, path: str) -> str:
    """What the file holds, without the line break that editors put at its end."""
    try:
        content = Path(path).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise SettingFault(f"{name.upper()}_FILE names {path}, which cannot be read: {reason}.") from None
    if not content:
        raise SettingFault(f"{name.upper()}_FILE names {path}, which is empty.")
    return content


class ServiceSettings(BaseSettings):
    """The settings of one service process; each service's `settings.py` extends them by its own.

    A setting `X` may be given as `X_FILE` instead, the path of a file that holds it: so a secret need not stand in the
    environment, which other processes of the user and crash reports can show.
    """

    model_config = SettingsConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    database_url: str
    migration_database_url: str = ""
    """The same database by the role that owns its tables, for `migrate` alone; the service's own then owns none."""
    kafka_bootstrap_servers: str = "127.0.0.1:9092"
    host: str = "127.0.0.1"
    port: int = 8000
    instance: str = "0"
    trusted_proxies: tuple[str, ...] = ()
    """Addresses and networks (CIDR) whose X-Forwarded-For and X-Forwarded-Proto are believed."""
    rate_limit_per_minute: int = Field(default=600, ge=0)
    """Requests of one subject, or of one client for one person, in this process; 0: no bound."""
    rate_limit_unknown_per_minute: int = Field(default=60, ge=0)
    """Requests of one address that were refused before anybody was known; 0: no bound."""
    hsts_seconds: int = Field(default=31_536_000, ge=0)
    """How long browsers shall come by https alone, said in answers over https; 0: not said."""
    firstshift_issuer_keys: str = "issuer.jwks.json"
    """The token issuer's JSON Web Key Set: the path of a file, or an https address."""
    firstshift_issuer: str = "firstshift-local"
    firstshift_test_mode: bool = False
    """Lets an operator move the business clock forward."""
    audit_key: str = ""
    """The file of the key that seals the audit: 32 random bytes or more, as hexadecimal text."""
    audit_anchors: str = ""
    """The folder, outside the database, where the head of the audit is noted."""
    vault_keys: str = ""
    """The file of the keys that wrap the keys of private values; empty: values can neither be sealed nor opened."""
    log_format: str = "json"
    log_level: str = "info"

    @classmethod
    def settings_customise_sources(  # type: ignore[override]  # pydantic passes them by these names
        cls, settings_cls: type[BaseSettings], **sources: PydanticBaseSettingsSource
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What the code says, then the environment, then the files that it names."""
        return sources["init_settings"], sources["env_settings"], _FromFiles(settings_cls)
