"""A clinician's profile: what would come of one from another system, what came, and what is given out."""

import json
from typing import Any

import pytest

from portal import main
from portal.settings import Settings
from services.portal.tests.api.answering import Answering
from services.portal.tests.api.pages import Browser, Node, page_of
from services.portal.tests.api.signed_in import token_of
from services.portal.tests.builders import a_client, a_clinician, a_facility, an_offer
from shared.runtime.definition import Service
from shared.testing.api import Api, Issuer
from shared.testing.house import House

CLINICIAN = a_clinician().clinician_id
PAGE = f"/clinicians/{CLINICIAN}/profile"
IMPORT = f"POST /v1/clinicians/{CLINICIAN}/profile:import"
PROFILE = {"resourceType": "Bundle", "entry": []}


def a_line(fate: str, because: str | None = None, **facts: Any) -> dict[str, Any]:
    line = {"place": 0, "code": "CERT-BLS", "subject": "", "fate": fate, "because": because, "credential_id": None}
    return {**line, **facts}


def an_import(*lines: dict[str, Any], doubts: tuple[str, ...] = ()) -> dict[str, Any]:
    count = {fate: sum(one["fate"] == fate for one in lines) for fate in ("taken", "known", "conflict", "refused")}
    conflicts = count.pop("conflict")
    return {**count, "conflicts": conflicts, "doubts": list(doubts), "lines": list(lines)}


def an_assertion(**facts: Any) -> dict[str, Any]:
    return {
        "assertion_id": "ast_1",
        "clinician_id": CLINICIAN,
        "credential_id": "crd_1",
        "code": "CERT-BLS",
        "subject": "",
        "sender": "Northwind <i>Staffing</i>",
        "source": "AHA",
        "verified_by": "per_9",
        "verified_at": "2025-11-20T16:30:00Z",
        "is_issuer": True,
        "brought_at": "2025-12-01T15:00:00Z",
        "accepted_by": None,
        "accepted_at": None,
        **facts,
    }


@pytest.fixture
def credentialing() -> Answering:
    found = Answering()
    found.tell(f"GET /v1/clinicians/{CLINICIAN}/assertions", {"items": []})
    return found


@pytest.fixture
def definition(environment: dict[str, Any], credentialing: Answering) -> Service:
    return main.service(Settings(**environment), services=credentialing.services())


@pytest.fixture
async def lead(house: House, api: Api, issuer: Issuer) -> Browser:
    await house.say(a_facility(), a_clinician(), a_client(), an_offer())
    return Browser(api.client, issuer, role="lead")


@pytest.fixture
def bring(lead: Browser, api: Api, issuer: Issuer):
    """Sends a chosen file as a browser does; the page that comes back."""

    async def brought(
        do: str, content: bytes = json.dumps(PROFILE).encode(), *, sender: str = "Northwind"
    ) -> tuple[int, Node]:
        headers = {"Authorization": f"Bearer {token_of(issuer, role='lead', person='per_1')}"}
        answer = await api.client.post(
            PAGE,
            data={"sender": sender, "do": do, "idempotency_key": "k-0123456789abcdef"},
            files={"file": ("profile.json", content, "application/json")},
            headers=headers,
        )
        return answer.status_code, page_of(answer)

    return brought


async def test_a_profile_is_looked_at_before_anything_is_kept(bring, credentialing):
    taken, known = a_line("taken"), a_line("known", "held_already", credential_id="crd_1", code="LIC-RN", subject="CO")
    refused = a_line("refused", "expiry_missing", code="CERT-ACLS")
    credentialing.tell(IMPORT, an_import(taken, known, refused, doubts=("name_differs",)))

    status, page = await bring("preview")

    [sent] = credentialing.of(IMPORT)
    assert sent.query == {"validate_only": "true"}
    assert sent.body == {"sender": "Northwind", "profile": PROFILE}
    result = page.one("section", id="import-result")
    assert status == 200
    assert "1 credential would be taken in, 1 known already, 1 not taken. Nothing is kept yet." in result.text
    assert "The last name in the profile is another one." in result.text
    rows = [row.text for row in result.one("table", id="import-table").all("tr")[1:]]
    assert rows == [
        "CERT-BLS Would be taken in –",
        "LIC-RN · CO Known already The same is held already.",
        "CERT-ACLS Not taken Its printed last day is missing.",
    ]
    assert result.one("button", value="take").get("form") == "import-form"


async def test_the_form_names_every_column_of_a_table(lead):
    hint = (await lead.open(PAGE)).one("p", id="f-file-hint").text

    columns = "item issued_on expires_on number issuer state scope verified_by verified_on source".split()
    assert [one for one in columns if one not in hint] == []
    assert "multistate for a nurse’s multistate licence" in hint


async def test_what_was_looked_at_is_taken_in(bring, credentialing):
    credentialing.tell(IMPORT, an_import(a_line("taken", credential_id="crd_7")))

    _, page = await bring("take")

    [sent] = credentialing.of(IMPORT)
    assert (sent.query, sent.key) == ({}, "k-0123456789abcdef")
    result = page.one("section", id="import-result")
    assert "1 credential taken in." in result.text
    assert result.one("table", id="import-table").one("a").get("href") == "/assignments/asg_1/file/CERT-BLS"
    assert result.all("button", value="take") == []


async def test_nothing_to_take_offers_nothing_to_take(bring, credentialing):
    credentialing.tell(IMPORT, an_import(a_line("known", "held_already")))

    _, page = await bring("preview")

    assert page.one("section", id="import-result").all("button", value="take") == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{not json", "cannot be read as a profile"),
        (b"[]", "The file is JSON, but no profile."),
        (b" " * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
    ],
)
async def test_a_file_that_is_no_profile_is_named_at_its_field(bring, credentialing, content, words):
    status, page = await bring("preview", content)

    assert status == 422
    assert words in page.one("div", id="f-file-error").text
    assert page.one("input", id="f-sender").get("value") == "Northwind"
    assert credentialing.of(IMPORT) == []


async def test_faults_of_a_profile_are_told_with_their_places(bring, credentialing):
    errors = [{"pointer": "/profile/entry/0/resource", "code": "missing", "message": "Field <b>required</b>."}]
    credentialing.refuse(IMPORT, 422, "invalid_request", detail="", errors=errors)

    status, page = await bring("preview")

    assert status == 422
    said = page.one("div", id="f-file-error").text
    assert "The file is not taken: 1 fault. /entry/0/resource: Field <b>required</b>." in said


@pytest.mark.parametrize(
    ("content", "end"), [(b"PK\x03\x04 and so on", "archive"), (b"\xef\xbb\xbfitem,number\r\n", "table")]
)
async def test_an_archive_and_a_table_go_on_as_they_are(bring, credentialing, content, end):
    path = f"POST /v1/clinicians/{CLINICIAN}/profile/{end}:import"
    paper = {"place": 2, "sha256": "9f", "partition": "personnel", "code": "CERT-BLS", "document_id": None}
    refused = {**paper, "fate": "refused", "because": "document_infected", "detail": "It holds a <b>virus</b>."}
    documents = [{**paper, "fate": "taken", "because": None, "detail": None}, refused]
    credentialing.tell(path, {**an_import(a_line("known", "held_already")), "documents": documents})

    _, page = await bring("preview", content)

    [sent] = credentialing.of(path)
    assert (sent.query, sent.content) == ({"sender": "Northwind", "validate_only": "true"}, content)
    papers = [row.text for row in page.one("table", id="papers-table").all("tr")[1:]]
    assert papers == [
        "CERT-BLS · Personnel Would be taken in –",
        "CERT-BLS · Personnel Not taken It holds a <b>virus</b>.",
    ]
    assert page.one("button", value="take")


async def test_the_rows_of_a_table_name_themselves(bring, credentialing):
    errors = [
        {"pointer": f"/rows/{row}/item", "code": "x", "message": f"Row {row}, column item is none."}
        for row in range(2, 14)
    ]
    path = f"POST /v1/clinicians/{CLINICIAN}/profile/table:import"
    credentialing.refuse(path, 422, "invalid_request", detail="", errors=errors)

    _, page = await bring("preview", b"item\r\n")

    said = [one.text for one in page.one("div", id="f-file-error").all("li")]
    assert (said[0], said[-1], len(said)) == ("Row 2, column item is none.", "and 2 more", 11)


async def test_the_system_that_it_is_from_is_asked_for(bring):
    _, page = await bring("preview", sender=" ")

    assert "Say which system it comes from." in page.one("p", id="f-sender-error").text


async def test_a_lead_takes_the_word_of_who_issued_it_and_of_nobody_else(lead, credentialing):
    other = an_assertion(assertion_id="ast_2", is_issuer=False)
    done = an_assertion(assertion_id="ast_3", accepted_by="per_1", accepted_at="2025-12-01T16:00:00Z")
    credentialing.tell(f"GET /v1/clinicians/{CLINICIAN}/assertions", {"items": [an_assertion(), other, done]})
    credentialing.tell("POST /v1/assertions/ast_1:accept", an_assertion())

    page = await lead.open(PAGE)
    forms = page.one("section", id="assertions").all("form")
    answer = await lead.send(f"{PAGE}/assertions/ast_1", is_htmx=False, idempotency_key="k-0123456789abcdef")

    assert [one.get("action") for one in forms] == [f"{PAGE}/assertions/ast_1"]
    assert "Northwind <i>Staffing</i>" in page.one("tr", id="ast_1").text
    assert "Kept, does not confirm" in page.one("tr", id="ast_2").text
    assert "Accepted" in page.one("tr", id="ast_3").text
    assert (answer.status_code, answer.headers["location"]) == (303, PAGE)
    specialist = await lead.as_("credentialing_specialist").open(PAGE)
    assert specialist.one("section", id="assertions").all("form") == []


async def test_why_a_word_is_not_taken_is_said(lead, credentialing):
    said = "Assertion ast_1 was accepted before."
    credentialing.refuse("POST /v1/assertions/ast_1:accept", 409, "assertion_over", detail=said)

    answer = await lead.send(f"{PAGE}/assertions/ast_1", is_htmx=False, idempotency_key="k-0123456789abcdef")

    assert answer.status_code == 422
    assert said in page_of(answer).text


async def test_a_profile_is_given_out_as_a_file_that_no_browser_shows(lead, credentialing):
    credentialing.give(f"GET /v1/clinicians/{CLINICIAN}/profile", b"{}", media_type="application/json")
    credentialing.give(f"GET /v1/clinicians/{CLINICIAN}/profile/archive", b"PK", media_type="application/zip")

    text, archive = await lead.get(f"{PAGE}/json"), await lead.get(f"{PAGE}/zip")

    assert (text.content, archive.content) == (b"{}", b"PK")
    assert archive.headers["content-disposition"] == 'attachment; filename="profile.zip"'
    assert text.headers["cache-control"] == "no-store"
    hrefs = [one.get("href") for one in (await lead.open(PAGE)).all("a", class_="button")]
    assert {f"{PAGE}/json", f"{PAGE}/zip"} <= set(hrefs)


async def test_an_audit_packet_is_a_leads_and_comes_in_three_forms(lead, credentialing):
    credentialing.tell("GET /v1/files", {"items": [{"file_id": "fil_1"}]})
    credentialing.give("GET /v1/files/fil_1/audit-packet", b"%PDF-", media_type="application/pdf")

    answer = await lead.get("/assignments/asg_1/audit-packet/pdf")

    assert answer.content == b"%PDF-"
    assert credentialing.of("GET /v1/files/fil_1/audit-packet")[0].query == {"format": "pdf"}
    assert (await lead.get("/assignments/asg_1/audit-packet/exe")).status_code == 422
    assert (await lead.as_("credentialing_specialist").get("/assignments/asg_1/audit-packet/pdf")).status_code == 403


async def test_a_clinician_of_another_team_has_no_profile_here(lead):
    bound = lead.as_("credentialing_specialist", team_facilities=["fac_elsewhere"])

    assert (await bound.get(PAGE)).status_code == 404
    assert (await lead.as_("coordinator").get(PAGE)).status_code == 403


async def test_a_clinicians_page_leads_to_the_profile_where_it_may_be_opened(lead):
    at = f"/clinicians/{CLINICIAN}"

    assert PAGE in [one.get("href") for one in (await lead.open(at)).all("a")]
    assert PAGE not in [one.get("href") for one in (await lead.as_("coordinator").open(at)).all("a")]
