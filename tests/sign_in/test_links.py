"""Pages without an account: a clinician by a link."""

import re
from typing import Any

import pytest

from services.identity.tests.api.browser import settled
from shared.ids import new_id
from tests.sign_in.conftest import Place
from tests.sign_in.visitor import HTML, Visitor

OWN, OTHER = f"cln_{'0' * 26}", f"cln_{'1' * 26}"
LINK = "portal_link"
BLOCKERS = (
    '[{"code": "CERT-BLS:rejected", "owner": "clinician", "since": "2026-01-05T15:00:00Z", "due": "2026-01-12"},'
    ' {"code": "LIC-RN:received", "owner": "credentialing_specialist", "since": "2026-01-05T15:00:00Z"}]'
)


async def an_assignment(place: Place, clinician_id: str) -> str:
    """One in onboarding, as the events make it."""
    assignment_id = new_id("asg")
    await place.rows(
        "INSERT INTO assignment (assignment_id, clinician_id, state, is_open, start_date, risk, open_items, version,"
        " changed_at) VALUES ($1, $2, 'onboarding', true, '2026-01-19', 'on_track', 0, 1, now())",
        assignment_id,
        clinician_id,
    )
    await place.rows(
        "INSERT INTO queue_stream (assignment_id, department, status, terms_version, done, total, blockers, since,"
        " version, changed_at) VALUES ($1, 'credentialing', 'open', 1, 1, 3, $2, now(), 1, now())",
        assignment_id,
        BLOCKERS,
    )
    return assignment_id


@pytest.fixture
async def made(place: Place) -> dict[str, Any]:
    """A link for the clinician OWN, with its token."""
    wanted = {"for": "clinician", "clinician_id": OWN, "purpose": "see_assignment", "uses": 2}
    answer = await place.identity_api.post("/v1/links", wanted)
    assert answer.status_code == 201, answer.json()
    return dict(answer.json())


async def by_link(place: Place, token: str) -> Visitor:
    visitor = place.visitor()
    answer = await visitor.post("/l", token=token)
    assert (answer.status_code, answer.headers["location"]) == (303, "/l/own")
    return visitor


async def test_the_page_of_a_link_sends_its_fragment_by_a_script_that_the_policy_names(place: Place) -> None:
    page = await place.visitor().get("/l")
    nonces = re.findall(r'nonce="([^"]+)"', page.text)
    policy = page.headers["content-security-policy"]
    assert nonces and all(f"'nonce-{nonce}'" in policy for nonce in nonces)
    assert "unsafe-inline" not in policy and 'for="link-token"' in page.text
    assert page.headers["cache-control"] == "no-store"


async def test_a_clinician_sees_what_is_left_for_them_and_nobody_elses_assignment(
    place: Place, made: dict[str, Any]
) -> None:
    own, other = await an_assignment(place, OWN), await an_assignment(place, OTHER)
    visitor = await by_link(place, f"{place.portal.address}/l#{made['token']}")
    start = await visitor.get("/l/own")
    one = await visitor.get(f"/l/own/{own}")
    for page in (start, one):
        assert "We could not accept your Basic Life Support card. Please send it again." in page.text
        assert "By Monday, 12 January 2026." in page.text and "Monday, 19 January 2026" in page.text
        assert "The agency takes care of your professional licence." in page.text
        assert other not in page.text and made["token"] not in page.text
    foreign = [await visitor.get(f"/l/own/{other}"), await visitor.get("/l/own/asg_nothing")]
    assert [answer.status_code for answer in foreign] == [404, 404]


async def test_a_link_opens_its_own_pages_and_no_other_and_no_persons_session_opens_those(
    place: Place, made: dict[str, Any]
) -> None:
    visitor = await by_link(place, made["token"])
    secret = visitor.cookie(LINK)
    assert (await visitor.get("/probe")).status_code == 303
    as_person = await visitor.client.get(
        f"{place.portal.address}/probe", headers={**HTML, "Cookie": f"portal_session={secret}"}
    )
    assert as_person.status_code == 403
    await settled(place.identity_api)
    ada = place.visitor()
    await ada.sign_in()
    assert (await ada.get("/l/own")).headers["location"] == "/l?over=1"


async def renewed(place: Place, visitor: Visitor) -> int:
    await place.rows("UPDATE browser_session SET access_ends_at = now()")
    return (await visitor.get("/l/own")).status_code


async def test_a_visit_by_a_link_costs_one_use_and_goes_on_when_no_use_is_left(
    place: Place, made: dict[str, Any]
) -> None:
    one, two = await by_link(place, made["token"]), await by_link(place, made["token"])
    assert [await renewed(place, visitor) for visitor in (one, two, one, two)] == [200] * 4
    assert (await place.visitor().post("/l", token=made["token"])).status_code == 400  # it had two uses


async def test_a_visit_ends_with_its_link(place: Place, made: dict[str, Any]) -> None:
    visitor = await by_link(place, made["token"])
    assert await renewed(place, visitor) == 200
    reason = {"reason": "Sent to the wrong address"}
    assert (await place.identity_api.post(f"/v1/links/{made['link_id']}:revoke", reason)).status_code == 200
    assert await renewed(place, visitor) == 303
    assert await place.rows("SELECT 1 FROM browser_session") == []


@pytest.mark.parametrize("token", ["", "fs_link_nonsense", "x" * 300])
async def test_what_is_no_link_lets_nobody_in_and_says_whom_to_ask(place: Place, token: str) -> None:
    visitor = place.visitor()
    answer = await visitor.post("/l", token=token)
    assert (answer.status_code, visitor.cookie(LINK)) == (400, None)
    assert "Ask whoever sent it for a new one." in answer.text


async def test_a_link_that_was_revoked_lets_nobody_in(place: Place, made: dict[str, Any]) -> None:
    address = f"/v1/links/{made['link_id']}:revoke"
    assert (await place.identity_api.post(address, {"reason": "Sent to the wrong address"})).status_code == 200
    assert (await place.visitor().post("/l", token=made["token"])).status_code == 400


async def test_whoever_follows_an_assignment_sees_how_far_it_is_and_neither_another_nor_the_clinicians_page(
    place: Place,
) -> None:
    followed, other = await an_assignment(place, OWN), await an_assignment(place, OTHER)
    wanted = {"for": "status_reader", "assignment_id": followed, "purpose": "follow_start"}
    made = (await place.identity_api.post("/v1/links", wanted)).json()
    visitor = place.visitor()
    assert (await visitor.post("/l", token=made["token"])).headers["location"] == "/l/status"
    page = await visitor.get("/l/status")
    assert "The clinician takes care of their Basic Life Support card by 2026-01-12." in page.text
    assert followed in page.text and other not in page.text
    others = [await visitor.get(address) for address in ("/l/own", f"/l/own/{followed}", "/probe")]
    assert [answer.status_code for answer in others] == [403, 403, 303]
