"""What a service serves is what its OpenAPI document says, both ways (OWASP API9:2023)."""

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from shared.http.access import routes_without_policy
from shared.http.openapi import operations
from tests.hardening.pages import PAGES

FOR_WHO_RUNS_IT = {"GET /livez", "GET /readyz", "GET /version", "GET /metrics"}
DOCUMENTATION = {"GET /openapi.json", "HEAD /openapi.json", "GET /problems", "GET /problems/{code}"}
"""Public, because whoever writes a client must read them before they have a token; they hold no data of anybody."""

OPEN_ID = {
    "GET /.well-known/openid-configuration",
    "GET /.well-known/jwks.json",
    "GET /authorize",
    "POST /authorize",
    "POST /token",
    "GET /userinfo",
    "POST /userinfo",
    "GET /logout",
    "POST /logout",
    "GET /invitation",
    "POST /invitation",
    "GET /signed-in-outside",
}
"""Described by OpenID Connect and its discovery document, and the pages of its sign-in."""

UNDOCUMENTED = {"identity": OPEN_ID, "portal": PAGES}


def test_what_is_served_is_what_is_described(app: FastAPI, name: str) -> None:
    described = {named for named, _ in operations(app.openapi())}
    served = {f"{method} {route.path}" for route in iter_route_contexts(app.routes) for method in route.methods or ()}
    assert served - described == FOR_WHO_RUNS_IT | DOCUMENTATION | UNDOCUMENTED.get(name, set())
    assert described - served == set()


def test_no_route_is_without_a_policy(app: FastAPI) -> None:
    assert routes_without_policy(app) == []


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/docs/oauth2-redirect", "/.env", "/.git/config", "/admin", "/"])
async def test_nothing_is_served_beside_it(client: httpx.AsyncClient, name: str, path: str) -> None:
    answer = await client.get(path)
    is_page = f"GET {path}" in UNDOCUMENTED.get(name, set())
    assert (answer.status_code, answer.json()["code"]) == (
        (401, "token_missing") if is_page else (404, "unknown_route")
    )
