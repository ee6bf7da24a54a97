"""What every service reads from its environment."""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class ServiceSettings(BaseSettings):
    """The settings of one service process; each service's `settings.py` extends them by its own."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    database_url: str
    kafka_bootstrap_servers: str = "127.0.0.1:9092"
    host: str = "127.0.0.1"
    port: int = 8000
    instance: str = "0"
    firstshift_issuer_keys: Path = Path("issuer.jwks.json")
    """The JSON Web Key Set of the token issuer."""
    firstshift_issuer: str = "firstshift-local"
    firstshift_test_mode: bool = False
    """Lets an operator move the business clock forward."""
    log_format: str = "json"
    log_level: str = "info"
