"""What people and programs see of a refusal."""

from dataclasses import replace

import pytest
from fastapi import APIRouter

from portal import main
from portal.api.pages.page import templates
from portal.settings import Settings
from shared.access.errors import FreshSignInNeeded
from shared.errors import Finding, Invalid
from shared.http.access import allow, public

HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
ADDRESS = "http://service"
PAGES = APIRouter(include_in_schema=False)


@PAGES.get("/page", dependencies=[allow("queue.read")])
async def page():
    """For people who are signed in."""


@PAGES.get("/fault/{kind}", dependencies=[public("a test asks for it")])
async def fault(kind: str):
    """Fails in this way."""
    raise {
        "invalid": Invalid(findings=(Finding(pointer="/note", code="missing", message="Say why."),)),
        "fresh": FreshSignInNeeded(minutes=15, seconds=900),
        "defect": RuntimeError("with a secret value"),
        "away": OSError("with a secret value"),
    }[kind]


@pytest.fixture
def definition(environment):
    made = main.service(Settings(**environment, portal_address=ADDRESS))
    return replace(made, routers=(*made.routers, PAGES))


@pytest.fixture
def ask(api):
    """Asks as a browser does, unless headers say otherwise."""

    async def asked(address, *, method="GET", **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await api.client.request(method, address, headers={**HTML, **named})

    return asked


async def test_people_get_a_page_with_what_to_do_and_the_number_of_the_request(ask):
    answer = await ask("/nowhere", x_request_id="request-of-a-test")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert (
        "There is no such page" in answer.text
        and "Check the address." in answer.text
        and "request-of-a-test" in answer.text
    )
    assert "script-src 'nonce-" in answer.headers["content-security-policy"]


async def test_findings_are_listed(ask):
    answer = await ask("/fault/invalid")
    assert answer.status_code == 422 and "<li>Say why.</li>" in answer.text


@pytest.mark.parametrize(
    "headers", [{"accept": "application/json"}, {"accept": "*/*"}, {"authorization": "Bearer nonsense"}]
)
async def test_programs_get_json(ask, headers):
    answer = await ask("/page", **headers)
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")


@pytest.mark.parametrize(("kind", "status"), [("defect", 500), ("away", 503)])
async def test_a_defect_and_an_outage_are_pages_that_say_nothing_of_their_values(ask, kind, status):
    answer = await ask(f"/fault/{kind}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert "secret" not in answer.text and "Nothing was changed." in answer.text


async def test_a_page_about_a_defect_that_has_one_itself_is_json(ask):
    kept = templates.loader
    templates.loader = None
    assert templates.cache is not None
    templates.cache.clear()
    try:
        answer = await ask("/fault/defect")
    finally:
        templates.loader = kept
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")


async def test_a_part_of_a_page_gets_news_beside_it_and_stays_as_it_is(ask):
    answer = await ask("/fault/invalid", hx_request="true")
    assert (answer.status_code, answer.headers["hx-reswap"]) == (422, "none")
    assert answer.text.strip().startswith('<hx-partial hx-target="#toasts"')


async def test_a_part_of_a_page_sends_the_whole_page_to_sign_in_and_back_to_where_it_was(ask):
    for seen, wanted in (
        (f"{ADDRESS}/work?owner=me", "%2Fwork%3Fowner%3Dme"),
        ("https://elsewhere.example/work", "%2F"),
        (f"{ADDRESS}//elsewhere.example", "%2F"),
    ):
        answer = await ask("/page", hx_request="true", hx_current_url=seen)
        assert (answer.status_code, answer.headers["hx-redirect"]) == (401, f"/sign-in?next={wanted}")


async def test_a_form_of_nobody_leads_back_to_the_page_it_stood_on(ask):
    answer = await ask("/page", referer=f"{ADDRESS}/work")
    assert answer.headers["location"] == "/sign-in?next=%2Fpage"
    answer = await ask("/fault/fresh", referer=f"{ADDRESS}/work")
    assert answer.headers["location"] == "/sign-in?next=%2Ffault%2Ffresh&fresh=1"


async def test_who_came_by_a_link_is_sent_to_open_it_again(ask):
    assert (await ask("/l/own")).headers["location"] == "/l?over=1"
