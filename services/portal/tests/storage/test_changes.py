"""What a commit tells, and what is known of those who look at a page."""

from datetime import timedelta

import pytest

from portal.domain.change import ASSIGNMENTS, ITEMS, OTHERS
from portal.domain.presence import Presence
from portal.storage import changes, presence
from portal.storage.outages import named_outages
from services.portal.tests.builders import a_clinician, a_completion, a_workstream, an_item, an_offer, items
from shared.errors import Unavailable
from shared.principal import system
from shared.testing.running import eventually

ANA, BO = (Presence(place="asg_1", person_id=person) for person in ("per_ana", "per_bo"))


class Ear:
    """Notes what the line tells."""

    line: changes.Line

    def __init__(self):
        self.heard = []

    def __call__(self, kind, ids):
        self.heard.append((kind, sorted(ids)))

    async def after(self, works, statement="SELECT pg_notify('portal_changed', '{\"kind\": \"end\"}')"):
        """All that was told until now: notifications come in the order of their commits."""
        async with works.engine.begin() as connection:
            await connection.exec_driver_sql(statement)

        async def has_ended():
            return ("end", []) in self.heard

        await eventually(has_ended)
        told, self.heard = self.heard[:-1], []
        return told


@pytest.fixture
async def ear(works):
    ear = Ear()
    async with changes.listen(changes.engine_url(works.engine), ear) as line:
        ear.line = line
        yield ear


async def keep(works, do):
    async with works.begin(system("portal")) as work:
        return await do(work.session)


async def test_rows_tell_their_ids_when_they_are_committed(house, works, ear):
    await house.say(an_offer())
    assert await ear.after(works) == [("assignments", ["asg_1"])]
    await house.say(an_item())
    assert sorted(await ear.after(works)) == [("assignments", ["asg_1"]), ("items", ["wki_1"])]
    await house.say(a_completion())
    assert ("items", ["wki_1"]) in await ear.after(works)


async def test_a_departments_word_tells_the_assignment(house, works, ear):
    await house.say(a_workstream(assignment_id="asg_9"), publisher="housing")
    assert set(map(repr, await ear.after(works))) == {"('assignments', ['asg_9'])"}


async def test_a_clinician_is_no_change_of_the_read_model(house, works, ear):
    await house.say(a_clinician())
    assert await ear.after(works) == []


async def test_what_is_undone_tells_nothing(works, ear):
    async with works.begin(system("portal")) as work:
        await presence.renew(work.session, [ANA])
        work.abandon()
    assert await ear.after(works) == []


@pytest.mark.parametrize(("count", "kind"), [(100, "items"), (101, "many")])
async def test_a_hundred_are_told_singly_and_more_as_many(house, works, ear, count, kind):
    await house.say(*items(*range(count)))
    told = [ids for said, ids in await ear.after(works) if said == kind]
    assert [len(ids) for ids in told] == [count if kind == "items" else 0]


async def test_long_ids_fit_what_a_notification_holds(works, ear):
    statement = (
        "INSERT INTO presence SELECT repeat('x', 100) || number, 'per_1', now() FROM generate_series(1, 90) number"
    )
    async with works.engine.begin() as connection:
        await connection.exec_driver_sql(statement)
    assert await ear.after(works) == [("many", [])]


async def test_who_comes_and_goes_is_told_who_stays_is_not(works, ear):
    await keep(works, lambda session: presence.renew(session, [ANA, BO]))
    assert await ear.after(works) == [("places", ["asg_1"])]
    await keep(works, lambda session: presence.renew(session, [BO, ANA]))
    assert await ear.after(works) == []
    await keep(works, lambda session: presence.leave(session, [BO]))
    assert await ear.after(works) == [("places", ["asg_1"])]
    assert await keep(works, lambda session: presence.at(session, "asg_1", most=9)) == ["per_ana"]


async def test_who_was_not_renewed_for_a_minute_is_there_no_more(works, ear):
    await keep(works, lambda session: presence.renew(session, [ANA, BO]))
    async with works.engine.begin() as connection:
        await connection.exec_driver_sql(
            "UPDATE presence SET seen_at = now() - interval '61 s' WHERE person_id = 'per_bo'"
        )
    await ear.after(works)
    assert await keep(works, lambda session: presence.at(session, "asg_1", most=9)) == ["per_ana"]
    assert await keep(works, presence.forget) == 1
    assert await keep(works, presence.forget) == 0
    assert await ear.after(works) == [("places", ["asg_1"])]


async def test_the_line_finds_what_the_ids_are_about(house, works, ear):
    await house.say(an_offer(), an_item())
    async with works.engine.begin() as connection:
        await connection.exec_driver_sql(
            "INSERT INTO note (note_id, about, about_id, clinician_id, author_id, at, version, body)"
            " VALUES ('nte_1', 'clinician', 'cln_1', 'cln_1', 'per_1', now(), 1, '{}')"
        )
    assert ("notes", ["nte_1"]) in await ear.after(works)
    found = await ear.line.behind(items=["wki_1", "wki_none"], assignments=["asg_1"], notes=["nte_1"])
    assert [(one.kind, one.id) for one in found] == [(ITEMS, "wki_1"), (ASSIGNMENTS, "asg_1"), (OTHERS, "cln_1")]
    item, offer, note = (one.columns for one in found)
    assert (item["assignment_id"], item["facility_id"], item["is_open"]) == ("asg_1", "fac_1", True)
    assert (offer["source"], offer["clinician_id"]) == ("demo", "cln_1")
    assert (note["clinician_id"], note["facility_id"]) == ("cln_1", None)


async def test_what_changed_since_an_instant_is_found_in_every_table(house, works, clock):
    before = clock.now() - timedelta(seconds=1)
    await house.say(an_offer(), an_item())
    await house.say(a_workstream(), publisher="payroll")
    found = await keep(works, lambda session: changes.since(session, before, most=9))
    assert {(one.kind, one.id) for one in found} == {(ITEMS, "wki_1"), (ASSIGNMENTS, "asg_1")}
    later = clock.now() + timedelta(days=3650)
    assert await keep(works, lambda session: changes.since(session, later, most=9)) == []


async def test_a_line_that_cannot_be_had_is_an_outage(works):
    nowhere = changes.engine_url(works.engine).set(port=1)
    with pytest.raises(Unavailable):
        async with changes.listen(nowhere, Ear()):
            pass


def test_other_errors_stay_what_they_are():
    with pytest.raises(ZeroDivisionError), named_outages():
        raise ZeroDivisionError
