"""What the vault keeps in the database of each service: keys that are wrapped, values that are sealed, and why."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    func,
    text,
)

from shared.db.metadata import mechanism
from shared.vault.columns import SealedText


def _instant(name: str, *, nullable: bool = True) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


subject_key = Table(
    "subject_key",
    mechanism,
    Column("key_id", Text, primary_key=True),
    Column("subject", Text, nullable=False, comment="the person whose values it seals"),
    Column("wrapped", LargeBinary, comment="null once it was destroyed"),
    Column("kek_id", Text, nullable=False, comment="the key that it is wrapped by"),
    _instant("created_at", nullable=False),
    _instant("retired_at"),
    _instant("destroyed_at"),
    CheckConstraint("(wrapped IS NULL) = (destroyed_at IS NOT NULL)", name="destroyed"),
    Index("ix_subject_key_subject", "subject"),
    Index("ix_subject_key_kek_id", "kek_id", postgresql_where=text("wrapped IS NOT NULL")),
    Index(
        "uq_subject_key_current",
        "subject",
        unique=True,
        postgresql_where=text("retired_at IS NULL AND destroyed_at IS NULL"),
    ),
)

private_value = Table(
    "private_value",
    mechanism,
    Column("subject", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("sealed", SealedText, nullable=False),
    Column("blind_index", Text, comment="HMAC of the value, for kinds that are compared"),
    Column("version", Integer, nullable=False),
    _instant("recorded_at", nullable=False),
    Column("recorded_by", Text, nullable=False),
    Index("ix_private_value_kind_blind_index", "kind", "blind_index"),
)

private_reveal = Table(
    "private_reveal",
    mechanism,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("subject", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("person", Text, nullable=False, comment="who saw it"),
    Column("reason", Text, nullable=False),
    Column("revealed_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="real time"),
    Index("ix_private_reveal_person_revealed_at", "person", "revealed_at"),
)

legal_hold = Table(
    "legal_hold",
    mechanism,
    Column("hold_id", Text, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("until", Date, comment="its last day; null is open"),
    Column("placed_by", Text, nullable=False),
    _instant("placed_at", nullable=False),
    _instant("released_at"),
    Column("released_by", Text),
    Column("release_reason", Text),
    Index("ix_legal_hold_subject", "subject"),
)

erasure = Table(
    "erasure",
    mechanism,
    Column("erasure_id", Text, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("requested_on", Date, nullable=False),
    Column("requested_by", Text, nullable=False),
    Column("waits_for", Text, comment="legal_hold or retention"),
    Column("look_on", Date, nullable=False, comment="nothing can be due before this day"),
    _instant("done_at"),
    Index("uq_erasure_subject", "subject", unique=True),
    Index("ix_erasure_look_on", "look_on", postgresql_where=text("done_at IS NULL")),
)
"""The shred log: it says whom to forget again after a backup was restored."""
