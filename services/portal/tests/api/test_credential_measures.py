"""The staffing measures by month, the draw of a sample, and the audit of its files."""

from typing import Any

import pytest

from portal import main
from portal.settings import Settings
from services.portal.tests.api.answering import Answering
from services.portal.tests.api.pages import Browser, page_of
from services.portal.tests.builders import a_client, a_clinician, a_facility, a_person, an_offer
from shared.runtime.definition import Service
from shared.testing.api import Api, Issuer
from shared.testing.house import House

PAGE = "/credentialing/measures"
SAMPLE = f"{PAGE}/smp_1"
AUDIT = f"{SAMPLE}/files/fil_1"
ANSWERED = {"credentials": "yes", "competency": "yes", "background": "no", "background_reason": "No county search."}
FACES = {"HCSS-5": "Do <i>not</i> return, travel", "HCSS-7": "Completeness of personnel file, travel"}


def a_figure(measure: str = "HCSS-7", month: str = "2025-10-01", **facts: Any) -> dict[str, Any]:
    is_sampled = measure == "HCSS-7"
    return {
        "measure": measure,
        "name": FACES[measure],
        "engagement": "travel",
        "month": month,
        "numerator": 18,
        "denominator": 20,
        "per_mille": 900,
        "numerator_counts": "Audited files with all three elements",
        "denominator_counts": "Files drawn for the month and audited",
        "is_sampled": is_sampled,
        "sample_id": "smp_1" if is_sampled else None,
        "drawn": 20 if is_sampled else 0,
        "source": "Joint Commission",
        **facts,
    }


def a_sample(*files: dict[str, Any], **facts: Any) -> dict[str, Any]:
    return {
        "sample_id": "smp_1",
        "month": "2025-10-01",
        "measure": "HCSS-7",
        "group": "b",
        "placed": 44,
        "placements_12m": 90,
        "seed": "smp_1",
        "drawn_by": "per_1",
        "drawn_at": "2025-11-03T09:00:00Z",
        "numerator": sum(bool(one["is_compliant"]) for one in files),
        "denominator": sum(one["is_compliant"] is not None for one in files),
        "files": list(files),
        **facts,
    }


def a_drawn(file_id: str = "fil_1", *, lacking: str | None = None, is_audited: bool = True) -> dict[str, Any]:
    if not is_audited:
        return {"file_id": file_id, "is_compliant": None, "by": None, "answers": []}
    answers = [
        {"element": one, "is_complete": one != lacking, "reason": "It <b>ran</b> out." if one == lacking else None}
        for one in ("credentials", "competency", "background")
    ]
    return {"file_id": file_id, "is_compliant": lacking is None, "by": "per_1", "answers": answers}


def a_file(file_id: str = "fil_1") -> dict[str, Any]:
    item = {"code": "LIC-RN", "name": "Registered nurse licence", "status": "verified", "partition": "personnel"}
    return {
        "file_id": file_id,
        "assignment_id": "asg_1",
        "clinician_id": a_clinician().clinician_id,
        "facility_id": a_facility().facility_id,
        "start_date": "2026-01-05",
        "end_date": "2026-04-05",
        "items": [item, {"partition": "health", "is_met": True, "code": None}],
    }


@pytest.fixture
def credentialing() -> Answering:
    found = Answering()
    found.tell("GET /v1/measures", [a_figure("HCSS-5", numerator=41, denominator=44, per_mille=932), a_figure()])
    found.tell("GET /v1/files/fil_1", a_file())
    return found


@pytest.fixture
def definition(environment: dict[str, Any], credentialing: Answering) -> Service:
    return main.service(Settings(**environment), services=credentialing.services())


@pytest.fixture
async def lead(house: House, api: Api, issuer: Issuer) -> Browser:
    await house.say(a_facility(), a_clinician(), a_client(), an_offer(), a_person())
    return Browser(api.client, issuer, role="lead")


async def test_a_month_shows_each_measure_with_what_it_counts_and_eleven_months_before(lead, credentialing):
    page = await lead.open(f"{PAGE}?month=2025-10")

    [asked] = credentialing.of("GET /v1/measures")
    assert asked.query == {"month": "2024-11", "months": "12"}
    card = page.one("section", id="hcss-7").text
    assert "Complete Open the sample of HCSS-7" in card
    assert "Counted Audited files with all three elements Of Files drawn for the month and audited" in card
    assert "Target 19 of 20 files (95 %), the broken line" in card
    assert (
        "Do <i>not</i> return, travel 93.2 % 41 of 44 placements"
        in page.one("dl", aria_label="Measures of October 2025").text
    )
    assert "18 of 20 audited files, 20 drawn" in page.text
    assert page.one("section", id="hcss-7").one("svg", role="img").get("aria-label") == "HCSS-7 by month: Oct 2025 90 %"


async def test_a_month_without_a_figure_says_so_in_the_trend(lead, credentialing):
    empty = a_figure(month="2025-09-01", numerator=0, denominator=0, per_mille=None, sample_id=None, drawn=0)
    credentialing.tell("GET /v1/measures", [empty, a_figure()])

    page = await lead.open(f"{PAGE}?month=2025-10")

    trend = page.one("section", id="hcss-7").one("svg", role="img")
    assert trend.get("aria-label") == "HCSS-7 by month: Sep 2025 nothing counted, Oct 2025 90 %"
    assert len(trend.all("rect")) == 1


async def test_a_lead_draws_the_sample_of_a_month_that_is_over_and_is_led_to_it(lead, credentialing):
    credentialing.tell(
        "GET /v1/measures",
        [a_figure("HCSS-5"), a_figure(sample_id=None, drawn=0, denominator=0, numerator=0, per_mille=None)],
    )
    credentialing.tell("POST /v1/measure-samples", a_sample(a_drawn()), status=201)

    page = await lead.open(f"{PAGE}?month=2025-10")
    form = page.one("section", id="hcss-7").one("form")
    fields = {one.get("name"): one.get("value") for one in form.all("input")}
    answer = await lead.send(PAGE, is_htmx=False, **fields)

    assert (answer.status_code, answer.headers["location"]) == (303, SAMPLE)
    [sent] = credentialing.of("POST /v1/measure-samples")
    assert sent.body == {"month": "2025-10", "measure": "HCSS-7"}
    assert sent.key == fields["idempotency_key"]


async def test_where_nobody_was_placed_there_is_nothing_to_draw(lead, credentialing):
    figures = [a_figure("HCSS-5", numerator=0, denominator=0, per_mille=None), a_figure(sample_id=None, drawn=0)]
    credentialing.tell("GET /v1/measures", figures)

    card = (await lead.open(f"{PAGE}?month=2025-10")).one("section", id="hcss-7")

    assert "Nobody was placed so in October 2025: there is nothing to draw." in card.text
    assert card.all("form") == []


async def test_why_nothing_is_drawn_is_said_in_credentialings_words(lead, credentialing):
    said = "HCSS-7 has a sample of 2025-10 already: smp_1."
    credentialing.refuse("POST /v1/measure-samples", 409, "sample_drawn", detail=said)

    answer = await lead.send(
        PAGE, is_htmx=False, idempotency_key="k-0123456789abcdef", month="2025-10", measure="HCSS-7"
    )

    assert answer.status_code == 422
    assert said in page_of(answer).text
    assert "October 2025" in page_of(answer).text


async def test_only_a_lead_draws_and_who_is_bound_to_a_team_sees_no_measures(lead, credentialing):
    specialist = lead.as_("credentialing_specialist")
    credentialing.tell("GET /v1/measures", [a_figure("HCSS-5"), a_figure(sample_id=None, drawn=0)])

    assert "A lead draws the sample." in (await specialist.open(f"{PAGE}?month=2025-10")).text
    assert (await specialist.send(PAGE, month="2025-10", measure="HCSS-7")).status_code == 403
    bound = lead.as_("credentialing_specialist", team_facilities=["fac_1"])
    assert (await bound.get(PAGE)).status_code == 403
    assert (await lead.as_("coordinator").get(PAGE)).status_code == 403


async def test_a_sample_shows_who_was_drawn_what_they_lack_and_who_is_next(lead, credentialing):
    sample = a_sample(a_drawn(lacking="competency"), a_drawn("fil_2", is_audited=False))
    credentialing.tell("GET /v1/measure-samples/smp_1", sample, version=3)

    page = await lead.open(SAMPLE)

    first, second = page.one("table", id="files-table").all("tr")[1:]
    assert "Ines Calloway Prairie Lake Hospital · 5 Jan – 5 Apr" in first.text
    assert "Not complete Competency" in first.text
    assert second.text.startswith("File …fil_2 The file is not shown to you To be audited")
    assert "1 file to audit before the figure of the month stands." in page.text
    assert page.one("a", class_="button-primary").get("href") == f"{SAMPLE}/files/fil_2"


@pytest.mark.parametrize(
    ("complete", "words"),
    [(19, "meets the target of 19 of 20 (95 %)"), (18, "below the target of 19 of 20 (95 %)")],
)
async def test_a_whole_sample_is_held_against_the_target(lead, credentialing, complete, words):
    files = [a_drawn(f"fil_{one}", lacking=None if one < complete else "background") for one in range(20)]
    credentialing.tell("GET /v1/measure-samples/smp_1", a_sample(*files))

    page = await lead.open(SAMPLE)

    assert words in page.one("div", id="verdict").text
    assert f"{complete} of 20 audited files complete" in page.one("section", id="figure").text


async def test_an_audit_is_kept_element_by_element_with_the_reason_of_a_no(lead, credentialing):
    credentialing.tell("GET /v1/measure-samples/smp_1", a_sample(a_drawn(is_audited=False)))
    credentialing.tell("POST /v1/measure-samples/smp_1/files/fil_1:audit", a_sample(a_drawn()))

    form = (await lead.open(AUDIT)).one("section", id="elements")
    answer = await lead.send(AUDIT, is_htmx=False, idempotency_key="k-0123456789abcdef", **ANSWERED)

    assert "1 item of the file bear on it Confirmed Registered nurse licence LIC-RN" in form.text
    assert (answer.status_code, answer.headers["location"]) == (303, f"{SAMPLE}#fil_1")
    [sent] = credentialing.of("POST /v1/measure-samples/smp_1/files/fil_1:audit")
    yes = {"is_complete": True, "reason": None}
    assert sent.body == {
        "credentials": yes,
        "competency": yes,
        "background": {"is_complete": False, "reason": "No county search."},
    }


async def test_what_is_not_answered_or_not_explained_comes_back_at_its_field(lead, credentialing):
    credentialing.tell("GET /v1/measure-samples/smp_1", a_sample(a_drawn(is_audited=False)))

    answer = await lead.send(
        AUDIT, is_htmx=False, idempotency_key="k-0123456789abcdef", credentials="yes", competency="no"
    )

    page = page_of(answer)
    assert answer.status_code == 422
    assert "Say why it is not complete." in page.one("p", id="f-competency_reason-error").text
    assert "Answer yes or no." in page.one("p", id="f-background-error").text
    assert [
        one.get("value")
        for one in page.all("input", type="radio")
        if one.get("checked") is not None or "checked" in one.attributes
    ] == ["yes", "no"]
    assert credentialing.of("POST /v1/measure-samples/smp_1/files/fil_1:audit") == []


async def test_a_file_that_was_audited_opens_with_its_answers(lead, credentialing):
    credentialing.tell("GET /v1/measure-samples/smp_1", a_sample(a_drawn(lacking="background")))

    page = await lead.open(AUDIT)

    assert page.one("input", id="f-background_reason").get("value") == "It <b>ran</b> out."
    assert "Audited by" in page.text


async def test_a_file_that_was_not_drawn_has_no_audit(lead, credentialing):
    credentialing.tell("GET /v1/measure-samples/smp_1", a_sample(a_drawn("fil_2")))

    assert (await lead.get(AUDIT)).status_code == 404
