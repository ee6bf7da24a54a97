"""A name is held by one transaction at a time."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shared.db.locks import hold
from shared.db.work import Works
from shared.principal import system

WRITER = system("tests")
CLASS = 7


async def try_to_hold(works: Works, *names: str, lock_class: int = CLASS) -> None:
    async with works.begin(WRITER) as work:
        await work.session.execute(text("SELECT set_config('lock_timeout', '50ms', true)"))
        await hold(work.session, lock_class, names=names)


async def test_a_name_that_another_transaction_holds_is_waited_for(works: Works) -> None:
    async with works.begin(WRITER) as work:
        await hold(work.session, CLASS, names=["cln_1", "cln_2"])
        with pytest.raises(DBAPIError, match="lock timeout"):
            await try_to_hold(works, "cln_3", "cln_2")


async def test_other_names_and_other_kinds_are_free(works: Works) -> None:
    async with works.begin(WRITER) as work:
        await hold(work.session, CLASS, names=["cln_1"])
        await try_to_hold(works, "cln_2")
        await try_to_hold(works, "cln_1", lock_class=CLASS + 1)


async def test_it_is_free_when_its_transaction_has_ended(works: Works) -> None:
    async with works.begin(WRITER) as work:
        await hold(work.session, CLASS, names=["cln_1"])
    await try_to_hold(works, "cln_1")


async def test_a_name_that_is_held_may_be_held_again(works: Works) -> None:
    async with works.begin(WRITER) as work:
        await hold(work.session, CLASS, names=["cln_1"])
        await hold(work.session, CLASS, names=["cln_1", "cln_2"])
