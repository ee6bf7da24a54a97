"""The migrations make what the code declares, and rows keep people whole."""

from dataclasses import replace

from identity.domain.factors import Factors
from identity.domain.person import Person, Profile
from identity.domain.roles import Role
from identity.storage import people
from identity.storage.tables.every import metadata
from shared.principal import Principal
from shared.testing.drift import drift

READER = Principal(subject="reader")
ADA = Person(
    person_id="per_1",
    email="Ada@agency.example",
    profile=Profile(name="Ada", team="north", facilities=("fac_1",), team_facilities=("fac_2",), time_zone="UTC"),
    roles=(Role.ADMINISTRATOR, Role.LEAD),
)


async def test_migrations_make_the_declared_tables(engine):
    assert await drift(engine, metadata) == []


async def test_a_person_comes_back_as_they_went(works):
    async with works.begin(READER) as work:
        saved = await people.save(work.session, ADA)
    async with works.begin(READER) as work:
        assert await people.to_read(work.session, "per_1") == saved == replace(ADA, version=1)
        assert await people.find_by_email(work.session, " ADA@agency.example") == saved
        assert await people.administrators(work.session) == ["per_1"]


async def test_factors_come_back_as_they_went(works):
    factors = Factors(person_id="per_1", password_hash="h", totp_sealed="s", totp_step=7, recovery_hashes=("a", "b"))
    async with works.begin(READER) as work:
        saved = await people.save_factors(work.session, factors)
    async with works.begin(READER) as work:
        assert await people.factors_of(work.session, "per_1") == saved == replace(factors, version=1)
        assert await people.factors_of(work.session, "per_2") == Factors(person_id="per_2")
