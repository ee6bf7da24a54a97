"""Rows keep values whole, and the migrations make what the code declares."""

import json
from dataclasses import replace

import pytest
from pydantic import TypeAdapter
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from credentialing.domain.file import File, recheck
from credentialing.storage import credentials, files
from credentialing.storage.tables import credential, metadata
from credentialing.storage.tables import file as file_table
from services.credentialing.tests.builders import TODAY, held_for, some_file
from shared.db.bulk import Overtaken
from shared.principal import Principal
from shared.testing.drift import drift

READER = Principal(subject="reader")


async def test_migrations_make_the_declared_tables(engine):
    assert await drift(engine, metadata) == []


async def test_a_file_comes_back_as_it_went(works):
    file = some_file(held_for())
    async with works.begin(READER) as work:
        saved = await files.save(work.session, file)
    async with works.begin(READER) as work:
        assert await files.to_read(work.session, file.file_id) == saved
    assert saved.version == 1


async def test_credentials_come_back_as_they_went(works):
    held = held_for()
    async with works.begin(READER) as work:
        saved = [await credentials.save(work.session, one) for one in held]
    async with works.begin(READER) as work:
        found = await credentials.of_clinician(work.session, held[0].clinician_id)
    assert sorted(found, key=lambda one: one.code) == sorted(saved, key=lambda one: one.code)


async def test_a_save_from_an_older_version_is_refused_and_changes_nothing(works):
    async with works.begin(READER) as work:
        first = await files.save(work.session, some_file())
    async with works.begin(READER) as work:
        second = await files.save(work.session, first)
    with pytest.raises(Overtaken):
        async with works.begin(READER) as work:
            await files.save(work.session, first)
    async with works.begin(READER) as work:
        assert await files.to_read(work.session, first.file_id) == second


async def test_an_assignment_has_one_file(works):
    file = some_file()
    async with works.begin(READER) as work:
        await files.save(work.session, file)
    with pytest.raises(IntegrityError):
        async with works.begin(READER) as work:
            await files.save(work.session, replace(file, file_id="fil_other"))


OLD_CREDENTIAL = {
    "credential_id": "crd_old",
    "clinician_id": "cln_ana",
    "code": "LIC-RN",
    "subject": "CO",
    "issued_on": "2025-01-15",
    "received_on": "2026-11-01",
    "status": "verified",
    "number": "RN.1234567",
    "expires_on": "2028-02-29",
    "verified_on": "2026-11-02",
    "verified_by": "per_specialist",
    "source": "Register",
    "rejected_because": None,
    "version": 1,
}


async def test_what_was_stored_before_claims_had_sources_still_loads_and_counts(works):
    row = {"credential_id": "crd_old", "clinician_id": "cln_ana", "code": "LIC-RN", "version": 1}
    async with works.begin(READER) as work:
        await work.session.execute(insert(credential).values(**row, body=json.dumps(OLD_CREDENTIAL)))
    async with works.begin(READER) as work:
        (held,) = await credentials.of_clinician(work.session, "cln_ana")
    assert some_file((held,)).item("LIC-RN").credential_id == "crd_old"


async def test_a_file_stored_before_items_said_what_they_wait_for_still_loads(works):
    file = some_file(held_for(but=["CERT-BLS"]))
    later = ("residences", "rule_set")
    of_items = ("reasons", "basis", "renewal_id", "result_id", "first_uncovered", "blocks_shifts_from", "is_trailing")
    body = TypeAdapter(File).dump_python(file, mode="json")
    old = {name: value for name, value in body.items() if name not in later}
    old["items"] = [{k: v for k, v in one.items() if k not in of_items} for one in body["items"]]
    async with works.begin(READER) as work:
        await files.save(work.session, file)
    async with works.begin(READER) as work:
        await work.session.execute(update(file_table).values(body=json.dumps(old)))
    async with works.begin(READER) as work:
        loaded = await files.to_read(work.session, file.file_id)
    assert recheck(loaded, held_for(but=["CERT-BLS"]), today=TODAY).items == file.items
