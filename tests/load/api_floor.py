"""The floor of the API measurement: a bare FastAPI route with SQLAlchemy's unit of work that writes the same rows.

No token, no key, no problems, no rules and no reads: it parses the same body, and writes an assignment, its readiness,
an event, an answer and an entry of the audit into the same tables, each row about as long as the service's.
"""

import gc
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Annotated, Any

import uvicorn
from fastapi import FastAPI, Header, Response
from pydantic import BaseModel, Field
from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import registry

from assignments.storage.tables import assignment, readiness
from shared.db.tables import audit_entry, audit_unsealed, outbox
from shared.http.idempotency_table import idempotency
from shared.ids import new_id, new_uuid

Amount = Annotated[Decimal, Field(max_digits=14, decimal_places=4)]
Words = Annotated[str, Field(min_length=1, max_length=80)]
LIGHTS = json.dumps([{"department": name, "status": "open", "done": 0, "total": 0, "blockers": []} for name in "abcd"])
UNSIGNED = {"pointer": "/terms_history/0", "code": "agreement_required", "message": "The clinician has not signed."}


class Shift(BaseModel):
    """A week's shifts."""

    shifts_per_week: int
    starts_at: time
    ends_at: time
    unpaid_meal_minutes: int = 30
    weekdays: tuple[str, ...] = ()


class Bonus(BaseModel):
    """A taxable amount."""

    kind: str
    amount: Amount
    due_on: date | None = None


class Reimbursement(BaseModel):
    """Costs repaid."""

    kind: Words
    limit: Amount


class Pay(BaseModel):
    """What the clinician is paid."""

    hourly_rates: dict[str, Amount]
    lodging_per_week: Amount
    meals_per_week: Amount
    tax_home_declared: bool
    bonuses: tuple[Bonus, ...] = ()
    reimbursements: tuple[Reimbursement, ...] = ()


class Offer(BaseModel):
    """The body."""

    source: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
    source_reference: Annotated[str, Field(pattern=r"^[A-Za-z0-9._~:@-]{1,80}$")]
    clinician_reference: Words
    facility_reference: Words
    unit: Words
    discipline: str
    specialty: Words
    start_date: date
    end_date: date
    shift_pattern: Shift
    guaranteed_hours_per_week: Amount
    pay_package: Pay
    bill_rates: dict[str, Amount]
    housing_mode: str


class Made(BaseModel):
    """The answer."""

    assignment_id: str
    version: int
    state: str
    terms: Offer
    unsigned: list[dict[str, str]]
    lights: str


mapping = registry()


def _mapped(table: Table) -> Any:
    row = type(table.name.title(), (), {})
    mapping.map_imperatively(row, table)
    return row


Assignment, Readiness, Outbox, Idempotency = map(_mapped, (assignment, readiness, outbox, idempotency))
Entry, Unsealed = map(_mapped, (audit_entry, audit_unsealed))


def make_app(url: str) -> FastAPI:
    """The application."""
    engine = create_async_engine(url, pool_size=10)
    sessions = async_sessionmaker(engine, expire_on_commit=False)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        gc.collect()
        gc.freeze()
        yield
        await engine.dispose()

    app = FastAPI(lifespan=lifespan)

    @app.post("/offers", status_code=201)
    async def post_offer(asked: Offer, idempotency_key: Annotated[str, Header()]) -> Response:
        made = Made(
            assignment_id=new_id("asg"), version=1, state="accepted", terms=asked, unsigned=[UNSIGNED], lights=LIGHTS
        )
        answer = made.model_dump_json()
        async with sessions() as session, session.begin():
            _add_rows(session, made, answer=answer, key=idempotency_key)
        return Response(answer, 201, media_type="application/json")

    return app


def _add_rows(session: AsyncSession, made: Made, *, answer: str, key: str) -> None:
    body, offer = made.terms.model_dump_json(), made.terms
    session.add(
        Assignment(
            assignment_id=made.assignment_id,
            source=offer.source,
            source_reference=offer.source_reference,
            clinician_id=offer.clinician_reference,
            facility_id=offer.facility_reference,
            client_id=offer.facility_reference,
            state=made.state,
            start_date=offer.start_date,
            end_date=offer.end_date,
            version=1,
            body=answer,
        )
    )
    session.add(Readiness(assignment_id=made.assignment_id, is_ready=False, version=1, body=LIGHTS))
    session.add(
        Outbox(
            id=new_uuid(),
            aggregatetype="assignments.assignment.v1",
            aggregateid=made.assignment_id,
            aggregateversion=1,
            type="offer.accepted",
            payload=body,
            time=datetime.now(UTC),  # noqa: TID251  # a route without our clock
            actor="per_recruiter",
            correlationid=key,
            assignmentid=made.assignment_id,
            traceparent="00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            epoch=1,
            shard=1,
        )
    )
    session.add(
        Idempotency(
            key=key,
            principal="per_recruiter",
            route="POST /offers",
            body_hash=b"0" * 32,
            status=201,
            headers="{}",
            body=answer.encode(),
        )
    )
    _add_entry(session, made, key)


def _add_entry(session: AsyncSession, made: Made, key: str) -> None:
    entry = new_uuid()
    session.add(Unsealed(entry_id=entry))
    session.add(
        Entry(
            id=entry,
            at=datetime.now(UTC),  # noqa: TID251  # the same
            actor="per_recruiter",
            action="assignments.accept",
            object=made.assignment_id,
            request_id=key,
            details="{}",
        )
    )


if __name__ == "__main__":
    uvicorn.run(
        make_app(os.environ["DATABASE_URL"]),
        port=int(os.environ["PORT"]),
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,
    )
