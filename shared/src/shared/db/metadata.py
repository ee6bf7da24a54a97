"""The tables that every service's database has because of the mechanism, not because of the service."""

from sqlalchemy import MetaData

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

mechanism = MetaData(naming_convention=NAMING)
"""Outbox, inbox, positions, parked events, replicas, idempotency keys, workstreams and work items.

JSON stands in text columns: what was said is kept to the byte, and PostgreSQL never rewrites it.
"""
