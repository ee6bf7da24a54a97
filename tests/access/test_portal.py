"""Who may do what in the portal, tried: its pages and forms, and the routes that it has like every service."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from portal import main
from portal.clients.services import Services
from portal.settings import Settings
from portal.storage.tables import timeline_entry
from services.portal.tests.api.department import Department
from services.portal.tests.builders import a_person, a_withdrawal, a_workstream, an_item
from services.portal.tests.consumers.telling import rows, tell
from shared.contracts.assignments import AssignmentConfirmed, AssignmentEnded, State
from shared.contracts.terms import PayPackage
from shared.roles import Field
from shared.runtime.definition import Service
from shared.testing.api import Api, Issuer
from shared.testing.house import House
from tests.access import tokens
from tests.access.matrix import Matrix
from tests.access.page_matrix import PageMatrix, Subject, page_routes
from tests.access.world import Thing, World, an_id, client, clinician, columns, facility, names_of, offer, park, terms

SERVICE = "portal"
DUE = datetime(2026, 2, 20, 15, tzinfo=UTC)
BILL, PAY, STAKE = (("91.13", "92.17", "93.19"), ("41.37", "42.39", "43.31"), ("7,711", "8,822", "9,933"))
"""A rate, another and dollars at stake, of one assignment each: numbers that stand nowhere else."""

UNDONE = frozenset({"POST /v1/clock:advance", "POST /v1/parked-events/{parked_id}:skip"})
UNDONE_PAGES = frozenset(
    {
        "POST /parked/{service}/{number}/skip",
        "POST /views/{view_id}/drop",
        "POST /work/{work_item_id}/done",
        "POST /work/{work_item_id}/reopen",
        "GET /assignments/{assignment_id}/packets/{packet_id}/{part}",
        "GET /documents/{document_id}/content",
        "GET /documents/{document_id}/pages/{page}",
        "POST /assignments/{assignment_id}/documents",
        "GET /assignments/{assignment_id}/audit-packet/{form}",
        "POST /clinicians/{clinician_id}/profile",
        "POST /l/own/{assignment_id}",
    }
)
"""Nobody keeps a view here, no item is a task of one's own, what is parked was replayed, documents lie elsewhere."""


class Itself(httpx.AsyncBaseTransport):
    """The portal as one of the services that it asks for parked events."""

    app: FastAPI

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await httpx.ASGITransport(app=self.app).handle_async_request(request)


@pytest.fixture
def itself() -> Itself:
    return Itself()


@pytest.fixture
def definition(environment: dict[str, Any], itself: Itself) -> Service:
    transports = {"assignments": httpx.ASGITransport(app=Department().app), "portal": itself}
    urls = {name: f"http://{name}" for name in transports}
    return main.service(Settings(**environment), services=Services(urls, transports=transports))


@pytest.fixture
async def subjects(house: House) -> tuple[Subject, ...]:
    """Three assignments that share nothing: of the callers, of others, and of others and over."""
    found = [_subject(number, mark) for number, mark in enumerate(("own", "foreign", "over"))]
    people = (a_person(), a_person(person_id="per_2", name="Ben Lowry", email="ben.lowry@example.com"))
    await house.say(*people)
    for subject in found:
        await _say(house, subject)
    await park(house, AssignmentConfirmed(assignment_id=an_id("asg", "late"), terms_version=1))
    return tuple([await _with_entry(house, subject) for subject in found])


async def _with_entry(house: House, subject: Subject) -> Subject:
    [first, *_] = await rows(house, timeline_entry, assignment_id=subject.names["assignment_id"])
    return replace(subject, names={**subject.names, "entry_id": str(first["entry_id"])})


@pytest.fixture
def pages(subjects: tuple[Subject, ...], app: FastAPI, api: Api, issuer: Issuer, itself: Itself) -> PageMatrix:
    """Every page against every caller."""
    itself.app = app
    app.state.ending = asyncio.Event()
    app.state.ending.set()  # a stream says what there is, and ends
    own, *others = subjects
    return PageMatrix(app=app, client=api.client, issuer=issuer, own=own, others=tuple(others))


@pytest.fixture
def world(subjects: tuple[Subject, ...]) -> World:
    """What the routes are about that every service has: no assignment."""
    own, foreign, _ = (Thing(names={**one.names, "parked_id": "1"}, rows={}) for one in subjects)
    return World(own=own, foreign=foreign, unknown=foreign)


@pytest.fixture
def matrix(matrix: Matrix, app: FastAPI) -> Matrix:
    """The machine's routes; the pages have a matrix of their own."""
    return replace(matrix, elsewhere={route.name for route in page_routes(app)})


async def test_no_caller_is_shown_on_a_page_what_is_not_theirs(pages: PageMatrix) -> None:
    await pages.run(undone=UNDONE_PAGES)


async def test_no_caller_reaches_what_is_not_theirs(matrix: Matrix) -> None:
    await matrix.run(undone=UNDONE)


async def test_a_token_that_is_not_good_opens_nothing(matrix: Matrix) -> None:
    await tokens.require_refused(matrix)


def _subject(number: int, mark: str) -> Subject:
    names = {
        **names_of(mark),
        "work_item_id": an_id("wki", mark),
        "view_id": "vew_1",
        "service": "portal",
        "number": "1",
        "document_id": an_id("doc", mark),
        "page": "1",
        "code": "CERT-BLS",
        "case_id": an_id("exc", mark),
        "action_id": an_id("adv", mark),
        "assertion_id": an_id("ast", mark),
        "checklist_id": an_id("chk", mark),
        "file_id": an_id("fil", mark),
        "form": "json",
        "sample_id": an_id("smp", mark),
        "request_id": an_id("out", mark),
        "packet_id": an_id("pkt", mark),
        "part": "0",
        "rule_id": "agency-references",
    }
    told = [names[name] for name in ("assignment_id", "facility_id", "work_item_id")]
    wide = frozenset({names["clinician_id"]})
    return Subject(
        names=names,
        row={**columns(names, is_open=mark != "over"), "source": mark},
        telling=frozenset({*told, f"Hospital of {mark}"}) | wide,
        wide=wide,
        classed={
            Field.CONTACT: frozenset({f"Nurse of {mark}", f"{mark}@example.org"}),
            Field.COMMERCIAL: frozenset({BILL[number], STAKE[number]}),
            Field.MONEY: frozenset({PAY[number]}),
        },
    )


async def _say(house: House, subject: Subject) -> None:
    """Everything that the house says of one assignment; of the last one also that it is over."""
    names = subject.names
    [pay] = subject.classed[Field.MONEY]
    [bill] = subject.classed[Field.COMMERCIAL] & set(BILL)
    [stake] = subject.classed[Field.COMMERCIAL] & set(STAKE)
    package = PayPackage(hourly_rates={"REG": Decimal(pay)}, meals_per_week=Decimal("300.00"), tax_home_declared=True)
    agreed = terms(names, pay_package=package, bill_rates={"REG": Decimal(bill)})
    await house.say(client(names), facility(names), clinician(names), replace(offer(names), terms=agreed))
    ids = {name: names[name] for name in ("work_item_id", "assignment_id")}
    cents = int(stake.replace(",", "")) * 100
    await tell(
        house,
        [
            (a_workstream(assignment_id=names["assignment_id"]), "credentialing"),
            (an_item(**ids, due_at=DUE, money_at_stake_cents=cents), "credentialing"),
        ],
    )
    if not subject.row["is_open"]:
        end = AssignmentEnded(
            assignment_id=names["assignment_id"], terms_version=1, ended_on=date(2026, 1, 5), state=State.FELL_OFF
        )
        await tell(house, [(end, "assignments"), (a_withdrawal(**ids), "credentialing")])
