"""The four departments are asked side by side, and one that does not answer is named."""

import asyncio
import json

import httpx

from assignments.clients import HttpPreviews
from services.assignments.tests.builders import some_terms
from shared.contracts.previews import PreviewRequest

ASKED = PreviewRequest(clinician_id="cln_1", terms=some_terms())
URLS = {name: f"http://{name}" for name in ("credentialing", "payroll", "housing", "timekeeping")}


async def answer(request: httpx.Request) -> httpx.Response:
    """Credentialing answers, payroll breaks, housing hangs, timekeeping answers something else."""
    service = request.url.host
    if service == "payroll":
        raise httpx.ConnectError("away")
    if service == "housing":
        await asyncio.sleep(60)
    if service == "timekeeping":
        return httpx.Response(200, json={"surprise": True})
    finding = {"pointer": "/terms/unit", "code": "unknown_unit", "message": "No."}
    asked = json.loads(request.content)
    return httpx.Response(
        200, json={"service": service, "findings": [finding], "effects": [asked["terms"]["unit"]], "extra": 1}
    )


async def test_who_answers_is_heard_and_who_does_not_is_known_within_the_time() -> None:
    answers = await HttpPreviews(URLS, transport=httpx.MockTransport(answer)).ask(ASKED)
    assert list(answers) == list(URLS)
    assert {service for service, preview in answers.items() if preview is None} == {"payroll", "housing", "timekeeping"}
    heard = answers["credentialing"]
    assert heard is not None
    assert (heard.findings[0].code, heard.effects, heard.expected_ready_on) == ("unknown_unit", ("ICU 4",), None)


async def test_a_department_without_an_address_does_not_answer() -> None:
    answers = await HttpPreviews({}, transport=httpx.MockTransport(answer)).ask(ASKED)
    assert set(answers.values()) == {None}
