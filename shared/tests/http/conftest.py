"""A tiny service: things with a name, an amount and dates, kept in a real table behind the whole HTTP kit."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Annotated, Any

import httpx
import pytest
import structlog
from fastapi import APIRouter, FastAPI
from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey
from pydantic import ConfigDict, Field
from sqlalchemy import Column, Date, Integer, MetaData, Numeric, Table, Text, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.responses import Response

from shared.access.keys import FileKeys
from shared.access.tokens import Verifier
from shared.access.withdrawals import Withdrawals
from shared.clock import FixedClock
from shared.db.versions import require_version
from shared.db.work import Work, Works
from shared.errors import Finding, Kind, NotFound, Refused, Unavailable
from shared.guard.quotas import Quotas
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.app import Wiring, create_app
from shared.http.bodies import Amount, RequestBody, ResponseBody
from shared.http.commands import Commands, Reads
from shared.http.decoding import Reading, body, reading
from shared.http.openapi import problems
from shared.http.pages import Page, Paging, fetch_page
from shared.http.versions import ExpectedVersion

POLICY = {
    "things.make": frozenset({"recruiter"}),
    "things.read": frozenset({"recruiter", "operator"}),
    "things.rename": frozenset({"recruiter"}),
}

A_THING: dict[str, Any] = {"name": "crane", "amount": "45.50", "start_date": "2026-01-05", "end_date": "2026-04-03"}
SHOWN: dict[str, Any] = {"id": "thg_1", "name": "crane", "amount": "45.50", "version": 1}

tables = MetaData()
thing = Table(
    "thing",
    tables,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("amount", Numeric, nullable=False),
    Column("start_date", Date, nullable=False),
    Column("version", Integer, nullable=False),
)


class NameTaken(Refused):
    """There is a thing of this name already."""

    code = "name_taken"
    kind = Kind.CONFLICT


class Part(RequestBody):
    """A part of a thing."""

    label: str = Field(max_length=20)
    price: Amount


class NewThing(RequestBody):
    """A thing to be made."""

    model_config = ConfigDict(json_schema_extra={"examples": [A_THING]})

    name: str = Field(min_length=1, max_length=40)
    amount: Amount
    start_date: date
    end_date: date
    colour: str | None = None
    parts: list[Part] = Field(default=[], max_length=50)
    rates: dict[str, Amount] = {}


class Rename(RequestBody):
    """A thing's new name."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "heron"}]})

    name: str = Field(min_length=1, max_length=40)


class Thing(ResponseBody):
    """A thing as it is shown."""

    model_config = ConfigDict(json_schema_extra={"examples": [SHOWN]})

    id: str
    name: str
    amount: Decimal
    version: int


def judge(draft: Any) -> tuple[Finding, ...]:
    """The rules about a thing."""
    found = []
    if draft.start_date and draft.end_date and draft.end_date < draft.start_date:
        found.append(Finding(pointer="/end_date", code="ends_before_start", message="End on or after the start."))
    for index, part in enumerate(draft.parts or ()):
        if part and part.price is not None and part.price < 0:
            pointer = f"/parts/{index}/price"
            found.append(Finding(pointer=pointer, code="negative", message="Write a price of 0 or more."))
    return tuple(found)


async def make_thing(work: Work, wanted: Reading[NewThing]) -> Thing:
    new = wanted.require(judge(wanted.draft))
    if await work.session.scalar(select(thing.c.id).where(thing.c.name == new.name)):
        raise NameTaken
    made = Thing(id=work.new_id("thg"), name=new.name, amount=new.amount, version=1)
    await work.session.execute(insert(thing).values(**made.model_dump(), start_date=new.start_date))
    return made


async def rename_thing(work: Work, thing_id: str, name: str, *, expected: int) -> Thing:
    row = (await work.session.execute(select(thing).where(thing.c.id == thing_id).with_for_update())).one_or_none()
    if row is None:
        raise NotFound(what="thing", id=thing_id)
    require_version(row.version, expected)
    await work.session.execute(update(thing).where(thing.c.id == thing_id).values(name=name, version=row.version + 1))
    return Thing(id=row.id, name=name, amount=row.amount, version=row.version + 1)


router = APIRouter(prefix="/v1/things")


@router.post(
    "",
    summary="Make a thing",
    status_code=201,
    response_model=Thing,
    dependencies=[allow("things.make")],
    responses=problems(NameTaken),
)
async def post_thing(door: Commands, wanted: Annotated[Reading[NewThing], reading(NewThing)]) -> Response:
    return await door.command(
        lambda work: make_thing(work, wanted),
        answer=lambda made: Answer(status=201, body=made, etag=made.version, location=f"/v1/things/{made.id}"),
    )


@router.get("", summary="List things", dependencies=[allow("things.read")])
async def list_things(door: Reads, paging: Paging, name: str | None = None) -> Page[Thing]:
    query = select(thing) if name is None else select(thing).where(thing.c.name == name)
    by = [thing.c.start_date, thing.c.id]
    found = await door.read(lambda work: fetch_page(work.session, query, by=by, paging=paging))
    return found.page(Thing.model_validate)


@router.patch(
    "/{thing_id}",
    summary="Rename a thing",
    response_model=Thing,
    dependencies=[allow("things.rename")],
    responses=problems(NotFound),
)
async def patch_thing(
    door: Commands, thing_id: str, expected: ExpectedVersion, wanted: Annotated[Rename, body(Rename)]
) -> Response:
    return await door.command(
        lambda work: rename_thing(work, thing_id, wanted.name, expected=expected),
        answer=lambda renamed: Answer(body=renamed, etag=renamed.version),
    )


@router.post(":slowly", summary="Make a thing slowly", dependencies=[allow("things.make")], response_model=Thing)
async def post_slowly(door: Commands, wanted: Annotated[Reading[NewThing], reading(NewThing)]) -> Response:
    async def act(work: Work) -> Thing:
        made = await make_thing(work, wanted)
        await asyncio.sleep(0.3)
        return made

    return await door.command(act, answer=lambda made: Answer(status=201, body=made))


@router.post(":fail", summary="Fail", dependencies=[allow("things.make")], response_model=Thing)
async def post_failing(door: Commands, wanted: Annotated[Reading[NewThing], reading(NewThing)]) -> Response:
    async def act(work: Work) -> Thing:
        await make_thing(work, wanted)
        raise RuntimeError(f"a defect that quotes {wanted.draft.name}")

    return await door.command(act, answer=lambda made: Answer(body=made))


@router.get(":away", summary="Ask what is away", dependencies=[allow("things.read")])
async def get_away() -> Thing:
    raise Unavailable("the licence board is away")


@pytest.fixture(scope="session")
def pair() -> OKPKey:
    """The issuer's key pair."""
    return OKPKey.generate_key("Ed25519", {"use": "sig"}, auto_kid=True)


@pytest.fixture
def key_file(tmp_path: Path, pair: OKPKey) -> Path:
    path = tmp_path / "issuer.json"
    path.write_text(json.dumps(KeySet([pair]).as_dict(private=False)))
    return path


@pytest.fixture
def claims() -> dict[str, Any]:
    """What a good token of a recruiter says."""
    now = int(time.time())
    return {"iss": "tests", "aud": "firstshift", "sub": "ada", "roles": ["recruiter"], "nbf": now, "exp": now + 300}


@pytest.fixture
def sign(pair: OKPKey, claims: dict[str, Any]) -> Callable[..., dict[str, str]]:
    """Gives the Authorization header of a token whose claims differ so."""

    def signed(**changes: Any) -> dict[str, str]:
        header = {"alg": "Ed25519", "kid": pair.kid, "typ": "at+jwt"}
        return {"Authorization": "Bearer " + jwt.encode(header, {**claims, **changes}, pair, algorithms=["Ed25519"])}

    return signed


@pytest.fixture
def waiting_for() -> list[str]:
    """What the service says it waits for."""
    return []


@pytest.fixture
def quotas() -> Quotas:
    """No bounds, unless a module says others."""
    return Quotas(known_per_minute=0, unknown_per_minute=0)


@pytest.fixture
def app_on(
    clock: FixedClock, key_file: Path, waiting_for: list[str], quotas: Quotas
) -> Callable[[AsyncEngine], FastAPI]:
    """Gives the service on a database."""

    async def ready() -> Sequence[str]:
        return waiting_for

    def make(engine: AsyncEngine) -> FastAPI:
        verifier = Verifier(FileKeys(key_file), issuer="tests")
        works = Works("assignments", engine, clock)
        wiring = Wiring(
            works=works, verifier=verifier, withdrawals=Withdrawals(works), policy=POLICY, ready=ready, quotas=quotas
        )
        return create_app("things", "1.2.3", routers=[router], wiring=wiring)

    return make


@pytest.fixture
def app(app_on: Callable[[AsyncEngine], FastAPI], engine: AsyncEngine) -> FastAPI:
    return app_on(engine)


@pytest.fixture
async def client(
    app: FastAPI, engine: AsyncEngine, sign: Callable[..., dict[str, str]]
) -> AsyncIterator[httpx.AsyncClient]:
    """A recruiter's client."""
    async with engine.begin() as connection:
        await connection.run_sync(tables.create_all)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://things", headers=sign()) as client:
        yield client


@pytest.fixture
def count(engine: AsyncEngine) -> Callable[[str], Any]:
    """Counts a table's rows."""

    async def rows(table: str) -> int:
        async with engine.connect() as connection:
            return int(await connection.scalar(select(func.count()).select_from(Table(table, MetaData()))) or 0)

    return rows


@pytest.fixture
def a_thing() -> dict[str, Any]:
    return dict(A_THING)


@pytest.fixture
def logged() -> Any:
    """Everything that is logged, as text."""
    written = StringIO()
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, structlog.processors.JSONRenderer()],
        logger_factory=structlog.PrintLoggerFactory(written),
        cache_logger_on_first_use=False,
    )
    yield written
    structlog.reset_defaults()
