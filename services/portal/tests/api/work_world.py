"""A small queue: two facilities, two clinicians, and work of three departments.

It is 21:00 of Monday, 1 December 2025 in Chicago. In rank order: `wki_late` (payroll, due an hour ago), `wki_cred`
(credentialing, due on Friday, holds up its workstream, $3,312 at stake), `wki_house` (housing at the other facility,
due in ten days).
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from services.portal.tests.builders import (
    a_blocker,
    a_client,
    a_clinician,
    a_facility,
    a_person,
    a_workstream,
    an_item,
    an_offer,
    some_terms,
)
from shared.contracts.workstreams import Status
from shared.testing.house import House

NOW = datetime(2025, 12, 2, 3, tzinfo=UTC)
HOSTILE = "<script>alert(\"x\")</script> O'Brien & 'Co'"


async def open_queue(house: House, **clinician: Any) -> None:
    """Everything is said; `clinician` overrides the one of the first assignment."""
    await house.say(
        a_facility(),
        a_facility(facility_id="fac_2", name="Mesa Grande Clinic", source_reference="F-2"),
        a_client(),
        a_clinician(**clinician),
        a_clinician(clinician_id="cln_2", name="Odalys Brandt", source_reference="C-2"),
        *people(),
        an_offer(),
        an_offer(
            assignment_id="asg_2",
            clinician_id="cln_2",
            source_reference="O-2",
            terms=some_terms(facility_id="fac_2", unit="MS"),
        ),
    )
    stalled = a_workstream(status=Status.AT_RISK, blockers=(a_blocker("wki_cred"),))
    await house.say(stalled, publisher="credentialing")
    credential = an_item(work_item_id="wki_cred", due_at=NOW + timedelta(days=4), money_at_stake_cents=331_200)
    await house.say(credential, publisher="credentialing")
    late = an_item(work_item_id="wki_late", kind="review_pay_package", due_at=NOW - timedelta(hours=1), skill="payroll")
    await house.say(late, publisher="payroll")
    unit = an_item(
        work_item_id="wki_house",
        kind="choose_unit",
        assignment_id="asg_2",
        due_at=NOW + timedelta(days=10),
        skill="housing",
    )
    await house.say(unit, publisher="housing")


def people() -> tuple[Any, ...]:
    """Two coordinators, of whom one is in a team, and a specialist of payroll; one more has left."""
    return (
        a_person(),
        a_person(person_id="per_2", name="Ben Lowry", email="ben.lowry@example.com", team="West"),
        a_person(person_id="per_pay", name="Ana Quist", email="ana.quist@example.com", roles=("payroll_specialist",)),
        a_person(person_id="per_gone", name="Gus Marsh", email="gus.marsh@example.com", is_active=False),
    )
