"""Erasures over HTTP: one asks, another confirms, and of an account only the id is left."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from identity.domain.factors import Factors
from identity.domain.person import Person, Profile
from identity.domain.roles import Role
from identity.storage import people
from identity.storage.tables import access, accounts, sessions
from services.identity.tests.api.browser import invited
from shared.contracts.identity import AccessWithdrawn, PersonChanged, PersonErased
from shared.db.tables import outbox
from shared.principal import Principal

SOMEBODY = Principal(subject="per_somebody")
PERSON, CLINICIAN = f"per_{'0' * 26}", f"cln_{'0' * 26}"
TABLES = (accounts.person, accounts.factors, accounts.invitation, accounts.outside_identity, sessions.session)


async def add_person(works, role):
    profile = Profile(name="Ana Castellane", team="west", time_zone="America/Denver")
    person = Person(person_id=PERSON, email="ana@example.org", profile=profile, roles=(role,))
    async with works.begin(SOMEBODY) as work:
        await people.save(work.session, person)
        await people.save_factors(work.session, Factors(person_id=PERSON, password_hash="a hash of hers"))


async def asked(api, subject):
    answer = await api.post("/v1/erasures", {"subject": subject, "reason": "Asked in writing"}, role="lead")
    assert answer.status_code == 201, answer.json()
    return f"/v1/erasures/{answer.json()['erasure_id']}"


async def test_a_clinician_is_erased_once_a_second_person_confirms(api, house):
    path = await asked(api, CLINICIAN)
    own = await api.post(f"{path}:confirm", role="lead")
    before = await house.said(PersonErased)
    answer = await api.post(f"{path}:confirm", role="administrator")
    again = await api.post(f"{path}:confirm", role="administrator")
    assert (own.status_code, own.json()["code"], before) == (403, "erasure_needs_another", [])
    assert (answer.status_code, answer.json()["confirmed_by"]) == (200, "per_administrator")
    assert (again.status_code, again.json()["code"]) == (409, "erasure_confirmed")
    assert await house.said(PersonErased) == [PersonErased(subject=CLINICIAN, requested_on=date(2026, 1, 5))]


async def test_of_a_person_with_an_account_nothing_readable_is_left(api, works, house):
    """INVARIANT: after an erasure identity's tables hold neither name nor address nor proof of the person.

    What breaks it: a table of people that the erasure does not reach.
    """
    await add_person(works, Role.COORDINATOR)
    await api.post(f"{await asked(api, PERSON)}:confirm", role="administrator")
    async with works.begin(SOMEBODY) as work:
        left = repr([(await work.session.execute(select(table))).all() for table in TABLES])
        person = await people.to_read(work.session, PERSON)
    [withdrawn] = await house.said(AccessWithdrawn)
    assert not [word for word in ("Ana", "ana@", "west", "Denver", "a hash of hers") if word in left]
    assert (person.profile.name, person.email, person.is_active) == ("erased", f"{PERSON}@erased.invalid", False)
    assert await house.said(PersonChanged) == []
    assert withdrawn.subject == PERSON


async def test_what_was_said_of_a_person_is_taken_out_of_the_archive_and_followed_by_a_tombstone(api, works):
    """INVARIANT: sending identity's events again says nothing of somebody who was erased.

    What breaks it: leaving the payloads of before in the outbox, or saying anything of them after the tombstone.
    """
    person = await invited(api)
    other = await invited(api, email="ben@agency.example")
    await api.post(f"{await asked(api, person['person_id'])}:confirm", role="administrator")
    told = outbox.c.aggregateid, outbox.c.aggregateversion, outbox.c.payload
    wanted = select(*told).where(outbox.c.aggregatetype == "identity.person.v1").order_by(outbox.c.id)
    async with works.engine.connect() as connection:
        kept = (await connection.execute(wanted)).all()
    of_person = [(row.aggregateversion, row.payload) for row in kept if row.aggregateid == person["person_id"]]
    [of_other] = [row for row in kept if row.aggregateid == other["person_id"]]
    assert of_person == [(1, None), (2, None)]
    assert "ben@agency.example" in of_other.payload


async def test_whoever_signed_in_long_ago_does_not_confirm(api, house):
    path = await asked(api, CLINICIAN)
    refused = await replace(api, signed_in_minutes_ago=16).post(f"{path}:confirm", role="administrator")
    assert (refused.status_code, refused.json()["code"]) == (401, "fresh_sign_in_needed")
    assert ((await api.get(path)).json()["confirmed_at"], await house.said(PersonErased)) == (None, [])


async def test_links_of_an_erased_clinician_let_nobody_in(api, works, house):
    wanted = {"for": "clinician", "clinician_id": CLINICIAN, "purpose": "upload_documents"}
    made = (await api.post("/v1/links", wanted)).json()
    await api.post(f"{await asked(api, CLINICIAN)}:confirm", role="administrator")
    async with works.begin(SOMEBODY) as work:
        assert await work.session.scalar(select(access.link.c.version)) == 2
    assert (await api.get(f"/v1/links/{made['link_id']}")).json()["revoked_at"] is not None
    assert [said.subject for said in await house.said(AccessWithdrawn)] == [made["link_id"]]


async def test_the_last_administrator_is_not_erased(api, works, house):
    await add_person(works, Role.ADMINISTRATOR)
    path = await asked(api, PERSON)
    refused = await api.post(f"{path}:confirm", role="administrator")
    assert (refused.status_code, refused.json()["code"]) == (409, "last_administrator")
    assert ((await api.get(path)).json()["confirmed_at"], await house.said(PersonErased)) == (None, [])


async def test_a_subject_is_asked_for_once(api):
    path = await asked(api, CLINICIAN)
    again = await api.post("/v1/erasures", {"subject": CLINICIAN, "reason": "Again"}, role="administrator")
    assert (again.status_code, again.json()["code"]) == (409, "erasure_asked")
    assert path.rpartition("/")[2] in again.json()["detail"]


async def test_erasures_are_found_by_whether_they_are_confirmed(api):
    await asked(api, CLINICIAN)
    queries = ("", "?is_confirmed=false", "?is_confirmed=true")
    assert [len((await api.get(f"/v1/erasures{query}")).json()["items"]) for query in queries] == [1, 1, 0]


@pytest.mark.parametrize(("field", "value"), [("subject", "Ana Castellane"), ("subject", "asg_1"), ("reason", " ")])
async def test_faults_are_named_and_nothing_is_asked(api, field, value):
    wanted = {"subject": CLINICIAN, "reason": "Asked in writing"} | {field: value}
    refused = await api.post("/v1/erasures", wanted)
    assert (refused.status_code, [fault["pointer"] for fault in refused.json()["errors"]]) == (422, [f"/{field}"])
    assert (await api.get("/v1/erasures")).json()["items"] == []


@pytest.mark.parametrize("role", ["coordinator", "operator", "auditor", "recruiter"])
async def test_others_neither_ask_nor_confirm(api, house, role):
    path = await asked(api, CLINICIAN)
    answers = [
        await api.post("/v1/erasures", {"subject": f"cln_{'1' * 26}", "reason": "x"}, role=role),
        await api.post(f"{path}:confirm", role=role),
    ]
    assert ([answer.status_code for answer in answers], await house.said(PersonErased)) == ([403, 403], [])
