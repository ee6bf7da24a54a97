"""The keys that sign tokens."""

from sqlalchemy import Column, DateTime, Table, Text

from identity.storage.tables.metadata import metadata

signing_key = Table(
    "signing_key",
    metadata,
    Column("kid", Text, primary_key=True),
    Column("standing", Text, nullable=False, comment="next, current, previous"),
    Column("public_jwk", Text, nullable=False),
    Column("sealed_private_jwk", Text, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("signs_since", DateTime(timezone=True)),
    Column("retired_at", DateTime(timezone=True)),
)
