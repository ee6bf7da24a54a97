"""Names are read from copies of states, as far as the principal is shown them."""

from portal.storage import names
from services.portal.tests.builders import a_client, a_clinician, a_facility, a_person
from shared.contracts.assignments import ClinicianChanged
from shared.contracts.catalogue import state_topic_of
from shared.db.work import Works
from shared.messaging.delivery import Delivery
from shared.principal import Principal
from shared.reach import EVERYTHING, Reach
from shared.testing.events import a_record
from shared.testing.house import House

READER = Principal(subject="per_1")
EVERY_ID = ("cln_1", "fac_1", "cli_1", "per_1", "per_unknown", None)


async def tell_names(house: House) -> None:
    await house.say(a_clinician(), a_facility(), a_client(), a_person())


async def test_names_of_all_kinds_come_at_once(house: House, works: Works) -> None:
    await tell_names(house)
    async with works.begin(READER, reach=EVERYTHING) as work:
        assert await names.names_of(work.session, EVERY_ID) == {
            "cln_1": "Ines Calloway",
            "fac_1": "Prairie Lake Hospital",
            "cli_1": "Prairie Health Partners",
            "per_1": "Tomas Okafor-Lind",
        }


async def test_clinicians_have_no_name_for_who_is_not_shown_contacts(house: House, works: Works) -> None:
    await tell_names(house)
    async with works.begin(READER, reach=Reach(is_all=True, fields=frozenset())) as work:
        found = await names.names_of(work.session, EVERY_ID)
    assert sorted(found) == ["cli_1", "fac_1", "per_1"]


async def test_an_erased_clinician_has_no_name_any_more(house: House, works: Works) -> None:
    await tell_names(house)
    topic = state_topic_of(ClinicianChanged).name
    tombstone = a_record(a_clinician(), topic=topic, subject="cln_1", version=2, type="erased", data=None)
    await Delivery(works, house.handlers).deliver([tombstone])
    async with works.begin(READER) as work:
        assert "cln_1" not in await names.names_of(work.session, EVERY_ID)


async def test_people_are_those_with_an_active_account_by_name(house: House, works: Works) -> None:
    await house.say(
        a_person(),
        a_person(person_id="per_2", name="Ana Brandt"),
        a_person(person_id="per_3", name="Bo Ferrant", is_active=False),
    )
    async with works.begin(READER) as work:
        assert [person.name for person in await names.people(work.session)] == ["Ana Brandt", "Tomas Okafor-Lind"]
