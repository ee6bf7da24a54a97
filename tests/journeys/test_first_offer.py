"""The README's first offer, and what happens when it is sent again or is wrong."""

from tests.journeys.assignment import lights, shown
from tests.journeys.directory import an_offer, today
from tests.system import System, eventually

FOUR = {"credentialing", "payroll", "housing", "timekeeping"}


async def test_an_accepted_offer_opens_four_workstreams(system: System) -> None:
    recruiter = system.caller("recruiter")
    answer = await recruiter.post("assignments", "/v1/assignments", an_offer())
    assert (answer.status_code, answer.headers["etag"]) == (201, '"1"')
    assignment = await eventually(
        lambda: shown(recruiter, answer.json()["assignment_id"]),
        lambda found: "unknown" not in lights(found).values(),
    )
    assert set(lights(assignment)) == FOUR
    assert lights(assignment)["timekeeping"] == "open"


async def test_the_same_command_again_has_the_same_answer_and_no_second_effect(system: System) -> None:
    recruiter, offer = system.caller("recruiter"), an_offer()
    first = await recruiter.post("assignments", "/v1/assignments", offer, key="journey-once")
    again = await recruiter.post("assignments", "/v1/assignments", offer, key="journey-once")
    assert (again.status_code, again.content, again.headers["idempotent-replayed"]) == (201, first.content, "true")
    other = await recruiter.post("assignments", "/v1/assignments", {**offer, "unit": "TELE"}, key="journey-once")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    same_offer = await recruiter.post("assignments", "/v1/assignments", offer, key="journey-twice")
    assert (same_offer.status_code, same_offer.json()["code"]) == (409, "offer_already_known")
    assert first.json()["assignment_id"] in same_offer.text
    found = await recruiter.get(
        "assignments", f"/v1/assignments?source=journeys&source_reference={offer['source_reference']}"
    )
    assert len(found.json()["items"]) == 1


async def test_one_answer_lists_every_fault_and_nothing_is_stored(system: System) -> None:
    recruiter = system.caller("recruiter")
    faulty = an_offer(
        end_date=(today()).isoformat(),
        facility_reference="F-404",
        time_zone="America/Nowhere",
        signing_bonus="100",
    )
    faulty["pay_package"] = {**faulty["pay_package"], "hourly_rates": {"REG": "-32.00"}}
    answer = await recruiter.post("assignments", "/v1/assignments", faulty)
    assert answer.status_code == 422, answer.text
    pointers = {fault["pointer"] for fault in answer.json()["errors"]}
    assert {
        "/end_date",
        "/facility_reference",
        "/time_zone",
        "/signing_bonus",
        "/pay_package/hourly_rates/REG",
    } <= pointers
    assert "Nowhere" not in answer.text and "-32" not in answer.text
    query = f"/v1/assignments?source=journeys&source_reference={faulty['source_reference']}"
    assert (await recruiter.get("assignments", query)).json()["items"] == []


async def test_a_rehearsal_asks_the_four_and_writes_nothing(system: System) -> None:
    recruiter, offer = system.caller("recruiter"), an_offer()

    async def rehearse() -> dict[str, bool]:
        answer = await recruiter.post("assignments", "/v1/assignments?validate_only=true", offer)
        assert answer.status_code == 200, answer.text
        return {preview["service"]: preview["answered"] for preview in answer.json()["previews"]}

    # One that takes over 800 ms is named as not answering: on a busy machine the first may.
    answered = await eventually(rehearse, lambda answered: all(answered.values()))
    assert answered.keys() == FOUR
    query = f"/v1/assignments?source=journeys&source_reference={offer['source_reference']}"
    assert (await recruiter.get("assignments", query)).json()["items"] == []
