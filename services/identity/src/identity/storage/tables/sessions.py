"""Who is signed in, and what was handed out for that; failures that slow the next attempt."""

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, Table, Text

from identity.storage.tables.metadata import metadata


def _instant(name: str, *, nullable: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


session = Table(
    "sign_in_session",
    metadata,
    Column("session_id", Text, primary_key=True),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("person_id", Text, nullable=False),
    Column("is_complete", Boolean, nullable=False, comment="every factor was proven"),
    Column("methods", Text, nullable=False, comment="amr values of RFC 8176, with spaces between"),
    _instant("authenticated_at"),
    _instant("used_at"),
    _instant("ended_at", nullable=True),
    Index("ix_sign_in_session_person_id", "person_id"),
    Index("ix_sign_in_session_used_at", "used_at"),
)

authorization_code = Table(
    "authorization_code",
    metadata,
    Column("code_hash", Text, primary_key=True),
    Column("session_id", Text, nullable=False),
    Column("client_id", Text, nullable=False),
    Column("redirect_uri", Text, nullable=False),
    Column("code_challenge", Text, nullable=False),
    Column("nonce", Text),
    Column("scope", Text, nullable=False),
    _instant("expires_at"),
    _instant("redeemed_at", nullable=True),
    Index("ix_authorization_code_expires_at", "expires_at"),
)

refresh_token = Table(
    "refresh_token",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("session_id", Text, nullable=False),
    Column("client_id", Text, nullable=False),
    Column("scope", Text, nullable=False),
    _instant("expires_at"),
    _instant("used_at", nullable=True),
    Index("ix_refresh_token_session_id", "session_id"),
    Index("ix_refresh_token_expires_at", "expires_at"),
)

device = Table(
    "device",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("person_id", Text, primary_key=True),
    _instant("seen_at"),
    Index("ix_device_seen_at", "seen_at"),
)

failure = Table(
    "failure",
    metadata,
    Column("counter", Text, primary_key=True, comment="a hash of what is counted: an account, an address, a device"),
    Column("count", Integer, nullable=False),
    _instant("blocked_until"),
    _instant("failed_at"),
    Index("ix_failure_failed_at", "failed_at"),
)
