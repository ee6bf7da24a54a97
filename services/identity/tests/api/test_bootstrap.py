"""How the first administrator comes in."""

import asyncio

import pytest

from identity.domain.access_errors import AdministratorExists
from identity.main import bootstrap_code
from identity.settings import Settings
from identity.storage import people
from shared.contracts.identity import PersonChanged, SettingsChanged
from shared.principal import Principal

SOMEBODY = Principal(subject="per_somebody")
ADA = {"email": "ada.linden@example.org", "name": "Ada Linden", "password": "seven geese cross the lake"}


@pytest.fixture
async def code(environment):
    """What `python -m identity bootstrap` prints."""
    return await bootstrap_code(Settings(**environment))


async def come_in(api, code, **changes):
    return await api.client.post("/v1/bootstrap", json=ADA | {"code": code} | changes)


async def administrators(works):
    async with works.begin(SOMEBODY) as work:
        return await people.administrators(work.session)


async def test_the_code_makes_the_first_administrator_and_the_settings_begin(api, works, house, code):
    answer = await come_in(api, code)
    came = answer.json()
    [said] = await house.said(PersonChanged)
    async with works.begin(SOMEBODY) as work:
        factors = await people.factors_to_read(work.session, came["person_id"])
    assert (answer.status_code, await administrators(works)) == (201, [came["person_id"]])
    assert (said.email, said.roles, said.is_active) == (ADA["email"], ("administrator",), True)
    assert came["second_factor"]["address"].startswith("otpauth://totp/")
    assert ADA["password"] not in repr(factors) and came["second_factor"]["secret"] not in repr(factors)
    assert [settings.settings_id for settings in await house.said(SettingsChanged)] == ["agency"]


async def test_a_code_works_once_and_nobody_follows(api, works, environment, code):
    await come_in(api, code)
    again = await come_in(api, code, email="ben@example.org")
    assert (again.status_code, again.json()["code"]) == (409, "administrator_exists")
    assert len(await administrators(works)) == 1


async def test_no_code_is_made_once_there_is_an_administrator(api, environment, code):
    await come_in(api, code)
    with pytest.raises(AdministratorExists):
        await bootstrap_code(Settings(**environment))


async def test_only_the_newest_code_is_one(api, works, environment, code):
    newer = await bootstrap_code(Settings(**environment))
    refused = [await come_in(api, wrong) for wrong in (code, "guessed")]
    assert [(one.status_code, one.json()["code"]) for one in refused] == [(403, "bootstrap_code_wrong")] * 2
    assert await administrators(works) == []
    assert (await come_in(api, newer)).status_code == 201


async def test_of_two_at_once_one_becomes_the_administrator(api, works, code):
    answers = await asyncio.gather(*(come_in(api, code, email=f"{name}@example.org") for name in ("ada", "ben")))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert len(await administrators(works)) == 1


@pytest.mark.parametrize(
    ("case", "changes", "found"),
    [
        ("a short password", {"password": "geese"}, [("/password", "too_short")]),
        ("a common password", {"password": "password1234"}, [("/password", "too_common")]),
        ("no address", {"email": "ada"}, [("/email", "wrong_form")]),
        ("no name", {"name": ""}, [("/name", "too_short")]),
    ],
)
async def test_faults_are_named_and_leave_the_code_as_it_was(api, works, code, case, changes, found):
    refused = await come_in(api, code, **changes)
    assert (refused.status_code, [(one["pointer"], one["code"]) for one in refused.json()["errors"]]) == (422, found)
    assert await administrators(works) == []
    assert (await come_in(api, code)).status_code == 201
