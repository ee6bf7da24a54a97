"""What every service reads from its environment."""

from pydantic_settings import BaseSettings, SettingsConfigDict


class ServiceSettings(BaseSettings):
    """The settings of one service process; each service's `settings.py` extends them by its own."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    database_url: str
    migration_database_url: str = ""
    """The same database by the role that owns its tables, for `migrate` alone; the service's own then owns none."""
    kafka_bootstrap_servers: str = "127.0.0.1:9092"
    host: str = "127.0.0.1"
    port: int = 8000
    instance: str = "0"
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
