"""What sources say, where people live and what was waived, as it reaches a clinician's open files."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from credentialing.app.take_result import take_result
from credentialing.app.waive_item import WaiveItem, waive_item
from credentialing.domain.authority.licence import Licence, LicenceScope
from credentialing.domain.item import ItemStatus
from credentialing.domain.requirement import Party
from credentialing.domain.source_result import Outcome, SourceResult
from credentialing.storage import credentials, decisions, files, homes, source_results
from services.credentialing.tests.builders import (
    ASSIGNMENT,
    CLINICIAN,
    START,
    held_for,
    some_facility,
    some_held,
    some_offer,
    some_requirements,
)
from services.credentialing.tests.consumers.test_consumers import holds, stored
from shared.contracts.assignments import Address, ClinicianChanged
from shared.contracts.credentialing import ClearanceGranted, ClearanceRevoked
from shared.contracts.terms import Discipline
from shared.principal import Principal

LICENCE = next(one for one in some_requirements() if one.code == "LIC-RN")
SPECIALIST = Principal(subject="per_specialist")


def said(code: str, outcome: Outcome, **facts: Any) -> SourceResult:
    subject = next(one.subject for one in some_requirements() if one.code == code)
    result = SourceResult(
        result_id="res_1",
        clinician_id=CLINICIAN,
        code=code,
        subject=subject,
        source="oig_leie",
        outcome=outcome,
        checked_at=datetime(2026, 11, 9, 12, tzinfo=UTC),
        checked_by="system:credentialing",
    )
    return replace(result, **facts)


def living_in(state: str) -> ClinicianChanged:
    return ClinicianChanged(
        clinician_id=CLINICIAN,
        source="demo",
        source_reference="C-1",
        name="Ana Example",
        email="ana@example.org",
        phone="555-0100",
        home=Address(street="1 Elm St", city="Austin", state=state, zip="78701"),
        discipline=Discipline.RN,
        specialties=("ICU",),
    )


async def take(works, result: SourceResult) -> None:
    async with works.begin(SPECIALIST) as work:
        await take_result(work, result)


async def kept(works):
    async with works.begin(SPECIALIST) as work:
        held = await credentials.of_clinician(work.session, CLINICIAN)
        return held, await source_results.of_clinician(work.session, CLINICIAN)


async def test_a_confirmed_look_up_makes_a_credential_and_grants_the_clearance(house, works):
    await holds(works, held_for(but=["EXC-LEIE"]))
    await house.say(some_facility(), some_offer())
    await take(works, said("EXC-LEIE", Outcome.CONFIRMED, release="2026-11", issued_on=START - timedelta(days=9)))
    held, results = await kept(works)
    assert [granted.terms_version for granted in await house.said(ClearanceGranted)] == [1]
    assert [(one.result_id, one.release) for one in results] == [("res_1", "2026-11")]
    (made,) = (one for one in held if one.code == "EXC-LEIE")
    assert (made.result_id, made.source) == ("res_1", "oig_leie")


async def test_the_same_result_again_changes_nothing(house, works):
    await holds(works, held_for(but=["EXC-LEIE"]))
    await house.say(some_facility(), some_offer())
    for _ in range(2):
        await take(works, said("EXC-LEIE", Outcome.CONFIRMED, issued_on=START - timedelta(days=9)))
    held, results = await kept(works)
    assert (len(results), sum(one.code == "EXC-LEIE" for one in held)) == (1, 1)
    assert len(await house.said(ClearanceGranted)) == 1


async def test_a_refuted_credential_revokes_every_clearance_that_rested_on_it(house, works):
    await holds(works, held_for())
    await house.say(some_facility(), some_offer())
    await take(works, said("LIC-RN", Outcome.REFUTED, discipline=True, status_text="Suspended"))
    assert [one.reason for one in await house.said(ClearanceRevoked)] == ["discipline"]
    file = await stored(works)
    async with works.begin(SPECIALIST) as work:
        revoked, granted = await decisions.of_file(work.session, file.file_id)
    assert (granted.outcome, revoked.outcome, revoked.reason) == ("granted", "revoked", "discipline")
    inputs = {one.code: one for one in revoked.inputs}
    assert (inputs["LIC-RN"].status, inputs["LIC-RN"].result_id) == (ItemStatus.REJECTED, "res_1")


async def test_an_unclear_look_up_takes_the_clearance_until_somebody_decides(house, works):
    await holds(works, held_for())
    await house.say(some_facility(), some_offer())
    await take(works, said("EXC-LEIE", Outcome.UNCLEAR))
    assert [one.reason for one in await house.said(ClearanceRevoked)] == ["under_review"]
    item = (await stored(works)).item("EXC-LEIE")
    assert (item.status, item.is_unclear) == (ItemStatus.RECEIVED, True)


async def test_a_multistate_licence_counts_once_it_is_known_where_they_live(house, works):
    texan = Licence(state="TX", type="RN", scope=LicenceScope.MULTISTATE)
    await holds(works, (*held_for(but=["LIC-RN"]), some_held(LICENCE, subject="TX", licence=texan)))
    await house.say(some_facility(), some_offer())
    assert not (await stored(works)).item("LIC-RN").is_met
    await house.say(living_in("TX"))
    assert (await stored(works)).item("LIC-RN").basis == "multistate_privilege"
    assert len(await house.said(ClearanceGranted)) == 1
    await house.say(living_in("CA"))
    async with works.begin(SPECIALIST) as work:
        home = await homes.of_clinician(work.session, CLINICIAN)
    assert [one.state for one in home.residences] == ["TX", "CA"]


async def test_the_directory_saying_the_same_home_again_writes_nothing(house, works):
    await house.say(living_in("TX"))
    await house.say(living_in("TX"))
    async with works.begin(SPECIALIST) as work:
        assert (await homes.of_clinician(work.session, CLINICIAN)).version == 1


async def test_a_waiver_for_a_facility_holds_for_the_assignments_there_now_and_later(house, works):
    await holds(works, held_for(but=["CERT-BLS"]))
    await house.say(some_facility(), some_facility(facility_id="fac_other"), some_offer())
    file = await stored(works)
    command = WaiveItem(
        file_id=file.file_id,
        code="CERT-BLS",
        party=Party.FACILITY,
        reason="Course is booked.",
        through=START + timedelta(days=400),
        at_facility=True,
    )
    async with works.begin(SPECIALIST) as work:
        await waive_item(work, command)
    elsewhere = replace(some_offer().terms, facility_id="fac_other")
    await house.say(some_offer(assignment_id="asg_2"), some_offer(assignment_id="asg_3", terms=elsewhere))
    async with works.begin(SPECIALIST) as work:
        found = {one.assignment_id: one for one in await files.of_clinician(work.session, CLINICIAN)}
    statuses = {name: one.item("CERT-BLS").status for name, one in found.items()}
    assert statuses == {
        ASSIGNMENT: ItemStatus.WAIVED,
        "asg_2": ItemStatus.WAIVED,
        "asg_3": ItemStatus.MISSING,
    }
