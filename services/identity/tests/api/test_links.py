"""Links over HTTP."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from identity.storage.tables.access import link
from shared.access.secret_texts import secret_hash
from shared.contracts.identity import AccessWithdrawn
from shared.http.idempotency_table import idempotency
from shared.principal import Principal

CLINICIAN, FACILITY = f"cln_{'0' * 26}", f"fac_{'0' * 26}"
FOR_CLINICIAN = {"for": "clinician", "clinician_id": CLINICIAN, "purpose": "upload_documents"}


async def test_a_link_shows_its_token_once_and_keeps_its_digest(api, works):
    asked = FOR_CLINICIAN | {"expires_in_hours": 1}
    shown = (await api.post("/v1/links", asked, role="coordinator", key="link-1")).json()
    again = (await api.post("/v1/links", asked, role="coordinator", key="link-1")).json()
    async with works.begin(Principal(subject="reader")) as work:
        rows = [*(await work.session.execute(select(link))), *(await work.session.execute(select(idempotency)))]
    assert (shown["for"], shown["clinician_id"], shown["uses_left"]) == ("clinician", CLINICIAN, 20)
    made, expires = (datetime.fromisoformat(shown[name]) for name in ("made_at", "expires_at"))
    assert expires - made == timedelta(hours=1)
    assert again == shown | {"token": None}
    assert shown["token"] not in repr(rows) and secret_hash(shown["token"]) in repr(rows)
    assert "token" not in (await api.get(f"/v1/links/{shown['link_id']}")).json()


async def test_a_revoked_link_ends_what_it_was_exchanged_for(api, house):
    made = (await api.post("/v1/links", FOR_CLINICIAN)).json()
    answer = await api.post(f"/v1/links/{made['link_id']}:revoke", {"reason": "sent to the wrong person"})
    again = await api.post(f"/v1/links/{made['link_id']}:revoke", {"reason": "sent to the wrong person"})
    [said] = await house.said(AccessWithdrawn)
    assert (answer.status_code, answer.json()["revoked_at"] is None) == (200, False)
    assert (said.subject, said.reason) == (made["link_id"], "link_revoked")
    assert (again.status_code, again.json()["code"]) == (409, "link_over")


async def test_links_are_found_by_whom_they_are_for(api):
    await api.post("/v1/links", FOR_CLINICIAN)
    await api.post("/v1/links", {"for": "facility_approver", "facility_id": FACILITY, "purpose": "approve_time"})
    asked = ("", f"?clinician_id={CLINICIAN}", f"?facility_id={FACILITY}", "?clinician_id=cln_1")
    found = [len((await api.get(f"/v1/links{query}")).json()["items"]) for query in asked]
    assert found == [2, 1, 1, 0]


@pytest.mark.parametrize(
    ("case", "changes", "found"),
    [
        ("for a lead", {"for": "lead"}, [("/for", "not_one_of")]),
        ("of a facility", {"clinician_id": None, "facility_id": FACILITY}, ["/clinician_id", "/facility_id"]),
        ("too long", {"expires_in_hours": 14 * 24 + 1}, [("/expires_in_hours", "too_large")]),
        ("too often", {"uses": 101}, [("/uses", "too_large")]),
        ("never", {"uses": 0}, [("/uses", "too_small")]),
        ("no clinician's id", {"clinician_id": f"asg_{'0' * 26}"}, [("/clinician_id", "wrong_form")]),
        ("no purpose", {"purpose": "See Ana's card"}, [("/purpose", "wrong_form")]),
    ],
)
async def test_faults_are_named_and_nothing_is_made(api, case, changes, found):
    refused = await api.post("/v1/links", FOR_CLINICIAN | changes)
    faults = [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]]
    assert refused.status_code == 422
    assert [one if isinstance(found[0], tuple) else one[0] for one in faults] == found
    assert (await api.get("/v1/links")).json()["items"] == []


@pytest.mark.parametrize("role", ["recruiter", "administrator", "virtual_specialist", "clinician"])
async def test_others_make_no_links(api, role):
    assert (await api.post("/v1/links", FOR_CLINICIAN, role=role)).status_code == 403
    assert (await api.get("/v1/links")).json()["items"] == []


@pytest.mark.parametrize(
    ("role", "status"),
    [("timekeeping_specialist", 403), ("payroll_specialist", 403), ("coordinator", 201), ("lead", 201)],
)
async def test_hours_are_not_confirmed_by_somebody_whom_their_keeper_let_in(api, role, status):
    asked = {"for": "facility_approver", "facility_id": FACILITY, "purpose": "approve_time"}
    assert (await api.post("/v1/links", asked, role=role)).status_code == status
