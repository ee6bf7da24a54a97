"""Sources over HTTP: checks by hand, orders, guides, and the messages that sources send."""

import json
import time
from typing import Any

import pytest

from credentialing import main
from credentialing.clients.signatures import HEADER, plain_header, standard_headers
from credentialing.domain.sources.inquiry import State
from credentialing.jobs import asking
from credentialing.settings import Settings
from credentialing.storage import credentials, inquiries
from credentialing.storage.numbers import Numbers
from services.credentialing.tests.app.asking import NOBODY_PRIVATE, ana, at, make_due
from services.credentialing.tests.builders import CLINICIAN, held_for, some_facility, some_offer
from services.credentialing.tests.clients.simulation import SECRETS, served, simulated
from shared.contracts.credentialing import ClearanceGranted, ClearanceRevoked
from shared.principal import Principal
from shared.runtime.definition import Service
from shared.runtime.jobs import Jobs
from shared.testing.running import eventually
from shared.vault.keys import FileKeys
from shared.vault.vault import Vault

BACKGROUND = "/v1/vendor-events/background_vendor"
SPECIALIST = "credentialing_specialist"
CHECK = {
    "source": "Nursys QuickConfirm",
    "url": "https://www.nursys.com/LQC/LQCSearch.aspx",
    "number": "RN.1234577",
    "status": "ACTIVE",
    "expires_on": "2028-02-29",
    "checked_on": "2026-01-05",
    "note": "Colorado is on the list.",
}
RECEIVED = {"issued_on": "2025-06-01", "expires_on": "2028-02-29", "number": "RN.1234577"}


@pytest.fixture
def definition(environment: dict[str, Any]) -> Service:
    told = {
        **environment,
        "source_background_url": "http://127.0.0.1:1",
        "source_background_secret": f"an-old-secret {SECRETS['background_vendor']}",
        "source_licences_secret": SECRETS["licence_source"],
    }
    return main.service(Settings(**told))


@pytest.fixture
async def file(house, api, works):
    """Ana's file; everything is verified but her licence."""
    async with works.begin(Principal(subject="seed")) as work:
        for one in held_for(but=["LIC-RN", "BG-COUNTY"]):
            await credentials.save(work.session, one)
    await house.say(ana(), some_facility(), some_offer())
    (line,) = (await api.get("/v1/files")).json()["items"]
    return f"/v1/files/{line['file_id']}"


async def statuses(api, file: str) -> dict[str, str]:
    shown = (await api.get(file)).json()
    return {item["code"]: item["status"] for item in shown["items"]}


async def test_a_check_by_hand_is_the_sources_answer(api, file):
    await api.post(f"{file}/items/LIC-RN:receive", RECEIVED)
    answer = await api.post(f"{file}/items/LIC-RN:check", CHECK, role=SPECIALIST)
    shown = answer.json()
    assert (answer.status_code, shown["outcome"], shown["source"]) == (
        200,
        "confirmed",
        "manual: Nursys QuickConfirm",
    )
    assert (shown["checked_by"], shown["note"]) == (f"per_{SPECIALIST}", "Colorado is on the list.")
    assert (await statuses(api, file))["LIC-RN"] == "verified"


@pytest.mark.parametrize(
    ("changes", "outcome", "status"),
    [
        ({"status": "Expired"}, "refuted", "rejected"),
        ({"discipline": True}, "unclear", "received"),
        ({"status": "On the watch list"}, "unclear", "received"),
        ({"number": "RN.7654321"}, "unclear", "received"),
    ],
)
async def test_what_does_not_confirm_refuses_or_waits(api, file, changes, outcome, status):
    await api.post(f"{file}/items/LIC-RN:receive", RECEIVED)
    answer = await api.post(f"{file}/items/LIC-RN:check", {**CHECK, **changes}, role=SPECIALIST)
    assert answer.json()["outcome"] == outcome
    assert (await statuses(api, file))["LIC-RN"] == status


async def test_a_faulty_check_names_every_fault_and_changes_nothing(api, file):
    faulty = {"source": "Nursys", "checked_on": "2026-01-06", "issued_on": "2026-02-01", "expires_on": "2026-01-01"}
    refused = await api.post(f"{file}/items/LIC-RN:check", faulty, role=SPECIALIST)
    assert refused.status_code == 422
    assert {one["pointer"] for one in refused.json()["errors"]} == {
        "/checked_on",
        "/issued_on",
        "/expires_on",
        "/number",
        "/status",
        "/document_id",
    }
    assert (await statuses(api, file))["LIC-RN"] == "missing"


async def test_what_is_confirmed_elsewhere_is_not_checked_here(api, file):
    refused = await api.post(f"{file}/items/COMP-SKILLS:check", CHECK, role=SPECIALIST)
    assert (refused.status_code, refused.json()["code"]) == (409, "checked_elsewhere")


@pytest.mark.parametrize("role", ["recruiter", "coordinator", "clinician", "payroll_specialist"])
async def test_only_specialists_check_and_ask(api, file, role):
    answers = [
        await api.post(f"{file}/items/LIC-RN:check", CHECK, role=role),
        await api.post(f"{file}/items/BG-COUNTY:ask", role=role),
        await api.get(f"{file}/inquiries", role=role),
        await api.get("/v1/sources", role=role),
    ]
    assert [answer.status_code for answer in answers] == [403] * 4


async def test_the_guide_says_where_to_look(api, file):
    shown = (await api.get(f"{file}/items/LIC-RN/guide", role=SPECIALIST)).json()
    assert (shown["source"], "expires_on" in shown["fields"]) == ("Nursys QuickConfirm", True)
    missing = await api.get(f"{file}/items/NONE/guide", role=SPECIALIST)
    assert missing.json()["code"] == "item_not_in_file"


async def test_an_order_is_placed_by_a_person_and_shown(api, file):
    ordered = await api.post(f"{file}/items/BG-COUNTY:ask", role=SPECIALIST)
    assert (ordered.status_code, ordered.json()["state"]) == (200, "waiting")
    shown = (await api.get(f"{file}/inquiries", role=SPECIALIST)).json()["items"]
    assert "BG-COUNTY" in [one["code"] for one in shown]
    lines = {one["source"]: one for one in (await api.get("/v1/sources")).json()["items"]}
    assert (lines["background_vendor"]["waiting"], lines["licence_source"]["is_set_up"]) == (1, False)


async def test_what_would_be_too_old_at_the_start_is_not_ordered_yet(api, file, clock):
    early = await api.post(f"{file}/items/DRUG-10:ask", role=SPECIALIST)
    assert (early.status_code, early.json()["code"]) == (409, "order_too_early")
    assert "2026-10-31" in early.json()["detail"]
    assert (await api.get(f"{file}/inquiries", role=SPECIALIST)).json()["items"] == []
    clock.instant = clock.instant.replace(month=10, day=30)
    assert (await api.post(f"{file}/items/DRUG-10:ask", role=SPECIALIST)).json()["code"] == "order_too_early"
    clock.instant = clock.instant.replace(day=31)
    ordered = await api.post(f"{file}/items/DRUG-10:ask", role=SPECIALIST)
    assert (ordered.status_code, ordered.json()["state"]) == (200, "waiting")


async def test_what_no_source_answers_or_has_no_address_is_not_asked(api, file):
    codes = ["CERT-BLS", "LIC-RN"]
    answers = [await api.post(f"{file}/items/{code}:ask", role=SPECIALIST) for code in codes]
    assert [answer.json()["code"] for answer in answers] == ["no_source_answers", "source_not_set_up"]


def event(**thing: Any) -> bytes:
    body = {"id": "evt_1", "type": "report.completed", "created_at": "2026-01-05T10:00:00Z"}
    report = {"id": "rep_1", "candidate_id": "can_1", "status": "complete", "result": "clear", **thing}
    return json.dumps({**body, "data": {"object": report}}).encode()


async def send(api, body: bytes, *, path: str = BACKGROUND, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return await api.client.post(path, content=body, headers={"Content-Type": "application/json", **named})


async def test_a_message_counts_by_its_signature_alone(api):
    now, secret = int(time.time()), SECRETS["background_vendor"]
    signed = plain_header(event(), secret=secret, at_seconds=now)
    taken = [
        await send(api, event(), **{HEADER: signed}),
        await send(api, event(), **standard_headers(event(), secret=secret, event_id="msg_1", at_seconds=now)),
        await send(api, event(), **{HEADER: plain_header(event(), secret="an-old-secret", at_seconds=now)}),
    ]
    assert [(one.status_code, one.json()["effect"]) for one in taken] == [
        (200, "unmatched"),
        (200, "unmatched"),
        (200, "ignored"),
    ]
    refused = [
        await send(api, event()),
        await send(api, event(result="consider"), **{HEADER: signed}),
        await send(api, event(), **{HEADER: plain_header(event(), secret=secret, at_seconds=now - 3600)}),
        await send(api, event(), path="/v1/vendor-events/licence_source", **{HEADER: signed}),
    ]
    assert [(one.status_code, one.json()["code"]) for one in refused] == [(401, "signature_wrong")] * 4


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"id": 1}', b"[" * 100_000])
async def test_what_is_signed_and_no_event_is_refused(api, body):
    signed = plain_header(body, secret=SECRETS["background_vendor"], at_seconds=int(time.time()))
    refused = await send(api, body, **{HEADER: signed})
    assert (refused.status_code, refused.json()["code"]) == (422, "event_unreadable")


async def test_a_source_that_nobody_knows_has_no_address(api):
    assert (await send(api, event(), path="/v1/vendor-events/nppes")).status_code == 422


@pytest.fixture
def numbers(vault_key_file) -> Numbers:
    return Numbers(Vault("credentialing", FileKeys(str(vault_key_file))))


async def test_an_order_comes_back_by_webhook_and_counts_once(api, file, works, process, numbers):
    """The vendor's own webhooks, each sent twice, over a real connection."""
    await api.post(f"{file}/items/BG-COUNTY:ask", role=SPECIALIST)
    async with served(process.app(with_worker=False)) as ours:
        listeners = {"background_vendor": f"{ours}{BACKGROUND}"}
        async with simulated(listeners=listeners) as simulation, at(simulation) as sources:

            async def is_answered() -> bool:
                """Whatever comes first: the vendor's messages, or the reference under which it works."""
                await Jobs(asking(sources, numbers, people=NOBODY_PRIVATE)).run_due(works)
                return (await state_of(works, "BG-COUNTY")) is State.ANSWERED

            await eventually(is_answered)
    assert (await statuses(api, file))["BG-COUNTY"] == "verified"


async def test_a_registers_news_of_a_suspension_takes_the_clearance(api, file, works, house, process, numbers):
    await api.post(f"{file}/items/BG-COUNTY:ask", role=SPECIALIST)
    await api.post(f"{file}/items/LIC-RN:receive", RECEIVED)
    async with works.begin(Principal(subject="seed")) as work:
        for one in await inquiries.of_clinician(work.session, CLINICIAN):
            assert one.is_open
    async with served(process.app(with_worker=False)) as ours:
        listeners = {
            "background_vendor": f"{ours}{BACKGROUND}",
            "licence_source": f"{ours}/v1/vendor-events/licence_source",
        }
        async with simulated(listeners=listeners) as simulation, at(simulation) as sources:
            for _ in range(3):
                await Jobs(asking(sources, numbers, people=NOBODY_PRIVATE)).run_due(works)
                await make_due(works)

            async def is_cleared() -> bool:
                return bool(await house.said(ClearanceGranted))

            await eventually(is_cleared)
            news = {"jurisdiction": "CO", "number": "1234577", "kind": "RN", "status": "Suspended"}
            assert await simulation.tell_news(**news, times=2) == [200, 200]
    assert len(await house.said(ClearanceRevoked)) == 1
    assert (await statuses(api, file))["LIC-RN"] == "rejected"


async def state_of(works, code: str) -> State | None:
    async with works.begin(Principal(subject="reader")) as work:
        found = [one for one in await inquiries.of_clinician(work.session, CLINICIAN) if one.about.code == code]
    return found[-1].state if found else None
