"""Private values over HTTP: who may, what is shown, and that a value is nowhere but in the one answer."""

import logging
from datetime import date, timedelta
from io import StringIO

import httpx
import pytest
import structlog
from sqlalchemy import text

from payroll.main import service as payroll_service
from payroll.settings import Settings
from services.payroll.tests.builders import an_end, an_offer, some_facility
from shared.contracts.assignments import Address, ClinicianChanged, State
from shared.contracts.terms import Discipline
from shared.principal import system
from shared.runtime.jobs import run_once
from shared.runtime.process import Process
from shared.testing.api import Api
from shared.vault.erasures import request_erasure

VALUES = "/v1/clinicians/cln_1/private-values"
HOLDS = "/v1/clinicians/cln_1/legal-holds"
SSN, ACCOUNT = "900-65-4321", "000123456789"
WHY = {"reason": "The bank asked to confirm the number."}


def a_clinician(clinician_id="cln_1"):
    home = Address(street="1 Elm St", city="Tucson", state="AZ", zip="85701")
    return ClinicianChanged(
        clinician_id=clinician_id,
        source="ats",
        source_reference=clinician_id,
        name="Ada Example",
        email="ada@example.org",
        phone="555-0100",
        home=home,
        discipline=Discipline.RN,
        specialties=("ICU",),
    )


@pytest.fixture
async def known(house):
    """Two clinicians."""
    await house.say(a_clinician("cln_1"), a_clinician("cln_2"))


@pytest.fixture
def reveal(api: Api):
    """Reveals as somebody who signed in some minutes ago."""

    async def asked(kind="ssn", *, role="payroll_specialist", minutes_ago: int | None = 1, why=WHY, **headers: str):
        token = api.issuer.token(role, signed_in_minutes_ago=minutes_ago)
        return await api.post(f"{VALUES}/{kind}:reveal", why, Authorization=f"Bearer {token}", **headers)

    return asked


@pytest.fixture
def logged():
    """Everything that is logged from now on."""
    out = StringIO()
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, structlog.processors.JSONRenderer()],
        logger_factory=structlog.PrintLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(out)
    logging.getLogger().addHandler(handler)
    yield out
    logging.getLogger().removeHandler(handler)
    structlog.reset_defaults()


async def test_a_value_is_recorded_masked_and_revealed_for_a_reason(api, known, reveal):
    put = await api.put(f"{VALUES}/ssn", {"value": SSN}, role="payroll_specialist")
    assert (put.status_code, put.headers["etag"], put.json()["masked"]) == (200, '"1"', "***-**-4321")
    (line,) = (await api.get(VALUES)).json()["items"]
    assert line == put.json()
    assert set(line) == {"kind", "field_class", "masked", "version", "recorded_at", "recorded_by", "also_held_by"}
    shown = await reveal()
    assert (shown.status_code, shown.json()) == (200, {"kind": "ssn", "version": 1, "value": "900654321"})
    assert shown.headers["cache-control"] == "no-store"


async def test_the_audit_knows_who_recorded_and_who_saw_a_value_and_why(api, known, reveal, engine):
    await api.put(f"{VALUES}/ssn", {"value": SSN})
    await reveal()
    async with engine.connect() as connection:
        asked = text("SELECT action, actor, object, reason FROM audit_entry ORDER BY recorded_at, id")
        found = [tuple(row) for row in await connection.execute(asked)]
    assert found == [
        ("private.record", "per_lead", "cln_1/ssn", None),
        ("private.reveal", "per_payroll_specialist", "cln_1/ssn", WHY["reason"]),
    ]


async def test_a_value_is_in_no_table_no_event_and_no_log(api, known, reveal, engine, logged):
    """INVARIANT: of a private value nothing is kept but its sealed form: no answer, no hash of a request, no log line.

    What breaks it: an Idempotency-Key on these routes, whose row holds the answer and a hash of the body.
    """
    good = [
        await api.put(f"{VALUES}/ssn", {"value": SSN}),
        await api.put(f"{VALUES}/bank_account", {"value": ACCOUNT}),
        await reveal(key="a-key"),
        await reveal("bank_account", key="a-key"),
    ]
    bad = [
        await api.put(f"{VALUES}/ssn", {"value": SSN + "7"}),
        await api.put(f"{VALUES}/ssn", {"value": 900654321}),
        await api.put(f"{VALUES}/ssn", {"value": SSN, "ssn": SSN}),
        await api.put(f"{VALUES}/ssn?validate_only=true", {"value": SSN}),
        await api.put(f"{VALUES}/medical_note", {"value": SSN}),
        await api.put("/v1/clinicians/cln_9/private-values/ssn", {"value": SSN}),
    ]
    assert [answer.status_code for answer in (*good, *bad)] == [200] * 4 + [422] * 4 + [404] * 2
    async with engine.connect() as connection:
        tables = await connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        rows = [
            row for name in tables for row in await connection.scalars(text(f"SELECT CAST(t AS text) FROM {name} t"))
        ]
        assert await connection.scalar(text("SELECT count(*) FROM idempotency")) == 0
    problems = "".join(answer.text for answer in bad)
    for kept in ("\n".join(rows), problems, logged.getvalue()):
        assert kept
        assert [part for part in (SSN, "900654321", "900-65", ACCOUNT) if part in kept] == []


async def test_each_fault_of_a_value_is_named_with_its_repair(api, known):
    found = {}
    for kind, value in (("ssn", "12"), ("bank_routing", "011000016"), ("bank_account", "12x")):
        answer = await api.put(f"{VALUES}/{kind}", {"value": value})
        (error,) = answer.json()["errors"]
        found[kind] = (answer.status_code, error["pointer"], error["code"])
    assert found == {
        "ssn": (422, "/value", "not_an_ssn"),
        "bank_routing": (422, "/value", "wrong_check_digit"),
        "bank_account": (422, "/value", "not_an_account_number"),
    }
    assert (await api.get(VALUES)).json() == {"items": []}


async def test_a_kind_that_payroll_does_not_hold_is_refused_by_name(api, known):
    answer = await api.put(f"{VALUES}/birth_date", {"value": "1990-04-17"})
    assert (answer.status_code, answer.json()["code"]) == (404, "kind_not_held")
    assert "ssn, bank_routing, bank_account" in answer.json()["detail"]


async def test_the_same_account_of_two_clinicians_is_seen(api, known):
    for clinician in ("cln_1", "cln_2"):
        await api.put(f"/v1/clinicians/{clinician}/private-values/bank_account", {"value": ACCOUNT})
    (line,) = (await api.get(VALUES, role="payroll_specialist")).json()["items"]
    assert line["also_held_by"] == 1


@pytest.mark.parametrize("minutes_ago", [None, 16])
async def test_a_reveal_needs_a_fresh_sign_in_and_says_how_to_get_one(api, known, reveal, minutes_ago):
    await api.put(f"{VALUES}/ssn", {"value": SSN})
    refused = await reveal(minutes_ago=minutes_ago)
    assert (refused.status_code, refused.json()["code"]) == (401, "fresh_sign_in_needed")
    assert 'error="insufficient_user_authentication", max_age="900"' in refused.headers["www-authenticate"]
    assert "at most 15 minutes old; sign in again" in refused.json()["detail"]


@pytest.mark.parametrize(("why", "code"), [({}, "missing"), ({"reason": "because   "}, "too_short")])
async def test_a_reveal_needs_a_reason(api, known, reveal, why, code):
    await api.put(f"{VALUES}/ssn", {"value": SSN})
    refused = await reveal(why=why)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, code)


async def test_a_reveal_cannot_be_rehearsed(api, known):
    token = api.issuer.token("lead", signed_in_minutes_ago=1)
    await api.put(f"{VALUES}/ssn", {"value": SSN})
    path = f"{VALUES}/ssn:reveal?validate_only=true"
    refused = await api.post(path, WHY, Authorization=f"Bearer {token}")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "unknown_field")


async def test_the_twenty_first_reveal_within_an_hour_has_to_wait(api, known, reveal):
    await api.put(f"{VALUES}/ssn", {"value": SSN})
    answers = [await reveal() for _ in range(21)]
    assert [answer.status_code for answer in answers] == [200] * 20 + [429]
    assert answers[-1].json()["code"] == "too_many_reveals"
    assert 0 < int(answers[-1].headers["retry-after"]) <= 3600
    assert (await reveal(role="lead")).status_code == 200


@pytest.mark.parametrize("role", ["recruiter", "coordinator", "credentialing_specialist", "operator", "auditor"])
async def test_only_payroll_sees_or_records_private_values_and_only_leads_hold(api, known, reveal, role):
    answers = [
        await api.put(f"{VALUES}/ssn", {"value": SSN}, role=role),
        await api.get(VALUES, role=role),
        await reveal(role=role),
        await api.get(HOLDS, role=role),
        await api.post(HOLDS, WHY, role=role),
        await api.post(f"{HOLDS}/hld_1:release", WHY, role=role),
    ]
    assert [answer.status_code for answer in answers] == [403] * 6
    assert (await api.post(HOLDS, WHY, role="payroll_specialist")).status_code == 403
    assert (await api.get(VALUES)).json() == {"items": []}


async def test_a_change_of_what_was_changed_meanwhile_is_refused(api, known):
    token = {"Authorization": f"Bearer {api.issuer.token('lead')}"}
    for value, seen in ((SSN, '"0"'), ("900654322", '"1"')):
        answer = await api.client.put(f"{VALUES}/ssn", json={"value": value}, headers={**token, "If-Match": seen})
        assert answer.status_code == 200
    late = await api.client.put(f"{VALUES}/ssn", json={"value": SSN}, headers={**token, "If-Match": '"1"'})
    assert (late.status_code, late.json()["code"]) == (412, "version_mismatch")


async def test_without_a_key_file_only_private_values_are_away(environment, broker, clock, api, known):
    bare = Process(payroll_service(Settings(**{**environment, "vault_keys": ""})), broker=broker, clock=clock)
    transport = httpx.ASGITransport(app=bare.app(with_worker=False))
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        away = Api(client, api.issuer)
        found = [
            await away.put(f"{VALUES}/ssn", {"value": SSN}),
            await away.get(VALUES),
            await away.get("/v1/profiles"),
        ]
    await bare.engine.dispose()
    assert [answer.status_code for answer in found] == [503, 200, 200]


async def test_a_hold_is_placed_listed_and_released(api):
    placed = await api.post(HOLDS, {**WHY, "until": "2026-03-01"})
    path = f"{HOLDS}/{placed.json()['hold_id']}:release"
    released = await api.post(path, {"reason": "The claim was settled."})
    again = await api.post(path, {"reason": "The claim was settled."})
    past = await api.post(HOLDS, {**WHY, "until": "2026-01-04"})
    assert [one.status_code for one in (placed, released, again, past)] == [201, 200, 409, 422]
    (line,) = (await api.get(HOLDS)).json()["items"]
    assert (line, line["release_reason"]) == (released.json(), "The claim was settled.")


async def test_an_erasure_waits_for_the_law_and_then_leaves_nothing(api, known, house, works, definition, clock):
    ended = an_end(State.COMPLETED, date(2026, 5, 2))
    await house.say(some_facility(), an_offer(), ended)
    for kind, value in (("ssn", SSN), ("bank_account", ACCOUNT)):
        await api.put(f"{VALUES}/{kind}", {"value": value})
    (settle,) = (job for job in definition.jobs.jobs if job.name == "settle_erasures")
    async with works.begin(system("payroll")) as work:
        await request_erasure(work, "cln_1", requested_on=date(2026, 6, 1))
    seen = []
    for day in (date(2026, 6, 1), date(2029, 5, 2), date(2029, 5, 3), date(2031, 1, 31), date(2031, 2, 1)):
        clock.advance(timedelta(days=(day - clock.now().date()).days))
        while await run_once(settle, works):
            pass
        seen.append([line["kind"] for line in (await api.get(VALUES)).json()["items"]])
    assert seen == [["bank_account", "ssn"], ["bank_account", "ssn"], ["ssn"], ["ssn"], []]
    gone = await api.put(f"{VALUES}/ssn", {"value": SSN})
    assert (gone.status_code, gone.json()["code"]) == (409, "private_values_erased")
