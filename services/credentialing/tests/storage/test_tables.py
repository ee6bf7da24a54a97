"""Rows keep values whole, and the migrations make what the code declares."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from credentialing.storage import credentials, files
from credentialing.storage.tables import metadata
from services.credentialing.tests.builders import held_for, some_file
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
