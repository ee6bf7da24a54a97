"""Servers outside this checkout, as the environment names them; what it does not name runs here."""

import os
import re


def external_broker() -> str:
    """The broker named in the environment (KAFKA_BOOTSTRAP_SERVERS), or nothing."""
    return os.environ.get("KAFKA_BOOTSTRAP_SERVERS", "")


def external_database(service: str) -> str | None:
    """The database named in the environment for this service, if any, as SQLAlchemy wants it."""
    url = os.environ.get(f"DATABASE_URL_{service.upper()}")
    return url and re.sub(r"^postgres(ql)?://", "postgresql+asyncpg://", url)
